"""Search and whoever else follows the record comes up to an import in a process beside it."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from django.core.management import call_command
from django.db import connection

from dateline.ingest import taking
from dateline.ingest.beside import KeepingUp
from dateline.search import index
from dateline.search.find import find
from tests.homes import Home

from .test_ahead import ends, is_running


@pytest.fixture
def archive(tmp_path):
    rows = [{"title": f"Flood {number}", "text": "The river rose."} for number in range(30)]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    return tmp_path / "a.jsonl"


@pytest.fixture
def often(monkeypatch):
    """Followers are told of every ten stories."""
    monkeypatch.setattr(taking, "BATCH", 10)
    monkeypatch.setattr(taking, "FOLLOWED", 10)


def found():
    return len(find("flood", limit=50).hits)


@pytest.mark.django_db(transaction=True)
def test_another_process_comes_up_while_this_one_goes_on(published):
    with KeepingUp() as keeping_up:
        assert is_running(keeping_up.process.pid)
        published("Flood one")
        keeping_up.ring()
        until = time.monotonic() + 20
        while not found() and time.monotonic() < until:
            time.sleep(0.02)
        assert found() == 1
        published("Flood two")
    assert found() == 2  # who was not told of comes in at the end
    assert ends(keeping_up.process.pid)


@pytest.mark.django_db(transaction=True)
def test_an_import_ends_with_everything_found(archive, often):
    call_command("import", str(archive), verbosity=0)
    assert found() == 30
    assert index.verify() == []


@pytest.mark.django_db(transaction=True)
def test_a_process_beside_that_is_killed_costs_nothing(published):
    with KeepingUp() as keeping_up:
        os.kill(keeping_up.process.pid, signal.SIGKILL)
        keeping_up.process.join()
        published("Flood one")
        keeping_up.ring()
        keeping_up.ring()
    assert found() == 1


@pytest.mark.django_db(transaction=True)
def test_who_fails_leaves_no_process_behind():
    with pytest.raises(ZeroDivisionError), KeepingUp() as keeping_up:
        raise ZeroDivisionError
    assert ends(keeping_up.process.pid)


@pytest.mark.django_db
def test_within_a_transaction_it_is_done_here(published):
    assert connection.in_atomic_block
    with KeepingUp() as keeping_up:
        published("Flood one")
        keeping_up.ring()
        assert found() == 1


PARENT = """
import time
from dateline.ingest.beside import KeepingUp
with KeepingUp() as keeping_up:
    print(keeping_up.process.pid, flush=True)
    time.sleep(60)
"""


def test_a_parent_that_is_killed_leaves_no_process_behind(home: Home):
    code = [sys.executable, "-c", f"import django; django.setup()\n{PARENT}"]
    environ = {**home.environ, "DJANGO_SETTINGS_MODULE": "dateline.settings"}
    with subprocess.Popen(code, env=environ, stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        assert is_running(pid)
        parent.kill()
    assert ends(pid)

"""Reading in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.ingest.ahead import MOST, Ended, read_ahead
from dateline.ingest.finding import documents, weight
from dateline.ingest.mapping import Mapper


def one(_item):
    return 1


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def ends(pid, seconds=10):
    until = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return not is_running(pid)


@pytest.mark.parametrize("number", [0, 1, MOST, MOST + 1, 3 * MOST])
def test_everything_arrives_in_order_from_another_process(number):
    found = list(read_ahead(lambda: ((n, os.getpid()) for n in range(number)), one))
    assert [n for n, _ in found] == list(range(number))
    assert os.getpid() not in {pid for _, pid in found}
    assert all(ends(pid) for pid in {pid for _, pid in found})


def test_what_fails_there_is_raised_here_after_what_came_before():
    def read():
        yield from range(MOST + 3)
        raise ZeroDivisionError("a mistake of ours")

    reading = read_ahead(read, one)
    found = [next(reading) for _ in range(MOST + 3)]
    with pytest.raises(ZeroDivisionError, match="a mistake of ours"):
        next(reading)
    assert found == list(range(MOST + 3))


def test_large_items_are_handed_over_few_at_a_time(tmp_path):
    def read():
        for number in range(50):
            (tmp_path / "read").write_text(str(number))
            yield number, bytes(1 << 20)

    reading = read_ahead(read, lambda item: len(item[1]), most=4 << 20)
    assert next(reading)[0] == 0
    time.sleep(0.3)
    assert int((tmp_path / "read").read_text()) < 15  # two lots of four, and not all fifty
    assert len(list(reading)) == 49


def test_who_stops_asking_ends_the_reader():
    def read():
        while True:
            yield os.getpid()

    reading = read_ahead(read, one)
    pid = next(reading)
    assert is_running(pid)
    reading.close()
    assert ends(pid)


def test_a_reader_that_is_killed_is_told_with_the_cure():
    def read():
        yield from range(MOST)
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(Ended, match="Say the same command again"):
        list(read_ahead(read, one))


def test_a_parent_that_is_killed_leaves_no_reader_behind():
    code = (
        "import itertools, os, sys, time\n"
        "from dateline.ingest.ahead import read_ahead\n"
        "reading = read_ahead(lambda: (os.getpid() for _ in itertools.count()), lambda _: 1)\n"
        "print(next(reading), flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        assert is_running(pid)
        parent.kill()
    assert ends(pid)


def test_what_is_found_can_be_handed_over_whole(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"title": "One", "text": "First.\\n\\nSecond."}\n{"title": ""}\nno JSON\n')
    (tmp_path / "b.bin").write_bytes(b"\0" * 100)
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04 cut off")
    read = lambda: documents([tmp_path], Mapper({}))  # noqa: E731
    told = [(Path(file).name, type(document).__name__) for file, document in read_ahead(read, weight)]
    assert told == [(Path(file).name, type(document).__name__) for file, document in read()]
    assert {kind for _, kind in told} == {"Record", "Bad", "PassedOver"}
    (_, record), *_ = read_ahead(read, weight)
    assert record.headline == "One" and "Second." in record.stored and record.raw

"""Processes that share a database take turns at writing, and none is passed over."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.processes import wait_until

# Takes the turn again and again, and writes a line each time that it has it.
GREEDY = """
import pathlib, sys, time
from dateline.comments.threads.turns import turn
log = open(sys.argv[2], "a", buffering=1)
while True:
    with turn(pathlib.Path(sys.argv[1])):
        log.write(f"{sys.argv[3]}\\n")
        time.sleep(float(sys.argv[4]))
"""


@pytest.fixture
def take(tmp_path):
    """Start a process that takes the turn all the time, for so many seconds each."""
    made = []

    def start(name, seconds):
        arguments = [tmp_path / "turn", tmp_path / "log", name, seconds]
        made.append(subprocess.Popen([sys.executable, "-c", GREEDY, *map(str, arguments)]))
        return made[-1]

    yield start
    for process in made:
        process.kill()
        process.wait()


def taken(tmp_path):
    log = tmp_path / "log"
    return log.read_text().split() if log.exists() else []


def test_two_who_always_want_to_write_write_in_turn(take, tmp_path):
    take("a", 0.005), take("b", 0.005)
    wait_until(lambda: {"a", "b"} <= set(taken(tmp_path)), "one of them never has the turn")
    begun = len(taken(tmp_path))
    wait_until(lambda: len(taken(tmp_path)) > begun + 60, "nobody has the turn any more")
    order = "".join(taken(tmp_path)[begun : begun + 60])
    assert "aaa" not in order
    assert "bbb" not in order


def test_the_turn_of_a_process_that_was_killed_goes_to_the_next(take, tmp_path):
    holder = take("held", 60)
    wait_until(lambda: taken(tmp_path) == ["held"], "the turn is not taken")
    take("next", 0.01)
    time.sleep(0.3)
    assert taken(tmp_path) == ["held"]
    os.kill(holder.pid, signal.SIGKILL)
    wait_until(lambda: "next" in taken(tmp_path), "the turn was never free again")

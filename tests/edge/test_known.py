"""What a process need not ask the database again."""

import time

import pytest

from dateline.edge import keys, known
from dateline.edge import marks as tables
from dateline.edge.pages import HEARTBEAT


@pytest.fixture
def marks(tmp_path, monkeypatch):
    """The marks of a machine on which somebody follows the purges."""
    made = tables.Marks(tmp_path / "marks")
    made.beat()
    monkeypatch.setattr(tables, "here", lambda: made)
    return made


@pytest.fixture
def asked():
    """A number that is one more each time it is asked for."""
    numbers = iter(range(1, 100))
    return known.Known(lambda: next(numbers))


def test_it_is_asked_once(marks, asked):
    assert [asked.get() for _ in range(3)] == [1, 1, 1]


def test_it_is_asked_again_once_everything_is_purged(marks, asked):
    assert asked.get() == 1
    marks.purge([keys.story(7)])
    assert asked.get() == 1
    marks.purge([keys.EVERYTHING])
    assert [asked.get(), asked.get()] == [2, 2]


def test_what_is_purged_while_it_is_read_is_read_again(marks):
    def read():
        found.append(len(found))
        if len(found) == 1:
            marks.purge([keys.EVERYTHING])
        return found[-1]

    found = []
    asked = known.Known(read)
    assert [asked.get(), asked.get(), asked.get()] == [0, 1, 1]


def test_it_is_asked_each_time_where_nobody_follows_the_purges(marks, asked, monkeypatch):
    now = time.monotonic_ns()
    assert asked.get() == 1
    monkeypatch.setattr(time, "monotonic_ns", lambda: now + HEARTBEAT + 1_000_000)
    assert [asked.get(), asked.get()] == [2, 3]


def test_who_knows_better_has_it_asked_again(marks, asked):
    assert [asked.get(), asked.again(), asked.get()] == [1, 2, 2]

"""On which cores the workers run."""

import os
from pathlib import Path

import pytest

from tests.homes import Newsroom
from tests.processes import children, wait_until

pytestmark = pytest.mark.server


@pytest.fixture
def cores():
    """Two, or the one that there is, for this process and whom it starts."""
    all_of_them = os.sched_getaffinity(0)
    some = set(sorted(all_of_them)[:2])
    os.sched_setaffinity(0, some)
    yield some
    os.sched_setaffinity(0, all_of_them)


@pytest.fixture
def served(make_home, cores):
    """The workers of a newsroom that has so many of them, once they answered, and the follower."""

    def make(workers):
        newsroom = make_home(kind=Newsroom)
        newsroom.serve("--workers", workers)
        wait_until(lambda: len(children(newsroom.process.pid)) == workers + 1, "somebody is missing")
        assert newsroom.get("/search/?q=harbour").status == 200
        return children(newsroom.process.pid, "dateline-worker"), children(newsroom.process.pid, "dateline-follow")

    return make


def threads(pid):
    return [int(task.name) for task in Path(f"/proc/{pid}/task").iterdir()]


def allowed(pid):
    """The cores that the threads of a process may run on, all the same."""
    (found,) = {frozenset(os.sched_getaffinity(thread)) for thread in threads(pid)}
    return found


def test_as_many_workers_as_cores_keep_to_one_each(served, cores):
    workers, (follower,) = served(len(cores))
    assert {core for pid in workers for core in allowed(pid)} == cores
    assert [len(allowed(pid)) for pid in workers] == [1] * len(cores)
    assert {os.sched_getscheduler(thread) for pid in workers for thread in threads(pid)} == {os.SCHED_BATCH}
    assert allowed(follower) == cores


def test_where_there_are_more_cores_than_workers_the_kernel_chooses(served, cores):
    (worker,), _ = served(1)
    assert allowed(worker) == cores

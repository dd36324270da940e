"""What `/healthz` says while something is wrong, with the real thing."""

import os
import resource
import signal

import psycopg
import pytest

from tests.processes import children, wait_until

pytestmark = pytest.mark.server


@pytest.fixture
def newsroom(newsroom):
    wait_until(lambda: len(children(newsroom.process.pid)) == 3, "it has not started")
    return newsroom


def said(newsroom):
    answer = newsroom.get("/healthz")
    return answer.status, answer.text.strip()


def test_where_all_is_well_it_says_ok(newsroom):
    assert said(newsroom) == (200, "ok")


def test_a_record_that_nobody_follows_is_unhealthy_until_somebody_does(newsroom):
    supervisor = newsroom.process.pid
    following = children(supervisor, "dateline-follow")
    for pid in (supervisor, *following):  # or the supervisor would start another
        os.kill(pid, signal.SIGSTOP)
    try:
        wait_until(lambda: said(newsroom)[0] == 503, "it says that all is well")
        assert "has not been followed for" in said(newsroom)[1]
    finally:
        for pid in (*following, supervisor):  # who ends a follower that was silent for long
            os.kill(pid, signal.SIGCONT)
    wait_until(lambda: said(newsroom) == (200, "ok"), "it is not well again")


def test_a_full_disk_leaves_readers_and_is_said(newsroom):
    for pid in children(newsroom.process.pid, "dateline-worker"):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (2048, resource.RLIM_INFINITY))
    status, text = said(newsroom)
    assert status == 200
    assert text.startswith("reading only: nothing can be written to the home: ")
    assert newsroom.get("/").status == 200


def test_a_database_without_its_tables_is_unhealthy(newsroom):
    if newsroom.database_url:
        pytest.skip("SQLite only: PostgreSQL's files are its own server's")
    for name in ("dateline.sqlite3", "dateline.sqlite3-wal", "dateline.sqlite3-shm"):
        (newsroom.folder / name).unlink(missing_ok=True)
    (newsroom.folder / "dateline.sqlite3").touch()
    workers = children(newsroom.process.pid, "dateline-worker")
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not set(workers) & set(children(newsroom.process.pid)), "they are not started again")
    assert said(newsroom) == (503, "the database does not answer")


def test_a_database_server_that_lets_nobody_in_is_unhealthy(newsroom):
    if not newsroom.database_url:
        pytest.skip("PostgreSQL only: SQLite is in the house")
    base, _, name = newsroom.database_url.rpartition("/")
    with psycopg.connect(f"{base}/postgres", autocommit=True) as administrator:
        administrator.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        administrator.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        wait_until(lambda: said(newsroom) == (503, "the database does not answer"), "it says that all is well")
        administrator.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    wait_until(lambda: said(newsroom) == (200, "ok"), "it is not well again")

"""A follower looks when something was committed, whoever did it, and rests while nothing was."""

import threading

import pytest
from django.db import connection, connections

from dateline.edge.marks import Marks
from dateline.server.bell import Bell
from dateline.server.watch import Watch
from dateline.stories.models import Cursor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bell(tmp_path):
    return Bell(Marks(tmp_path / "marks"), threading.Event())


def test_a_commit_is_seen_once_whoever_made_it(bell):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: PostgreSQL rings")
    watch = Watch(bell)
    watch.changed()
    assert not watch.changed()
    elsewhere(lambda: Cursor.objects.create(follower="wire", seq=1))
    assert watch.changed()
    assert not watch.changed()
    Cursor.objects.filter(follower="wire").update(seq=2)
    assert watch.changed()
    assert not watch.changed()


def test_another_connection_may_have_missed_something(bell):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: PostgreSQL rings")
    watch = Watch(bell)
    watch.changed()
    connection.close()
    assert watch.changed()


def test_a_ring_is_seen_once_and_a_bell_that_is_not_heard_is_no_excuse(bell):
    if connection.vendor == "sqlite":
        pytest.skip("PostgreSQL only: SQLite counts its commits")
    watch = Watch(bell)
    assert watch.changed()
    assert watch.changed()
    bell.heard = True
    watch.changed()
    assert not watch.changed()
    bell.marks.ring()
    assert watch.changed()
    assert not watch.changed()


def elsewhere(do):
    """In another thread, which has a connection of its own."""

    def run():
        do()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(10)

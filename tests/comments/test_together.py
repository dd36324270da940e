"""Comments that arrive at the same moment share a transaction, and nothing else."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dateline.comments import actions
from dateline.comments.models import Comment, Reader
from dateline.comments.threads import together
from tests.processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def guest(name):
    return lambda: Reader.objects.create(name=name, address="a")


def at_once(acts):
    """Do all of them, each asked for by a thread of its own, while the first is held up; what each raised."""
    begun, go = threading.Event(), threading.Event()
    line = together.Together(lambda asked: [act() for act in asked])

    def first():
        begun.set()
        go.wait(10)

    def write(act):
        try:
            line.write(act)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts) + 1) as many:
        ahead = many.submit(write, first)
        begun.wait(10)
        others = [many.submit(write, act) for act in acts]
        wait_until(lambda: len(line.waiting) == len(acts), "not all of them came")
        go.set()
        return [ahead.result(), *(other.result() for other in others)]


@pytest.fixture
def commits(monkeypatch):
    """How many transactions were committed."""
    counted = []
    committed = transaction.Atomic.__exit__

    def count(self, *error):
        outermost = not connection.savepoint_ids
        committed(self, *error)
        if outermost and error == (None, None, None):
            counted.append(1)

    monkeypatch.setattr(transaction.Atomic, "__exit__", count)
    return counted


def test_who_arrives_while_another_writes_is_written_with_it(commits):
    assert at_once([guest(f"Guest {number}") for number in range(8)]) == [None] * 9
    assert Reader.objects.count() == 8
    assert len(commits) <= 2


def test_a_row_that_is_refused_takes_no_other_with_it():
    raised = at_once([guest("Sana"), guest("Omar"), guest("Sana"), guest("Lina")])
    assert [type(error) for error in raised if error] == [IntegrityError]
    assert sorted(Reader.objects.values_list("name", flat=True)) == ["Lina", "Omar", "Sana"]


def test_what_arrives_together_is_written_in_as_many_statements_as_one_comment(published, write, monkeypatch):
    story, counted, act, begun = published(), {}, actions._arrivals.act, threading.Event()

    def count(arrivals):
        begun.set()
        wait_until(lambda: counted or len(actions._arrivals.waiting) == 8, "the others did not come")
        with CaptureQueriesContext(connection) as captured:
            act(arrivals)
        counted[len(arrivals)] = len(captured)

    def send(number):
        try:
            write(story, f"Number {number}.", name=f"Guest {number}", address=f"192.0.2.{number}")
        finally:
            connection.close()

    monkeypatch.setattr(actions._arrivals, "act", count)
    with ThreadPoolExecutor(9) as many:
        first = many.submit(send, 0)
        assert begun.wait(30)
        list(many.map(send, range(1, 9)))
        first.result()
    assert counted == {1: 3, 8: 3}  # the readers, the comments, the log
    assert Comment.objects.count() == 9 and Reader.objects.count() == 9


def test_nobody_is_told_yes_when_the_transaction_fails():
    def fail():
        raise DatabaseError("The disk is full.")

    raised = at_once([guest("Sana"), fail, guest("Omar")])
    kept = set(Reader.objects.values_list("name", flat=True))
    told_yes = {name for name, error in zip(("Sana", "", "Omar"), raised[1:], strict=True) if error is None}
    assert told_yes - {""} == kept
    assert isinstance(raised[2], DatabaseError)


def test_many_guests_at_once_are_each_taken_in_once(published, write):
    story = published()

    def send(number):
        try:
            return write(story, f"Number {number % 20}.", name=f"Guest {number % 20}").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as many:
        assert len(set(many.map(send, range(60)))) == 20
    assert Comment.objects.count() == 20

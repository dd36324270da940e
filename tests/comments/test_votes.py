"""Readers say which comments are valuable."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import F
from django.http import QueryDict
from django.test import Client

from dateline.comments import actions
from dateline.comments.models import Comment, Vote
from dateline.comments.threads import paging, thread, votes
from dateline.stories import actions as verbs
from tests.comments.doors import sign_in
from tests.comments.test_replies import ids
from tests.comments.test_thread import assert_in_order, long_thread, walk  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def vote(client, comment, deed="", **options):
    return client.post(f"/news/{comment.story_id}/comments/{comment.pk}/valued/", {"deed": deed}, **options)


def test_a_reader_calls_a_comment_valuable_and_takes_it_back(client, published, approved):
    comment = approved(published())
    answer = vote(client, comment)
    assert answer.status_code == 303
    told = client.get(answer["Location"])
    assert "You called this comment valuable." in told.text
    assert told["Cache-Control"] == answer["Cache-Control"] == "no-store"
    for page in (f"/news/{comment.story_id}/", f"/news/{comment.story_id}/comments/"):
        assert '<span class="count">1</span>' in client.get(page, follow=True).text
    assert "You called this" not in client.get(answer["Location"], REMOTE_ADDR="192.0.2.200").text
    back = vote(client, comment, "take-back")
    assert "nobody calls this comment valuable now" in client.get(back["Location"]).text
    comment.refresh_from_db()
    assert (comment.valued, Vote.objects.count()) == (0, 0)


def test_nobody_votes_twice_or_takes_back_what_he_did_not_give(client, published, approved):
    comment = approved(published())
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2"):  # the last two: one household
        assert vote(client, comment, REMOTE_ADDR=address).status_code == 303
    comment.refresh_from_db()
    assert comment.valued == Vote.objects.count() == 3
    for _again in range(2):
        vote(client, comment, "take-back", REMOTE_ADDR="192.0.2.2")
    vote(client, comment, "take-back", REMOTE_ADDR="192.0.2.9")
    comment.refresh_from_db()
    assert comment.valued == Vote.objects.count() == 2


def test_a_vote_for_ones_own_comment_is_refused(client, published, approved):
    comment = approved(published(), address="192.0.2.7")
    answer = vote(client, comment, REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 422
    assert "others may call it valuable" in answer.text
    assert not Vote.objects.exists()


def test_too_many_votes_from_one_address_are_refused(client, published, approved, monkeypatch):
    monkeypatch.setattr(votes, "OFTEN", 2)
    monkeypatch.setattr("dateline.comments.threads.addresses.is_public", lambda address: address == "203.0.113.7")
    story = published()
    comments = [approved(story, f"Number {number}.") for number in range(3)]
    given = [vote(client, comment, REMOTE_ADDR="203.0.113.7").status_code for comment in comments]
    assert given == [303, 303, 429]
    assert vote(client, comments[2], REMOTE_ADDR="10.0.0.1").status_code == 303  # a proxy that names nobody


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_a_vote_that_another_site_sends_is_refused(published, approved, headers):
    comment = approved(published())
    answer = vote(Client(enforce_csrf_checks=True), comment, headers=headers)
    assert answer.status_code == 403
    assert "another site sent this vote" in answer.text
    assert not Vote.objects.exists()
    assert vote(Client(enforce_csrf_checks=True), comment).status_code == 303


def test_only_what_readers_see_can_be_voted_for(client, published, write, approved, editor):
    story = published()
    held, shown = write(story, "Held."), approved(story, "Shown.")
    assert vote(client, held).status_code == 404
    assert client.get(f"/news/{story.pk}/comments/{shown.pk}/valued/").status_code == 405
    verbs.kill(story, by=editor, note="Wrong.")
    assert vote(client, shown).status_code == 410
    assert not Vote.objects.exists()


def test_who_voted_cannot_be_laid_beside_who_wrote(client, published, approved):
    comment = approved(published(), address="192.0.2.77")
    other = approved(published("Other"), address="192.0.2.78")
    vote(client, comment, REMOTE_ADDR="192.0.2.78")
    (row,) = Vote.objects.values()
    assert "192.0.2.78" not in str(row)
    assert other.address not in str(row)


@pytest.mark.django_db(transaction=True)
def test_one_address_that_votes_eight_times_at_once_has_one_vote(published, approved):
    comment = approved(published())
    start = threading.Barrier(8)

    def send(number):
        start.wait()
        votes.value(comment, address=f"198.51.100.{number % 2}")
        connection.close()

    with ThreadPoolExecutor(8) as many:
        list(many.map(send, range(8)))
    comment.refresh_from_db()
    assert comment.valued == Vote.objects.count() == 2


def test_the_most_valued_come_first_and_of_equals_the_newest(client, published, approved):
    story = published()
    one, two, three = (approved(story, f"Number {number}.") for number in range(3))
    vote(client, one)
    for address in ("192.0.2.1", "192.0.2.2"):
        vote(client, two, REMOTE_ADDR=address)
    assert ids(client.get(f"/news/{story.pk}/comments/?order=valued").text) == [two.pk, one.pk, three.pk]
    assert ids(client.get(f"/news/{story.pk}/comments/?order=nonsense").text) == [three.pk, two.pk, one.pk]


def test_a_long_thread_is_read_by_value_to_its_end_and_back_without_gap_or_repeat(client, long_thread):  # noqa: F811
    Comment.objects.update(valued=F("id") % 7)
    address = f"/news/{long_thread.pk}/comments/?order=valued"
    wanted = [*thread.standing(long_thread.pk).order_by("-valued", "-id").values_list("id", flat=True)]
    forth, last = walk(client, address, "next")
    back, _first = walk(client, last, "prev")
    assert [number for page in forth for number in page] == wanted
    assert [number for page in reversed(back) for number in page] == wanted


@pytest.mark.parametrize(
    "asked", ["", "before=6.7", "after=0.7", "before=ffffffffffff.ffffffffffffffffff", "before=-1.-1"]
)
def test_a_thread_is_read_by_value_from_its_index_in_order(long_thread, plans, asked):  # noqa: F811
    rows = thread.standing(long_thread.pk)
    assert_in_order(plans(lambda: paging.most_valued(rows, QueryDict(asked), limit=20)), "comment_stands_valued")


def test_a_vote_costs_a_fixed_number_of_queries_each_by_an_index(client, published, approved, plans):
    comment = approved(published())
    found = plans(lambda: vote(client, comment))
    assert not [plan for plan in found if re.search(r"SCAN comments_|Seq Scan on comments_", plan)]


def test_a_signed_in_reader_has_one_vote_wherever_he_is_and_takes_no_guests(client, published, approved):
    comment = approved(published(), address="192.0.2.7")
    reader = Client()
    sign_in(reader, "omar@readers.example", name="Omar")
    for address in ("192.0.2.7", "198.51.100.1", "203.0.113.5"):  # at the writer's, too: they share a network, no more
        assert vote(reader, comment, REMOTE_ADDR=address).status_code == 303
    vote(client, comment, REMOTE_ADDR="198.51.100.1")
    comment.refresh_from_db()
    assert comment.valued == Vote.objects.count() == 2
    vote(reader, comment, "take-back", REMOTE_ADDR="192.0.2.99")
    comment.refresh_from_db()
    assert comment.valued == 1


def test_a_signed_in_reader_does_not_vote_for_his_own(published, moderator):
    reader, story = Client(), published()
    sign_in(reader)
    reader.post(f"/news/{story.pk}/comments/", {"comment": "From me."}, REMOTE_ADDR="192.0.2.7")
    own = actions.decide(Comment.objects.get().pk, "approved", by=moderator, was="held")
    answer = vote(reader, own, REMOTE_ADDR="198.51.100.1")
    assert answer.status_code == 422
    assert "This comment is your own" in answer.text

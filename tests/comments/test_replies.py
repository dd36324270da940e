"""Readers answer each other."""

import re
from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from dateline.comments import actions, refusals
from dateline.comments.models import Comment
from dateline.comments.threads import paging, thread
from dateline.stories import actions as verbs
from dateline.stories.models import Current

pytestmark = pytest.mark.django_db


@pytest.fixture
def reply(write, moderator):
    """Write an approved reply: `reply(comment, "No.")`."""

    def make(parent, text="No.", **options):
        made = write(parent.story, text, parent_id=parent.pk, **options)
        return actions.decide(made.pk, "approved", by=moderator, was="held")

    return make


def ids(text):
    return [int(number) for number in re.findall(r'<article class="letter[^"]*" id="comment-(\d+)"', text)]


def test_a_reply_follows_what_it_answers_and_says_so(client, published, approved, reply):
    story = published()
    one, other = approved(story, "One."), approved(story, "Other.")
    first, second = reply(one, "First answer.", name="Omar"), reply(one, "Second answer.", name="Leyla")
    deeper = reply(first, "Answer to the first.", name="Kim")
    wanted = [other.pk, one.pk, first.pk, deeper.pk, second.pk]
    for page in (f"/news/{story.pk}/", f"/news/{story.pk}/comments/"):
        assert ids(client.get(page, follow=True).text) == wanted
    text = client.get(f"/news/{story.pk}/comments/").text
    assert f'<a href="/news/{story.pk}/comments/{first.pk}/">In reply to <bdi>Omar</bdi></a>' in text
    assert 'class="letter reply indent-2"' in text


def test_a_reader_answers_a_comment_from_its_own_page(client, published, approved):
    story = published()
    one = approved(story, "One.")
    address = f"/news/{story.pk}/comments/{one.pk}/"
    page = client.get(address).text
    assert f'<input type="hidden" name="parent" value="{one.pk}">' in page
    answer = client.post(f"/news/{story.pk}/comments/", {"comment": "No.", "parent": one.pk})
    assert answer.status_code == 303
    made = Comment.objects.get(text="No.")
    assert (made.parent_id, made.thread_id, made.depth, made.state) == (one.pk, one.pk, 1, "held")
    again = client.post(f"/news/{story.pk}/comments/", {"comment": "", "parent": one.pk})
    assert again.status_code == 422
    assert f'<input type="hidden" name="parent" value="{one.pk}">' in again.text


def test_the_same_words_to_another_comment_are_another_comment(client, published, approved):
    story = published()
    for parent in (approved(story, "One."), approved(story, "Two.")):
        for _retry in range(2):
            client.post(f"/news/{story.pk}/comments/", {"comment": "Yes!", "parent": parent.pk})
    assert Comment.objects.filter(text="Yes!").count() == 2


@pytest.mark.parametrize("which", ["held", "of another story", "never written", "10" * 9, "-1", "²"])
def test_what_is_not_shown_cannot_be_answered(client, published, write, approved, which):
    story = published()
    parent = {"held": write(story).pk, "of another story": approved(published("Other"), "Other.").pk}.get(which, which)
    answer = client.post(f"/news/{story.pk}/comments/", {"comment": "Yes, and more.", "parent": parent})
    if which in ("never written", "-1", "²"):  # no number: it answers the story
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    assert "The comment that you answer is not shown any more." in answer.text
    assert "Yes, and more." in answer.text
    assert 'name="parent"' not in answer.text


def test_each_shown_comment_has_a_page_and_no_other_has(client, published, write, approved, reply, moderator, editor):
    story = published()
    one = approved(story, "One.")
    answer = reply(one, "An answer.")
    deeper = reply(answer, "A deeper one.")
    held = write(story, "Held.")
    at = f"/news/{story.pk}/comments"
    assert ids(client.get(f"{at}/{one.pk}/").text) == [one.pk, answer.pk, deeper.pk]
    assert ids(client.get(f"{at}/{answer.pk}/").text) == [answer.pk, deeper.pk]
    assert client.get(f"{at}/{held.pk}/").status_code == 404
    assert client.get(f"{at}/{10**30}/").status_code == 404
    assert client.get(f"/ar{at}/{one.pk}/")["Location"] == f"{at}/{one.pk}/"
    assert client.get(f"/news/{published('Other').pk}/comments/{one.pk}/").status_code == 404
    alone = approved(story, "Alone.")
    for rejected in (deeper, alone):
        actions.decide(rejected.pk, "rejected", by=moderator, was="approved", reason="insult")
    assert ids(client.get(f"{at}/{one.pk}/").text) == [one.pk, answer.pk]
    assert client.get(f"{at}/{alone.pk}/").status_code == 404
    verbs.kill(story, by=editor, note="Wrong.")
    assert client.get(f"{at}/{one.pk}/").status_code == 410


def test_a_rejected_comment_takes_its_name_from_what_answers_it(client, published, approved, reply, moderator):
    story = published()
    one = approved(story, "One.")
    middle = reply(one, "CANARY", name="CANARY")
    last = reply(middle, "An answer to it.")
    actions.decide(middle.pk, "rejected", by=moderator, was="approved", reason="insult")
    for page in (f"/news/{story.pk}/", f"/news/{story.pk}/comments/", f"/news/{story.pk}/comments/{last.pk}/"):
        text = client.get(page, follow=True).text
        assert "In reply to a comment that is no longer shown" in text
        assert "An answer to it." in text
        assert "CANARY" not in text


def test_where_a_rejected_comment_was_answered_its_place_says_so_and_the_answers_stand(
    client, published, approved, reply, moderator
):
    story = published()
    one = approved(story, "CANARY", name="CANARY")
    answer = reply(one, "An answer.", name="Omar")
    alone = approved(story, "CANARY, too.")
    for rejected in (one, alone):
        actions.decide(rejected.pk, "rejected", by=moderator, was="approved", reason="insult")
    at = f"/news/{story.pk}/comments"
    for page in (f"/news/{story.pk}/", f"{at}/", f"{at}/?order=oldest", f"{at}/?order=valued", f"{at}/{one.pk}/"):
        text = client.get(page, follow=True).text
        assert ids(text) == [one.pk, answer.pk]
        assert "A moderator took this comment off." in text
        assert "CANARY" not in text
    assert client.get(f"{at}/{answer.pk}/").status_code == 200
    assert client.get(f"{at}/since?after=0").json() == {"comments": [answer.pk]}
    assert client.post(f"{at}/", {"comment": "To the answer.", "parent": answer.pk}).status_code == 303
    for refused in (
        client.post(f"{at}/", {"comment": "To it.", "parent": one.pk}),
        client.post(f"{at}/{one.pk}/valued/"),
    ):
        assert refused.status_code in (404, 422)
    to_the_answer = Comment.objects.get(text="To the answer.")
    assert actions.decide(to_the_answer.pk, "approved", by=moderator, was="held").state == "approved"
    actions.decide(one.pk, "approved", by=moderator, was="rejected")
    assert "A moderator took" not in client.get(f"{at}/").text


def test_a_rejected_reply_keeps_its_place_only_while_something_beneath_it_is_shown(
    client, published, approved, reply, moderator
):
    story = published()
    one = approved(story, "One.")
    middle = reply(one, "CANARY", name="CANARY")
    last, other = reply(middle, "Beneath it."), reply(one, "CANARY, too.")
    for rejected in (middle, other):
        actions.decide(rejected.pk, "rejected", by=moderator, was="approved", reason="insult")
    address = f"/news/{story.pk}/comments/"
    assert ids(client.get(address).text) == [one.pk, middle.pk, last.pk]
    actions.decide(last.pk, "rejected", by=moderator, was="approved", reason="insult")
    assert ids(client.get(address).text) == [one.pk]
    actions.decide(one.pk, "rejected", by=moderator, was="approved", reason="insult")
    assert ids(client.get(address).text) == []


def test_a_reply_to_what_was_rejected_meanwhile_is_not_approved(published, write, approved, moderator):
    one = approved(published(), "One.")
    made = write(one.story, "No.", parent_id=one.pk)
    actions.decide(one.pk, "rejected", by=moderator, was="approved", reason="insult")
    with pytest.raises(refusals.ParentNotShown, match="Reject it, or approve that first"):
        actions.decide(made.pk, "approved", by=moderator, was="held")
    made.refresh_from_db()
    assert made.state == "held"


def test_a_thread_counts_what_it_shows_through_every_change_of_mind(published, approved, reply, moderator):
    one = approved(published(), "One.")
    replies = [reply(one, f"Number {number}.") for number in range(3)]
    actions.decide(replies[0].pk, "rejected", by=moderator, was="approved", reason="insult")
    one.refresh_from_db()
    assert (one.replies, one.places) == (2, 3)
    actions.decide(replies[0].pk, "approved", by=moderator, was="rejected")
    one.refresh_from_db()
    assert (one.replies, one.places) == (3, 3)
    assert [*Comment.objects.filter(thread=one).order_by("id").values_list("place", flat=True)] == [1, 2, 3]


@pytest.fixture
def deep(published, approved):
    """A comment with 250 replies, each of which answers the one before; and its story."""
    story = published()
    one = approved(story, "One.")
    now = datetime(2026, 11, 1, tzinfo=UTC)
    parent = one.pk
    for number in range(1, 251):
        parent = Comment.objects.create(
            story_id=story.pk, version=1, reader=one.reader, text=f"Number {number}.", language="en", parent_id=parent,
            thread=one, depth=number, place=number, state="approved", decided_at=now, decided_by=one.decided_by,
            submission=f"{number}", created_at=now,
        ).pk  # fmt: skip
    Comment.objects.filter(pk=one.pk).update(replies=250, places=250)
    one.refresh_from_db()
    return story, one


def test_a_long_exchange_is_read_to_its_end_a_page_at_a_time(client, deep):
    story, one = deep
    assert len(ids(client.get(f"/news/{story.pk}/", follow=True).text)) == 1 + thread.REPLIES_BENEATH
    text = client.get(f"/news/{story.pk}/comments/").text
    assert len(ids(text)) == 1 + thread.REPLIES
    assert "All replies: 250" in text
    address, read = f"/news/{story.pk}/comments/{one.pk}/", []
    while address:
        text = client.get(address).text
        read += ids(text)[1:]
        link = re.search(r'<a rel="next" href="([^"]+)"', text)
        address = link and link[1]
    assert read == [*Comment.objects.filter(thread=one).order_by("place").values_list("pk", flat=True)]
    for nowhere in ("0", "4", "x", "9" * 20):
        assert client.get(f"/news/{story.pk}/comments/{one.pk}/?page={nowhere}").status_code == 404


def test_pages_with_replies_cost_a_fixed_number_of_queries(client, rf, deep, django_assert_num_queries):
    story, one = deep
    current = Current.objects.get(pk=story.pk)
    with django_assert_num_queries(1):
        thread.beneath_story(rf.get("/"), current)
    with django_assert_num_queries(3):
        client.get(f"/news/{story.pk}/comments/")
    with django_assert_num_queries(4):
        client.get(f"/news/{story.pk}/comments/{one.pk}/?page=2")
    with django_assert_num_queries(5):
        client.get(f"/news/{story.pk}/comments/{one.pk + 100}/")


def test_replies_are_found_by_their_indexes(rf, deep, plans):
    story, one = deep
    current = Current.objects.get(pk=story.pk)
    (beneath,) = plans(lambda: thread.beneath_story(rf.get("/"), current))
    (replies,) = plans(lambda: thread.first_page(story.pk, [one]))
    (later,) = plans(lambda: thread.later_page([one]))
    (page,) = plans(lambda: thread.page_of_replies(one, 1, 100))
    (newest,) = plans(lambda: thread.newest(story.pk))
    assert "comment_stands" in newest
    rows = thread.with_last(thread.standing(story.pk), story.pk)
    (listed,) = plans(lambda: paging.page(rows, QueryDict(), oldest_first=False, limit=20))
    assert "comment_picked" in replies
    assert "comment_picked" in beneath
    for plan in (beneath, listed):
        assert "comment_stands" in plan
        assert "comment_since" in plan
    for plan in (beneath, replies, later, page):
        assert "comment_place_once" in plan or "thread_id=? AND place" in plan, plan
        assert not re.search(r"SCAN comments_comment|Seq Scan", plan), plan


def test_the_moderator_sees_what_a_reply_answers(client, published, write, approved, moderator):
    one = approved(published(), "What was said first.")
    write(one.story, "No.", parent_id=one.pk)
    client.force_login(moderator)
    assert "What was said first." in client.get("/desk/comments/").text


def test_the_page_of_a_deep_reply_reads_as_a_conversation(client, published, approved, reply):
    story = published()
    first = reply(approved(story, "One."), "What is <asked>?", name="Omar")
    asked = reply(first, "The answer.")
    below = reply(reply(asked, "First below."), "Second below.")
    beside = reply(asked, "Beside it.")
    last = reply(below, "Third below.")
    text = client.get(f"/news/{story.pk}/comments/{asked.pk}/").text
    assert ids(text) == [asked.pk, below.parent_id, below.pk, last.pk, beside.pk]
    above = re.search(r'<blockquote class="above">(.*?)</blockquote>', text, re.DOTALL)[1]
    assert "What is &lt;asked&gt;?" in above
    assert "Omar" in above
    assert re.findall(r'class="letter( reply indent-\d)?" id', text) == [
        "",
        " reply indent-1",
        " reply indent-2",
        " reply indent-3",
        " reply indent-1",
    ]


def test_where_it_goes_deeper_still_the_page_leads_on(client, deep):
    story, one = deep
    address, read = f"/news/{story.pk}/comments/{one.pk + 100}/", []
    while address:
        text = client.get(address).text
        read += ids(text)[bool(read) :]
        link = re.search(r'<p class="more-replies"><a href="([^"]+)"', text)
        address = link and link[1]
    assert read == [*Comment.objects.filter(thread=one, place__gte=100).order_by("place").values_list("pk", flat=True)]


def test_what_is_beneath_a_reply_is_found_by_its_index(deep, plans):
    _, one = deep
    found = Comment.objects.get(thread=one, place=3)
    answer = Comment.objects.get(thread=one, place=4)
    (plan,) = plans(lambda: thread.beneath(found, [answer]))
    assert "comment_beneath" in plan, plan
    assert not re.search(r"SCAN (comments_comment|reply)|Seq Scan", plan), plan

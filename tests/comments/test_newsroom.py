"""What the newsroom does in a thread: it picks letters, and writes some of its own."""

import re

import pytest
from django.http import QueryDict

from dateline.comments import actions, refusals
from dateline.comments.models import Comment, Decision
from dateline.comments.threads import newsroom, paging, thread
from dateline.stories import actions as verbs
from dateline.stories.models import Current
from tests.comments.test_replies import ids, reply  # noqa: F401  (a fixture)
from tests.comments.test_thread import assert_in_order, long_thread, post  # noqa: F401

pytestmark = pytest.mark.django_db
STRIP = re.compile(r'<section class="picks".*?</section>', re.DOTALL)


def strip(client, address):
    found = STRIP.search(client.get(address, follow=True).text)
    return re.findall(r"comments/(\d+)/", found[0]) if found else []


def pages(story):
    return f"/news/{story.pk}/", f"/news/{story.pk}/comments/", f"/news/{story.pk}/comments/?order=oldest"


# -- Picks -----------------------------------------------------------------------------------------------------------------


def test_a_moderator_picks_a_letter_and_it_stands_at_the_head_of_the_thread(client, published, approved, moderator):
    story = published()
    comments = [approved(story, f"Number {number}.") for number in range(5)]
    assert [strip(client, page) for page in pages(story)] == [[], [], []]
    client.force_login(moderator)
    for comment in comments[:4]:
        answer = client.post(f"/desk/comments/{comment.pk}/pick/", {"deed": "pick"})
        assert answer["Location"] == f"/desk/comments/on/{story.pk}/#comment-{comment.pk}"
    wanted = [str(comment.pk) for comment in comments[3:0:-1]]  # the last three that were picked
    for page in pages(story):
        assert strip(client, page) == wanted
        assert len(set(ids(client.get(page, follow=True).text))) == 5  # each stands in the thread, too
    assert client.get(pages(story)[1]).text.count("pick-badge") == 4
    client.post(f"/desk/comments/{comments[3].pk}/pick/", {"deed": "unpick"})
    assert strip(client, pages(story)[0]) == [str(comment.pk) for comment in comments[2::-1]]


def test_what_is_held_is_approved_and_picked_in_one_deed_and_the_queue_goes_on(client, published, write, moderator):
    story = published()
    comment = write(story)
    client.force_login(moderator)
    assert f'formaction="/desk/comments/{comment.pk}/pick/"' in client.get("/desk/comments/").text
    answer = client.post(
        f"/desk/comments/{comment.pk}/pick/", {"was": "held", "here": "state=held", "next": "comment-9"}
    )
    assert answer["Location"] == "/desk/comments/?state=held#comment-9"
    comment.refresh_from_db()
    assert (comment.state, comment.picked_by, comment.decided_by) == ("approved", moderator, moderator)
    assert Decision.objects.get().state == "approved"
    assert "No longer pick" in client.get("/desk/comments/?state=approved").text


def test_what_is_not_shown_is_not_picked_and_a_pick_that_was_rejected_is_gone(
    client, published, write, approved, moderator, reply  # noqa: F811
):  # fmt: skip
    story = published()
    with pytest.raises(refusals.NotShown, match="Approve it first"):
        newsroom.pick(write(story, "Held.").pk, by=moderator)
    one = approved(story, "One.")
    answer = reply(one, "An answer.")
    newsroom.pick(answer.pk, by=moderator)
    assert strip(client, pages(story)[1])[0] == str(answer.pk)
    actions.decide(answer.pk, "rejected", by=moderator, was="approved", reason="insult")
    assert [strip(client, page) for page in pages(story)] == [[], [], []]


def test_only_who_moderates_picks_or_writes_as_the_newsroom(client, published, approved, django_user_model):
    comment = approved(published())
    client.force_login(django_user_model.objects.create_user("nobody"))
    for address in (f"/desk/comments/{comment.pk}/pick/", f"/desk/comments/on/{comment.story_id}/"):
        assert client.post(address, {"comment": "Hello."}).status_code == 302
    comment.refresh_from_db()
    assert comment.picked_at is None
    assert Comment.objects.count() == 1


# -- The newsroom's own letters ----------------------------------------------------------------------------------------------


def test_the_newsroom_answers_from_the_desk_with_its_badge(client, published, approved, moderator):
    moderator.first_name, moderator.last_name = "Mona", "Haddad"
    moderator.save()
    story = published()
    one = approved(story, "When does it open?")
    client.force_login(moderator)
    page = client.get(f"/desk/comments/on/{story.pk}/").text
    assert "When does it open?" in page
    for _twice in range(2):
        answer = client.post(f"/desk/comments/on/{story.pk}/", {"comment": "On *Monday*.", "parent": one.pk})
        assert answer.status_code == 302
    made = Comment.objects.get(staff=moderator)
    assert (made.state, made.parent_id, made.name, made.place) == ("approved", one.pk, "Mona Haddad", 1)
    assert (made.reader.approved, made.decisions.count()) == (1, 1)
    for public in pages(story):
        text = client.get(public, follow=True).text
        assert '<bdi class="name">Mona Haddad</bdi> <strong class="badge staff-badge">Staff</strong>' in text
        assert "On <em>Monday</em>." in text
        assert text.count("staff-badge") == 1


def test_the_newsroom_is_told_what_is_wrong_and_its_words_are_kept(client, published, approved, moderator, editor):
    story = published()
    one = approved(story, "When does it open?")
    client.force_login(moderator)
    empty = client.post(f"/desk/comments/on/{story.pk}/", {"comment": " "})
    assert empty.status_code == 422
    assert "There is nothing in your comment yet." in empty.text
    actions.decide(one.pk, "rejected", by=moderator, was="approved", reason="insult")
    late = client.post(f"/desk/comments/on/{story.pk}/", {"comment": "On Monday.", "parent": one.pk})
    assert "What you answer is not shown any more." in late.text
    verbs.kill(story, by=editor, note="Wrong.")
    killed = client.post(f"/desk/comments/on/{story.pk}/", {"comment": "On Monday."})
    assert "The story was withdrawn" in killed.text
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("name", ["Mona, Staff", "STAFF", "  sta\u00adff ", "Ｓｔａｆｆ", "Mona · Stáff"])
def test_no_guest_takes_the_badge_for_a_name(client, published, name):
    answer = post(client, published(), name=name)
    assert answer.status_code == 422
    assert "you would be taken for the newsroom" in answer.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize("name", ["Staffan", "Falstaff", "Mona Haddad", '<strong class="badge staff-badge">Staff'])
def test_no_field_that_a_guest_sends_makes_the_badge(client, published, approved, name, moderator):
    story = published()
    fields = {
        "comment": "Hello.",
        "name": name,
        "staff": moderator.pk,
        "staff_id": moderator.pk,
        "picked_at": "2026-01-01",
    }
    if client.post(f"/news/{story.pk}/comments/", fields).status_code == 303:
        actions.decide(Comment.objects.get().pk, "approved", by=moderator, was="held")
    text = client.get(f"/news/{story.pk}/comments/").text
    assert '<strong class="badge' not in text
    assert "pick-badge" not in text


# -- What it costs --------------------------------------------------------------------------------------------------------------


def test_the_first_page_of_a_thread_takes_two_queries_with_picks_and_replies(
    client, rf, published, approved, moderator, reply, django_assert_num_queries  # noqa: F811
):  # fmt: skip
    story = published()
    for number in range(4):
        one = approved(story, f"Number {number}.")
        newsroom.pick(reply(one, "An answer.").pk, by=moderator)
    current = Current.objects.get(pk=story.pk)
    short = approved(published("Other"), "Not answered.")
    newsroom.pick(short.pk, by=moderator)
    with django_assert_num_queries(3):  # the whole of it is read: nothing more to look for
        assert '<article class="pick">' in client.get(f"/news/{short.story_id}/comments/").text
    for order in ("", "?order=oldest", "?order=valued"):
        with django_assert_num_queries(4 if order else 3):  # beside the story and the sections: two at most
            client.get(f"/news/{story.pk}/comments/{order}")
    with django_assert_num_queries(1):
        text = thread.beneath_story(rf.get("/"), current)
    assert text.count('<article class="pick">') == 3
    assert len(ids(text)) == 8


def test_the_thread_at_the_desk_is_read_from_its_index(long_thread, plans):  # noqa: F811
    rows = Comment.objects.filter(story_id=long_thread.pk, state="approved")
    found = plans(lambda: paging.page(rows, QueryDict(), oldest_first=False, limit=25, time="decided_at"))
    assert_in_order(found, "comment_since")


def test_the_desks_heading_is_the_news_id_and_the_headline_stands_beneath_in_its_own_direction(
    client, published, moderator
):
    story = published("معاهدة لتقاسم مياه النهر", language="ar")
    client.force_login(moderator)
    html = client.get(f"/desk/comments/on/{story.pk}/").text
    header, _, rest = html.partition("</header>")
    assert f"News ID {story.pk}" in header
    assert "معاهدة" not in header
    assert '<bdi lang="ar">معاهدة لتقاسم مياه النهر</bdi>' in rest


def test_an_answer_that_cannot_be_sent_stands_where_it_was_typed(client, approved, published, moderator):
    story = published()
    answered = approved(story)
    client.force_login(moderator)
    html = client.post(
        f"/desk/comments/on/{story.pk}/", {"comment": "Unsent " + "x" * 6_000, "parent": answered.pk}
    ).content
    assert html.count(b"Unsent") == 1
    assert html.index(b"<details open>") < html.index(b"Unsent")

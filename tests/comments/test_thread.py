"""Comments as readers send and see them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from django.test import Client

from dateline.comments import actions
from dateline.comments.models import Comment, Reader
from dateline.comments.moderation import modes
from dateline.comments.threads import paging, thread
from dateline.stories import actions as verbs
from dateline.stories.models import Current

pytestmark = pytest.mark.django_db


def post(client, story, comment="A good report.", name="Sana", **options):
    return client.post(f"/news/{story.pk}/comments/", {"name": name, "comment": comment}, **options)


def test_a_comment_is_held_and_its_writer_is_told(client, published):
    story = published()
    answer = post(client, story)
    assert answer.status_code == 303
    assert Comment.objects.get().state == "held"
    page = client.get(answer["Location"])
    assert "held until a moderator has read it" in page.text
    assert page["Cache-Control"] == answer["Cache-Control"] == "no-store"
    assert "A good report." not in client.get(f"/news/{story.pk}/comments/").text
    assert "A good report." not in client.get(f"/news/{story.pk}/", follow=True).text


def test_an_approved_comment_stands_under_the_story_and_in_its_thread(client, published, approved):
    story = published()
    comment = approved(story, "First paragraph,\nsecond line.\n\n\n\nSecond paragraph.")
    for page in (f"/news/{story.pk}/", f"/news/{story.pk}/comments/"):
        text = client.get(page, follow=True).text
        assert '<p dir="auto">First paragraph,<br>second line.</p>' in text
        assert '<p dir="auto">Second paragraph.</p>' in text
        assert f'id="comment-{comment.pk}"' in text
        assert '<bdi class="name">Sana</bdi>' in text


def test_its_writer_learns_what_became_of_it_and_nobody_else_does(client, published, moderator):
    story = published()
    receipt = post(client, story)["Location"]
    comment = Comment.objects.get()
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
    page = client.get(receipt).text
    assert "decided not to publish your comment" in page
    assert "It attacks a person." in page
    guessed = client.get(f"/news/{story.pk}/comments/?thanks={comment.pk}:{'a' * 43}")
    assert guessed.status_code == 200
    assert "A good report." not in guessed.text


def test_an_empty_comment_is_answered_with_what_was_typed_and_why(client, published):
    answer = post(client, published(), comment=" \u200b\u3164\n", name="Sana <b>")
    assert answer.status_code == 422
    assert answer["Cache-Control"] == "no-store"
    assert "There is nothing in your comment yet." in answer.text
    assert 'aria-invalid="true" aria-describedby="write-comment-error"' in answer.text
    assert 'value="Sana &lt;b&gt;"' in answer.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize(("name", "comment", "said"), [
    ("Sana", "x" * 5_001, "A comment may have 5000 characters; this one has 5001."),
    ("x" * 81, "Well said.", "A name may have 80 characters; this one has 81."),
])  # fmt: skip
def test_what_is_too_long_is_refused_with_the_numbers_and_kept_in_the_form(client, published, name, comment, said):
    answer = post(client, published(), comment=comment, name=name)
    assert answer.status_code == 422
    assert said in answer.text
    assert comment in answer.text
    assert name in answer.text


def test_the_longest_comment_of_emoji_is_taken_in(client, published):
    assert post(client, published(), comment="👩🏽‍🚀" * 1_250).status_code == 303
    assert len(Comment.objects.get().text) == 5_000


def test_a_flood_of_bytes_is_refused_unread(client, published):
    answer = post(client, published(), comment="x" * 200_000)
    assert answer.status_code == 413
    assert "Shorten it" in answer.text
    assert not Comment.objects.exists()


def test_a_comment_needs_no_name(client, published, approved):
    story = published()
    approved(story, name="")
    assert '<bdi class="name">A reader</bdi>' in client.get(f"/news/{story.pk}/comments/").text


def test_control_characters_and_nul_are_taken_out(client, published):
    assert post(client, published(), comment="Well\x00 \x1bsaid.\r\nYes.", name="Sa\x00na\n").status_code == 303
    comment = Comment.objects.get()
    assert (comment.text, comment.name) == ("Well said.\nYes.", "Sana")


@pytest.mark.parametrize("field", ["version", "parent", "form"])
def test_what_the_page_adds_unseen_is_never_a_fault_that_nobody_can_mend(client, published, field):
    answer = client.post(f"/news/{published().pk}/comments/", {"comment": "A good report.", field: "9" * 200})
    assert answer.status_code == 303
    assert Comment.objects.get().version == 1


# -- Sent twice ---------------------------------------------------------------------------------------------------------


def test_a_retry_of_the_same_comment_adds_nothing_and_gets_the_same_answer(client, published):
    story = published()
    assert post(client, story)["Location"] == post(client, story)["Location"]
    assert Comment.objects.count() == Reader.objects.count() == 1


def test_two_readers_of_one_cached_page_can_both_write_the_same_words(client, published):
    story = published()
    post(client, story, REMOTE_ADDR="192.0.2.1")
    post(client, story, REMOTE_ADDR="192.0.2.2")
    post(client, story, REMOTE_ADDR="192.0.2.2", name="Omar")
    post(client, story, REMOTE_ADDR="192.0.2.2", name="Omar", comment="And another thing.")
    assert Comment.objects.count() == 4


def test_a_program_that_names_its_submission_may_retry_from_another_address(client, published):
    story = published()
    fields = {"comment": "A good report.", "form": "6f0e4b1c9a7d4e55"}
    for address in ("192.0.2.1", "198.51.100.1"):
        client.post(f"/news/{story.pk}/comments/", fields, REMOTE_ADDR=address)
    client.post(f"/news/{story.pk}/comments/", {**fields, "form": "6f0e4b1c9a7d4e56"}, REMOTE_ADDR="192.0.2.1")
    assert Comment.objects.count() == 2


def test_the_page_with_the_form_is_the_same_for_all_and_may_be_cached(client, published, approved):
    story = published()
    approved(story)
    address = f"/news/{story.pk}/comments/"
    first, second = client.get(address), Client(REMOTE_ADDR="192.0.2.9").get(address)
    assert first.content == second.content
    assert "public" in first["Cache-Control"]
    assert f"thread-{story.pk}" in first["Surrogate-Key"]
    assert not first.cookies
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


# -- Other sites' forms ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Referer": "https://elsewhere.example/page"},
    {"Origin": "http://testserver.elsewhere.example"},
    {"Origin": "http://["},
])  # fmt: skip
def test_a_comment_that_another_site_sends_is_refused(published, headers):
    answer = post(Client(enforce_csrf_checks=True), published(), headers=headers)
    assert answer.status_code == 403
    assert "another site sent this comment" in answer.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize("headers", [
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
    {"Origin": "http://testserver"},
    {"Referer": "http://testserver/news/1/"},
    {},
])  # fmt: skip
def test_a_comment_from_our_own_page_needs_no_cookie(published, headers):
    assert post(Client(enforce_csrf_checks=True), published(), headers=headers).status_code == 303


# -- What the story went through --------------------------------------------------------------------------------------------


def test_no_thread_where_nothing_was_published(client, draft):
    for news_id in (draft().pk, 99_999, 10**30):
        assert client.get(f"/news/{news_id}/comments/").status_code == 404
        assert client.post(f"/news/{news_id}/comments/", {"comment": "Hello."}).status_code == 404


def test_a_kill_takes_the_thread_off_the_site_and_closes_it(client, published, approved, editor):
    story = published()
    approved(story, "CANARY in a comment")
    verbs.kill(story, by=editor, note="The mayor has not resigned.")
    for answer in (client.get(f"/news/{story.pk}/comments/"), post(client, story)):
        assert answer.status_code == 410
        assert "Nobody can comment on it any more." in answer.text
        assert "CANARY" not in answer.text
    assert "CANARY" not in client.get(f"/news/{story.pk}/").text
    assert Comment.objects.count() == 1


def test_a_comment_remembers_the_version_that_its_writer_read(client, published, editor):
    story = published("Mayor resigns")
    page = client.get(f"/news/{story.pk}/comments/").text
    beneath = client.get(f"/news/{story.pk}/", follow=True).text
    story.headline = "Mayor stays"
    verbs.correct(story, by=editor, note="The mayor has not resigned.")
    assert '<input type="hidden" name="version" value="1">' in page
    assert '<input type="hidden" name="version" value="1">' in beneath
    for version in ("1", "2", "3", "0", "²", "nonsense"):
        client.post(f"/news/{story.pk}/comments/", {"comment": f"From {version}.", "version": version})
    assert [*Comment.objects.order_by("id").values_list("version", flat=True)] == [1, 2, 2, 2, 2, 2]


def test_a_comment_says_that_its_story_was_corrected_since_and_leads_to_what_changed(
    client, published, approved, editor
):
    story = published("Mayor resigns")
    before = approved(story, "He should have gone before.")
    story.summary = "More to come."
    verbs.update(story, by=editor)
    between = approved(story, "Who follows him?")
    note = "Written before the story was corrected."
    assert note not in client.get(f"/news/{story.pk}/comments/").text  # an update is no correction
    story.headline = "Mayor stays"
    verbs.correct(story, by=editor, note="The mayor has not resigned.")
    approved(story, "So he stays.")
    for page in (f"/news/{story.pk}/", f"/news/{story.pk}/comments/"):
        text = client.get(page, follow=True).text
        assert text.count(note) == 2
        for comment, version in ((before, 1), (between, 2)):
            letter = text[text.index(f'id="comment-{comment.pk}"') :].partition("</article>")[0]
            (link,) = re.findall(r'corrected-since.*?href="([^"]+)"', letter)
            assert link == f"/news/{story.pk}/history/?from={version}&amp;to=3"
            assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_a_name_is_shown_as_it_was_typed_whatever_it_has_in_it(client, published, approved):
    story = published("Mayor resigns")
    name = "{0} {name} %s </bdi><b>"
    approved(story, "He should have gone before.", name=name)
    text = client.get(f"/news/{story.pk}/comments/").text
    assert text.count("{0} {name} %s &lt;/bdi&gt;&lt;b&gt;") == 4  # its signature, and what can be done with it
    assert "</bdi><b>" not in text


# -- Languages and order -----------------------------------------------------------------------------------------------------


def test_an_arabic_storys_thread_is_in_arabic_under_its_prefix(client, published, approved):
    story = published("استقالة العمدة", language="ar")
    approved(story, "تقرير جيد.", name="سناء")
    moved = client.get(f"/news/{story.pk}/comments/?order=oldest")
    assert (moved.status_code, moved["Location"]) == (301, f"/ar/news/{story.pk}/comments/?order=oldest")
    page = client.get(f"/ar/news/{story.pk}/comments/").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "تقرير جيد." in page
    assert f'action="/ar/news/{story.pk}/comments/"' in client.get(f"/ar/news/{story.pk}/", follow=True).text
    answer = client.post(f"/ar/news/{story.pk}/comments/", {"comment": "شكرا"})
    assert answer["Location"].startswith(f"/ar/news/{story.pk}/comments/?thanks=")
    assert Comment.objects.get(text="شكرا").language == "ar"


@pytest.fixture
def long_thread(published, approved):
    """A story with 120 approved comments, some of them of the same moment.

    Another has five times as many, of the same hours: what is asked of one story must be found by the story, and a planner
    that counts rows has no second way that is as cheap.
    """
    story, other = published(), published("Council meets")
    first = approved(story, "Number 0.")
    start = datetime(2026, 11, 1, tzinfo=UTC)
    Comment.objects.bulk_create(
        Comment(
            story_id=of.pk, version=1, reader=first.reader, text=f"Number {number}.", language="en",
            state="approved", decided_at=start, decided_by=first.decided_by, submission=f"{of.pk}.{number}",
            created_at=start + timedelta(minutes=number % 120 // 3),
        )
        for of, many in ((story, 120), (other, 601))
        for number in range(1, many)
    )  # fmt: skip
    Comment.objects.filter(pk=first.pk).update(created_at=start)
    return story


@pytest.mark.parametrize("order", ["", "order=oldest"])
def test_a_long_thread_is_read_to_its_end_and_back_without_gap_or_repeat(client, long_thread, order):
    address = f"/news/{long_thread.pk}/comments/?{order}"
    wanted = thread.standing(long_thread.pk).order_by("created_at", "id")
    wanted = [*(wanted if order else wanted.reverse()).values_list("id", flat=True)]
    forth, last = walk(client, address, "next")
    back, first = walk(client, last, "prev")
    assert [number for page in forth for number in page] == wanted
    assert [number for page in reversed(back) for number in page] == wanted
    assert 'rel="prev"' not in client.get(first).text


def walk(client, address, rel):
    pages = []
    while True:
        text = client.get(address).text
        pages.append([int(number) for number in re.findall(r'id="comment-(\d+)"', text)])
        link = re.search(rf'<a rel="{rel}" href="([^"]+)"', text)
        if link is None:
            return pages, address
        address = link[1].replace("&amp;", "&")


def test_the_story_shows_the_newest_twenty_and_leads_to_the_rest(client, long_thread):
    text = client.get(f"/news/{long_thread.pk}/", follow=True).text
    assert text.count('<article class="letter"') == 20
    assert "Number 119." in text
    assert f'<a href="/news/{long_thread.pk}/comments/">Read all comments</a>' in text


# -- What it costs --------------------------------------------------------------------------------------------------------------


def test_what_is_beneath_a_story_costs_one_query_and_nothing_once_killed(rf, long_thread, django_assert_num_queries):
    current = Current.objects.get(pk=long_thread.pk)
    with django_assert_num_queries(1):
        assert "Number 119." in thread.beneath_story(rf.get("/"), current)
    current.killed = True
    with django_assert_num_queries(0):
        assert thread.beneath_story(rf.get("/"), current) == ""


@pytest.mark.parametrize("order", ["", "?order=oldest", "?order=valued"])
def test_a_page_of_a_thread_costs_four_queries_at_most_and_the_story_page_three(
    client, long_thread, django_assert_num_queries, order
):
    address = f"/news/{long_thread.pk}/comments/{order}"
    # The story, the sections; its comments and their replies, of the newest together; of others, what stands above them.
    with django_assert_num_queries(4 if order else 3):
        text = client.get(address).text
    later = re.search(r'<a rel="next" href="([^"]+)"', text)[1].replace("&amp;", "&")
    with django_assert_num_queries(3):  # nothing was answered: nothing to look for
        client.get(later)
    page = client.get(f"/news/{long_thread.pk}/")["Location"]
    with django_assert_num_queries(3):
        client.get(page)


@pytest.mark.parametrize(
    ("oldest_first", "asked"), [(False, "before=6.7"), (False, ""), (True, "after=6.7"), (True, "")]
)
def test_a_thread_is_read_from_its_index_in_order(long_thread, plans, oldest_first, asked):
    rows = thread.standing(long_thread.pk)
    found = plans(lambda: paging.page(rows, QueryDict(asked), oldest_first=oldest_first, limit=20))
    assert_in_order(found, "comment_stands")


def assert_in_order(plans, index):
    assert len(plans) == 1
    assert index in plans[0], plans
    assert "TEMP B-TREE" not in plans[0], plans
    assert "Sort" not in plans[0], plans


def test_the_form_says_what_holds_here_and_for_the_version_that_is_out(client, published, editor):
    english, arabic = published("Port opens"), published("فتح الميناء", language="ar")
    address = f"/news/{english.pk}/comments/"
    page = client.get(address).text
    assert "A moderator reads it before it is shown" in page
    assert 'name="version" value="1"' in page
    assert f'<form class="write-comment" id="write" method="post" action="/ar/news/{arabic.pk}/comments/"' in (
        client.get(f"/ar/news/{arabic.pk}/comments/").text
    )
    english.summary = "It opened on Monday."
    verbs.correct(english, note="The day was wrong.", by=editor)
    modes.set_mode(modes.of_story(english.pk), modes.Mode.OPEN, None, by=editor)
    modes.KEPT.assume(modes.in_force())
    page = client.get(address).text
    assert "It is shown as you write it" in page
    assert 'name="version" value="2"' in page

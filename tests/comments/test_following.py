"""What a kill and a correction do to threads."""

import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from dateline.comments import actions
from dateline.comments.models import Comment, Fingerprint
from dateline.comments.record import announcements, following, quotes
from dateline.edge.models import Purge
from dateline.stories import actions as verbs
from dateline.stories.models.publications import CORRECTIONS_KEPT
from tests.comments.test_moving import move

__all__ = ["move"]
pytestmark = pytest.mark.django_db

SAID = "The mayor took a bag of money from the owner of the ferry on Sunday night."
ARABIC = "قال مسؤول كبير إن رئيس البلدية أخذ حقيبة من المال من صاحب العبّارة ليلة الأحد"


def shown(client, story):
    return client.get(f"/news/{story.pk}/comments/").text


@pytest.fixture
def kill(editor):
    def make(story):
        verbs.kill(story, by=editor, note="It was not so.")
        assert following.catch_up() > 0
        assert following.catch_up() == 0

    return make


@pytest.mark.parametrize("quote", [
    SAID,
    SAID.upper(),
    "> " + SAID,
    "“" + SAID.replace(" ", "  ").replace(",", "") + "”",
    "\n".join(SAID.split()),
    SAID.replace("e", "é").replace("o", "\u202eo"),
    "took a bag of money from the owner",
])  # fmt: skip
def test_a_quote_of_a_killed_story_is_masked_in_other_threads(client, published, approved, kill, quote):
    story, other = published(body=[SAID]), published("Ferry stops")
    comment = approved(other, f"They wrote: {quote} I do not believe it.")
    kill(story)
    text = shown(client, other)
    assert "[withdrawn]" in text
    assert "They wrote:" in text
    assert "I do not believe it." in text
    assert "money" not in text.casefold()
    for path in (f"/news/{other.pk}/", f"/news/{other.pk}/comments/{comment.pk}/"):
        page = client.get(path, follow=True).text
        assert "[withdrawn]" in page
        assert "money" not in page.casefold()
    assert quote in Comment.objects.get(pk=comment.pk).text


def test_a_quote_in_a_name_is_taken_off_before_the_kill_and_after_it(
    client, published, write, approved, moderator, kill
):
    story, other = published(body=[SAID]), published("Ferry stops")
    name = "Took a bag of money from the owner of"
    approved(other, "Shown before.", name=name)
    kill(story)
    later = write(other, "Shown after.", name=f"{name} the")
    actions.decide(later.pk, "approved", by=moderator, was="held")
    text = shown(client, other)
    assert "money" not in text
    assert text.count('<bdi class="name">A reader</bdi>') == 2


def test_an_arabic_quote_is_masked_however_it_is_spelled(client, published, approved, kill):
    story, other = published("خبر", body=[ARABIC], language="ar"), published("خبر آخر", language="ar")
    approved(other, "كتبوا: " + ARABIC.replace("أ", "ا").replace("ّ", "").replace("ي", "ى") + "، وهذا كذب.")
    kill(story)
    text = client.get(f"/ar/news/{other.pk}/comments/").text
    assert "حقيب" not in text
    assert "كتبوا:" in text
    assert "، وهذا كذب." in text


def test_a_quote_of_an_earlier_version_of_a_headline_and_of_a_summary_is_masked(
    client, published, approved, editor, kill
):
    story = published("One two three four five six seven eight nine", summary="A b c d e f g h i j", body=["Short."])
    story.headline = "Another one"
    verbs.update(story, by=editor)
    other = published("Ferry stops")
    approved(other, "First: one two three four five six seven eight nine. Then: a b c d e f g h i j.")
    kill(story)
    assert re.search(r"First: \[withdrawn\]. Then: \[withdrawn\].", shown(client, other))


def test_seven_words_are_no_quote_and_drafts_and_corrected_words_are_not_withdrawn(
    client, published, approved, editor, kill
):
    story, corrected, other = published(body=[SAID]), published(body=["Wrong " + SAID[4:]]), published("Ferry stops")
    story.summary = "Never published are these words of the draft of it."
    story.save()
    corrected.body = json.dumps([])
    verbs.correct(corrected, by=editor, note="No.")
    seven = "took a bag of money from the"
    approved(other, f"{seven} X. Never published are these words of the draft of it.")
    kill(story)
    assert "[withdrawn]" not in shown(client, other)
    assert seven in shown(client, other)


def test_chinese_is_measured_in_more_characters(published, approved, kill):
    story, other = published(body=["市长星期天晚上从渡轮老板那里拿走了一袋钱"]), published("Ferry stops")
    short = approved(other, "他说市长星期天晚上从渡轮。")
    long = approved(other, "他说市长星期天晚上从渡轮老板那里拿走了一袋钱。")
    kill(story)
    assert Comment.objects.get(pk=short.pk).shown_text == short.text
    assert Comment.objects.get(pk=long.pk).shown_text == "他说[withdrawn]。"


def test_what_is_approved_or_moved_in_after_the_kill_is_masked_too(client, published, write, moderator, kill, move):
    story, other = published(body=[SAID]), published("Ferry stops")
    held = write(other, f"Before: {SAID}")
    kill(story)
    later = write(other, f"Later: {SAID}")
    for comment in (held, later):
        actions.decide(comment.pk, "approved", by=moderator, was="held")
    line = {"news_id": other.pk, "text": f"Moved: {SAID}", "created_at": "2014-01-01T00:00:00Z"}
    move({"in.jsonl": json.dumps(line)})
    text = shown(client, other)
    assert text.count("[withdrawn]") == 3
    assert "money" not in text


def test_a_moderator_sees_the_words_and_that_readers_do_not(client, published, approved, moderator, kill):
    story, other = published(body=[SAID]), published("Ferry stops")
    approved(other, f"They wrote: {SAID}")
    kill(story)
    client.force_login(moderator)
    page = client.get("/desk/comments/?state=approved").text
    assert SAID in page
    assert "Readers do not see those words." in page


def test_a_comment_that_is_rejected_and_approved_again_stays_masked(client, published, approved, moderator, kill):
    story, other = published(body=[SAID]), published("Ferry stops")
    comment = approved(other, SAID)
    kill(story)
    actions.decide(comment.pk, "rejected", by=moderator, was="approved", reason="false")
    actions.decide(comment.pk, "approved", by=moderator, was="rejected")
    assert "[withdrawn]" in shown(client, other)
    assert "money" not in shown(client, other)


def test_two_kills_are_followed_in_order_and_their_quotes_are_one_mask_where_they_meet(published, approved, kill):
    one, two, other = published(body=[SAID]), published(body=["on Sunday night. " + SAID]), published("Ferry stops")
    comment = approved(other, f"So: {SAID}")
    kill(one)
    kill(two)
    assert Comment.objects.get(pk=comment.pk).shown_text == "So: [withdrawn]."


def test_a_killed_story_takes_its_thread_off_every_door(client, published, approved, editor):
    story = published("Mayor resigns", body=["Ferries run."])
    first = approved(story, "CANARY one")
    answer = approved(story, "CANARY two", parent_id=first.pk)
    verbs.kill(story, by=editor, note="The mayor has not resigned.")
    doors = [f"/news/{story.pk}/", f"/news/{story.pk}.json", f"/news/{story.pk}/history/", f"/news/{story.pk}/v/1/",
             f"/news/{story.pk}/comments/", f"/news/{story.pk}/comments/?order=oldest",
             f"/news/{story.pk}/comments/?before=1.1", f"/news/{story.pk}/comments/{first.pk}/",
             f"/news/{story.pk}/comments/{answer.pk}/"]  # fmt: skip
    gone = [client.get(door, follow=True) for door in doors]
    assert {answer.status_code for answer in gone[4:]} == {410}
    feeds = ["/", "/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "/sitemap.xml", "/search/?q=Mayor"]
    for answer in [*gone, *(client.get(door) for door in feeds)]:
        assert "CANARY" not in answer.text, answer.request["PATH_INFO"]
    assert Client().post(f"/news/{story.pk}/comments/", {"comment": "More."}).status_code == 410
    reply = {"comment": "More.", "parent": first.pk}
    assert Client().post(f"/news/{story.pk}/comments/", reply).status_code == 410
    assert Comment.objects.count() == 2


def test_pages_that_are_kept_are_made_anew_where_a_thread_changed(published, approved, editor, corrected, move):
    story, other, third = published(body=[SAID]), published("Ferry stops"), published("Tide")
    approved(other, SAID)
    Purge.objects.all().delete()
    verbs.kill(story, by=editor, note="It was not so.")
    following.catch_up()
    call_command("comments", "announce", str(corrected.pk), stdout=io.StringIO())
    move({"in.jsonl": json.dumps({"news_id": third.pk, "text": "Moved.", "created_at": "2014-01-01T00:00:00Z"})})
    changed = [other.pk, corrected.pk, third.pk]
    assert [*Purge.objects.order_by("pk").values_list("keys", flat=True)] == [f"thread-{pk}" for pk in changed]


def test_a_kill_that_was_not_followed_is_told_by_verify(published, editor):
    verbs.kill(published(), by=editor, note="It was not so.")
    assert "2 publications behind" in following.verify()[0]
    following.catch_up()
    assert following.verify() == []


def test_any_eight_words_share_a_fingerprint():
    words = [f"word{number}" for number in range(60)]
    whole = quotes.fingerprints(" ".join(words))
    grams = {start: set(quotes.shingles(words[start : start + 8], quotes.GRAM)) for start in range(52)}
    assert all(whole & found for found in grams.values())
    assert len(whole) < 40


def test_a_kill_finds_its_quotes_by_an_index(published, approved, plans, editor, django_assert_num_queries):
    story, other = published(body=[SAID]), published("Ferry stops")
    approved(other, SAID)
    verbs.kill(story, by=editor, note="It was not so.")
    found = [plan for plan in plans(following.catch_up) if "fingerprint" in plan]
    with django_assert_num_queries(2):
        following.catch_up()
    assert found
    assert all(("(hash=?)" in plan or "fingerprint_once" in plan) and "SCAN" not in plan for plan in found), found
    assert Fingerprint.objects.exists()


# -- Corrections ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def corrected(published, editor):
    story = published("Mayor resigns")
    story.headline = "Mayor stays"
    verbs.correct(story, by=editor, note="The mayor has <b>not</b> resigned.")
    return story


def test_the_desk_announces_a_correction_in_the_thread_and_takes_it_down(client, corrected, moderator):
    note = "The newsroom corrected this story"
    assert note not in shown(Client(), corrected)
    client.force_login(moderator)
    page = client.get("/desk/comments/corrections/").text
    assert "The mayor has &lt;b&gt;not&lt;/b&gt; resigned." in page
    assert "Announce in the thread" in page
    address = f"/desk/comments/corrections/{corrected.pk}/2/"
    for _ in range(2):
        client.post(address, {"deed": "announce"})
    text = shown(Client(), corrected)
    assert text.count(note) == 1
    assert "The mayor has &lt;b&gt;not&lt;/b&gt; resigned." in text
    assert Client().get(f"/news/{corrected.pk}/history/?from=1&to=2").status_code == 200
    assert "Take the notice down" in client.get("/desk/comments/corrections/").text
    client.post(address, {"deed": "take-down"})
    assert note not in shown(Client(), corrected)


def test_a_correction_is_announced_however_many_came_after_it(client, corrected):
    for number in range(CORRECTIONS_KEPT + 1):
        corrected.headline = f"Mayor resigns {number} times"
        verbs.correct(corrected, note=f"It was not {number}.")
    announcements.announce(corrected.pk, 2)
    assert "The mayor has &lt;b&gt;not&lt;/b&gt; resigned." in shown(client, corrected)


def test_only_corrections_of_what_is_out_are_announced_and_only_by_those_who_may(client, corrected, moderator, editor):
    for who, status in ((None, 302), (moderator, 404)):
        if who:
            client.force_login(who)
        assert client.post(f"/desk/comments/corrections/{corrected.pk}/9/", {"deed": "announce"}).status_code == status
    answer = client.post(f"/desk/comments/corrections/{corrected.pk}/1/", {"deed": "announce"}, follow=True)
    assert "is no correction of a story that is out" in answer.text
    verbs.kill(corrected, by=editor, note="No.")
    answer = client.post(f"/desk/comments/corrections/{corrected.pk}/2/", {"deed": "announce"}, follow=True)
    assert "is no correction of a story that is out" in answer.text
    assert "No story was corrected." in answer.text


def test_a_correction_is_announced_by_command(corrected, published):
    out = io.StringIO()
    call_command("comments", "announce", str(corrected.pk), stdout=out)
    assert "version 2 is announced" in out.getvalue()
    assert "The newsroom corrected this story" in shown(Client(), corrected)
    call_command("comments", "announce", str(corrected.pk), "--take-down", stdout=out)
    assert "The newsroom corrected this story" not in shown(Client(), corrected)
    with pytest.raises(CommandError, match="nothing to announce"):
        call_command("comments", "announce", str(published().pk))

"""The public moderation log: numbers, and nobody's name or words."""

import json
import random
import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dateline.comments import actions, refusals
from dateline.comments.models import Comment, Reader
from dateline.comments.moderation import log as moderation_log
from dateline.comments.moderation import modes, recounting, reports
from dateline.comments.moderation.objections import Tally
from dateline.comments.readers import own_words
from dateline.comments.threads import newsroom
from dateline.stories import actions as verbs
from dateline.stories.models import Current

pytestmark = pytest.mark.django_db


def numbers(page):
    """The rows of the log."""
    rows = re.findall(r'<th scope="row">([^<]+)</th><td>(\d+)</td>', page)
    return {label: int(number) for label, number in rows}


def month():
    return f"/comments/log/{timezone.now():%Y-%m}/"


@pytest.fixture
def busy(published, write, approved, moderator, editor):
    """A story on which something of everything happened."""
    story = published("Mayor resigns")
    written = [write(story, f"Number {number}.", name="Sana Karim") for number in range(6)]
    for comment in written[:2]:
        actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
    actions.decide(written[2].pk, "rejected", by=moderator, was="held", reason="hate", words="The third word.")
    actions.decide(written[3].pk, "approved", by=moderator, was="held")
    actions.decide(written[4].pk, "approved", by=moderator, was="held")
    actions.undo(by=moderator)
    reports.report(written[3], reason="insult", address="8.8.8.8", language="en", words="Read it.")
    actions.decide(written[3].pk, "rejected", by=moderator, was="approved", reason="insult")
    written[3].refresh_from_db()
    reports.appeal_by_writer(written[3], "It was meant kindly.")
    actions.decide(written[3].pk, "approved", by=editor, was="rejected")
    return story


WANTED = {
    "Came": 6,
    "Are shown": 1,
    "Were rejected": 3,
    "It attacks a person.": 2,
    "It incites hatred.": 1,
    "Wait for a moderator": 2,
    "Reports by readers": 1,
    "of these, notices of illegal content": 0,
    "Appeals": 1,
    "The decision stands.": 0,
    "The decision was reversed.": 1,
}


def test_it_says_how_many_came_what_became_of_them_and_why(client, busy):
    page = client.get(f"/news/{busy.pk}/comments/log/").text
    assert numbers(page) == WANTED
    assert numbers(client.get(month()).text) == WANTED
    assert "within 1 minute, nine of ten within 1 minute" in page


def test_it_names_nobody_and_quotes_nothing(client, busy):
    for page in (client.get(f"/news/{busy.pk}/comments/log/").text, client.get(month()).text):
        for told in ("Sana", "mona", "edna", "Number 1", "third word", "kindly", "Read it"):
            assert told not in page


def test_each_edition_has_its_own(client, busy):
    assert set(numbers(client.get(f"/ar{month()}").text).values()) <= {0}


def test_it_counts_nothing_when_it_is_read_and_may_be_kept(client, busy):
    client.get(month())
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/news/{busy.pk}/comments/log/")
    assert len(queries) <= 4
    assert not [query for query in queries if "comments_comment" in query["sql"] or "COUNT(" in query["sql"]]
    assert "s-maxage=300" in page["Cache-Control"]
    assert f"story-{busy.pk}" in page["Surrogate-Key"]


def test_how_fast_is_said_in_words(client, published, write, moderator):
    story = published()
    for number, waited in enumerate([30, 200, 200, 4_000, 4_000, 4_000, 4_000, 4_000, 90_000, 900_000]):
        comment = write(story, f"Number {number}.")
        Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - timedelta(seconds=waited))
        actions.decide(comment.pk, "approved", by=moderator, was="held")
    page = client.get(f"/news/{story.pk}/comments/log/").text
    assert "Half of the comments that waited were decided on within 3 hours, nine of ten within 3 days." in page


def test_a_month_that_has_not_begun_or_is_none_is_not_there(client):
    for name in ("2999-01", "2026-13", "x", "2026-1", "0001-01"):
        assert client.get(f"/comments/log/{name}/").status_code == 404
    assert client.get("/comments/log/")["Location"] == month()
    page = client.get(month()).text
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page
    assert 'rel="next"' in client.get("/comments/log/2026-01/").text


def test_the_log_of_a_killed_story_is_gone(client, busy, editor):
    verbs.kill(busy, by=editor, note="The mayor has not resigned.")
    assert client.get(f"/news/{busy.pk}/comments/log/").status_code == 410


def read(story):
    """The log of a story as it is shown: what came, and what became of it."""
    log = moderation_log.read(moderation_log.story(story.pk))
    return {"came": log["came"], "shown": log["approved"], "rejected": log.rejected, "deleted": log["deleted"],
            "waits": log.waits}  # fmt: skip


def test_what_was_let_through_by_the_checks_came_once_and_is_shown_once(client, published, write):
    story = published()
    modes.set_mode("", "open", None, by=None)
    assert write(story).state == "approved"
    assert read(story) == {"came": 1, "shown": 1, "rejected": 0, "deleted": 0, "waits": 0}
    page = client.get(f"/news/{story.pk}/comments/log/").text
    assert "No comment that waited was decided on yet." in page


def test_what_moved_in_is_counted_as_it_stands_and_waited_for_nobody(client, published, moderator, tmp_path):
    story = published()
    rows = [{"state": "approved"}, {"state": "rejected", "reason": "before"}, {"state": "held"}]
    file = tmp_path / "old.jsonl"
    file.write_text("".join(
        json.dumps({"news_id": story.pk, "text": f"Number {number}.", "created_at": "2019-01-31T23:30:00-05:00", **row})
        + "\n" for number, row in enumerate(rows)
    ))  # fmt: skip
    call_command("comments", "import", str(file))
    assert read(story) == {"came": 3, "shown": 1, "rejected": 1, "deleted": 0, "waits": 1}
    actions.decide(Comment.objects.get(state="held").pk, "rejected", by=moderator, was="held", reason="insult")
    assert read(story) == {"came": 3, "shown": 1, "rejected": 2, "deleted": 0, "waits": 0}
    page = client.get("/comments/log/2019-02/").text
    assert numbers(page)["It was not shown where it came from."] == 1
    assert "No comment that waited was decided on yet." in page


def test_what_the_newsroom_writes_itself_came_and_waited_for_nobody(client, published, moderator):
    story = published()
    newsroom.write(Current.objects.get(pk=story.pk), by=moderator, text="We asked the port.")
    assert read(story) == {"came": 1, "shown": 1, "rejected": 0, "deleted": 0, "waits": 0}
    assert "No comment that waited was decided on yet." in client.get(f"/news/{story.pk}/comments/log/").text


def test_what_its_writer_deleted_neither_waits_nor_is_shown(client, published, write):
    story = published()
    reader = Reader.objects.create(email="sana@readers.example", confirmed_at=timezone.now())
    comment = write(story, reader=reader)
    own_words.delete(comment.pk, reader=reader)
    assert read(story) == {"came": 1, "shown": 0, "rejected": 0, "deleted": 1, "waits": 0}
    assert numbers(client.get(f"/news/{story.pk}/comments/log/").text)["Were deleted by their writers"] == 1


def test_what_its_writer_changed_or_deleted_since_is_not_taken_back(published, write, moderator):
    reader = Reader.objects.create(email="sana@readers.example", confirmed_at=timezone.now())
    for deed in (lambda pk: own_words.edit(pk, reader=reader, text="Other words."),
                 lambda pk: own_words.delete(pk, reader=reader)):  # fmt: skip
        comment = write(published(), reader=reader)
        actions.decide(comment.pk, "approved", by=moderator, was="held")
        deed(comment.pk)
        with pytest.raises(refusals.NothingToUndo, match="changed or deleted"):
            actions.undo(by=moderator)


def some_deed(dice, story, write, people, reader):
    """Something that somebody does with a comment on the story, or is refused."""
    there = [*Comment.objects.all()]
    comment = dice.choice(there) if there else None
    by = dice.choice(people)

    def decide():
        state = dice.choice(["approved", "rejected"])
        reason = dice.choice(["insult", "hate"])
        return actions.decide(comment.pk, state, by=by, was=comment.state, reason=reason)

    deeds = {
        "write": lambda: write(story, f"Words {dice.random()}.", name=dice.choice(["Sana", "Omar"])),
        "write signed in": lambda: write(story, f"Words {dice.random()}.", reader=reader, address="198.51.100.9"),
        "mode": lambda: modes.set_mode("", dice.choice(["open", "all"]), None, by=None),
        "the newsroom": lambda: newsroom.write(Current.objects.get(pk=story.pk), by=by, text=f"We {dice.random()}."),
    }
    if comment:
        deeds |= {
            "decide": decide,
            "decide too": decide,
            "decide again": decide,
            "undo": lambda: actions.undo(by=by),
            "undo too": lambda: actions.undo(by=by),
            "edit": lambda: own_words.edit(comment.pk, reader=reader, text=f"Words {dice.random()}."),
            "delete": lambda: own_words.delete(comment.pk, reader=reader),
            "report": lambda: reports.report(comment, reason="hate", address="8.8.8.8", language="en", words="Read."),
            "appeal": lambda: reports.appeal_by_writer(comment, "No."),
        }
    with suppress(refusals.Refused, Comment.DoesNotExist):
        deeds[dice.choice([*deeds])]()


@pytest.mark.parametrize("seed", range(6))
def test_the_numbers_add_up_whatever_anybody_does(published, write, moderator, editor, seed):
    story, dice = published(), random.Random(seed)
    reader = Reader.objects.create(email="sana@readers.example", name="Sana", confirmed_at=timezone.now())
    for _ in range(60):
        some_deed(dice, story, write, [moderator, editor], reader)
        gone = Comment.objects.filter(reason="deleted") | Comment.objects.filter(state="approved").exclude(
            deleted_at=None
        )
        assert read(story) == {
            "came": Comment.objects.count(),
            "shown": Comment.objects.filter(state="approved", deleted_at=None).count(),
            "rejected": Comment.objects.filter(state="rejected").exclude(reason="deleted").count(),
            "deleted": gone.count(),
            "waits": Comment.objects.filter(state="held").count(),
        }
    assert recounting.verify() == []


def test_numbers_that_are_wrong_are_found_and_set_right(busy, capsys):
    before = moderation_log.read(moderation_log.story(busy.pk))
    Tally.objects.filter(scope=moderation_log.story(busy.pk), what="approved").update(number=41)
    Tally.objects.filter(what="came", scope__startswith="month").delete()
    assert [sentence.partition(" does ")[0] for sentence in recounting.verify()] == [
        f"The moderation log of month-en-{timezone.now():%Y-%m}", f"The moderation log of story-{busy.pk}",
    ]  # fmt: skip
    call_command("comments", "recount")
    assert "2 stories and months were wrong" in capsys.readouterr().out
    assert recounting.verify() == []
    assert moderation_log.read(moderation_log.story(busy.pk)).counted == {
        what: number for what, number in before.counted.items() if number
    }


def test_the_numbers_say_what_the_comments_say(busy):
    """Read back as a stranger would count."""
    kept = moderation_log.read(moderation_log.story(busy.pk))
    states = [*Comment.objects.values_list("state", "reason")]
    assert kept["came"] == len(states)
    assert kept["approved"] == states.count(("approved", ""))
    for reason in Comment.Reason.values:
        assert kept[f"rejected-{reason}"] == states.count(("rejected", reason))
    assert Tally.objects.filter(number__lt=0).count() == 0

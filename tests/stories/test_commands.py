"""The verbs on the command line, and the record written out."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from dateline.stories import actions
from dateline.stories.models import Current, Publication

pytestmark = pytest.mark.django_db


def say(*words, **options):
    out = io.StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_publish_puts_out_the_newest_draft_in_somebodys_name(draft, editor):
    story = draft("First words")
    story.headline = "Newest words"
    story.save_revision()
    assert (
        say("publish", story.pk, "--by", "edna") == f"Story {story.pk} published: version 1, number 1 of the record.\n"
    )
    assert Current.objects.get(pk=story.pk).headline == "Newest words"
    assert Publication.objects.get().by == editor
    story.refresh_from_db()
    assert not story.has_unpublished_changes


def test_publish_again_is_refused_with_the_cure_and_update_is_one(published):
    story = published()
    with pytest.raises(CommandError, match="Update it, or correct it with a note"):
        say("publish", story.pk)
    assert "updated: version 2" in say("publish", story.pk, "--update", "--note", "Adds a reaction.")


def test_a_scheduled_story_may_be_published_now(draft):
    from datetime import timedelta

    from django.utils import timezone

    story = draft()
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision().publish()
    assert "published: version 1" in say("publish", story.pk)
    story.refresh_from_db()
    assert story.live
    assert not story.revisions.exclude(approved_go_live_at=None).exists()


def test_correct_needs_a_change_and_a_note(published):
    story = published()
    with pytest.raises(CommandError, match="--note"):
        say("correct", story.pk)
    with pytest.raises(CommandError, match="Nothing in story"):
        say("correct", story.pk, "--note", "It was otherwise.")
    story.headline = "Mayor stays"
    story.save_revision()
    assert "corrected: version 2" in say("correct", story.pk, "--note", "The mayor stays.")
    with pytest.raises(CommandError, match="say what was wrong"):
        say("correct", story.pk, "--note", " ")


def test_kill_withdraws_for_good(published):
    story = published()
    assert "killed: version 2" in say("kill", story.pk, "--note", "The mayor has not resigned.")
    with pytest.raises(CommandError, match="was killed"):
        say("kill", story.pk, "--note", "Again.")


def test_nobody_and_nothing_are_said(draft):
    with pytest.raises(CommandError, match="There is no story 999"):
        say("publish", 999)
    with pytest.raises(CommandError, match="nobody called 'ghost'"):
        say("publish", draft().pk, "--by", "ghost")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only: PostgreSQL keeps no text that is too long")
def test_a_story_that_is_not_as_it_should_be_is_refused_in_words(draft):
    story = draft("A headline")
    type(story).objects.filter(pk=story.pk).update(kicker="k" * 201)
    with pytest.raises(CommandError, match=r"is not complete: kicker"):
        say("publish", story.pk)


def test_export_writes_every_public_version_and_no_other_word(published, draft, editor, tmp_path, capsys):
    from datetime import timedelta

    from django.utils import timezone

    story = published("Mayor “resigns” 🏛")
    draft("A draft")
    ahead = draft("An advance", embargo=timezone.now() + timedelta(days=1))
    actions.advance(ahead)
    actions.kill(story, note="Not so.")
    actions.erase(Publication.objects.get(story=story, version=1), by=editor, note="Order 12.")
    published("Another")
    call_command("export", str(tmp_path / "record.jsonl"))
    rows = [json.loads(line) for line in (tmp_path / "record.jsonl").read_text("utf-8").splitlines()]
    assert [(row["seq"], row["version"], row["kind"]) for row in rows] == [
        (1, 1, "publish"),
        (3, 2, "kill"),
        (4, 1, "publish"),
    ]
    assert rows[0]["item"] is None
    assert rows[1]["note"] == "Not so."
    assert rows[2]["item"]["version"] == "1"
    text = (tmp_path / "record.jsonl").read_text("utf-8")
    assert not any(words in text for words in ("resigns", "A draft", "An advance"))
    assert list(tmp_path.iterdir()) == [tmp_path / "record.jsonl"]
    call_command("export", "--since", "3")
    assert [json.loads(line)["seq"] for line in capsys.readouterr().out.splitlines()] == [4]


def test_an_export_that_cannot_be_written_says_so(published, tmp_path):
    published()
    with pytest.raises(CommandError, match="Could not write"):
        call_command("export", str(tmp_path / "nowhere" / "record.jsonl"))


def test_verify_says_one_line_when_the_record_holds_and_fails_when_it_does_not(published, capsys):
    story = published()
    assert say("verify").startswith("The record holds: 1 publications, 1 stories, digest ")
    Current.objects.filter(pk=story.pk).update(headline="Other")
    with pytest.raises(CommandError, match="does not hold: 1 faults"):
        say("verify")
    assert "The record holds" in say("verify", "--rebuild")

"""The verbs: what they promise, and what they refuse."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from dateline.stories import actions, items, refusals
from dateline.stories.models import Current, Publication, PublishedItem

pytestmark = pytest.mark.django_db


def test_a_published_story_is_out_with_its_words(published):
    story = published("Mayor resigns")
    current = Current.objects.get(pk=story.pk)
    assert (current.headline, current.version) == ("Mayor resigns", 1)
    assert current.dateline == "BAGHDAD (Dispatches) -"


@pytest.mark.parametrize("headline", [" \n", "\x1f", "\u202e", "\u200b\u2060", "\u3164", "\u0301"])
def test_a_headline_that_nobody_can_see_is_refused(draft, headline):
    story = draft(headline)
    with pytest.raises(refusals.HeadlineMissing, match="Write one"):
        actions.publish(story)
    assert not Publication.objects.exists()


def test_a_correction_without_a_note_is_refused_and_says_what_to_write(published):
    story = published()
    story.headline = "Mayor stays"
    with pytest.raises(refusals.NoteMissing, match="what was wrong, and what is right"):
        actions.correct(story, note=" ")
    assert Publication.objects.count() == 1


def test_a_correction_that_changes_nothing_is_refused(published):
    with pytest.raises(refusals.NothingChanged, match="Change it, then correct it"):
        actions.correct(published(), note="Something was wrong.")


def test_a_kill_takes_the_words_away_and_leaves_the_advisory(published):
    story = published("Mayor resigns")
    publication = actions.kill(story, note="The mayor has not resigned.")
    current = Current.objects.get(pk=story.pk)
    assert current.killed
    assert "resigns" not in str(vars(current))
    assert items.read(publication.item.json)["pubstatus"] == "canceled"


def test_copy_that_goes_ahead_of_its_embargo_is_as_clean_as_what_is_published(draft):
    story = draft("Mayor resigns", embargo=timezone.now() + timedelta(days=1))
    story.headline, story.kicker = "Mayor\x9c stays", "\u202eCity\x01"
    story.save_revision()  # as the desk keeps a draft: the story's own row is as it was
    item = items.read(actions.advance(story.get_latest_revision_as_object()).item.json)
    assert items.value(item, "headlines", "main") == "Mayor stays"
    assert items.value(item, "headlines", "kicker") == "City"


def test_a_second_kill_is_refused(published):
    story = published()
    actions.kill(story, note="Wrong.")
    with pytest.raises(refusals.AlreadyKilled, match="Write a new story"):
        actions.kill(story, note="Still wrong.")


ODD = "\x01\x07\u202eevil\u202c \u2066ok\u2069 \u202bopen \u2069\ufffe"
PLAIN = "evil \u2066ok\u2069 open "


def test_no_character_goes_out_that_no_reader_can_take_or_that_turns_the_page(client, draft):
    body = [
        f"Said {ODD}",
        "Hidden &#x202e;&#1; here",
        {"type": "quote", "value": {"quote": f"Quoted {ODD}", "speaker": f"Speaker {ODD}"}},
        {"type": "list", "value": [{"type": "item", "id": "a", "value": f"Listed {ODD}"}]},
    ]
    texts = ("headline", "kicker", "summary", "place", "byline", "editors_note", "slugline")
    story = draft(**{name: f"{name} {ODD}" for name in texts}, body=body)
    actions.publish(story)
    out = PublishedItem.objects.get().json + client.get(story.get_absolute_url()).text
    assert not [char for char in "\x01\x07\u202e\u202b\u202c\ufffe" if char in out]
    assert not re.search(r"\\u(?:0001|0007|202[abcde])", out)
    assert f"headline {PLAIN}" in out
    assert f"Quoted {PLAIN}" in out
    assert out.count("\u2066") == out.count("\u2069")


def test_a_note_of_nothing_but_control_characters_is_no_note(published):
    story = published()
    with pytest.raises(refusals.NoteMissing):
        actions.kill(story, note="\x01\u202e \x07")

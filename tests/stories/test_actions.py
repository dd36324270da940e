"""The verbs: what they promise, and what they refuse."""

import pytest

from dateline.stories import actions, items, refusals
from dateline.stories.models import Current, Publication

pytestmark = pytest.mark.django_db


def test_a_published_story_is_out_with_its_words(published):
    story = published("Mayor resigns")
    current = Current.objects.get(pk=story.pk)
    assert (current.headline, current.version) == ("Mayor resigns", 1)
    assert current.dateline == "BAGHDAD (Dispatches) -"


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


def test_a_second_kill_is_refused(published):
    story = published()
    actions.kill(story, note="Wrong.")
    with pytest.raises(refusals.AlreadyKilled, match="Write a new story"):
        actions.kill(story, note="Still wrong.")

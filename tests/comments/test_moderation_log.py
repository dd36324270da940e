"""The public moderation log: numbers, and nobody's name or words."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dateline.comments import actions
from dateline.comments.models import Comment
from dateline.comments.moderation import log as moderation_log
from dateline.comments.moderation import reports
from dateline.comments.moderation.objections import Tally
from dateline.stories import actions as verbs

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


def test_the_numbers_say_what_the_comments_say(busy):
    """Read back as a stranger would count."""
    kept = moderation_log.read(moderation_log.story(busy.pk))
    states = [*Comment.objects.values_list("state", "reason")]
    assert kept["came"] == len(states)
    assert kept["approved"] == states.count(("approved", ""))
    for reason in Comment.Reason.values:
        assert kept[f"rejected-{reason}"] == states.count(("rejected", reason))
    assert Tally.objects.filter(number__lt=0).count() == 0

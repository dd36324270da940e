"""What is scheduled goes out at its second, whatever happens to its neighbours."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from dateline.desk import schedule
from dateline.desk.models import Missed
from dateline.stories import actions
from dateline.stories.models import Current, Publication, Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheduled(draft, editor):
    """Make a draft that goes out in so many seconds."""

    def make(headline, seconds, **fields):
        story = draft(headline, **fields)
        story.go_live_at = timezone.now() + timedelta(seconds=seconds)
        story.save_revision(user=editor).publish(user=editor)
        return story

    return make


def later(seconds):
    return timezone.now() + timedelta(seconds=seconds)


@pytest.fixture
def at(monkeypatch):
    """Let the clock stand at `seconds` from now, for Wagtail too."""

    def go(seconds):
        now = later(seconds)
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        return schedule.publish_due(now)

    return go


def test_stories_go_out_in_the_order_of_their_times_and_not_before(scheduled, at):
    second, first, last = scheduled("Second", 20), scheduled("First", 10), scheduled("Last", 3600)
    assert schedule.publish_due() == 0
    assert at(30) == 2
    assert list(Publication.objects.values_list("story_id", flat=True)) == [first.pk, second.pk]
    assert not Current.objects.filter(pk=last.pk).exists()


def test_a_refused_story_stops_no_other_and_says_why_on_the_home(scheduled, at, people):
    refused, fine = scheduled("Refused", 10), scheduled("Fine", 11)
    revision = refused.revisions.latest("pk")
    revision.content["embargo"] = later(7200).isoformat()  # as if the embargo had been moved after it was scheduled
    revision.save()
    assert at(30) == 1
    assert Current.objects.filter(pk=fine.pk).exists()
    assert at(31) == 0
    page = people["editor"].get(reverse("wagtailadmin_home")).content.decode()
    assert "Not published as scheduled" in page
    assert "under embargo until" in page


def test_a_failure_is_tried_again_with_longer_rests_and_forgotten_when_it_went_out(scheduled, at, monkeypatch):
    story, fine = scheduled("Broken", 10), scheduled("Fine", 11)
    whole = Story.publish
    broken = [True]

    def publish(self, *args, **kwargs):
        if broken and self.pk == story.pk:
            raise RuntimeError("The disk is full.")
        return whole(self, *args, **kwargs)

    monkeypatch.setattr(Story, "publish", publish)
    assert at(30) == 1
    assert Current.objects.filter(pk=fine.pk).exists()
    missed = Missed.objects.get(pk=story.pk)
    assert (missed.tries, missed.reason) == (1, "RuntimeError: The disk is full.")
    assert at(0.5) == 0
    assert Missed.objects.get(pk=story.pk).tries == 1, "not again every second"
    at(5)
    assert Missed.objects.get(pk=story.pk).tries == 2
    broken.clear()
    assert at(600) == 1
    assert not Missed.objects.exists()


def test_a_database_that_does_not_answer_is_not_the_storys_fault(scheduled, at, monkeypatch):
    story = scheduled("Mayor resigns", 10)

    def publish(*args, **kwargs):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(Story, "publish", publish)
        with pytest.raises(OperationalError):
            at(30)
    assert not Missed.objects.exists()
    assert at(31) == 1
    assert Current.objects.filter(pk=story.pk).exists()


def test_what_was_missed_and_then_published_by_hand_is_missed_no_more(draft, editor):
    story = draft("Mayor resigns")
    Missed.objects.create(story=story, revision=story.save_revision(), due_at=timezone.now(), reason="Refused.")
    actions.publish(story, by=editor)
    assert not Missed.objects.exists()


def test_the_field_keeps_seconds(people, draft, section):
    story = draft("Mayor resigns", owner=people["editor"].user)
    when = (timezone.localtime() + timedelta(days=1)).replace(microsecond=0, second=37)
    sent = {"headline": "Mayor resigns", "section": section.pk, "urgency": 5, "body-count": 0}
    sent |= {"go_live_at": when.strftime("%Y-%m-%d %H:%M:%S"), "action-publish": "on"}
    people["editor"].post(reverse("desk_story:edit", args=[story.pk]), sent)
    assert story.revisions.get(approved_go_live_at__isnull=False).approved_go_live_at == when
    assert not Current.objects.exists()


def test_a_killed_story_does_not_come_back_by_an_old_schedule(published, at, editor):
    story = published("Mayor resigns")
    story.go_live_at = later(10)
    story.save_revision(user=editor).publish(user=editor)
    actions.kill(story, by=editor, note="Forged.")
    assert at(30) == 0
    assert Current.objects.get(pk=story.pk).killed


def test_a_spiked_story_does_not_go_out(scheduled, at, editor):
    story = scheduled("Mayor resigns", 10)
    actions.spike(story, by=editor)
    assert at(30) == 0
    assert not Current.objects.exists()

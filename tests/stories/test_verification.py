"""`dateline verify`: what a stranger who reads the record back finds, and says."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from dateline.stories import actions, rebuild, triggers, verification
from dateline.stories.models import Current, CurrentTopic, Cursor, Publication, Topic
from dateline.stories.models.publications import CORRECTIONS_KEPT

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(db):
    return Topic.objects.create(slug="ports", name="Ports")


def test_a_record_of_every_kind_of_deed_holds(published, draft, editor, topic):
    story = published("Harbour closed", topics=[topic], body=["One.", {"type": "related", "value": published().pk}])
    story.headline = "Harbour open"
    actions.correct(story, by=editor, note="It is open.")
    for number in range(CORRECTIONS_KEPT):
        story.headline = f"Harbour open since {number}"
        actions.correct(story, by=editor, note=f"It was not {number}.")
    killed = published("Mayor resigns")
    actions.kill(killed, note="The mayor has not resigned.")
    actions.erase(Publication.objects.get(story=killed, version=1), by=editor, note="Order 12.")
    draft("Never published")
    report = verification.verify()
    assert report.wrong == []
    assert (report.last_seq, report.stories, report.erased) == (5 + CORRECTIONS_KEPT, 3, 1)


def test_a_kill_whose_own_words_were_erased_stays_in_its_edition(published, editor):
    killed = published("استقالة العمدة", language="ar")
    actions.kill(killed, note="لم يستقل.")
    for publication in Publication.objects.filter(story=killed):
        actions.erase(publication, by=editor, note="Order 12.")
    assert verification.verify().wrong == []
    rebuild.rebuild()
    assert Current.objects.values_list("language", "edition", "killed").get(pk=killed.pk) == ("ar", "ar", True)


def test_two_records_with_the_same_publications_have_the_same_digest_and_others_have_not(published):
    published()
    first = verification.verify().digest
    assert verification.verify().digest == first
    published("Another")
    assert verification.verify().digest != first


@pytest.mark.parametrize(
    ("field", "value"),
    [("headline", "Other words"), ("version", 7), ("killed", True), ("edition", "ar"), ("byline", "X")],
)
def test_a_list_that_says_something_else_than_the_record_is_found_and_made_anew(published, field, value):
    story = published("Mayor resigns")
    assert verification.verify().wrong == []
    Current.objects.filter(pk=story.pk).update(**{field: value})
    (fault,) = verification.verify().wrong[:1]
    assert f"Story {story.pk}: its {field} is not what version 1 says" in fault
    assert "dateline verify --rebuild" in fault
    assert "Other words" not in fault
    rebuild.rebuild()
    assert verification.verify().wrong == []
    assert Current.objects.get(pk=story.pk).headline == "Mayor resigns"


def test_a_story_that_fell_out_of_the_lists_or_its_topic_is_found_and_put_back(published, topic):
    listed, lost = published(topics=[topic]), published("Lost")
    assert verification.verify().wrong == []
    CurrentTopic.objects.filter(story=listed.pk).delete()
    Current.objects.filter(pk=lost.pk).delete()
    faults = " ".join(verification.verify().wrong)
    assert f"Story {listed.pk} is not listed under the topics" in faults
    assert f"Story {lost.pk} was published, and is not shown" in faults
    assert rebuild.rebuild() == 2
    assert verification.verify().wrong == []


def test_a_story_that_was_never_published_and_is_shown_all_the_same_is_found(published, draft):
    shown = draft("Never published")
    row = Current.objects.get(pk=published().pk)
    Current.objects.filter(pk=row.pk).delete()
    row.story_id = row.pk = shown.pk
    row.save(force_insert=True)
    assert f"Story {shown.pk} is shown, and was never published." in verification.verify().wrong


def without_guards():
    statements = triggers.REMOVE[connection.vendor]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE") if connection.vendor == "postgresql" else None
            cursor.execute(statement)


def test_changed_words_are_found_by_their_digest(published):
    published("Mayor resigns")
    without_guards()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE stories_publisheditem SET json = replace(json, 'resigns', 'stays')")
    faults = " ".join(verification.verify().wrong)
    assert "version 1 has other words than it went out with" in faults
    assert "no longer guards the record" in faults


def test_a_lost_publication_is_found_by_its_number(published):
    first, _ = published(), published()
    without_guards()
    Current.objects.filter(pk=first.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM stories_publisheditem WHERE publication_id = 1")
        cursor.execute("DELETE FROM stories_publication WHERE seq = 1")
    assert "Publication 1 is missing: 2 comes next." in verification.verify().wrong


def test_a_follower_that_is_ahead_of_the_record_is_found(published):
    published()
    Cursor.objects.create(follower="wire", seq=9)
    assert "Follower wire has read up to 9; the record ends at 1." in verification.verify().wrong


def test_many_faults_are_counted_rather_than_said_one_by_one(published, monkeypatch):
    monkeypatch.setattr(verification, "NAMED", 2)
    for _ in range(4):
        published()
    Current.objects.update(place="Elsewhere")
    report = verification.verify()
    assert (len(report.wrong), report.more_wrong) == (2, 2)


def test_a_slug_stays_since_published_items_name_it(topic):
    topic.slug = "harbours"
    with pytest.raises(ValidationError, match="Readers and feeds know this address"):
        topic.full_clean()
    topic.slug, topic.name = "ports", "Harbours"
    topic.full_clean()

"""Whatever a newsroom does, in whatever order: what went out can be read back word for word."""

import json
import unicodedata
import uuid

import pytest
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import Locale

from dateline.stories import actions, items, rebuild, refusals, verification
from dateline.stories.models import (
    Current,
    CurrentRelated,
    CurrentTopic,
    Publication,
    PublishedItem,
    Section,
    Story,
    Topic,
)

TOMORROW = timezone.now() + timezone.timedelta(days=1)
DROPPED = "\u202d\u202e\ufffe\uffff"
# Every character but NUL, which no database takes and every form refuses; and some that are often got wrong. What
# turns the text and may end again has tests of its own.
words = st.one_of(
    st.text(
        st.characters(
            blacklist_categories=["Cs"], blacklist_characters="\x00\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
        ),
        max_size=60,
    ),
    st.sampled_from(
        [
            "الميناء مغلق",
            "بندر بسته شد؛ می‌گویند",
            "L’été, « enfin »",
            "👩‍🚒🏳️‍🌈",
            "<script>x</script>",
            "\u202eevil",
            "a\u2028b",
        ]
    ),
)
headlines = words.filter(bool)  # a story without one is refused before a verb sees it
notes = st.one_of(st.just(""), words)
picks = st.integers(0, 1000)


class Newsroom(RuleBasedStateMachine):
    """Drafts in memory, verbs on them, and what each verb was given: `said` holds it by publication number."""

    @initialize()
    def open(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.stories, self.said, self.erased = [], {}, set()
        self.section = Section.objects.create(slug="world", name="World")
        self.topics = [Topic.objects.create(slug=slug, name=slug) for slug in ("ports", "strikes")]
        self.locales = [Locale.objects.get_or_create(language_code=code)[0] for code in ("en", "ar", "pt-br")]

    def teardown(self):
        try:
            if self.said:
                self.lists_are_what_the_record_says()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @rule(headline=headlines, place=words, byline=words, pick=picks)
    def write(self, headline, place, byline, pick):
        story = Story(
            headline=headline, place=place, byline=byline, section=self.section, locale=self.locales[pick % 3]
        )
        story.body = body(f"Paragraph {len(self.stories)}.", self.stories[-1:])
        story.save()
        self.stories.append(story)

    @precondition(lambda self: self.stories)
    @rule(
        pick=picks,
        headline=headlines,
        summary=words,
        kicker=words,
        topics=st.sets(st.integers(0, 1)),
        embargoed=st.booleans(),
    )
    def edit(self, pick, headline, summary, kicker, topics, embargoed):
        story = self.pick(pick)
        story.headline, story.summary, story.kicker = headline, summary, kicker
        story.topics.set(self.topics[number] for number in topics)
        story.embargo = TOMORROW if embargoed and pick % 3 == 0 else None
        story.save_revision()
        self.stories[pick % len(self.stories)] = story

    @precondition(lambda self: self.stories)
    @rule(pick=picks, verb=st.sampled_from(["publish", "update", "correct", "kill", "advance"]), note=notes)
    def act(self, pick, verb, note):
        story = self.pick(pick)
        given = {"note": note} if verb in ("update", "correct", "kill") else {}
        before = (story.headline, story.summary, story.kicker, story.place, story.names, story.language)
        topics, text = {topic.slug for topic in story.topics.all()}, story.body.raw_data[0]["value"][3:-4]
        numbers = len(self.said)
        try:
            publication = getattr(actions, verb)(story, **given)
        except refusals.Refused as refusal:
            assert str(refusal).endswith(".")
            assert Publication.objects.count() == numbers, "a refusal leaves everything as it was"
            return
        assert publication.seq == numbers + 1
        note = cleaned(note).strip() if given else ""
        self.said[publication.seq] = (verb, note, tuple(map(cleaned, before)), topics, text, publication.item.json)

    @precondition(lambda self: self.said)
    @rule(pick=picks, note=notes)
    def erase(self, pick, note):
        publication = Publication.objects.get(seq=pick % len(self.said) + 1)
        try:
            actions.erase(publication, by=None, note=note)
        except refusals.Refused:
            return
        self.erased.add(publication.seq)

    def pick(self, number):
        return Story.objects.get(pk=self.stories[number % len(self.stories)].pk).get_latest_revision_as_object()

    @invariant()
    def every_version_reads_as_it_was_said(self):
        if not getattr(self, "said", None):
            return
        rows = list(PublishedItem.objects.select_related("publication").order_by("pk"))
        assert [row.pk for row in rows] == list(range(1, len(self.said) + 1)), "numbered without gaps"
        for row in rows:
            kind, note, before, topics, text, kept = self.said[row.pk]
            assert (row.publication.kind, row.publication.note) == (kind, note)
            if row.pk in self.erased:
                assert (row.json, row.salt) == (None, None)
                continue
            assert row.json == kept
            item = items.read(kept)
            if kind == "kill":
                assert (item["pubstatus"], items.value(item, "bodies", "text")) == ("canceled", note)
            else:
                assert read(item) == (*before, topics)
                assert text in items.value(item, "bodies", "text")

    @invariant()
    def a_stranger_finds_no_fault(self):
        if getattr(self, "said", None):
            assert verification.verify().wrong == []

    def lists_are_what_the_record_says(self):
        before = lists()
        rebuild.rebuild()
        assert lists() == before


def body(paragraph, related):
    blocks = [{"type": "paragraph", "value": f"<p>{paragraph}</p>"}]
    blocks += [{"type": "related", "value": story.pk} for story in related]
    return json.dumps([{"id": str(uuid.uuid4()), **block} for block in blocks])


def cleaned(words):
    """What is kept of what was written: no control characters, nothing that turns the text behind it."""
    if isinstance(words, list):
        return [cleaned(word) for word in words]
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        char for char in lines if char in "\n\t" or not (unicodedata.category(char) == "Cc" or char in DROPPED)
    )


def read(item):
    """What an item says, in the desk's terms."""
    return (
        items.value(item, "headlines", "main"),
        items.value(item, "descriptions", "summary"),
        items.value(item, "headlines", "kicker"),
        item.get("located", ""),
        [person["name"] for person in item.get("people", ())],
        item["language"],
        {subject["literal"] for subject in item["subjects"] if subject["rel"] == "topic"},
    )


def lists():
    """Everything that lists are made from, but the section and urgency of killed stories, which nobody reads."""
    currents = [
        {**model_to_dict(row), **({"section": 0, "urgency": 0} if row.killed else {}), "key": row.translation_key}
        for row in Current.objects.order_by("pk")
    ]
    topics = CurrentTopic.objects.order_by("story", "topic").values_list("story", "topic", "edition", "published_at")
    return (
        currents,
        list(topics),
        list(CurrentRelated.objects.order_by("source", "target").values_list("source", "target")),
    )


@pytest.mark.django_db
def test_every_version_can_be_read_back_whatever_the_newsroom_did():
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

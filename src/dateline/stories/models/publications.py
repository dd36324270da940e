"""What left the building, and what is out now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from .rows import Read
from .taxonomy import Section, Topic

if TYPE_CHECKING:
    from .story import Story

CORRECTIONS_KEPT = 10  # at the story: a live file is corrected by the hundred, and its history has them all


class Publication(Read):
    """One version of a story as it left the building. Never edited, never deleted: triggers.py sees to it.

    `seq` numbers all publications of the agency from 1, without gaps, in the order in which they were committed:
    who has read up to N has missed nothing up to N.
    """

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("published")
        UPDATE = "update", _("updated")
        CORRECT = "correct", _("corrected")
        KILL = "kill", _("killed")
        ADVANCE = "advance", _("sent in advance")

    seq = models.BigIntegerField(primary_key=True)
    story: models.ForeignKey[Story, Story] = models.ForeignKey(
        "stories.Story", models.PROTECT, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(help_text="1 for the story's first, without gaps.")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(help_text="When it went out; for an imported archive, when it first did.")
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    note = models.TextField(blank=True)
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the item's salt and canonical JSON, in hex.")

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["story", "version"], name="publication_version_once"),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["correct", "kill"], note=""), name="publication_note_where_due"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-seq"], condition=models.Q(kind__in=["correct", "kill"]), name="publication_corrections"
            )
        ]

    def __str__(self) -> str:
        return f"{self.story_id} version {self.version}"


class PublishedItem(Read):
    """The words of a publication: its ninjs item as canonical JSON (RFC 8785), with the salt of its digest.

    A row of its own, so that a court's takedown can empty it (`actions.erase`) while the publication,
    its number and its digest stay.
    """

    publication = models.OneToOneField(Publication, models.PROTECT, primary_key=True, related_name="item")
    json = models.TextField(null=True)
    salt = models.BinaryField(max_length=16, null=True)

    def __str__(self) -> str:
        return str(self.publication_id)


class Current(Read):
    """What is out now: one row for each story that was published, flattened for lists.

    Made from the newest public Publication in the same transaction; `rebuild` makes it again from them all.
    A killed story keeps its row without its words.
    """

    story: models.OneToOneField[Story, Story] = models.OneToOneField(
        "stories.Story", models.PROTECT, primary_key=True, related_name="current"
    )
    publication = models.OneToOneField(Publication, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    killed = models.BooleanField(default=False)
    language = models.CharField(max_length=100)
    edition = models.CharField(max_length=100)
    section = models.ForeignKey(Section, models.PROTECT, related_name="+", db_index=False)
    urgency = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    slug = models.CharField(max_length=120, blank=True)
    headline = models.TextField(blank=True)
    kicker = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    byline = models.TextField(blank=True, help_text="A name on each line.")
    place = models.TextField(blank=True)
    dateline = models.TextField(blank=True)
    picture = models.JSONField(null=True, help_text="sizes (see pictures.py), alt, caption and credit.")
    corrections = models.JSONField(default=list, help_text="at, version and note of the newest ten, oldest first.")
    translation_key = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(
                fields=["edition", "-published_at", "-story"], condition=models.Q(killed=False), name="current_edition"
            ),
            models.Index(
                fields=["section", "edition", "-published_at", "-story"],
                condition=models.Q(killed=False),
                name="current_section",
            ),
            models.Index(fields=["-published_at", "-story"], condition=models.Q(killed=False), name="current_newest"),
            models.Index(fields=["-changed_at"], condition=models.Q(killed=True), name="current_killed"),
            models.Index(fields=["translation_key"], name="current_translations"),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        from .story import address

        return address(self.story_id, self.slug, self.edition)

    @property
    def may_have_older_corrections(self) -> bool:
        """Then they stand in the story's history alone."""
        return len(self.corrections) >= CORRECTIONS_KEPT

    @property
    def uri(self) -> str:
        """The item's name for ever, wherever it is served."""
        from ..items import uri

        return uri(self.story_id, self.published_at)


class CurrentTopic(models.Model):
    """A story that is out, under one of its topics; ordered as topic pages read it."""

    story = models.ForeignKey(Current, models.CASCADE, related_name="topics", db_index=False)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", db_index=False)
    edition = models.CharField(max_length=100)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "topic"], name="current_topic_once")]
        indexes = [models.Index(fields=["topic", "edition", "-published_at", "-story"], name="current_topic_newest")]

    def __str__(self) -> str:
        return f"{self.story_id} {self.topic_id}"


class CurrentRelated(models.Model):
    """A story that is out, and another that it points its readers to."""

    source = models.ForeignKey(Current, models.CASCADE, related_name="related", db_index=False)
    target = models.ForeignKey("stories.Story", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="current_related_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.target_id}"


class Cursor(models.Model):
    """How far a follower has read the publications. It goes on from here, whatever happened meanwhile."""

    follower = models.CharField(max_length=50, primary_key=True)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.follower} at {self.seq}"


# The number of the lock that all verbs take, one after another.
_TURN = 0x44_61_74_65  # "Date"


def take_turn() -> None:
    """Wait until no other transaction publishes, and keep the turn until this one ends.

    So numbers are given in commit order, without gaps, and a verb's refusals still hold when it commits. SQLite's
    IMMEDIATE transactions take turns by themselves.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A turn is taken inside a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def last_seq() -> int:
    """The number of the newest publication; 0 where there is none."""
    return Publication.objects.order_by("-seq").values_list("seq", flat=True).first() or 0

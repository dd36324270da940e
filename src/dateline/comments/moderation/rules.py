"""What the desk set for comments: modes and word lists. Rows are only added, so that each says who set it, and when."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.edge import marks

T = TypeVar("T")
SECONDS = 5.0  # for which a process goes by what it knows


KEY = "comments-rules"


class Rule(models.Model):
    """Something that holds until the next one of its kind: the newest is in force."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    in_force = models.BooleanField(default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        default_permissions = ()


class ModeSet(Rule):
    """How comments are taken at one place: the site (""), a section (`section-3`), a story (`story-12`)."""

    class Mode(models.TextChoices):
        OPEN = "open", _("Open: shown at once, unless a check holds it")
        FIRST = "first", _("Hold first-timers: until something of theirs was approved")
        ALL = "all", _("Hold all: a moderator reads each before it is shown")
        CLOSED = "closed", _("Closed: nobody can comment; what is there stays")

    place = models.CharField(max_length=30, blank=True)
    mode = models.CharField(_("mode"), max_length=6, choices=Mode, blank=True, help_text=_("Empty: as above it."))
    days = models.PositiveSmallIntegerField(
        _("closes after days"), null=True, help_text=_("From the story's first publication; 0: never; empty: as above.")
    )

    class Meta(Rule.Meta):
        verbose_name = _("mode")
        verbose_name_plural = _("modes")
        indexes = [models.Index(fields=["place", "-id"], name="comment_mode_history")]
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=models.Q(in_force=True), name="comment_one_mode_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place or 'site'}: {self.mode}"


class WordList(Rule):
    """Words in one language that are refused, or that a moderator looks at: one a line."""

    class Kind(models.TextChoices):
        BANNED = "banned", _("Banned: the comment is refused, and its writer is told")
        SUSPECT = "suspect", _("Suspect: the comment is held for a moderator")

    language = models.CharField(max_length=20)
    kind = models.CharField(max_length=7, choices=Kind)
    words = models.TextField(blank=True)

    class Meta(Rule.Meta):
        verbose_name = _("word list")
        verbose_name_plural = _("word lists")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "kind"], condition=models.Q(in_force=True), name="comment_one_list_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.kind}"


class Kept(Generic[T]):
    """What this process knows of the rules of a kind. It asks once in `SECONDS` whether there is a newer one.

    And at once when `KEY` was purged: a page that is rendered since then is kept by the edge for a day.
    """

    def __init__(self, kind: type[Rule], load: Callable[[], T]) -> None:
        self._kind, self._load = kind, load
        self._value: T | None = None
        self._newest: int | None = None
        self._good_until = 0.0
        self._asked = 0  # ns

    def get(self) -> T:
        """The rules as they were within the last five seconds. Mostly no query."""
        if self._value is not None and self._good_until == float("inf"):
            return self._value
        changed = marks.here().purged(marks.places([KEY]))[0] >= self._asked
        if self._value is None or changed or time.monotonic() > self._good_until:
            self._asked, self._good_until = time.monotonic_ns(), time.monotonic() + SECONDS
            newest = self._kind._default_manager.order_by("-pk").values_list("pk", flat=True).first()
            if self._value is None or changed or newest != self._newest:
                self._value = self._load()
            self._newest = newest
        return self._value

    def assume(self, value: T) -> None:
        """Go by this until told to forget it."""
        self._value, self._good_until = value, float("inf")

    def forget(self) -> None:
        """Ask the database when they are next needed."""
        self._value, self._newest, self._good_until, self._asked = None, None, 0.0, 0

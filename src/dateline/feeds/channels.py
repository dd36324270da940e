"""What a feed holds, before it is RSS, Atom or JSON: the newest stories of a place in the paper, and what was killed.

Two queries, and one more to find the section or topic, whatever the size of the archive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from urllib.parse import quote

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dateline.edge import keys as caches
from dateline.stories import languages, pictures
from dateline.stories.models import Current, CurrentTopic, Section, Topic

from .entries import Entry, Tombstone

NEWEST = 30  # entries
REMEMBERED = timedelta(days=30)  # how long a feed says that a story was killed
MOST_KILLED = 50
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Channel:
    """One feed, the same in each format."""

    edition: str
    name: str  # of the section or topic; "" for the whole edition
    path: str  # of its page, from the site's root
    entries: list[Entry]
    killed: list[Tombstone]
    keys: list[str]  # what it shows, for caches

    @property
    def title(self) -> str:
        agency = settings.DATELINE.agency
        return f"{agency}: {self.name}" if self.name else agency

    @property
    def description(self) -> str:
        with translation.override(self.edition):
            if self.name:
                return _("The newest stories in %(name)s.") % {"name": self.name}
            return _("The newest stories.")

    @property
    def page(self) -> str:
        return pictures.absolute(self.path)

    def address(self, file: str) -> str:
        """The address of this feed in one of its formats."""
        return pictures.absolute(f"{self.path}feeds/{file}")

    @property
    def id(self) -> str:
        """The feed's name for ever (RFC 4151), wherever the site moves."""
        return f"tag:{settings.DATELINE.provider_id},2026:{self.path}feeds"

    @cached_property
    def updated(self) -> datetime:
        """When anything in it last changed; the feed reads the same until then."""
        return max([*(e.updated for e in self.entries), *(t.at for t in self.killed)], default=NEVER)


def site(edition: str) -> Channel:
    """The edition's newest stories from all sections."""
    rows = _with_items(Current.objects.filter(edition=edition, killed=False))
    return _channel(edition, "", "/", rows, [caches.front(edition)])


def section(edition: str, slug: str) -> Channel | None:
    found = Section.objects.filter(slug=slug).first()
    if found is None:
        return None
    rows = _with_items(Current.objects.filter(edition=edition, section=found, killed=False))
    path = f"/section/{quote(found.slug)}/"
    return _channel(edition, found.name_in(edition), path, rows, [caches.section(found.slug)])


def topic(edition: str, slug: str) -> Channel | None:
    found = Topic.objects.filter(slug=slug).first()
    if found is None:
        return None
    listed = CurrentTopic.objects.filter(topic=found, edition=edition, story__killed=False)
    listed = listed.select_related("story__publication__item").order_by("-published_at", "-story")[:NEWEST]
    path = f"/topic/{quote(found.slug)}/"
    return _channel(edition, found.name_in(edition), path, (row.story for row in listed), [caches.topic(found.slug)])


def _with_items(rows: QuerySet[Current]) -> QuerySet[Current]:
    return rows.select_related("publication__item").order_by("-published_at", "-story_id")[:NEWEST]


def _channel(edition: str, name: str, path: str, rows: Iterable[Current], keys: list[str]) -> Channel:
    entries = [Entry.of(row, around=edition) for row in rows]
    killed = _killed(edition)
    gone = {tombstone.news_id for tombstone in killed}  # one of them perhaps since the entries were read
    entries = [entry for entry in entries if entry.news_id not in gone]
    return Channel(
        edition,
        name,
        languages.prefix(edition) + path,
        entries,
        killed,
        [*keys, caches.killed(edition), caches.EVERYTHING],
    )


def _killed(edition: str) -> list[Tombstone]:
    """What was killed lately in the whole edition: a story may have changed its section before.

    A tombstone of an entry that a reader never had means nothing to it (RFC 6721, section 3).
    """
    rows = Current.objects.filter(killed=True, edition=edition, changed_at__gte=timezone.now() - REMEMBERED)
    return [Tombstone.of(row) for row in rows.select_related("publication").order_by("-changed_at")[:MOST_KILLED]]

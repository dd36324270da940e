"""Which story a thread from elsewhere belongs to.

In this order: what the operator's table says; the News ID in an address of ours (`/news/17/`); the provider's id that
the story came with; its slug as the last part of the address; and last a bare number that is a News ID, where the
thread's title and the story's headline share most of their words, since other systems count from 1 as well.
"""

import csv
import re
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from dateline.stories import folding
from dateline.stories.models import Current, Provider, Story
from dateline.stories.slugs import slug

from .records import Thread
from .shelf import Shelf

REMEMBERED = 10_000
_OURS = re.compile(r"/news/(\d{1,18})(?:/|\.|$)")
_NUMBER = re.compile(r"(?<!\d)(\d{1,18})(?!\d)")
ALIKE = 0.5  # of a title's words


class BadTable(Exception):
    """The table of --map cannot be read. Says why."""


class Finder:
    def __init__(self, shelf: Shelf, table: dict[str, int]) -> None:
        self.shelf, self.table = shelf, table
        self.how: Counter[str] = Counter()  # threads, by the way in which their story was found
        self._found: dict[Thread, Current | None] = {}
        self._slugs_are_kept = False
        self._providers = list(Provider.objects.values_list("pk", flat=True))

    def find(self, thread: Thread) -> Current | None:
        """The story as it is out, or killed; None where no published one is known."""
        if thread not in self._found:
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[thread] = self._look(thread)
        return self._found[thread]

    def _look(self, thread: Thread) -> Current | None:
        ways = {
            "by the table": self._by_table,
            "by News ID": self._by_news_id,
            "by the provider's id": self._by_source,
            "by slug": self._by_slug,
            "by number and title": self._by_number,
        }
        for how, way in ways.items():
            news_id = way(thread)
            current = Current.objects.filter(pk=news_id).first() if news_id else None
            if current:
                self.how[how] += 1
                return current
        return None

    def _by_table(self, thread: Thread) -> int | None:
        named = (normal(name) for name in (thread.link, thread.identifier) if name)
        return next((self.table[name] for name in named if name in self.table), None)

    def _by_news_id(self, thread: Thread) -> int | None:
        if thread.news_id:
            return thread.news_id
        found = _OURS.search(_path(thread.link)) or _OURS.search(_path(thread.identifier))
        return int(found[1]) if found else None

    def _by_source(self, thread: Thread) -> int | None:
        names = {thread.link, thread.identifier, _last(thread.link), *_asked(thread.link)} - {""}
        rows = Story.objects.filter(provider_id__in=self._providers, source_id__in=[name[:255] for name in names])
        found = list(rows.values_list("pk", flat=True)[:2])
        return found[0] if len(found) == 1 else None

    def _by_slug(self, thread: Thread) -> int | None:
        last = _last(thread.link)
        wanted = slug(last) if last else ""
        if not wanted or wanted.isdigit():
            return None
        if not self._slugs_are_kept:  # read once: no index knows them
            rows = Current.objects.exclude(slug="").values_list("slug", "pk")
            self.shelf.keep_slugs(rows.iterator(chunk_size=2_000))
            self._slugs_are_kept = True
        found = self.shelf.of_slug(wanted)
        return found[0] if len(found) == 1 else None

    def _by_number(self, thread: Thread) -> int | None:
        text = f"{_path(thread.link)} {' '.join(_asked(thread.link))} {thread.identifier}"
        numbers = {int(number) for number in _NUMBER.findall(text)}
        words = set(folding.words(thread.title))
        rows = Current.objects.filter(pk__in=[number for number in numbers if number < 2**63][:20])
        alike = [row.pk for row in rows if words and _share(words, set(folding.words(row.headline))) >= ALIKE]
        return alike[0] if len(alike) == 1 else None


def read_table(path: Path) -> dict[str, int]:
    """Addresses or identifiers, and the News ID of each: the first two columns of a CSV file. Refuses one that is not so."""
    table: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file), 1):
                if len(row) >= 2 and row[1].strip().isdecimal():
                    table[normal(row[0])] = int(row[1])
                elif number > 1 and any(row):
                    raise BadTable(f"{path}, line {number}: there must be an address, and the News ID of its story.")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadTable(f"{path} cannot be read: {error}.") from None
    return table


def normal(name: str) -> str:
    """An address without what makes no difference: http or https, www, the slash at its end, what is behind #."""
    name = re.sub(r"^https?://(?:www\.)?", "", name.strip(), flags=re.IGNORECASE)
    return unquote(name.partition("#")[0]).rstrip("/").casefold()


def _path(address: str) -> str:
    try:
        return unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ""


def _last(address: str) -> str:
    return re.sub(r"\.(?:s?html?|php|aspx?)$", "", _path(address).rstrip("/").rpartition("/")[2])


def _asked(address: str) -> list[str]:
    """The values in the address's query: ?p=17, ?id=17."""
    try:
        return [value for values in parse_qs(urlsplit(address).query).values() for value in values]
    except ValueError:
        return []


def _share(words: set[str], others: set[str]) -> float:
    return len(words & others) / max(len(words), len(others), 1)

"""What a publication changes on the site: the keys of the pages that show it, and the addresses readers ask for next."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote

from dateline.stories import languages
from dateline.stories.models import Current, CurrentRelated, Publication, PublishedItem

from . import keys

Kind = Publication.Kind
FEEDS = ("rss.xml", "atom.xml", "feed.json")


@dataclass
class Changes:
    """What is no longer as it is shown."""

    soft: set[str] = field(default_factory=set)
    hard: set[str] = field(default_factory=set)  # what was killed: not shown once more
    addresses: dict[str, None] = field(default_factory=dict)  # in the order in which readers will miss them

    def __bool__(self) -> bool:
        return bool(self.soft or self.hard)


def of(publications: Iterable[Publication]) -> Changes:
    """What these publications changed. A fixed number of queries for any number of them."""
    publications = [each for each in publications if each.kind != Kind.ADVANCE]
    ids = {each.story_id for each in publications}
    currents = Current.objects.in_bulk(ids)
    shown = _shown(publications)
    changes = Changes()
    for publication in publications:
        current = currents.get(publication.story_id)
        killed = publication.kind == Kind.KILL
        found = _keys(publication, current, shown)
        (changes.hard if killed else changes.soft).update(found)
        if current and not current.killed:
            _ask_again(changes.addresses, current, shown[publication.pk])
    changes.soft |= {keys.story(news_id) for news_id in _pointing_to(ids, currents.values())}
    return changes


def _keys(publication: Publication, current: Current | None, shown: dict[int, list[dict]]) -> set[str]:
    editions = {languages.edition(item["language"]) for item in shown[publication.pk]}
    found = {keys.story(publication.story_id), keys.SITEMAP, keys.NEWS_SITEMAP, keys.NOT_FOUND}
    found |= {keys.front(edition) for edition in editions | ({current.edition} if current else set())}
    for item in shown[publication.pk]:
        for subject in item.get("subjects", ()):
            found.add((keys.section if subject["rel"] == "section" else keys.topic)(subject["literal"]))
    if publication.kind in (Kind.CORRECT, Kind.KILL):
        found.add(keys.CORRECTIONS)
    if publication.kind == Kind.KILL:
        found |= {keys.killed(edition) for edition in editions} | {keys.follower("search")}
    return found


def _shown(publications: list[Publication]) -> dict[int, list[dict]]:
    """Of each publication its own item and that of the version before it, by the publication's number."""
    versions = {(each.story_id, each.version - step): each for each in publications for step in (0, 1)}
    rows = PublishedItem.objects.filter(
        publication__story__in={story for story, _ in versions},
        publication__version__in={version for _, version in versions},
    ).values_list("publication__story_id", "publication__version", "json")
    texts = {(story, version): text for story, version, text in rows if text}
    found: dict[int, list[dict]] = {}
    for each in publications:
        pair = ((each.story_id, each.version), (each.story_id, each.version - 1))
        found[each.pk] = [json.loads(texts[version]) for version in pair if version in texts]
    return found


def _pointing_to(ids: set[int], currents: Iterable[Current]) -> set[int]:
    """The stories whose pages show these: as related, or as the same in another language."""
    related = CurrentRelated.objects.filter(target__in=ids).values_list("source_id", flat=True)
    translations = Current.objects.filter(translation_key__in={each.translation_key for each in currents})
    return set(related) | set(translations.values_list("pk", flat=True))


def _ask_again(addresses: dict[str, None], current: Current, items: list[dict]) -> None:
    home = languages.prefix(current.edition)
    section = next((each["literal"] for each in items[0].get("subjects", ()) if each["rel"] == "section"), None)
    places = [f"{home}/feeds/"] + ([f"{home}/section/{section}/feeds/"] if section else [])
    pages = [unquote(current.get_absolute_url()), f"{home}/"] + ([f"{home}/section/{section}/"] if section else [])
    for address in [*pages, *(place + feed for place in places for feed in FEEDS)]:
        addresses[address] = None

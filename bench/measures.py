"""What is measured, in the order of the table."""

import json
from collections.abc import Callable, Iterator
from urllib.parse import quote

from django.urls import reverse

from dateline.stories import keyset
from dateline.stories.models import Current, Story

from .asking import Request
from .words import RARE

# Its name, how many requests make a round, and the n-th of them.
Measure = tuple[str, int, Callable[[int], Request]]


def measures(size: int) -> Iterator[Measure]:
    newest = list(Current.objects.filter(killed=False).order_by("-published_at")[:40])
    old = list(Current.objects.filter(killed=False, pk__in=range(1, size, max(1, size // 40)))[:20])
    drafts = [story.pk for story in Story.objects.filter(pk__lte=size - 50).order_by("-pk")[:4]]
    deep = old[len(old) // 2]
    before = keyset.write(deep.published_at, deep.pk)
    yield "Django's hello world", 20, lambda n: Request("/", of_django=True)
    yield "story page", 20, lambda n: page(newest[n].get_absolute_url())
    yield "old story page", 20, lambda n: page(old[n % len(old)].get_absolute_url())
    yield "front", 10, lambda n: page("/")
    yield "section, first page", 10, lambda n: page("/section/world/")
    yield "section, deep in the archive", 10, lambda n: page("/section/world/", f"before={before}")
    yield "search, a rare word", 10, lambda n: page("/search/", f"q={RARE}")
    yield "search, a common word", 10, lambda n: page("/search/", "q=government")
    yield "search, two common words", 10, lambda n: page("/search/", "q=government+minister")
    yield "Atom feed", 10, lambda n: page("/feeds/atom.xml")
    yield "desk list", 5, lambda n: Request(reverse("desk_story:list"), signed_in=True)
    yield "desk search", 5, lambda n: Request(reverse("desk_story:list"), f"q={RARE[:4]}", signed_in=True)
    yield "open the editor", 3, lambda n: Request(reverse("desk_story:edit", args=[drafts[n]]), signed_in=True)
    yield "save a draft", 4, lambda n: save(drafts[n])
    yield "publish a new story", 4, lambda n: publish()


def page(path: str, query: str = "") -> Request:
    from urllib.parse import unquote

    return Request(unquote(path), query)


def save(news_id: int) -> Request:
    """The editor's "Save draft" on a story that is out."""
    story = Story.objects.get(pk=news_id)
    return Request(reverse("desk_story:edit", args=[news_id]), form=form(story.headline), signed_in=True, expected=302)


def publish() -> Request:
    """The editor's "Publish" on a story that is new."""
    sent = {**form("Ships enter the harbour again"), "action-publish": "action-publish"}
    return Request(reverse("desk_story:add"), form=sent, signed_in=True, expected=302)


def form(headline: str) -> dict[str, object]:
    """What the editor's form sends: ten paragraphs."""
    from dateline.stories.models import Section

    text = "Ships entered the harbour on Monday, the first in nine days. " * 5
    draftail = {
        "blocks": [
            {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
        ],
        "entityMap": {},
    }
    fields: dict[str, object] = {
        "headline": headline, "section": Section.objects.get(slug="world").pk, "urgency": 5, "place": "Baghdad",
        "summary": quote("The first in nine days."), "body-count": 10,
    }  # fmt: skip
    for number in range(10):
        fields |= {
            f"body-{number}-deleted": "", f"body-{number}-order": number, f"body-{number}-type": "paragraph",
            f"body-{number}-id": "", f"body-{number}-value": json.dumps(draftail),
        }  # fmt: skip
    return fields

"""A page: its template, what every page shows, and the headers that caches need."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from dateline.edge import headers
from dateline.edge import keys as names
from dateline.edge.known import Known
from dateline.stories import languages
from dateline.stories.models import Section
from dateline.stories.prepared import prepared


def page(
    request: HttpRequest,
    template: str,
    *,
    keys: list[str],
    status: int = 200,
    fresh: int = headers.FRESH,
    keep: int = headers.LASTING,
    **context: Any,
) -> HttpResponse:
    """Render `template` for the edition of `request`. At most one query, for the sections: none where they are known.

    Only a page that is made again at midnight (`keys.TODAY`) may name the day, and knows `today`. What another room put
    on it may say in `request.edge_keep` for how many seconds it holds.
    """
    today = timezone.localtime() if names.TODAY in keys else None
    keep = min(keep, getattr(request, "edge_keep", keep))
    html = render_to_string(template, frame(request) | {"today": today} | context, using="jinja2")
    return headers.cacheable(
        request, HttpResponse(html, status=status), keys=[*keys, names.EVERYTHING], fresh=fresh, keep=keep
    )


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page shows around its matter."""
    edition = getattr(request, "LANGUAGE_CODE", settings.EDITIONS[0])
    return {
        "agency": settings.DATELINE.agency,
        "site_url": settings.DATELINE.site_url,
        "edition": edition,
        "dir": languages.direction(edition),
        "home": languages.prefix(edition),
        "editions": _editions(),
        "path": request.path,
        "sections": Sections(),
    }


@cache
def _editions() -> list[tuple[str, str, str]]:
    return [(code, languages.own_name(code), languages.prefix(code)) for code in settings.EDITIONS]


@prepared()
def _sections() -> QuerySet[Section]:
    return Section.objects.all()


_KNOWN = Known(_sections)


class Link(NamedTuple):
    """A section in the navigation of an edition."""

    slug: str
    address: str
    name: str


class Sections:
    """All sections, asked for when the template first needs them."""

    def __init__(self, known: list[Section] | None = None) -> None:
        self._all = known

    def __iter__(self) -> Iterator[Section]:
        return iter(self._read())

    def get(self, section_id: int) -> Section | None:
        """The section of a story; one that was made this moment, too."""
        if found := self._find(section_id):
            return found
        self._all = _KNOWN.again()
        return self._find(section_id)

    def _find(self, section_id: int) -> Section | None:
        return next((section for section in self if section.pk == section_id), None)

    def links(self, edition: str) -> list[Link]:
        """The navigation, made anew when a section has changed."""
        made_from, links = _LINKS.get(edition, (None, []))
        if made_from is not (sections := self._read()):
            links = [_link(section, edition) for section in sections if section.in_navigation]
            _LINKS[edition] = sections, links
        return links

    def _read(self) -> list[Section]:
        if self._all is None:
            self._all = _KNOWN.get()
        return self._all


_LINKS: dict[str, tuple[list[Section], list[Link]]] = {}


def _link(section: Section, edition: str) -> Link:
    address = f"{languages.prefix(edition)}/section/{quote(section.slug)}/"
    return Link(section.slug, address, section.name_in(edition))

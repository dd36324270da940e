"""A page: its template, what every page shows, and the headers that caches need."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from dateline.edge import headers
from dateline.edge import keys as names
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
    """Render `template` for the edition of `request`. Costs one query, for the sections, unless they are given.

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
        "editions": [(code, languages.own_name(code), languages.prefix(code)) for code in settings.EDITIONS],
        "path": request.path,
        "sections": Sections(),
    }


@prepared()
def _sections() -> QuerySet[Section]:
    return Section.objects.all()


class Sections:
    """All sections, read when the template first needs them."""

    def __init__(self) -> None:
        self._all: list[Section] | None = None

    def __iter__(self) -> Any:
        if self._all is None:
            self._all = list(_sections())
        return iter(self._all)

    def get(self, section_id: int) -> Section | None:
        return next((section for section in self if section.pk == section_id), None)

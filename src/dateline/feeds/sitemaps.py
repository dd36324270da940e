"""Sitemaps (sitemaps.org 0.9) that work for a million addresses, and Google's news sitemap.

Stories are cut into files by ranges of News IDs. So no file ever has to be counted or sorted, a new story changes only
the last one, and a file stays below the 50,000 addresses that the protocol allows, whatever happens.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from urllib.parse import quote
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from dateline.edge import headers
from dateline.edge import keys as names
from dateline.stories import languages, pictures
from dateline.stories.models import Current, Section
from dateline.stories.models.story import address

from . import texts

CHUNK = 40_000  # News IDs in one file
MOST_FILES = 50_000  # that the protocol allows an index
BATCH = 2_000  # stories read at once while a file is streamed
NEWS_AGE = timedelta(days=2)
MOST_NEWS = 1_000
FRESH = 600  # seconds

CONTENT_TYPE = "application/xml; charset=utf-8"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_URLSET = f'{_XML}<urlset xmlns="{_SITEMAP}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Which files there are. One query, which steps from file to file along the key: no story is read between."""
    files = ["/sitemap-pages.xml", *(f"/sitemap-{chunk}.xml" for chunk in _chunks())]
    listed = "".join(f"<sitemap><loc>{pictures.absolute(file)}</loc></sitemap>\n" for file in files)
    text = f'{_XML}<sitemapindex xmlns="{_SITEMAP}">\n{listed}</sitemapindex>\n'
    return _xml(request, text, keys=[names.SITEMAP])


@require_safe
def stories(request: HttpRequest, chunk: int) -> HttpResponseBase:
    """The stories of one range that are out, streamed. A batch is a query of its own: a slow reader holds none open."""
    first = chunk * CHUNK
    if first >= 2**62 or not _out(first, first + CHUNK).exists():
        raise Http404("There are no stories in this range.")
    response = StreamingHttpResponse(_stream(first), content_type=CONTENT_TYPE)
    return headers.cacheable(request, response, keys=[names.SITEMAP], fresh=FRESH)  # type: ignore[arg-type]


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Fronts and sections of every edition."""
    paths = ["/", *(f"/section/{quote(section.slug)}/" for section in Section.objects.all())]
    urls = []
    for path in paths:
        alternates = [(edition, languages.prefix(edition) + path) for edition in settings.EDITIONS]
        urls += [_url(found, None, alternates) for _, found in alternates]
    return _xml(request, _URLSET + "".join(urls) + "</urlset>\n", keys=[names.EVERYTHING])


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What Google News asks for: the last two days, 1,000 stories at most. One query."""
    rows = Current.objects.filter(killed=False, published_at__gte=timezone.now() - NEWS_AGE)
    rows = rows.order_by("-published_at", "-story_id")[:MOST_NEWS]
    urls = "".join(map(_news, rows))
    space = "http://www.google.com/schemas/sitemap-news/0.9"
    text = f'{_XML}<urlset xmlns="{_SITEMAP}" xmlns:news="{space}">\n{urls}</urlset>\n'
    return _xml(request, text, keys=[names.NEWS_SITEMAP], fresh=60, keep=300)


# From the first story's file on, the file of the next story beyond each: a look-up in the primary key a step.
CHUNKS = """
    WITH RECURSIVE file(number) AS (
        SELECT (
            SELECT story_id FROM stories_current WHERE NOT killed AND story_id >= 0 ORDER BY story_id LIMIT 1
        ) / %(chunk)s
        UNION ALL
        SELECT (
            SELECT story_id FROM stories_current
            WHERE NOT killed AND story_id >= (file.number + 1) * %(chunk)s ORDER BY story_id LIMIT 1
        ) / %(chunk)s
        FROM file WHERE file.number IS NOT NULL
    )
    SELECT number FROM file WHERE number IS NOT NULL LIMIT %(most)s
"""


def _chunks() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(CHUNKS, {"chunk": CHUNK, "most": MOST_FILES - 1})
        return [row[0] for row in cursor.fetchall()]


def _out(first: int, end: int) -> QuerySet[Current]:
    return Current.objects.filter(killed=False, story_id__gte=first, story_id__lt=end).order_by("story_id")


def _stream(first: int) -> Iterator[str]:
    yield _URLSET
    at, end = first, first + CHUNK
    while rows := list(
        _out(at, end).values_list("story_id", "slug", "edition", "changed_at", "translation_key")[:BATCH]
    ):
        others = _translations({row[4] for row in rows})
        yield "".join(
            _url(address(news_id, slug, edition), changed_at, others.get(key, []))
            for news_id, slug, edition, changed_at, key in rows
        )
        at = rows[-1][0] + 1
    yield "</urlset>\n"


def _translations(keys: set[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """For each story with translations: the language and path of all of them, itself among them."""
    rows = Current.objects.filter(translation_key__in=keys, killed=False).order_by("translation_key", "story_id")
    found = {}
    for key, group in groupby(
        rows.values_list("translation_key", "language", "story_id", "slug", "edition"), lambda r: r[0]
    ):
        members = [(language, address(news_id, slug, edition)) for _, language, news_id, slug, edition in group]
        if len(members) > 1:
            found[key] = members
    return found


def _url(path: str, changed_at: datetime | None, alternates: list[tuple[str, str]]) -> str:
    lastmod = f"<lastmod>{_time(changed_at)}</lastmod>" if changed_at else ""
    default = [("x-default", path) for language, path in alternates if language == settings.EDITIONS[0]]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(pictures.absolute(path))}/>'
        for language, path in alternates + default
    )
    return f"<url><loc>{escape(pictures.absolute(path))}</loc>{lastmod}{links}</url>\n"


def _news(story: Current) -> str:
    return (
        f"<url><loc>{escape(pictures.absolute(story.get_absolute_url()))}</loc><news:news>"
        f"<news:publication><news:name>{escape(texts.line(settings.DATELINE.agency))}</news:name>"
        f"<news:language>{escape(_news_language(story.language))}</news:language></news:publication>"
        f"<news:publication_date>{_time(story.published_at)}</news:publication_date>"
        f"<news:title>{escape(texts.line(story.headline))}</news:title></news:news></url>\n"
    )


def _news_language(language: str) -> str:
    """ISO 639, but for Chinese, as Google asks."""
    if language.startswith("zh"):
        return "zh-tw" if "hant" in language or language == "zh-tw" else "zh-cn"
    return language.partition("-")[0]


def _time(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


def _xml(
    request: HttpRequest, text: str, *, keys: list[str], fresh: int = FRESH, keep: int = headers.LASTING
) -> HttpResponse:
    return headers.cacheable(request, HttpResponse(text, content_type=CONTENT_TYPE), keys=keys, fresh=fresh, keep=keep)

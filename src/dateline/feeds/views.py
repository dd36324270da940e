"""The feeds' addresses: each channel in each format."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.edge import headers

from . import atom, channels, json_feed, rss

FORMATS = {"rss.xml": rss, "atom.xml": atom, "feed.json": json_feed}
FRESH = 60  # seconds


@require_safe
def site(request: HttpRequest, file: str) -> HttpResponse:
    return _feed(request, channels.site(_edition(request)), file)


@require_safe
def section(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    return _feed(request, channels.section(_edition(request), slug), file)


@require_safe
def topic(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    return _feed(request, channels.topic(_edition(request), slug), file)


def _edition(request: HttpRequest) -> str:
    return request.LANGUAGE_CODE


def _feed(request: HttpRequest, channel: channels.Channel | None, file: str) -> HttpResponse:
    if channel is None:
        raise Http404("There is no such section or topic, so it has no feed.")
    written = FORMATS[file]
    response = HttpResponse(written.write(channel), content_type=written.CONTENT_TYPE)
    return headers.cacheable(request, response, keys=channel.keys, fresh=FRESH)

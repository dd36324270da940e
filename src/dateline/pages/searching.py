"""What helps readers to search: suggestions while they type, and a browser that knows how to ask us."""

import json
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dateline.edge import headers, keys
from dateline.search.suggest import suggest
from dateline.stories import languages, pictures

SUGGESTIONS = "application/x-suggestions+json"
DESCRIPTION = "application/opensearchdescription+xml"
KEEP = 60  # seconds; a new topic is suggested this soon
SHORT_NAME = 16  # characters that OpenSearch allows


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Headlines and topics for what was typed so far, as OpenSearch Suggestions. Two queries, or three."""
    typed = request.GET.get("q", "").replace("\x00", "")
    found = suggest(typed, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
    answer = [
        typed,
        [each.text for each in found],
        [gettext("Topic") if each.kind == "topic" else "" for each in found],
        [pictures.absolute(each.address) for each in found],
        {"dateline:languages": [each.language for each in found]},
    ]
    response = HttpResponse(json.dumps(answer, ensure_ascii=False), content_type=SUGGESTIONS)
    return headers.cacheable(request, response, keys=[keys.follower("search"), keys.EVERYTHING], keep=KEEP)


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """The OpenSearch description of an edition: how a browser asks it, and where it gets suggestions."""
    edition = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    search = pictures.absolute(f"{languages.prefix(edition)}/search/")
    agency = settings.DATELINE.agency
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{escape(agency[:SHORT_NAME].strip())}</ShortName>
<Description>{escape(f"{agency}: {gettext('Search the news')}")}</Description>
<Url type="text/html" template={quoteattr(f"{search}?q={{searchTerms}}")}/>
<Url type="{SUGGESTIONS}" template={quoteattr(f"{search}suggest/?q={{searchTerms}}")}/>
<Image width="16" height="16" type="image/svg+xml">{escape(pictures.absolute(static("pages/icon.svg")))}</Image>
<Language>{escape(edition)}</Language>
<InputEncoding>UTF-8</InputEncoding>
</OpenSearchDescription>
"""
    response = HttpResponse(text, content_type=f"{DESCRIPTION}; charset=utf-8")
    return headers.cacheable(request, response, keys=[keys.EVERYTHING], fresh=300)

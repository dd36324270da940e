"""Pages for what is not there, and for our own failures; each with a way on."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string

from dateline.edge import keys
from dateline.edge.headers import uncacheable

from .rendering import frame, page
from .story import newest


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    edition = getattr(request, "LANGUAGE_CODE", "en")
    return page(request, "pages/not_found.html", status=404, keys=[keys.NOT_FOUND], keep=60, newest=newest(edition))


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the database, which may be what failed."""
    html = render_to_string("pages/server_error.html", frame(request) | {"sections": []}, using="jinja2")
    return uncacheable(HttpResponseServerError(html), why="It should be gone in a moment.")

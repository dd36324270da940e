"""Pages for what is not there, and for our own failures; each with a way on."""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from dateline.edge import keys
from dateline.edge.headers import uncacheable

from .rendering import Sections, frame, page
from .story import newest


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    edition = getattr(request, "LANGUAGE_CODE", "en")
    return page(request, "pages/not_found.html", status=404, keys=[keys.NOT_FOUND], keep=60, newest=newest(edition))


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the database, which may be what failed: 503 then, since it may be back in a moment."""
    away = connection.vendor == "postgresql" and isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    known = frame(request) | {"sections": Sections([]), "away": away}
    html = render_to_string("pages/server_error.html", known, using="jinja2")
    response = HttpResponse(html, status=503 if away else 500)
    if away:
        response["Retry-After"] = "5"
    return uncacheable(response, why="It should be gone in a moment.")

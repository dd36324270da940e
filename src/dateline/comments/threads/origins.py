"""Whether a form was sent from our own pages.

Public pages set no cookie, so that caches can share them, and Django's token against forged requests needs one.
There is no login to abuse either; but another site's page could make its visitors send comments that they never
wrote, from their addresses. Browsers say where a form stands: `Sec-Fetch-Site` (all current ones, over https and
on localhost), else `Origin` (all since 2020, with every POST), else perhaps `Referer`. What says none of these is
not a browser that another site could have driven, and is let in: text browsers, programs.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_ours(request: HttpRequest) -> bool:
    """Whether no other site can have sent this request through somebody's browser."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.netloc == request.get_host() or f"{parts.scheme}://{parts.netloc}" in settings.CSRF_TRUSTED_ORIGINS

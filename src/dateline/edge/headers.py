"""The headers by which caches work. Every public response goes through one of these two functions."""

import hashlib
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)

READER = 5  # seconds for which a reader's own browser need not ask again
READER_STALE = 10  # seconds more for which it may show what it has while it asks: an error no longer than that
FRESH = 15  # seconds for which a shared cache may serve a page without asking
STALE = 60  # seconds more for which a content network may serve it while it fetches a new one

# Between the application and the edge (pages.py), which takes them off again: how long the edge may keep the response
# while none of its keys is purged, in seconds.
KEEP = "x-edge-keep"
KEYS = "surrogate-key"
LASTING = 86_400  # what changes with what it shows alone, not with time


def cacheable(
    request: HttpRequest,
    response: HttpResponse,
    *,
    keys: list[str],
    fresh: int = FRESH,
    stale: int = STALE,
    keep: int = LASTING,
) -> HttpResponse:
    """Let every cache keep `response` under its address alone; a 304 where the asker has it already.

    `keys` name what it shows (`story-12`, `section-world`, `front-en`): a cache in front purges by them
    (`Surrogate-Key` as Fastly and Varnish read it, `Cache-Tag` as Cloudflare does). The ETag is strong (RFC 9110, 8.8.3).
    The edge of this machine keeps it for `keep` seconds at most: less than LASTING where it also changes with time.
    """
    response["Cache-Control"] = (
        f"public, max-age={min(fresh, READER)}, s-maxage={fresh}, stale-while-revalidate={READER_STALE}"
    )
    # A content network is told more (RFC 9213): it is purged, a reader's browser is not.
    response["CDN-Cache-Control"] = f"max-age={fresh}, stale-while-revalidate={stale}"
    response["Surrogate-Key"] = " ".join(keys)
    response["Cache-Tag"] = ",".join(keys)
    if response.streaming:
        return response
    response[KEEP] = str(keep)
    if response.status_code != 200:
        return response
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    asked = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    if response["ETag"] in asked or "*" in asked:
        unchanged = HttpResponseNotModified()
        for name in ("Cache-Control", "CDN-Cache-Control", "Surrogate-Key", "Cache-Tag", "ETag"):
            unchanged[name] = response[name]
        return unchanged
    return response


def uncacheable(response: Response, *, why: str) -> Response:
    """Let no cache keep `response`, and say why; whatever it said before to caches is taken back."""
    for name in ("CDN-Cache-Control", KEEP):
        del response[name]
    response["Cache-Control"] = "no-store"
    response["X-Not-Cached"] = why
    return response

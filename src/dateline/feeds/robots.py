"""robots.txt (RFC 9309): everything but the desk, and the endless pages that only repeat others."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.edge import headers
from dateline.stories import languages, pictures

DAY = 24 * 60 * 60


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    rules = [
        "User-agent: *",
        "Disallow: /desk/",
        *(f"Disallow: {languages.prefix(edition)}/search/" for edition in settings.EDITIONS),
        "",
        *(f"Sitemap: {pictures.absolute(path)}" for path in ("/sitemap.xml", "/news-sitemap.xml")),
    ]
    response = HttpResponse("\n".join(rules) + "\n", content_type="text/plain; charset=utf-8")
    return headers.cacheable(request, response, keys=["robots"], fresh=DAY)

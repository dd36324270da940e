"""The configuration for an nginx in front, made of this newsroom's settings and of what its pages' headers are."""

from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from . import asking

TEMPLATE = Path(__file__).with_name("nginx.conf")
# What is said of a page by its file: nginx's own ETag and Last-Modified, and these of ours.
SAID = (
    "cache-control",
    "cdn-cache-control",
    "content-security-policy",
    "cross-origin-opener-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
)
FEEDS = ("rss.xml", "atom.xml", "feed.json")


def configuration(*, bind: str, listen: str) -> str:
    """A server block. Its headers are those that the application itself sends with such a page."""
    site = urlsplit(settings.DATELINE.site_url)
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        bind=bind,
        listen=listen,
        names=" ".join(dict.fromkeys(filter(None, [site.hostname, *settings.DATELINE.hosts]))),
        home=settings.HOME,
        page=_headers("/")[1],
        feeds="\n".join(map(_feed, FEEDS)),
    )


def _feed(file: str) -> str:
    content_type, headers = _headers(f"/feeds/{file}")
    return (
        f"    location ^~ /-{file}/ {{\n        internal;\n        types {{ }}\n"
        f'        default_type "{content_type}";\n        rewrite "^/-[^/]+(/.*)$" $1 break;\n'
        f"        try_files $uri @dateline;\n{headers}\n    }}"
    )


def _headers(address: str) -> tuple[str, str]:
    """The content type of the page at `address`, and a line of nginx's for each of its other headers."""
    where = urlsplit(settings.DATELINE.site_url)
    headers = [("host", where.netloc), ("x-forwarded-proto", where.scheme)]
    environ = asking.environ("GET", address, headers=headers, server=where.netloc, scheme=where.scheme)
    said = dict(asking.ask(import_string(settings.WSGI_APPLICATION), environ).headers)
    lines = [f'        add_header {name.title()} "{said[name]}";' for name in SAID if name in said]
    return said["content-type"], "\n".join(lines)

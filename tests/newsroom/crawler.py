"""A robot that reads the public site as a stranger's would: every link, picture, form, feed, sitemap and named address."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urldefrag, urlencode, urljoin, urlsplit

import lxml.etree
import lxml.html
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

# Where an element names another address.
ATTRIBUTES = ("href", "src", "poster", "data", "cite", "formaction")
NAMES_ONLY = ("domain", "scheme")  # a category's taxonomy in RSS and Atom: an identifier, not an address
ADDRESS_META = ("og:url", "og:image", "twitter:image")


@dataclass
class Page:
    """What one address answered, and who pointed there."""

    address: str
    status: int
    kind: str
    text: str
    headers: Any
    found_on: str


@dataclass
class Crawler:
    """Walks from `seeds` until it has seen everything; pages by their address."""

    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    pages: dict[str, Page] = field(default_factory=dict)
    limit: int = 20_000

    def crawl(self, seeds: Iterable[str]) -> dict[str, Page]:
        waiting = deque((seed, "the start") for seed in seeds)
        while waiting:
            address, found_on = waiting.popleft()
            if address in self.pages:
                continue
            if len(self.pages) > self.limit:
                raise AssertionError(f"The site has no end: {self.limit} addresses, the last {address} on {found_on}")
            page = self.read(address, found_on)
            waiting.extend((link, address) for link in self.links(page) if link not in self.pages)
        return self.pages

    def read(self, address: str, found_on: str = "a guess") -> Page:
        if address.startswith(settings.STATIC_URL):
            there = finders.find(unquote(address.removeprefix(settings.STATIC_URL).partition("?")[0]))
            page = Page(address, 200 if there else 404, "static", "", {}, found_on)
        else:
            response = self.client.get(address)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            kind = response.headers.get("Content-Type", "").partition(";")[0]
            text = body.decode("utf-8", "replace") if re.search(r"text|xml|json|javascript", kind) else ""
            page = Page(address, response.status_code, kind, text, response.headers, found_on)
        self.pages[address] = page
        return page

    def links(self, page: Page) -> set[str]:
        """The addresses on our own site that the page names."""
        named = set()
        if "Location" in page.headers:
            named = {page.headers["Location"]}
        elif page.kind == "text/html":
            named |= set(_in_html(page.text))
        elif page.kind.endswith("json"):
            named |= set(_in_json(json.loads(page.text)))
        elif page.kind.endswith("xml"):
            named |= set(_in_xml(page.text))
        elif page.kind == "text/plain":
            named |= set(re.findall(r"https?://\S+", page.text))
        return {ours for name in named if (ours := _ours(name, page.address))}


def _ours(name: str, base: str) -> str:
    """The address from the site's root; "" where it leads elsewhere, or is none."""
    site = urlsplit(settings.DATELINE.site_url)
    try:
        whole = urlsplit(urldefrag(urljoin(f"{settings.DATELINE.site_url}{base}", name.strip())).url)
    except ValueError:
        return ""
    if whole.scheme not in ("http", "https") or whole.netloc not in (site.netloc, "testserver"):
        return ""
    return (whole.path or "/") + (f"?{whole.query}" if whole.query else "")


def _in_html(text: str) -> Iterator[str]:
    tree = lxml.html.document_fromstring(text)
    for element in tree.iter(lxml.etree.Element):
        yield from (element.attrib[name] for name in ATTRIBUTES if name in element.attrib)
        for candidate in element.attrib.get("srcset", "").split(","):
            yield candidate.strip().partition(" ")[0] or "#"
        if element.tag == "meta" and (element.get("property") or element.get("name")) in ADDRESS_META:
            yield element.get("content", "")
        if element.tag == "script" and element.get("type") == "application/ld+json":
            yield from _in_json(json.loads(element.text or "{}"))
    for form in tree.forms:
        if form.method == "GET":
            yield f"{form.action or ''}?{urlencode(form.form_values())}"


def _in_json(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _in_json(part)
    elif isinstance(value, str) and re.match(r"(?:https?://|/)\S+$", value):
        yield value
    elif isinstance(value, str) and "<" in value and "href=" in value:
        yield from re.findall(r'(?:href|src)="([^"]+)"', value)


def _in_xml(text: str) -> Iterator[str]:
    tree = lxml.etree.fromstring(text.encode(), lxml.etree.XMLParser(resolve_entities=False, no_network=True))
    for element in tree.iter(lxml.etree.Element):
        values = [value for name, value in element.attrib.items() if name not in NAMES_ONLY]
        values.append((element.text or "").strip())
        yield from (value for value in values if re.match(r"https?://\S+$", value))
        if element.text and "<" in element.text:
            yield from re.findall(r'(?:href|src)="([^"]+)"', element.text)

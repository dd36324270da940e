"""Every kind of page, in three editions, as the strictest judges see it: valid, accessible, nothing inline."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.homes import Newsroom
from tests.newsroom import checkers, exhibition

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.drawn]
STATUS = {"killed story": 410, "not found": 404}
WIDTHS = (390, 1440)
# Colours that still change from day to night are not those that a reader sees.
SETTLED = "Promise.allSettled(document.getAnimations().map(animation => animation.finished))"


@pytest.fixture(scope="module")
def hall(session_homes: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A newsroom that shows one of each page; `hall.pages` says where."""
    hall = session_homes.make(tmp_path_factory.mktemp("hall") / "home", Newsroom)
    hall.serve()
    hall.pages = json.loads(hall.python("from tests.newsroom import exhibition; exhibition.hang()").splitlines()[-1])
    yield hall
    hall.stop()


def each(hall: Any, *editions: str) -> Iterator[tuple[str, str, str]]:
    """Kind of page, edition, and path."""
    for kind, paths in hall.pages.items():
        for edition in editions or exhibition.EDITIONS:
            yield kind, edition, paths[edition]


def test_every_page_is_valid_html_with_nothing_inline_under_a_strict_policy(hall, tmp_path):
    wrong = []
    for kind, edition, path in each(hall):
        answer = hall.get(path)
        name = f"{kind} {edition}"
        if answer.status != STATUS.get(kind, 200):
            wrong.append(f"{name}: {path} answered {answer.status}")
        if not checkers.is_strict(answer.headers.get("Content-Security-Policy", "")):
            wrong.append(f"{name}: Content-Security-Policy {answer.headers.get('Content-Security-Policy')}")
        if "Cache-Control" not in answer.headers:
            wrong.append(f"{name}: does not say whether it may be cached")
        wrong += [f"{name}: {what} is inline" for what in checkers.inline(answer.text)]
        (tmp_path / f"{name}.html").write_text(answer.text, "utf-8")
    (tmp_path / "broken.html").write_text(hall.python(BROKEN), "utf-8")
    wrong += checkers.nu(tmp_path)
    assert not wrong, "\n".join([f"{len(wrong)} found:", *wrong[:40]])


# What a reader sees when we fail: rendered without the request that failed, as Django does.
BROKEN = """
from django.conf import settings
from django.test import RequestFactory
from django.utils.module_loading import import_string
from dateline import urls
print(import_string(urls.handler500)(RequestFactory().get("/")).content.decode())
"""


@pytest.mark.parametrize("edition", exhibition.EDITIONS)
def test_every_page_is_accessible_narrow_and_wide_by_day_and_by_night(hall, browser_page, edition):
    wrong = []
    for kind, _, path in each(hall, edition):
        browser_page.complaints.clear()
        browser_page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        browser_page.goto(hall.url + path)
        for width in WIDTHS:
            browser_page.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                browser_page.emulate_media(color_scheme=scheme)
                browser_page.evaluate(SETTLED)
                wrong += [f"{kind} {edition} {width} {scheme}: {what}" for what in checkers.axe(browser_page)]
            if (wide := browser_page.evaluate("document.scrollingElement.scrollWidth")) > width:
                wrong.append(
                    f"{kind} {edition} {width}: {wide} px wide, so it scrolls sideways: {widest(browser_page)}"
                )
        itself = f"({re.escape(hall.url + path)})"
        wrong += [
            f"{kind} {edition}: {said}"
            for said in browser_page.complaints
            if not (kind in STATUS and re.search(itself, said))
        ]
    assert not wrong, "\n".join([f"{len(wrong)} found:", *wrong[:60]])


def widest(page: Any) -> str:
    """The element that sticks out furthest."""
    return page.evaluate(
        """() => {
            const out = element => Math.max(element.getBoundingClientRect().right - innerWidth,
                                            -element.getBoundingClientRect().left);
            const worst = [...document.body.querySelectorAll('*')].sort((a, b) => out(b) - out(a))[0];
            return worst.outerHTML.slice(0, 160);
        }"""
    )


def test_the_page_that_says_we_failed_is_accessible(hall, browser_page):
    """It comes when nothing else works, so it is judged as it is served: with its style sheets."""
    browser_page.route(
        "**/broken", lambda route: route.fulfill(status=500, content_type="text/html", body=hall.python(BROKEN))
    )
    browser_page.goto(f"{hall.url}/broken")
    assert browser_page.locator("h1").is_visible()
    assert checkers.axe(browser_page) == []

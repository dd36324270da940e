"""A stranger walks through the whole site, and tries every door: nothing inside is to be heard outside."""

import re
from collections.abc import Iterable
from urllib.parse import quote

import pytest
from django.conf import settings

from tests.newsroom import lives
from tests.newsroom.crawler import Crawler, Page

pytestmark = pytest.mark.django_db

COUNT = 300
SECRET = re.compile(r"hush\w*", re.IGNORECASE)
ROOT = ("/sitemap.xml", "/news-sitemap.xml", "/robots.txt")
SEEDS = (
    "", "search/?q=shout", "search/?q=whisper", "corrections/", "feeds/rss.xml", "feeds/atom.xml", "feeds/feed.json"
)  # fmt: skip


def prefixes() -> list[str]:
    return ["/", *(f"/{language}/" for language in settings.EDITIONS[1:])]


def leaks(pages: dict[str, Page]) -> list[str]:
    """Where a secret is heard. A search says again what was asked: that is no leak."""
    heard = []
    for page in pages.values():
        asked = re.search(r"[?&]q=(hush\w*)", page.address)
        text = f"{page.text} {dict(page.headers)}"
        secrets = set(SECRET.findall(text)) - ({asked[1]} if asked else set())
        followed = page.found_on != "a guess"  # we made a guess up ourselves
        if secrets or (followed and SECRET.search(page.address)):
            heard.append(f"{page.address} (found on {page.found_on}): {sorted(secrets)[:3]}")
    return heard


def killed_address(page: Page, killed: set[int]) -> bool:
    """A page may point to where a killed story was: its advisory stands there, with 410."""
    match = re.match(r"(?:/\w+)?/news/(\d+)[/.]", page.address)
    return bool(match) and int(match[1]) in killed and page.status == 410


def none(found: Iterable[str]) -> None:
    """Fail with all that was found, a line each."""
    lines = list(found)
    assert not lines, "\n".join([f"{len(lines)} found:", *lines[:40]])


def test_nobody_outside_hears_what_is_inside():
    born = lives.live(COUNT, seed=20261123)
    killed = {life.story.pk for life in born if life.is_killed}
    crawler = Crawler()
    pages = crawler.crawl([*ROOT, *(prefix + seed for prefix in prefixes() for seed in SEEDS)])

    broken = [page for page in pages.values() if page.status >= 400 and not killed_address(page, killed)]
    none(f"{page.address} answered {page.status}, found on {page.found_on}" for page in broken)
    none(leaks(pages))
    everything_out_was_found(born, pages)
    guess_every_door(born, crawler)


def everything_out_was_found(born: list[lives.Life], pages: dict[str, Page]) -> None:
    """A crawl that sees nothing finds nothing: each story that is out was read, in its edition, with its words."""
    read = {int(match[1]) for address in pages if (match := re.match(r"(?:/\w+)?/news/(\d+)/[^/]+/$", address))}
    out = {life.story.pk for life in born if life.is_public}
    assert out - read == set()
    heard = "".join(page.text for page in pages.values())
    assert {
        life.story.pk for life in born if life.kind == "corrected" and "correction: the date was wrong" not in heard
    } == set()
    assert len(set(re.findall(r"loud\d+comment", heard))) > 50
    assert heard.count("advisory: it was about another harbour") > 10


def guess_every_door(born: list[lives.Life], crawler: Crawler) -> None:
    guessed: dict[str, Page] = {}
    wrong = []
    for life in born:
        public = [301, 302] if life.is_public else [410] if life.is_killed else [404]
        for address, expected in doors(life, public):
            page = guessed[address] = crawler.read(address)
            if page.status not in expected:
                wrong.append(f"{life.kind}: {address} answered {page.status}, not {expected}")
    for word in ("whisper", "hush", *(f"hush{number:04d}headline" for number in range(1, COUNT, 7))):
        address = f"/search/?q={word}"
        guessed[address] = crawler.read(address)
        if re.search(r'href="[^"]*/news/\d+', re.sub(r"(?s)<(nav|footer|aside)\b.*?</\1>", "", guessed[address].text)):
            wrong.append(f"{address} found something")
    none(wrong)
    none(leaks(guessed))


def doors(life: lives.Life, public: list[int]) -> list[tuple[str, list[int]]]:
    """Each address that a curious reader would try for this story, and what it may answer."""
    story = life.story
    page = [200] if life.is_public else public
    slug = quote(story.slug)
    found = [
        (f"/news/{story.pk}/", public if not life.is_public else [200, 301, 302]),
        (f"/news/{story.pk}/{slug}/", [200, 301, 302] if life.is_public else public),
        (f"/news/{story.pk}/any-other-slug/", [200, 301, 302] if life.is_public else public),
        (f"/ar/news/{story.pk}/", [200, 301, 302] if life.is_public else [301, 302, *public]),
        (f"/news/{story.pk}.json", [200] if life.is_public or life.is_killed else [404]),
        (
            f"/news/{story.pk}/history/",
            [*page, 301, 302] if life.is_public else [*public, 200] if life.is_killed else [404],
        ),
        (f"/news/{story.pk}/comments/", [*page, 301, 302] if life.is_public else public),
        (f"/news/{story.pk}/comments/since", [200] if life.is_public else public),
        (f"/news/{story.pk}/v/9/", [404] if not life.is_killed else [404, 410]),
    ]
    for version in (1, 2, 3, 4):
        may = [200, 301, 302, 404, 410] if life.is_public else [404, 410] if life.is_killed else [404]
        found.append((f"/news/{story.pk}/v/{version}/", may))
    return found

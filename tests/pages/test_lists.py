"""Fronts and lists."""

import re

import pytest
from django.conf import settings

from dateline.edge import marks
from dateline.pages import rendering
from dateline.pages.rendering import Sections
from dateline.stories import languages
from dateline.stories.models import Section, Topic

pytestmark = pytest.mark.django_db


def test_an_empty_front_says_what_will_stand_there(client):
    assert "Nothing is published here yet" in client.get("/").text


def test_the_most_urgent_story_leads(client, published):
    published("A usual story", urgency=5)
    published("A flash", urgency=1)
    published("Another usual story", urgency=5)
    page = client.get("/").text
    assert page.index("A flash") < page.index("A usual story")


def test_a_list_goes_on_and_back_without_a_gap(client, published):
    made = [published(f"Story {number:02}").headline for number in range(35)]
    first = client.get("/section/world/")
    listed = first.context["listed"] if first.context else None
    assert listed is None or len(listed.rows) == 30
    older = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(f"/section/world/{older}").text
    assert [headline for headline in made if headline in first.text] == made[5:]
    assert [headline for headline in made if headline in second] == made[:5]
    newer = second.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")
    assert [headline for headline in made if headline in client.get(f"/section/world/{newer}").text] == made[5:]


def test_every_story_stands_on_the_front_or_on_the_pages_behind_it(client, published):
    made = {published(f"Story {n:02}", urgency=1 if n in (3, 21, 40) else 5).pk for n in range(60)}
    seen, address = set(), "/"
    while address:
        page = client.get(address).text
        seen |= {int(found) for found in re.findall(r'href="/news/(\d+)/', page)}
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = "/" + older[1].replace("&amp;", "&") if older else ""
    assert seen == made


@pytest.mark.parametrize("place", ["/section/world/", "/topic/cities/"])
def test_a_list_names_itself_and_the_same_list_in_each_edition(client, published, place):
    topic = Topic.objects.create(slug="cities", name="Cities")
    for number in range(31):
        published(f"Story {number:02}", topics=[topic])
    site = "http://127.0.0.1:8000"
    editions = {code: languages.prefix(code) for code in settings.EDITIONS}
    named = {code: f"{site}{prefix}{place}" for code, prefix in editions.items()} | {"x-default": site + place}
    for code, prefix in editions.items():
        page = client.get(prefix + place).text
        assert f'<link rel="canonical" href="{named[code]}">' in page
        assert dict(re.findall(r'rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', page)) == named
        assert "noindex" not in page
    older = re.search(r'rel="next" href="([^"]+)"', client.get(place).text)[1]
    second = client.get(place + older).text
    assert f'<link rel="canonical" href="{site}{place}{older}">' in second
    assert 'rel="alternate" hreflang' not in second
    assert f'<link rel="canonical" href="{site}{place}">' in client.get(place + "?before=x").text


@pytest.mark.parametrize("cursor", ["x", "1", "..", "ffffffffffffffffffffff.1", "0.0", "-1.-1"])
def test_a_cursor_that_we_did_not_give_breaks_nothing(client, published, cursor):
    published()
    assert client.get("/section/world/", {"before": cursor}).status_code == 200
    assert client.get("/section/world/", {"after": cursor}).status_code == 200


def test_an_edition_lists_its_own_language(client, published):
    published("Mayor resigns")
    published("استقالة العمدة", language="ar")
    assert "استقالة العمدة" in client.get("/ar/").text
    assert "استقالة العمدة" not in client.get("/").text


def test_a_language_without_an_edition_stands_in_the_first(client, published):
    published("ראש העיר התפטר", language="he")
    assert "ראש העיר התפטר" in client.get("/").text


def test_the_navigation_shows_a_section_that_was_renamed_or_added(client, section):
    assert ">World</a>" in client.get("/corrections/").text
    assert ">العالم</a>" in client.get("/ar/corrections/").text
    Section.objects.filter(pk=section.pk).update(name="The world")
    Section.objects.create(slug="night", name="Night <desk>", order=1)
    Section.objects.create(slug="hidden", name="Hidden", in_navigation=False)
    page = client.get("/corrections/").text
    assert ">The world</a>" in page
    assert '<a href="/section/night/">Night &lt;desk&gt;</a>' in page
    assert "Hidden" not in page
    assert '<a href="/section/night/" aria-current="page">' in client.get("/section/night/").text


def test_a_section_that_was_made_this_moment_is_found_though_its_purge_is_not_followed_yet(
    section, tmp_path, monkeypatch
):
    followed = marks.Marks(tmp_path / "marks")
    followed.beat()
    monkeypatch.setattr(marks, "here", lambda: followed)
    rendering._KNOWN.again()
    new = Section.objects.create(slug="night", name="Night")
    assert new not in Sections()
    assert Sections().get(new.pk) == new


GARBAGE = [
    "q=%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF&before=%D9%A9", "q=%ff%fe&before=%ff", "q=%&before=%zz", "q=%00&language=%00",
    "q=%ED%A0%80&from=%00", f"q={'a' * 100_000}&before={'9' * 5_000}", f"q={'%22' * 2_000}&after={'f' * 5_000}.1",
    "from=9999-12-31&to=9999-12-31&q=a", "=&&=&q", "q=a&page=-1&section=%F0%9F%92%A9",
]  # fmt: skip


@pytest.mark.parametrize("query", GARBAGE)
def test_whatever_stands_behind_the_question_mark_is_answered(client, published, query):
    published()
    for path in ("/", "/search/", "/corrections/", "/section/world/", "/topic/none/", "/feeds/atom.xml"):
        assert client.get(path, QUERY_STRING=query).status_code in (200, 400, 404), path


@pytest.mark.parametrize("path", ["/topic/%00/", "/section/%00/", "/%ff%fe/", "/topic/%ED%A0%80/", "/news/1/%00/"])
def test_an_address_that_is_no_text_is_not_there(client, path):
    assert client.get(path).status_code == 404

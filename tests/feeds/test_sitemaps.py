"""What search engines read."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.utils import timezone
from lxml import etree

from dateline.feeds import sitemaps
from dateline.stories import actions
from dateline.stories.models import Current

pytestmark = pytest.mark.django_db

NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture
def read(client):
    def get(path):
        response = client.get(path)
        assert response.status_code == 200, path
        assert response["Content-Type"].startswith("application/xml")
        return etree.fromstring(b"".join(response) if response.streaming else response.content)

    return get


@pytest.fixture
def small_files(monkeypatch):
    monkeypatch.setattr(sitemaps, "CHUNK", 10)
    monkeypatch.setattr(sitemaps, "BATCH", 3)


def locs(root):
    return [loc.text for loc in root.findall(".//s:loc", NS)]


def test_every_story_that_is_out_is_in_one_file_of_the_index(read, client, published, small_files, settings):
    stories = [published(f"Flood {number}") for number in range(12)]
    far = published("Far", news_id=13_981_124_000_123)
    gone = published("Gone")
    actions.kill(gone, note="Wrong.")
    files = locs(read("/sitemap.xml"))
    assert files[0] == f"{settings.DATELINE.site_url}/sitemap-pages.xml"
    numbers = sorted({story.pk // 10 for story in [*stories, far]})
    assert files[1:] == [f"{settings.DATELINE.site_url}/sitemap-{number}.xml" for number in numbers]
    listed = [url for number in numbers for url in locs(read(f"/sitemap-{number}.xml"))]
    assert sorted(listed) == sorted(
        settings.DATELINE.site_url + current.get_absolute_url() for current in Current.objects.filter(killed=False)
    )
    assert client.get(f"/sitemap-{numbers[-1] + 1}.xml").status_code == 404
    assert client.get(f"/sitemap-{10**30}.xml").status_code == 404


def test_a_sitemap_says_when_a_story_changed_and_which_are_its_translations(read, published, settings):
    english = published("Mayor resigns")
    arabic = published("العمدة يستقيل", language="ar", translation_key=english.translation_key)
    alone = published("Alone")
    urls = {url.findtext("s:loc", namespaces=NS): url for url in read("/sitemap-0.xml")}
    by_id = {
        story.pk: settings.DATELINE.site_url + Current.objects.get(pk=story.pk).get_absolute_url()
        for story in (english, arabic, alone)
    }
    for story in (english, arabic):
        url = urls[by_id[story.pk]]
        assert url.findtext("s:lastmod", namespaces=NS) == Current.objects.get(pk=story.pk).changed_at.isoformat(
            timespec="seconds"
        )
        links = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NS)}
        assert links == {"en": by_id[english.pk], "ar": by_id[arabic.pk], "x-default": by_id[english.pk]}
    assert urls[by_id[alone.pk]].findall("x:link", NS) == []
    assert "/العمدة-يستقيل/" in unquote(by_id[arabic.pk])
    assert by_id[arabic.pk].isascii()


def test_a_file_of_stories_is_streamed_a_batch_at_a_time(client, published, small_files, django_assert_num_queries):
    for number in range(1, 9):
        published(f"Flood {number}", news_id=1000 + number)
    with django_assert_num_queries(1 + 2 * 3 + 1):  # is there any; 3, 3 and 2 stories with translations; the end
        assert b"".join(client.get("/sitemap-100.xml")).count(b"<url>") == 8


def test_fronts_and_sections_of_every_edition_are_listed_with_each_other(read, section, settings):
    root = read("/sitemap-pages.xml")
    assert f"{settings.DATELINE.site_url}/ar/section/world/" in locs(root)
    assert f"{settings.DATELINE.site_url}/fa/" in locs(root)
    for url in root:
        assert len(url.findall("x:link", NS)) == len(settings.EDITIONS) + 1


def test_the_index_steps_along_the_key_and_scans_nothing(published):
    published()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN " + sitemaps.CHUNKS, {"chunk": 40_000, "most": 9})
            plan = [row[3] for row in cursor.fetchall()]
            steps = [line for line in plan if "stories_current" in line]
            assert len(steps) == 2 and all(re.match(r"SEARCH .*\(story_id>\?\)", step) for step in steps), plan
            assert not any("TEMP B-TREE" in line for line in plan)
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN " + sitemaps.CHUNKS, {"chunk": 40_000, "most": 9})
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "Seq Scan" not in plan and "Sort" not in plan
            assert "Index Cond: (story_id >=" in plan


def test_the_news_sitemap_holds_two_days_in_every_language(read, draft, published, settings, django_assert_num_queries):
    actions.publish(draft("Old"), at=timezone.now() - timedelta(days=3))
    actions.kill(published("Gone"), note="Wrong.")
    published("العمدة <يستقيل>", language="ar")
    published("Mayor resigns")
    with django_assert_num_queries(1):
        root = read("/news-sitemap.xml")
    news = root.findall("s:url/n:news", NS)
    assert [found.findtext("n:title", namespaces=NS) for found in news] == ["Mayor resigns", "العمدة <يستقيل>"]
    assert [found.findtext("n:publication/n:language", namespaces=NS) for found in news] == ["en", "ar"]
    assert {found.findtext("n:publication/n:name", namespaces=NS) for found in news} == {settings.DATELINE.agency}


def test_the_news_sitemap_holds_a_thousand_at_most(read, published, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
    for number in range(3):
        published(f"Flood {number}")
    assert len(read("/news-sitemap.xml")) == 2


def test_robots_may_read_all_but_the_desk_and_the_searches(client, settings):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /desk/" in lines and "Disallow: /search/" in lines and "Disallow: /ar/search/" in lines
    assert f"Sitemap: {settings.DATELINE.site_url}/sitemap.xml" in lines


def test_chinese_is_named_as_google_names_it():
    asked = ["zh-hans", "zh-hant", "pt-br", "fa"]
    assert [sitemaps._news_language(language) for language in asked] == ["zh-cn", "zh-tw", "pt", "fa"]

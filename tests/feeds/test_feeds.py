"""What subscribers' readers get: the same stories in RSS, Atom and JSON Feed."""

import json
import re

import feedparser
import pytest
from django.db import connection

from dateline.stories import actions
from dateline.stories.models import Current, Topic
from dateline.stories.models.publications import CORRECTIONS_KEPT

pytestmark = pytest.mark.django_db

FILES = ["rss.xml", "atom.xml", "feed.json"]
XML = ["rss.xml", "atom.xml"]


@pytest.fixture
def read(client):
    """Read a feed as a reader would, and refuse one with any defect."""

    def get(path):
        response = client.get(path)
        assert response.status_code == 200, path
        if path.endswith("json"):
            return json.loads(response.content)
        parsed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
        assert parsed.bozo == 0, parsed.get("bozo_exception")
        return parsed

    return get


@pytest.fixture
def text(client):
    """A feed as its bare text."""

    def get(path):
        response = client.get(path)
        assert response.status_code == 200, path
        return response.content.decode()

    return get


@pytest.fixture
def topic(db):
    return Topic.objects.create(slug="harbours", name="Harbours", names={"ar": "الموانئ"})


def _correct(story, **fields):
    for name, value in fields.items():
        setattr(story, name, value)
    return actions.correct(story, note="It was the deputy mayor.")


@pytest.mark.parametrize("file", XML)
def test_a_published_story_is_an_entry_with_all_its_text(read, published, file):
    story = published("Mayor resigns", summary="He goes.", byline="Ada Example\nBen Example", body=["One.", "Two."])
    (entry,) = read(f"/feeds/{file}").entries
    current = Current.objects.get()
    assert (entry.title, entry.summary) == ("Mayor resigns", "He goes.")
    assert entry.id == current.uri
    assert entry.link.endswith(f"/news/{story.pk}/mayor-resigns/")
    assert "<p>BAGHDAD (Dispatches) - One.</p>" in entry.content[0].value
    assert "Two." in entry.content[0].value
    assert [author["name"] for author in entry.authors][-2:] == ["Ada Example", "Ben Example"]


def test_json_feed_has_the_same_entry(read, published):
    story = published("Mayor resigns", summary="He goes.", byline="Ada Example\nBen Example", body=["One."])
    (item,) = read("/feeds/feed.json")["items"]
    assert (item["id"], item["title"], item["language"]) == (Current.objects.get().uri, "Mayor resigns", "en")
    assert item["authors"] == [{"name": "Ada Example"}, {"name": "Ben Example"}]
    assert item["_dateline"] == {"news_id": story.pk, "version": 1, "kind": "publish", "corrections": []}


@pytest.mark.parametrize("file", FILES)
def test_nothing_but_what_is_out_is_in_a_feed(text, draft, published, file):
    draft("Canary draft")
    published("Mayor resigns")
    actions.kill(published("Canary killed", body=["Canary body."]), note="Never happened.")
    assert "Mayor resigns" in text(f"/feeds/{file}")
    assert "anary" not in text(f"/feeds/{file}")


def test_a_killed_story_leaves_a_tombstone_with_its_advisory(client, published):
    story = published("Mayor resigns")
    uri = Current.objects.get().uri
    actions.kill(story, note="The mayor has not resigned. <Sorry>")
    root = lxml_root(client.get("/feeds/atom.xml").content)
    (stone,) = root.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert stone.get("ref") == uri
    assert stone.get("when") == Current.objects.get().changed_at.isoformat()
    assert stone.findtext("{http://purl.org/atompub/tombstones/1.0}comment") == "The mayor has not resigned. <Sorry>"
    (killed,) = client.get("/feeds/feed.json").json()["_dateline"]["killed"]
    assert (killed["id"], killed["advisory"]) == (uri, "The mayor has not resigned. <Sorry>")


def lxml_root(content):
    from lxml import etree

    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def test_a_correction_moves_updated_and_says_what_was_wrong(read, published):
    story = published("Mayor resigns")
    before = read("/feeds/atom.xml")
    _correct(story, headline="Deputy mayor resigns")
    after = read("/feeds/atom.xml")
    assert after.entries[0].id == before.entries[0].id
    assert after.entries[0].published == before.entries[0].published
    assert after.entries[0].updated > before.entries[0].updated
    assert after.feed.updated > before.feed.updated
    assert "It was the deputy mayor." in after.entries[0].content[0].value
    assert "It was the deputy mayor." in read("/feeds/rss.xml").entries[0].content[0].value
    (item,) = read("/feeds/feed.json")["items"]
    assert item["_dateline"]["corrections"][0]["note"] == "It was the deputy mayor."


@pytest.mark.parametrize("file", FILES)
def test_a_live_file_that_is_always_corrected_makes_no_feed_grow_without_end(text, published, file):
    story = published("Mayor resigns")
    for number in range(CORRECTIONS_KEPT + 2):
        _correct(story, headline=f"Deputy mayor resigns {number} times")
    shown = text(f"/feeds/{file}")
    assert len(re.findall(r"strong(?:>|&gt;)Correction", shown)) == CORRECTIONS_KEPT
    assert f"/news/{story.pk}/history/" in shown


@pytest.mark.parametrize("file", FILES)
def test_each_edition_has_its_own_feed_in_its_own_language(text, published, file):
    published("Mayor resigns")
    published("العمدة يستقيل", language="ar")
    english, arabic = (text(f"{prefix}/feeds/{file}") for prefix in ("", "/ar"))
    assert "Mayor resigns" in english and "العمدة" not in english
    assert "العمدة" in arabic and "Mayor" not in arabic
    assert "dir=" in arabic and "rtl" in arabic


@pytest.mark.parametrize("file", FILES)
def test_sections_and_topics_have_feeds_of_what_is_in_them(client, text, published, topic, section, file):
    published("In both", topics=[topic])
    published("In the section")
    in_section = text(f"/section/{section.slug}/feeds/{file}")
    in_topic = text(f"/topic/harbours/feeds/{file}")
    assert "In both" in in_section and "In the section" in in_section
    assert "In both" in in_topic and "In the section" not in in_topic
    assert client.get(f"/topic/nothing/feeds/{file}").status_code == 404
    assert client.get(f"/section/nothing/feeds/{file}").status_code == 404


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(("path", "queries"), [("/", 2), ("/section/world/", 3), ("/topic/harbours/", 3)])
def test_a_feed_costs_a_fixed_number_of_queries(
    client, published, topic, django_assert_num_queries, file, path, queries
):
    for number in range(35):
        published(f"Flood {number}", topics=[topic])
    actions.kill(published("Gone"), note="Wrong.")
    with django_assert_num_queries(queries):
        response = client.get(f"{path}feeds/{file}")
    shown = {number for number in range(35) if re.search(rf"Flood {number}\b", response.content.decode())}
    assert shown == set(range(5, 35))


@pytest.mark.parametrize("file", FILES)
def test_who_has_the_feed_already_gets_304(client, published, file):
    published()
    first = client.get(f"/feeds/{file}")
    assert "max-age" in first["Cache-Control"]
    assert client.get(f"/feeds/{file}", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("file", FILES)
def test_an_empty_feed_is_a_feed_and_stays_the_same(read, text, section, file):
    read(f"/feeds/{file}")
    assert text(f"/feeds/{file}") == text(f"/feeds/{file}")


def test_a_title_that_runs_the_other_way_is_isolated(read, published):
    published("Talks with حزب begin")
    published("Talks begin")
    titles = [entry.title for entry in read("/feeds/rss.xml").entries]
    assert titles == ["Talks begin", "\u2068Talks with حزب begin\u2069"]


@pytest.mark.parametrize("file", XML)
def test_addresses_in_a_feed_are_whole(read, published, file, settings):
    published(body=['<a href="/corrections/">See</a> what is written: src="/not-an-address"'])
    html = read(f"/feeds/{file}").entries[0].content[0].value
    assert f'href="{settings.DATELINE.site_url}/corrections/"' in html
    assert 'src="/not-an-address"' in html


def test_an_empty_place_for_a_related_story_is_left_out(read, published):
    first = published("First")
    published("Second", body=["Text.", {"type": "related", "value": first.pk}])
    assert "aside" not in read("/feeds/atom.xml").entries[0].content[0].value


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only: its plans do not hang on the tables' sizes")
@pytest.mark.parametrize("path", ["/feeds/", "/section/world/feeds/", "/topic/harbours/feeds/", "/news-sitemap.xml"])
def test_a_feed_reads_along_an_index_and_sorts_nothing(client, published, topic, django_assert_max_num_queries, path):
    actions.kill(published("Gone"), note="Wrong.")
    published(topics=[topic])
    with django_assert_max_num_queries(3) as asked:
        assert client.get(path if path.endswith("xml") else f"{path}atom.xml").status_code == 200
    assert asked.captured_queries
    for query in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
            plan = [row[3] for row in cursor.fetchall()]
        assert not [line for line in plan if "TEMP B-TREE" in line or line.startswith("SCAN")], (query["sql"], plan)

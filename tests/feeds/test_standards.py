"""The feeds keep the rules of their standards."""

import io
import json
import re
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from django.core.files.images import ImageFile
from django.utils.dateparse import parse_datetime
from lxml import etree
from PIL import Image

from dateline.stories import actions
from dateline.stories.models import Picture, Topic

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
FEEDS = ["/feeds/", "/ar/feeds/", "/section/world/feeds/", "/topic/%D8%A7%D9%84%D9%85%D9%88%D8%A7%D9%86%D8%A6/feeds/"]


@pytest.fixture
def busy_day(published):
    """A bit of everything that a feed can hold."""
    picture = Picture(title="Harbour", width=1, height=1)
    stream = io.BytesIO()
    Image.new("RGB", (700, 400)).save(stream, "PNG")
    stream.seek(0)
    picture.file = ImageFile(stream, name="harbour.png")
    picture.save()
    topic = Topic.objects.create(slug="الموانئ", name="Harbours")
    lead = {"lead_image": picture, "lead_alt": "Cranes", "lead_caption": "The harbour", "lead_credit": "Graphics"}
    corrected = published("Mayor resigns", summary="He goes.", byline="Ada Example", topics=[topic], **lead)
    corrected.headline = "Mayor stays"
    actions.correct(corrected, note="He stays.")
    published("العمدة said no", language="ar", topics=[topic], byline="مثال")
    published("No byline", summary="")
    actions.kill(published("Gone", language="ar"), note="لم يحدث.")
    actions.kill(published("Gone"), note="Never happened.")


def _is_address(text):
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and parts.netloc and text.isascii() and not re.search(r"[\s<>\"]", text)


@pytest.mark.parametrize("path", FEEDS)
def test_atom_keeps_rfc_4287_and_6721(client, busy_day, path):
    feed = etree.fromstring(client.get(path + "atom.xml").content)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for element in [feed, *feed.findall("a:entry", ATOM)]:
        for name in ("id", "title", "updated"):  # 4.1.1, 4.1.2: exactly one of each
            assert len(element.findall(f"a:{name}", ATOM)) == 1, name
        assert urlsplit(element.findtext("a:id", namespaces=ATOM)).scheme in ("urn", "tag")
        alternate = [link for link in element.findall("a:link", ATOM) if link.get("rel") == "alternate"]
        assert len(alternate) == 1 and _is_address(alternate[0].get("href"))
    assert feed.findtext("a:author/a:name", namespaces=ATOM)  # where an entry has no author of its own
    assert next(link.get("href") for link in feed.findall("a:link[@rel='self']", ATOM)).endswith(path + "atom.xml")
    ids = [element.text for element in feed.iterfind(".//a:id", ATOM)]
    assert len(ids) == len(set(ids))
    for date in feed.iterfind(".//a:updated", ATOM):
        assert RFC3339.fullmatch(date.text)
    for entry in feed.findall("a:entry", ATOM):
        assert entry.find("a:content", ATOM).get("type") == "html"
        assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") in ("en", "ar")
        assert all(category.get("term") for category in entry.findall("a:category", ATOM))
    stones = feed.findall("at:deleted-entry", ATOM)
    assert len(stones) == 1
    for stone in stones:
        assert stone.get("ref").startswith("urn:newsml:") and stone.get("ref") not in ids
        assert RFC3339.fullmatch(stone.get("when"))
        assert stone.findtext("at:comment", namespaces=ATOM)


@pytest.mark.parametrize("path", FEEDS)
def test_rss_keeps_its_specification(client, busy_day, path):
    rss = etree.fromstring(client.get(path + "rss.xml").content)
    assert rss.get("version") == "2.0"
    (channel,) = rss.findall("channel")
    for name in ("title", "link", "description", "language", "lastBuildDate", "ttl"):
        assert channel.findtext(name), name
    image = channel.find("image")
    assert image.findtext("url").endswith(".png") and int(image.findtext("width")) <= 144
    assert (image.findtext("title"), image.findtext("link")) == (channel.findtext("title"), channel.findtext("link"))
    assert channel.find("{http://www.w3.org/2005/Atom}link").get("href").endswith(path + "rss.xml")
    items = channel.findall("item")
    assert items
    for item in items:
        assert item.findtext("title") and _is_address(item.findtext("link"))
        assert item.find("guid").get("isPermaLink") == "false"
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
        assert item.findtext("{http://purl.org/dc/elements/1.1/}language") in ("en", "ar")
        assert item.findall("category")


@pytest.mark.parametrize("path", FEEDS)
def test_json_feed_keeps_version_1_1(client, busy_day, path):
    feed = json.loads(client.get(path + "feed.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] and feed["items"]
    assert feed["feed_url"].endswith(path + "feed.json") and _is_address(feed["home_page_url"])
    assert all(set(author) & {"name", "url", "avatar"} for author in feed["authors"])
    for item in feed["items"]:
        assert isinstance(item["id"], str) and item["content_html"] and _is_address(item["url"])
        assert all(
            RFC3339.fullmatch(item[name]) and parse_datetime(item[name]) for name in ("date_published", "date_modified")
        )
        assert "author" not in item  # deprecated in 1.1
        assert all(isinstance(tag, str) for tag in item["tags"])
    ours = {name for part in (feed, *feed["items"]) for name in part if name.startswith("_")}
    assert ours == {"_dateline"}


def test_the_lead_picture_is_in_the_entry_with_its_alternative_text(client, busy_day, settings):
    items = json.loads(client.get("/feeds/feed.json").content)["items"]
    (item,) = [item for item in items if item["title"] == "Mayor stays"]
    assert item["image"].startswith(settings.DATELINE.site_url + "/media/")
    assert f'<img src="{item["image"]}" alt="Cranes"' in item["content_html"]
    rss = etree.fromstring(client.get("/feeds/rss.xml").content)
    assert rss.find(".//{http://search.yahoo.com/mrss/}content").get("url") == item["image"]

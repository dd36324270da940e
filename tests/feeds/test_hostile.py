"""Whatever stands in a story, its feeds are well-formed and say what was written."""

import json
import uuid
from html import escape

import feedparser
import pytest
from django.utils import timezone
from lxml import etree
from wagtail.models import Locale

from dateline.feeds import texts
from dateline.stories import actions, bulk, cleaning
from dateline.stories.models import Current, Section, Story, Topic

pytestmark = pytest.mark.django_db

AT_ONCE = 30  # as many as a feed holds
OURS = [
    "]]> <![CDATA[ x ]]>",
    "<script>alert(1)</script> & &amp; &lt;b&gt; &#0; &#x1F;",
    "\x01\x08\x0b\x0c\x1f\x7f\x85 \ufffe\uffff control characters",
    "\u202eright to left override \u2066 and an isolate left open",
    "\u2069\u2069 isolates closed that were never opened",
    "العمدة said «نعم» to the Mayor's 3 questions",
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 𝕳𝖊𝖆𝖉𝖑𝖎𝖓𝖊",
    "e\u0301\u0302\u0303" * 300,
    '"><img src=x onerror=alert(1)> \' " ` =',
    "line\r\nbreaks\rand\ttabs\u2028\u2029",
    "%s %(x)s {x} ${x} {{ x }} {% x %}",
    "x" * 10_000,
]


def _publish(strings):
    locale = Locale.objects.get_or_create(language_code="en")[0]
    section = Section.objects.get_or_create(slug="world", defaults={"name": "World"})[0]
    stories = [
        Story(
            headline=text,
            summary=text,
            byline=text,
            kicker=text[:200],
            locale=locale,
            section=section,
            body=json.dumps([{"id": str(uuid.uuid4()), "type": "paragraph", "value": f"<p>{escape(text)}</p>"}]),
        )
        for text in strings
    ]
    bulk.publish_many([(story, []) for story in stories])


def _check_feeds(client, strings, *, as_readers_do=True):
    """The newest entries are these strings, in every format."""
    expected = [texts.title(text, language="en", around="en") for text in reversed(strings)]
    rss, atom = (client.get(f"/feeds/{name}").content for name in ("rss.xml", "atom.xml"))
    if as_readers_do:
        assert [feedparser.parse(feed).bozo for feed in (rss, atom)] == [0, 0]
    titles = [title.text or "" for title in etree.fromstring(rss).findall("channel/item/title")]
    assert titles[: len(strings)] == expected
    entries = etree.fromstring(atom).findall("{*}entry")
    assert [entry.findtext("{*}title") for entry in entries][: len(strings)] == expected
    items = json.loads(client.get("/feeds/feed.json").content)["items"]
    assert [item.get("title", "") for item in items][: len(strings)] == expected
    for entry, item in zip(entries, items, strict=True):
        assert entry.findtext("{*}content") == item["content_html"]
        assert "<script" not in item["content_html"]


def test_hostile_texts_arrive_whole_and_harmless(client, db):
    _publish(OURS)
    _check_feeds(client, OURS)
    news = etree.fromstring(client.get("/news-sitemap.xml").content)
    assert len(news) == len(OURS)
    assert b"".join(client.get("/sitemap-0.xml")).count(b"<url>") == len(OURS)


def test_hostile_names_and_notes_arrive_whole(client, published):
    evil = "\x0b<b>&\u202e]]>\ufffe \x1f"
    topic = Topic.objects.create(slug="t", name=evil)
    Section.objects.update_or_create(slug="world", defaults={"name": evil})
    story = published("Mayor resigns", topics=[topic], byline=f"{evil}\n\n{evil}")
    published("Stays")
    story.headline = "Mayor stays"
    actions.correct(story, note=evil)
    for path in ("/feeds", "/section/world/feeds", "/topic/t/feeds"):
        for file in ("rss.xml", "atom.xml"):
            feed = feedparser.parse(client.get(f"{path}/{file}").content)
            assert feed.bozo == 0
            assert "&lt;b&gt;&amp;]]&gt;" in feed.entries[-1].content[0].value.replace("]]>", "]]&gt;")
    actions.kill(story, note=evil)
    (stone,) = etree.fromstring(client.get("/feeds/atom.xml").content).findall("{*}deleted-entry")
    assert stone.findtext("{*}comment").strip() == "<b>&]]>"


@pytest.mark.data
def test_the_collected_hostile_strings_arrive_whole(client, db, data_folder):
    hostile = data_folder / "hostile"
    collected = json.loads((hostile / "naughty-strings" / "blns.json").read_text("utf-8"))
    collected += (hostile / "xss-payloadbox" / "xss-payload-list.txt").read_text("utf-8", "replace").splitlines()
    collected += (hostile / "kuhn-utf8-stress" / "UTF-8-test.txt").read_text("utf-8", "replace").splitlines()
    collected += json.dumps(json.loads((hostile / "xss-html5sec-h5sc" / "vectors.json").read_text("utf-8-sig"))).split(
        ","
    )
    # What no database can hold never becomes a story, nor what nobody could see.
    collected = [text.replace("\0", "").encode("utf-8", "ignore").decode() for text in collected]
    collected = [text for text in collected if not cleaning.is_blank(text)]
    started = timezone.now()
    for first in range(0, len(collected), AT_ONCE):
        strings = collected[first : first + AT_ONCE]
        _publish(strings)
        _check_feeds(client, strings, as_readers_do=first % (10 * AT_ONCE) == 0)
    assert Current.objects.filter(published_at__gte=started).count() == len(collected) > 3000

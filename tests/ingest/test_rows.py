"""Tables and JSON as other systems write them."""

import json
from datetime import UTC, datetime

import pytest

from dateline.ingest.models import Quarantined
from dateline.stories.models import Current, Story

from .test_formats import body

pytestmark = pytest.mark.django_db


def headlines():
    return set(Story.objects.values_list("headline", flat=True))


GOOD = [{"title": "Before", "text": "It arrived."}, {"title": "After", "text": "It arrived."}]


def around(broken, *, between=", "):
    first, last = map(json.dumps, GOOD)
    return f"[{first}{between}{broken}{between}{last}]"


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("quote.csv", 'title,text\nBefore,x\n"Never closed,y\nAfter,z\n', b'"Never closed,y'),
        ("quote.csv", 'title,text\nBefore,x\n"Never closed,y\n"After","z, z"\n', b'"Never closed,y'),
        ("word.json", around('{"title": nothing}'), b"nothing"),
        ("comma.json", around('{"title": "T", "text": "x",}'), b'"x",}'),
        ("null.json", around("null"), b"null"),
        ("brace.json", around('{"title": "T", "text": "x"', between=",\n"), b'"T"'),
        ("quote.json", around('{"title": "T", "text": "5" tall"}', between=",\n"), b"tall"),
        ("object.json", json.dumps({"articles": GOOD}).replace('"It arrived."}, ', '"It arrived."}, {"a": b}, '), b"{"),
    ],
)  # fmt: skip
def test_one_broken_row_is_kept_and_both_its_neighbours_arrive(take, name, content, kept):
    outcome = take({name: content})
    assert outcome.counts == (3, 2, 0, 1)
    assert headlines() == {"Before", "After"}
    assert kept in bytes(Quarantined.objects.get().raw)


@pytest.mark.parametrize("name", ["two.json", "two.jsonl"])
@pytest.mark.parametrize(
    "content",
    [
        "".join(map(json.dumps, GOOD)),
        "\n".join(json.dumps(row, indent=2) for row in GOOD),
        json.dumps(GOOD[0]) + "\n" + json.dumps(GOOD[1], indent=2),
    ],
)
def test_objects_may_follow_each_other(take, name, content):
    assert take({name: content}).counts == (2, 2, 0, 0)
    assert headlines() == {"Before", "After"}


def test_what_is_not_a_number_or_only_yes_or_no_is_not_there(take):
    row = '{"title": "A", "text": NaN, "author": NaN, "published": true, "date": "2021-03-04"}'
    assert not take({"a.json": f"[{row}]"}).failed
    assert Story.objects.get().first_published_at.year == 2021
    assert (Story.objects.get().byline, body(Story.objects.get().pk)) == ("", "")


def test_a_cut_array_says_so_though_its_last_object_is_whole(take):
    outcome = take({"a.json": json.dumps(GOOD)[:-1] + ","})
    assert "cut off" in outcome.text
    assert outcome.counts == (3, 2, 0, 1)


def test_posts_of_wordpress_are_read(take):
    post = {
        "id": 7, "guid": {"rendered": "https://example.org/?p=7"}, "date": "2021-03-04T10:00:00", "author": 3, "categories": [4, 9],
        "title": {"rendered": "Port&#8217;s gates open"}, "excerpt": {"rendered": "<p>In short.</p>", "protected": False},
        "content": {"rendered": "<p>One.</p>\n<p>Two.</p>", "protected": False},
    }  # fmt: skip
    take({"posts.json": json.dumps([post])})
    story = Story.objects.get(source_id="https://example.org/?p=7")
    assert (story.headline, story.summary, story.byline) == ("Port’s gates open", "In short.", "")
    assert body(story.pk) == "One.\nTwo."
    assert not story.topics.exists()


def test_articles_of_newsapi_are_read(take):
    article = {
        "source": {"id": None, "name": "Gazette"},
        "author": "Ann",
        "title": "T",
        "publishedAt": "2021-03-04T10:00:00Z",
        "content": "C.",
    }
    take({"a.json": json.dumps({"status": "ok", "totalResults": 1, "articles": [article]})})
    story = Story.objects.get()
    assert (story.original_publisher, story.byline) == ("Gazette", "Ann")
    assert story.first_published_at == datetime(2021, 3, 4, 10, 0, tzinfo=UTC)


def test_our_own_json_feed_is_read(take, published, client):
    published("Mayor resigns", byline="Ann\nBob")
    feed = client.get("/feeds/feed.json").content
    take({"feed.json": feed}, "--provider", "Elsewhere")
    story = Story.objects.get(provider__name="Elsewhere")
    assert (story.headline, story.byline) == ("Mayor resigns", "Ann\nBob")
    assert Current.objects.get(pk=story.pk).publication.item.json.count("{'") == 0


@pytest.mark.parametrize(
    "content",
    ["title|text\nFirst|One, and; more.\n", "sep=;\ntitle;text\nFirst;One, and more.\n", "headline\nFirst\n",
     "title\n\"First\"\n", '"title, long";title;text\na;First;One\n'],
)  # fmt: skip
def test_a_table_is_parted_as_it_says(take, content):
    assert take({"a.csv": content}).counts == (1, 1, 0, 0)
    assert headlines() == {"First"}


def test_an_id_with_odd_spaces_is_known_again(take):
    rows = json.dumps([{"guid": " a  1\u00a0", "title": "First"}])
    assert take({"a.json": rows}).counts == (1, 1, 0, 0)
    assert take({"a.json": rows}).counts == (1, 0, 1, 0)


def test_a_row_without_a_date_is_flagged(take):
    take({"a.json": json.dumps([{"title": "First", "text": "One."}])})
    assert "gave no date" in Story.objects.get().flag

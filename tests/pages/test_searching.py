"""The search page, its suggestions, and what tells browsers of them."""

import json
import re

import lxml.etree
import pytest

from dateline.search import index, suggest
from dateline.stories import actions
from dateline.stories.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_topic_is_known():
    suggest.forget()


def test_the_best_match_stands_first_and_the_newest_where_a_reader_wants_it(client, published):
    published("Flood in the north")
    published("Storm", body=["After the flood."])
    index.catch_up()
    best, newest = client.get("/search/?q=flood").text, client.get("/search/?q=flood&order=newest").text
    assert best.index("in the north") < best.index("Storm")
    assert newest.index("Storm") < newest.index("in the north")
    assert '<option value="newest" selected>' in newest and " selected" not in best


@pytest.mark.parametrize("order", ["", "&order=newest"])
def test_the_pages_of_a_search_go_on_and_back_without_a_gap(client, published, order):
    for number in range(15):
        published(f"Flood {number:02}")
        published(f"Storm {number:02}", body=["A flood."])
    index.catch_up()
    first = client.get(f"/search/?q=flood{order}").text
    second = client.get(f"/search/{_link(first, 'next')}").text
    shown = [re.findall(r"(?:<mark>)?((?:Flood|Storm)(?:</mark>)? \d\d)</a>", page) for page in (first, second)]
    assert [len(page) for page in shown] == [20, 10]
    assert len({*shown[0], *shown[1]}) == 30
    assert client.get(f"/search/{_link(second, 'prev')}").text.count('class="card hit"') == 20
    assert 'rel="prev"' not in first and 'rel="next"' not in second


def _link(page, rel):
    return page.split(f'rel="{rel}" href="')[1].split('"')[0].replace("&amp;", "&")


def test_suggestions_are_what_opensearch_says(client, published, settings):
    site = settings.DATELINE.site_url
    topic = Topic.objects.create(slug="harbours", name="Harbours", names={"fa": "بندرها"})
    story = published("Harbour strike ends", topics=[topic])
    persian = published("بندر باز شد", language="fa", topics=[topic])
    index.catch_up()
    answer = client.get("/search/suggest/", {"q": "harb"})
    assert answer["Content-Type"] == "application/x-suggestions+json"
    assert json.loads(answer.content) == [
        "harb",
        ["Harbours", "Harbour strike ends"],
        ["Topic", ""],
        [f"{site}/topic/harbours/", f"{site}{story.get_absolute_url()}"],
        {"dateline:languages": ["en", "en"]},
    ]
    typed, texts, kinds, addresses, _ = json.loads(client.get("/fa/search/suggest/", {"q": "بندر"}).content)
    assert (typed, texts, kinds) == ("بندر", ["بندرها", "بندر باز شد"], ["موضوع", ""])
    assert addresses[1].endswith(persian.get_absolute_url())


def test_caches_may_keep_suggestions_until_the_index_has_read_on(client, published):
    answer = client.get("/search/suggest/?q=may")
    assert answer["Cache-Control"].startswith("public") and "follower-search" in answer["Surrogate-Key"]
    assert client.get("/search/suggest/?q=may", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.post("/search/suggest/?q=may").status_code == 405


def test_a_killed_story_is_not_suggested(client, published):
    story = published("Mayor resigns")
    index.catch_up()
    assert b"Mayor resigns" in client.get("/search/suggest/?q=may").content
    actions.kill(story, note="Wrong.")
    assert b"Mayor resigns" not in client.get("/search/suggest/?q=may").content


@pytest.mark.parametrize("typed", ["", "\x00", "</script>", "a" * 5_000, "'", "🙂", "%zz"])
def test_whatever_is_typed_is_answered(client, published, typed):
    published()
    assert json.loads(client.get("/search/suggest/", {"q": typed}).content)[1] == []


def test_a_browser_learns_how_to_search_each_edition(client, settings):
    site = settings.DATELINE.site_url
    page = client.get("/fa/").text
    assert '<link rel="search" type="application/opensearchdescription+xml" href="/fa/opensearch.xml"' in page
    answer = client.get("/fa/opensearch.xml")
    assert answer["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    described = lxml.etree.fromstring(answer.content)
    assert described.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    urls = {each.get("type"): each.get("template") for each in described if each.tag.endswith("}Url")}
    assert urls == {
        "text/html": f"{site}/fa/search/?q={{searchTerms}}",
        "application/x-suggestions+json": f"{site}/fa/search/suggest/?q={{searchTerms}}",
    }


def test_an_agency_of_any_name_is_described(client, settings):
    import dataclasses

    settings.DATELINE = dataclasses.replace(settings.DATELINE, agency='Press & "Wire" <of the whole world>')
    described = lxml.etree.fromstring(client.get("/opensearch.xml").content)
    assert described.findtext("{*}ShortName") == 'Press & "Wire" <'

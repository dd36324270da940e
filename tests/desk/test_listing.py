"""The list that an editor lives in."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

pytestmark = pytest.mark.django_db


def listed(client, **asked):
    page = client.get(reverse("desk_story:list"), asked)
    text = page.content.decode()
    return [int(found) for found in dict.fromkeys(re.findall(r"/desk/stories/edit/(\d+)/", text))], page


def test_pages_hold_every_story_once_newest_first(people, draft):
    made = [draft(f"Story {number}").pk for number in range(120)]
    seen, url = [], reverse("desk_story:list")
    while url:
        page = people["editor"].get(url)
        found = re.findall(r"/desk/stories/edit/(\d+)/", page.content.decode())
        seen += [int(number) for number in dict.fromkeys(found)]
        url = page.context["older"]
    assert seen == made[::-1]


def test_the_list_counts_nothing(people, draft):
    for number in range(60):
        draft(f"Story {number}")
    listed(people["editor"])
    with CaptureQueriesContext(connection) as queries:
        listed(people["editor"])
    statements = [query["sql"] for query in queries if "stories_story" in query["sql"]]
    assert statements
    assert not [statement for statement in statements if "COUNT(" in statement.upper() or "OFFSET" in statement.upper()]


@pytest.mark.parametrize(
    ("headline", "typed"),
    [("Café strike", "cafe str"), ("كتاب جديد", "کتاب"), ("الرئيس", "الرييس"), ("北京天气", "天")],
)
def test_the_search_finds_words_as_they_are_typed(people, draft, headline, typed):
    draft("Something else")
    story = draft(headline)
    assert listed(people["editor"], q=typed)[0] == [story.pk]


def test_a_number_finds_that_news_id(people, draft):
    story = draft("Mayor resigns")
    draft("Another")
    assert listed(people["editor"], q=str(story.pk))[0] == [story.pk]


@pytest.mark.parametrize("typed", ['"', "*", "'", "AND OR", "\\", "a" * 5000, "🙂"])
def test_nothing_that_can_be_typed_is_an_error(people, draft, typed):
    draft()
    assert listed(people["editor"], q=typed)[1].status_code == 200


def test_a_changed_headline_is_found_by_its_new_words_only(people, draft):
    story = draft("Mayor resigns")
    story.headline = "Governor stays"
    story.save()
    assert listed(people["editor"], q="mayor")[0] == []
    assert listed(people["editor"], q="governor")[0] == [story.pk]

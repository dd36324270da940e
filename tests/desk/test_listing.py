"""The list that an editor lives in."""

import itertools
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from dateline.desk import finding, indexes
from dateline.stories.models import Story

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


def test_a_row_shows_what_stands_in_the_story_and_runs_none_of_it(people, draft):
    evil = "<script>alert(1)</script>\"'{{ x }}"
    draft(evil, flag=evil)
    html = listed(people["editor"])[1].content.decode()
    shown = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;{{ x }}"
    assert f"<bdi>{shown}</bdi></a>" in html
    assert f'<span class="desk-flag" title="{shown}">' in html
    assert '<span class="desk-state desk-state--draft">draft</span>' in html
    assert '<td class="desk-wide">World</td>' in html  # not on a phone
    assert '<td class="desk-wide">en</td>' in html
    assert evil not in html


@pytest.fixture
def archive(draft, section, people):
    """250 stories of every kind, some changed in the same instant."""
    from datetime import UTC, datetime, timedelta

    from dateline.stories.models import Provider, Section

    sport = Section.objects.get_or_create(slug="sport", defaults={"name": "Sport"})[0]
    wire = Provider.objects.create(name="Wire")
    states = list(Story.State.values)
    for number in range(250):
        story = draft(
            f"Harbour story {number}",
            section=sport if number % 3 else section,
            language="ar" if number % 5 == 0 else "en",
            provider=wire if number % 7 == 0 else None,
            flag="Look" if number % 11 == 0 else "",
            owner=people["editor"].user if number % 13 == 0 else None,
        )
        at = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(hours=number // 10)
        Story.objects.filter(pk=story.pk).update(touched_at=at, state=states[number % 4])
    return {"sport": sport, "wire": wire}


def walk(client, step="older", **asked):
    """Every story from page to page, and how many pages that took."""
    url, seen, pages = reverse("desk_story:list"), [], 0
    while url:
        page = client.get(url, asked if not pages else None)
        assert (page.context[step] or "").replace("&", "&amp;") in page.content.decode(), (
            "the link is there to be pressed"
        )
        assert "matches" not in page.content.decode(), "nobody counted them"
        seen += [story.pk for story in page.context["object_list"]]
        url, pages = page.context[step], pages + 1
        assert pages < 30
    return seen, page


def test_the_walk_through_250_stories_meets_each_once_forth_and_back(people, archive):
    everything = list(Story.objects.order_by("-touched_at", "-news_id").values_list("pk", flat=True))
    seen, last = walk(people["editor"])
    assert seen == everything
    back, url = [story.pk for story in last.context["object_list"]], last.context["newer"]
    while url:
        page = people["editor"].get(url)
        back = [story.pk for story in page.context["object_list"]] + back
        url = page.context["newer"]
    assert back == everything


def test_the_walk_through_a_search_meets_each_once_forth_and_back(people, archive):
    everything = list(Story.objects.order_by("-news_id").values_list("pk", flat=True))
    seen, last = walk(people["editor"], q="harbour sto")
    assert seen == everything
    page = people["editor"].get(last.context["newer"])
    assert [story.pk for story in page.context["object_list"]] == everything[150:200]


@pytest.mark.parametrize("how", ["together", "alone"])
def test_every_filter_shows_what_it_says(people, archive, how):
    editor = people["editor"]
    arabic = Locale.objects.get(language_code="ar")
    asked = {
        "section": (archive["sport"].pk, lambda story: story.section_id == archive["sport"].pk),
        "locale": ("ar", lambda story: story.locale_id == arabic.pk),
        "provider": (archive["wire"].pk, lambda story: story.provider_id == archive["wire"].pk),
        "state": ("draft", lambda story: story.state == "draft"),
        "whose": ("flagged", lambda story: story.flag),
        "since": ("2026-11-01", lambda story: True),
        "until": ("2026-11-01", lambda story: story.touched_at.day == 1),
    }
    rows = list(Story.objects.order_by("-touched_at", "-news_id"))
    choices = [[name] for name in asked] if how == "alone" else itertools.combinations(asked, 3)
    for names in choices:
        seen, _last = walk(editor, **{name: asked[name][0] for name in names})
        assert seen == [row.pk for row in rows if all(asked[name][1](row) for name in names)], names


def test_published_and_mine_are_filters_too(people, archive):
    seen, _last = walk(people["editor"], whose="mine", state="published")
    rows = Story.objects.filter(owner=people["editor"].user, state="published").order_by("-touched_at", "-news_id")
    assert seen == list(rows.values_list("pk", flat=True))


def plans(rows, searched="", dear=("seqscan",)):
    """How the database answers a page: its first query, where PostgreSQL takes what is `dear` for too dear.

    Its own choice changes with what it has counted: of 250 rows, any way is as cheap as any other.
    """
    with CaptureQueriesContext(connection) as queries:
        finding.page(rows, QueryDict(), limit=50, searched=searched)
    assert len(queries) <= 2
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in dear:
                cursor.execute(f"SET LOCAL enable_{way} = off")
        explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(explain + queries[0]["sql"])
        return " ".join(str(row) for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("narrow", "index"),
    [
        ({}, "story_desk"),
        ({"state": "draft"}, "story_desk_state"),
        ({"flagged": True}, "desk_flagged"),
    ],
)
def test_an_index_gives_the_lists_order(archive, narrow, index):
    plan = plans(finding.narrow(Story.objects.all(), **narrow))
    assert index in plan or "desk_list" in plan
    assert "TEMP B-TREE" not in plan, plan
    assert "Seq Scan" not in plan, plan


def test_two_filters_at_once_are_read_from_the_lists_own_index(archive):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: PostgreSQL knows which is the rarer")
    rows = finding.narrow(Story.objects.all(), section=archive["sport"], provider=archive["wire"])
    assert "COVERING INDEX desk_list" in plans(rows)


def test_an_index_answers_the_search(archive):
    plan = plans(Story.objects.all(), "harbour", dear=("seqscan", "indexscan"))
    assert "desk_words" in plan
    assert "TEMP B-TREE" not in plan


def test_the_list_takes_as_many_queries_for_250_stories_as_for_50(people, archive):
    editor = people["editor"]
    listed(editor)

    def asked(**params):
        with CaptureQueriesContext(connection) as queries:
            listed(editor, **params)
        return len(queries)

    few = asked(q="249")
    assert abs(asked() - few) <= 1
    assert asked(q="harbour") == asked(q="harbour", state="draft")


def test_the_home_counts_nothing_and_takes_the_same_queries_however_much_there_is(people, archive):
    home = reverse("wagtailadmin_home")
    people["chief"].get(home)
    with CaptureQueriesContext(connection) as many:
        page = people["chief"].get(home)
    assert not [q for q in many if "COUNT(" in q["sql"].upper() and "stories_" in q["sql"]]
    assert len(many) < 30
    assert page.content.decode().count("<li><a href") <= 8 * 7


def test_a_chooser_pages_and_searches_as_the_list_does_and_offers_nothing_killed(people, archive):
    chooser = Story.snippet_viewset.chooser_viewset
    url = reverse(chooser.get_url_name("choose_results"))
    alive = Story.objects.exclude(state="killed").order_by("-touched_at", "-news_id").values_list("pk", flat=True)
    seen = []
    with CaptureQueriesContext(connection) as queries:
        while url:
            page = people["editor"].get(url)
            seen += [story.pk for story in page.context["results"]]
            url = page.context["results_pagination_url"] + page.context["older"] if page.context["older"] else None
    assert seen == list(alive)
    assert not [q for q in queries if "COUNT(" in q["sql"].upper() or "OFFSET" in q["sql"].upper()]
    found = people["editor"].get(reverse(chooser.get_url_name("choose_results")), {"q": "harbour story 77"})
    assert [story.headline for story in found.context["results"]] == ["Harbour story 77"]
    assert people["editor"].get(reverse(chooser.get_url_name("choose"))).status_code == 200


def test_wagtails_own_list_of_everything_is_not_there(people, draft):
    assert people["chief"].get("/desk/snippets/").url == reverse("desk_story:list")


def test_a_spreadsheet_of_the_whole_archive_is_not_made_here(people, archive):
    page = people["chief"].get(reverse("desk_story:list"), {"export": "csv"})
    assert "text/html" in page["Content-Type"]


def test_the_indexes_come_back_after_a_table_was_rebuilt(people, draft):
    on_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX desk_list")
        if on_sqlite:
            cursor.execute("DROP TRIGGER desk_words_insert")
        indexes.ensure()
        cursor.execute("SELECT 1 FROM {} WHERE {} = 'desk_list'".format(*_CATALOGUE[connection.vendor]))
        assert cursor.fetchone()
        if on_sqlite:
            cursor.execute("DROP TRIGGER desk_words_insert")
            missed = draft("Mayor resigns")
            indexes.ensure()
            assert listed(people["editor"], q="mayor")[0] == [missed.pk]
    story = draft("Governor stays")
    assert listed(people["editor"], q="governor")[0] == [story.pk]


_CATALOGUE = {"sqlite": ("sqlite_master", "name"), "postgresql": ("pg_indexes", "indexname")}

"""The index follows the record, whatever happens."""

import threading

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections

from dateline.search import engines, index, questions, words
from dateline.search.find import find
from dateline.search.models import Entry, first_place, place
from dateline.search.questions import Where
from dateline.search.renewal import Renewal
from dateline.stories import actions, items
from dateline.stories.models import Current, Cursor, Story

pytestmark = pytest.mark.django_db


def headlines(query, **options):
    return [hit.current.headline for hit in find(query, **options).hits]


def test_catching_up_reads_each_publication_once(published):
    published("Flood one")
    published("Flood two")
    assert index.catch_up() == 2
    assert index.catch_up() == 0
    assert headlines("flood") == ["Flood two", "Flood one"]


def test_a_limit_is_kept_and_the_rest_comes_later(published):
    for number in range(5):
        published(f"Flood {number}")
    assert index.catch_up(limit=2) == 2
    assert headlines("flood") == ["Flood 1", "Flood 0"]
    assert index.catch_up() == 3
    assert len(headlines("flood")) == 5


def test_with_nothing_to_do_it_costs_two_look_ups(published, django_assert_num_queries):
    published()
    index.catch_up()
    with django_assert_num_queries(2):
        assert index.catch_up() == 0


def test_what_was_sent_in_advance_is_not_found(draft, settings):
    from datetime import timedelta

    from django.utils import timezone

    actions.advance(draft("Canary", embargo=timezone.now() + timedelta(days=1)))
    assert index.catch_up() == 1
    assert headlines("canary") == []


def test_where_another_was_quicker_the_words_are_made_again(published, monkeypatch):
    published("Flood one")
    made = index._out

    def slow(news_ids):
        rows = made(news_ids)
        monkeypatch.setattr(index, "_out", made)
        published("Flood two")
        assert index.catch_up() == 2  # another process, while this one makes its words
        return rows

    monkeypatch.setattr(index, "_out", slow)
    assert index.catch_up() == 0
    assert headlines("flood") == ["Flood two", "Flood one"]
    assert index.verify() == []


def test_a_crash_in_a_batch_leaves_the_index_as_it_was(published, monkeypatch):
    published("Flood one")
    index.catch_up()
    published("Flood two")
    written = index._write

    def dies(rows):
        written(rows)
        raise OperationalError("The power went out.")

    monkeypatch.setattr(index, "_write", dies)
    with pytest.raises(OperationalError):
        index.catch_up()
    assert headlines("flood") == ["Flood one"]
    monkeypatch.undo()
    assert index.catch_up() == 1
    assert headlines("flood") == ["Flood two", "Flood one"]


def test_versions_published_and_killed_in_one_batch_leave_the_last_state(published):
    story = published("Mayor resigns")
    for number in range(3):
        story.headline = f"Mayor says {number}"
        actions.update(story)
    gone = published("Gone")
    actions.kill(gone, note="Wrong.")
    assert index.catch_up() == 6
    assert headlines("mayor") == ["Mayor says 2"]
    assert headlines("resigns") == headlines("gone") == []
    assert Entry.objects.count() == 1


def test_a_killed_story_leaves_no_word_in_the_index(published):
    story = published("Canary")
    index.catch_up()
    actions.kill(story, note="Wrong.")
    index.catch_up()
    assert not Entry.objects.exists()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                'SELECT count(*) FROM search_words WHERE search_words MATCH \'canary OR "¶canary" OR "§can"\''
            )
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT count(*) FROM search_words_content")
            assert cursor.fetchone() == (0,)


def test_erased_words_are_not_needed_to_rebuild(published, editor):
    story = published("Mayor resigns")
    first = story.publications.get()
    story.headline = "Mayor stays"
    actions.correct(story, note="He stays.")
    actions.erase(first, by=editor, note="A court said so.")
    index.catch_up()
    assert headlines("mayor") == ["Mayor stays"]


def test_a_rebuilt_index_finds_the_same(published):
    for number in range(3):
        published(f"Flood {number}")
    actions.kill(published("Gone"), note="Wrong.")
    index.catch_up()
    before = headlines("flood")
    assert index.rebuild() == 5
    assert headlines("flood") == before
    assert index.verify() == []


def test_verify_names_what_is_wrong(published):
    story, other = published("Flood"), published("Storm")
    assert index.verify() == ["The search index is 2 publications behind; start the server, or say 'dateline reindex'."]
    index.catch_up()
    assert index.verify() == []
    Entry.objects.filter(news_id=story.pk).update(news_id=990_000_000)
    assert index.verify() == [
        f"Story {story.pk} is out and cannot be found. Say 'dateline reindex'.",
        "Story 990000000 is not out and can be found. Say 'dateline reindex'.",
    ]
    index.rebuild()
    assert index.verify() == []
    assert other.pk in Entry.objects.values_list("news_id", flat=True)


def test_stories_of_one_second_and_news_ids_of_any_size_have_places_of_their_own(draft):
    from django.utils import timezone

    at = timezone.now().replace(microsecond=0)
    numbers = [7, 7 + 2**30, 7 + 2**31, 8, 13_981_124_000_123, 2**62]
    for number in numbers:
        actions.publish(draft(f"Flood {number}", news_id=number), at=at)
        index.catch_up()
    hits = find("flood").hits
    assert sorted(hit.news_id for hit in hits) == sorted(numbers)
    index.rebuild()
    assert sorted(hit.news_id for hit in find("flood").hits) == sorted(numbers)


def test_places_run_with_the_publish_date():
    from datetime import UTC, datetime

    dates = [datetime(1, 1, 1, tzinfo=UTC), datetime(1969, 7, 20, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)]
    dates.append(datetime(9999, 12, 31, tzinfo=UTC))
    places = [place(date, 5) for date in dates]
    assert places == sorted(places)
    assert all(-(2**63) < number < 2**63 for number in places)
    assert first_place(dates[2]) <= place(dates[2], 0) < first_place(dates[2].replace(second=1))


def test_what_one_engine_cannot_hold_neither_finds(published):
    long = " ".join(["zebra"] * 300 + ["apple"] + ["pear"] * words.MOST_WORDS + ["beyond"])
    published("Long", body=[long])
    published("Longer", body=["".join(chr(0x4E00 + n % 20_000) for n in range(60_000)) + " end"])
    published("Longest", body=[" ".join(f"{n}" + "x" * 60 for n in range(20_000))])
    index.catch_up()
    assert headlines("zebra") == headlines("apple") == headlines('"zebra zebra"') == ["Long"]
    assert headlines("beyond") == headlines("end") == headlines('"zebra apple"') == []
    assert headlines("0" + "x" * 60) == ["Longest"]


def _plan(statement, params):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{statement}", params)
        return [row[-1] for row in cursor.fetchall()]


EVERYWHERE = (-(2**62), 2**62)
ASKED = {
    "newest": [engines.Tier(Where.ANYWHERE, *EVERYWHERE)],
    "best": [engines.Tier(Where.HEADLINE, *EVERYWHERE), engines.Tier(Where.ELSEWHERE, *EVERYWHERE)],
    "older": [engines.Tier(Where.UNMARKED, *EVERYWHERE)],
}


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("order", ASKED)
def test_the_engine_is_asked_along_its_index_and_scans_nothing(order, backwards):
    index._write(
        [
            (n, n, words.Words(["flood", "in", "the", f"harbour{n}"], ["¶flood"], ["_all", "¶", "§fl"]))
            for n in range(3_000)
        ]
    )
    question = questions.Question((), ()) if order == "older" else questions.ask('harbour7 -north "in the" har*')
    statement, params = engines.ENGINES[connection.vendor](question, ["_all"], ASKED[order], 21, backwards)
    if connection.vendor == "sqlite":
        plan = _plan(statement, params)
        asked = [step for step in plan if step.startswith("SCAN search_words VIRTUAL TABLE INDEX")]
        assert len(asked) == len(ASKED[order]) and all("M" in step.rpartition(":")[2] for step in asked)
        assert len([step for step in plan if step.startswith("SEARCH search_entry USING")]) == len(asked)
        assert not [step for step in plan if "B-TREE" in step or step.startswith("SCAN search_entry")], "a sort, a scan"
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('search_entry_vector')")
            cursor.execute("ANALYZE search_entry")
        plan = "\n".join(_plan(statement, params))
        assert f"Index Scan {'' if backwards else 'Backward '}using search_entry_pkey" in plan
        assert plan.count("Bitmap Index Scan on search_entry_vector") == len(ASKED[order])
        assert "One-Time Filter" in plan and "Seq Scan" not in plan


def test_rare_and_common_words_are_both_found_beyond_the_newest(published, monkeypatch):
    monkeypatch.setattr(engines, "WALKED", 3)
    published("Storm at sea")
    for number in range(6):
        published(f"Flood {number}")
    index.catch_up()
    assert headlines("storm") == ["Storm at sea"]
    assert headlines("flood", limit=2) == ["Flood 5", "Flood 4"]
    assert headlines("flood", limit=4) == ["Flood 5", "Flood 4", "Flood 3", "Flood 2"]
    page = find("flood", limit=4)
    assert headlines("flood", limit=4, after=page.next) == ["Flood 1", "Flood 0"]
    last = find("flood", limit=4, after=page.next)
    assert headlines("flood", limit=4, before=last.previous) == ["Flood 5", "Flood 4", "Flood 3", "Flood 2"]


def _as_an_older_release_wrote(*stories):
    """Their entries, without the words that it did not mark."""
    rows = Current.objects.filter(pk__in=[story.pk for story in stories]).select_related("publication__item")
    places = dict(Entry.objects.values_list("news_id", "place"))
    kept = {row.pk: words.of(row, items.read(row.publication.item.json)) for row in rows}
    plain = {
        pk: each._replace(headline=[], more=[word for word in each.more if word[0] not in "¶§"])
        for pk, each in kept.items()
    }
    index._write([(places[pk], pk, each) for pk, each in plain.items()])


def test_entries_of_an_older_release_are_found_and_renewed_without_a_word_from_anybody(published, monkeypatch):
    monkeypatch.setattr(index, "BATCH", 2)
    old = [published(f"Flood {number}") for number in range(3)]
    index.catch_up()
    _as_an_older_release_wrote(*old)
    published("Storm", body=["A flood, too."])
    index.catch_up()
    assert headlines("flood", newest=True) == ["Storm", "Flood 2", "Flood 1", "Flood 0"]
    assert headlines("flood") == ["Storm", "Flood 2", "Flood 1", "Flood 0"]
    assert index.verify() == [
        "Some stories are not found by their headlines first; the server sees to it. Or: Say 'dateline reindex'."
    ]
    renewal = Renewal()
    assert [renewal.step(), renewal.step(), renewal.step(), renewal.step()] == [2, 1, 0, 0]
    assert headlines("flood") == ["Flood 2", "Flood 1", "Flood 0", "Storm"]
    assert index.verify() == []


def test_with_everything_renewed_nothing_is_asked_any_more(published, django_assert_num_queries):
    published()
    index.catch_up()
    renewal = Renewal()
    assert renewal.step() == 0
    with django_assert_num_queries(0):
        assert renewal.step() == 0


@pytest.mark.django_db(transaction=True)
def test_two_followers_at_once_index_everything_once(published):
    for number in range(12):
        published(f"Flood {number}")
    read, failures = [], []

    def follow():
        try:
            while number := index.catch_up(limit=1):
                read.append(number)
        except Exception as failure:  # told to the test below
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=follow) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Cursor.objects.get(follower="search").seq == 12
    assert len(headlines("flood")) == 12
    assert index.verify() == []
    assert Story.objects.count() == Current.objects.count() == 12


def test_the_operator_can_have_the_index_made_again(published, capsys):
    published("Flood")
    call_command("reindex")
    assert "1 publications read" in capsys.readouterr().out
    assert headlines("flood") == ["Flood"]

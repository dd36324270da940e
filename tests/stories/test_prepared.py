"""Queries whose SQL is made once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.safestring import SafeString

from dateline.stories import bulk
from dateline.stories.models import Current, CurrentTopic, Publication, Section, Story
from dateline.stories.prepared import _insertion, _values, insert, insert_many, new, prepared

pytestmark = pytest.mark.django_db


def test_each_call_answers_for_its_own_values(published):
    built = []

    @prepared(int, str)
    def rows(news_id, edition):
        built.append(news_id)
        return Current.objects.filter(pk=news_id, edition=edition)

    stories = [published(f"Number {n}") for n in range(3)]
    assert [[row.headline for row in rows(story.pk, "en")] for story in stories] == [[f"Number {n}"] for n in range(3)]
    assert list(rows(stories[0].pk, "ar")) == []
    assert len(built) == 1


def test_the_values_that_every_call_shares_stay_as_they_are(published):
    @prepared(int)
    def rows(news_id):
        return Current.objects.filter(pk=news_id, killed=False, headline__contains="50%").order_by("pk")[:1]

    story = published("50% more")
    assert [row.pk for row in rows(story.pk)] == [story.pk]
    assert list(rows(published("60% more").pk)) == []


def test_a_query_without_values_sees_what_came_later(section):
    @prepared()
    def rows():
        return Section.objects.all()

    before = len(list(rows()))
    later = Section.objects.create(slug="later", name="Later")
    assert len(list(rows())) == before + 1
    Section.objects.filter(pk=later.pk).update(name="Renamed")
    assert "Renamed" in [row.name for row in rows()]
    assert rows() is rows()  # while nothing changes


def test_what_was_left_out_is_read_when_it_is_asked_for_and_what_was_added_is_there(
    published, django_assert_num_queries
):
    @prepared(int)
    def rows(news_id):
        return Current.objects.filter(pk=news_id).defer("headline", "picture").annotate(twice=F("version") * 2)

    story = published("Number 1")
    with django_assert_num_queries(1):
        (row,) = rows(story.pk)
        assert (row.twice, row.edition, row.published_at.utcoffset()) == (2, "en", timedelta(0))
    with django_assert_num_queries(1):
        assert row.headline == "Number 1"
    row.refresh_from_db()
    assert row.pk == Current.objects.get(pk=story.pk).pk


def test_a_value_too_many_or_too_few_is_refused():
    @prepared(int)
    def rows(news_id):
        return Current.objects.filter(pk=news_id)

    with pytest.raises(ValueError, match="zip"):
        rows()
    with pytest.raises(ValueError, match="zip"):
        rows(1, 2)


def test_a_row_that_is_inserted_is_as_one_that_is_saved(db):
    saved = Section(slug="saved", name="Saved", names={"ar": "محفوظ"}, colour="#123456", order=7, in_navigation=False)
    inserted = Section(
        slug="inserted", name="Saved", names={"ar": "محفوظ"}, colour="#123456", order=7, in_navigation=False
    )
    saved.save(force_insert=True)
    insert(inserted)
    kept = [Section.objects.filter(slug=slug).values().get() for slug in ("saved", "inserted")]
    assert [row.pop("id") for row in kept] == [saved.pk, inserted.pk]
    assert [row.pop("slug") for row in kept] == ["saved", "inserted"]
    assert kept[0] == kept[1]
    inserted.name = "Saved again"
    inserted.save()  # it is known to be there
    assert Section.objects.get(slug="inserted").name == "Saved again"


def test_a_row_that_the_database_refuses_is_not_there(section):
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Section(slug=section.slug, name="Twice"))
    assert Section.objects.filter(slug=section.slug).count() == 1


@pytest.mark.parametrize("number", [None, 900_000], ids=["numbered by the database", "numbered by us"])
def test_many_rows_that_are_inserted_are_as_those_of_bulk_create(db, number):
    names = ["Plain", "a\tb\\N \\. \\", "line\nline\r\n", "العالم \u202b", "'); --", "", "x" * 200]
    told = {name: {"fa": name, "n": None} for name in names}
    for turn, way in enumerate((Section.objects.bulk_create, insert_many)):
        base = None if number is None else number + 100 * turn
        way(
            [
                Section(id=None if base is None else base + n, slug=f"{turn}-{n}", name=name, names=told[name], order=n)
                for n, name in enumerate(names)
            ]
        )
    saved, inserted = (
        list(Section.objects.filter(slug__startswith=f"{turn}-").order_by("order").values()) for turn in range(2)
    )
    assert [row["name"] for row in inserted] == names
    for row, other in zip(saved, inserted, strict=True):
        assert number is None or other["id"] == row["id"] + 100
        assert {**row, "id": 0, "slug": ""} == {**other, "id": 0, "slug": ""}


def test_of_many_rows_one_of_which_the_database_refuses_none_is_there(section):
    before = Section.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many([Section(slug="new", name="New"), Section(slug=section.slug, name="Twice")])
    assert Section.objects.count() == before
    insert_many([])


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (Section, {"slug": "new", "name": "New", "colour": "#123456"}),
        (Current, {"story_id": 7, "publication_id": 9, "headline": "Mayor resigns"}),
        (CurrentTopic, {"story_id": 7, "topic_id": 3}),
        (Publication, {"seq": 9, "story_id": 7, "by_id": None}),
        (Story.topics.through, {"story_id": 7, "topic_id": 3}),
    ],
)
def test_a_new_row_holds_what_its_constructor_gives_it(model, columns):
    made, constructed = new(model, **columns).__dict__, model(**columns).__dict__
    assert made.pop("_state").adding and constructed.pop("_state").adding
    assert made == constructed


def test_no_two_new_rows_share_what_is_made_for_each():
    first, second = new(Current), new(Current)
    first.corrections.append("one")
    assert second.corrections == []


def test_a_column_that_is_not_there_is_refused():
    with pytest.raises(TypeError, match="Section has no hedline"):
        new(Section, hedline="Mayor resigns")


def bare(value):
    """Without the wrapper in which a driver gets bytes, or JSON."""
    return getattr(value, "obj", value)


def test_what_is_handed_on_as_it_is_is_what_its_field_would_make_of_it(published, monkeypatch):
    story = published("Mayor resigns", byline="", embargo=None)
    current = Current.objects.select_related("publication__item").get(pk=story.pk)
    story.headline, story.kicker, story.urgency = SafeString("<b>"), Story.State.PUBLISHED, True
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    for row in (story, current, current.publication, current.publication.item, Section(slug="new", name="New")):
        _, fields, _ = _insertion(type(row), numbered=True)
        asked = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field, *_ in fields]
        values = _values(row, fields, connection)
        assert list(map(bare, values)) == list(map(bare, asked))
        assert [type(value) for value in values if isinstance(value, str | bytes)] == [
            type(value) for value in asked if isinstance(value, str | bytes)
        ]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only: PostgreSQL's log is its own affair")
def test_who_writes_an_archive_brings_the_log_home_less_often():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint = 1000")  # SQLite's own; an import before may have changed it
        bulk.write_much()
        assert cursor.execute("PRAGMA wal_autocheckpoint").fetchone()[0] == 8000

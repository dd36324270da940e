"""Dates as archives write them: read as they are meant, or refused, or flagged."""

import json
from datetime import UTC, datetime

import pytest

from dateline.ingest import dates
from dateline.stories.models import Story


def day(text, **more):
    return dates.read(text, **more).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021/03/04", "2021-03-04 00:00"),
        ("2021-3-4", "2021-03-04 00:00"),
        ("2021.03.04", "2021-03-04 00:00"),
        ("2021.03.04.", "2021-03-04 00:00"),
        ("2021-03-04 10:00 UTC", "2021-03-04 10:00"),
        ("2021/03/04T10:00:05", "2021-03-04 10:00"),
        ("2021/3/4 9:05 pm", "2021-03-04 21:05"),
        ("10:00 - 2021/03/04", "2021-03-04 10:00"),
        ("20210304", "2021-03-04 00:00"),
        ("2021-03-04T10:00:00+03:00", "2021-03-04 07:00"),
        ("12 December 2021 - 9:22 PM", "2021-12-12 21:22"),
        ("12 December 2021 - 21:22", "2021-12-12 21:22"),
        ("21:22 - 12 December 2021", "2021-12-12 21:22"),
        ("Sunday, December 12, 2021 at 9:22 p.m.", "2021-12-12 21:22"),
        ("Dec. 12th, 2021 12:05 AM", "2021-12-12 00:05"),
        ("Sun, 12 Dec 2021 21:22:00 +0200 (EET)", "2021-12-12 19:22"),
        ("Sun, 12 Dec 2021 21:22:00 EST", "2021-12-13 02:22"),
        ("12 December 2021 | 21:22", "2021-12-12 21:22"),
    ],
)
def test_a_date_is_read_as_it_is_meant(written, meant):
    assert day(written) == meant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2021-25-12", "is no date"),
        ("2021/02/30", "is no date"),
        ("12 December 2021 25:61", "is no date"),
        ("12 December 2021 21:22 XYZ", "time zone 'XYZ'"),
        ("2021", "is no whole date"),
    ],
)
def test_what_is_no_date_is_refused(written, why):
    with pytest.raises(ValueError, match=why):
        dates.read(written)


def rows(*written):
    return "\n".join(json.dumps({"title": f"Story {number}", "date": text}) for number, text in enumerate(written))


def story(number):
    return Story.objects.get(headline=f"Story {number}")


@pytest.mark.django_db
def test_a_date_that_may_be_two_is_read_day_first_and_flagged(take):
    take({"a.jsonl": rows("04/03/2021", "05/05/2021")})
    assert story(0).first_published_at == datetime(2021, 3, 4, tzinfo=UTC)
    assert "04/03/2021" in story(0).flag
    assert story(1).flag == ""


@pytest.mark.django_db
def test_the_other_dates_of_its_file_settle_which_it_is(take):
    take({"us.jsonl": rows("04/03/2021", "04/25/2021", "05/06/2021 9:22 PM")})
    assert story(0).first_published_at == datetime(2021, 4, 3, tzinfo=UTC)
    assert story(1).first_published_at == datetime(2021, 4, 25, tzinfo=UTC)
    assert story(2).first_published_at == datetime(2021, 5, 6, 21, 22, tzinfo=UTC)
    assert {story(number).flag for number in range(3)} == {""}


@pytest.mark.django_db
def test_a_file_that_writes_both_ways_settles_nothing(take):
    take({"a.jsonl": rows("04/25/2021", "25/04/2021", "04/03/2021")})
    assert story(2).first_published_at == datetime(2021, 3, 4, tzinfo=UTC)
    assert "04/03/2021" in story(2).flag

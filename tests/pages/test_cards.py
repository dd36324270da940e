"""A story as lists show it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines
from django.utils import timezone, translation

from dateline.pages.cards import cut
from dateline.stories import actions
from dateline.stories.models import Current, Section

pytestmark = pytest.mark.django_db
HOSTILE = "\"><script>alert(1)</script>\u202e & 'so'"


@pytest.fixture
def show():
    def render(story, edition="en", today=None, how=""):
        with translation.override(edition):
            template = engines["jinja2"].env.from_string("{{ card(story" + how + ") }}")
            return str(template.render(story=Current.objects.get(pk=story.pk), edition=edition, today=today))

    return render


def test_nothing_that_is_typed_becomes_markup(published, show):
    card = show(published(HOSTILE, summary=HOSTILE, kicker=HOSTILE))
    assert "<script" not in card
    assert card.count("&quot;&gt;&lt;script&gt;") == 3


def test_a_long_headline_is_cut_at_a_word(published, show):
    card = show(published("harbour " * 100))
    assert "harbour harbour…</a>" in card
    assert len(card) < 600
    assert cut("x" * 400, 300) == "x" * 300 + "…"
    assert cut("harbour", 300) == "harbour"


def test_a_right_to_left_story_keeps_its_direction_in_a_left_to_right_list(published, show):
    assert '<article class="card" lang="ar" dir="rtl">' in show(published("فتح الميناء", language="ar"))


def test_what_came_today_has_its_hour_and_what_is_older_its_day(published, show):
    story = published()
    Current.objects.filter(pk=story.pk).update(published_at=datetime(2026, 11, 23, 21, 22, tzinfo=UTC))
    today = datetime(2026, 11, 23, 23, tzinfo=UTC)
    assert ">21:22</time>" in show(story, today=today)
    assert ">23 November 2026</time>" in show(story, today=today + timedelta(days=1))
    assert ">۲ آذر ۱۴۰۵</time>" in show(story, "fa")


def test_today_is_the_newsrooms(published, show, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    timezone.get_default_timezone.cache_clear()
    story = published()
    Current.objects.filter(pk=story.pk).update(published_at=datetime(2026, 11, 23, 21, 22, tzinfo=UTC))
    assert ">06:22</time>" in show(
        story, today=datetime(2026, 11, 23, 23, tzinfo=UTC).astimezone(timezone.get_default_timezone())
    )
    timezone.get_default_timezone.cache_clear()


def test_a_correction_and_an_update_are_marked(published, editor, show):
    story = published()
    story.summary = "It opened on Monday."
    actions.correct(story, note="The day was wrong.", by=editor)
    assert '<span class="corrected">Corrected</span>' in show(story)
    assert "Updated" not in show(story)
    story.summary = "It opened on Monday, and closed again."
    actions.update(story, by=editor)
    assert '<span class="updated">Updated <time' in show(story)


def test_the_front_shows_the_newest_of_each_section(client, published, section):
    sport = Section.objects.create(slug="sport", name="Sport")
    for number in range(12):
        published(f"World {number}", section=section)
    for number in range(6):
        published(f"Sport {number}", section=sport, urgency=8)
    page = client.get("/").text
    block = page[page.index('data-section="sport" aria-labelledby') :]
    places = [block.index(f">Sport {number}</a>") for number in (5, 4, 3, 2)]
    assert places == sorted(places)
    assert ">Sport 1</a>" not in block

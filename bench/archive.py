"""An archive of any size that nobody wrote: the same stories each time, told from the newest back.

The newest thousand are the same in an archive of a thousand and of a hundred thousand, so what differs when a page is
measured on both is the archive's size, and nothing else.
"""

import json
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from wagtail.models import Locale

from dateline.stories import actions, bulk
from dateline.stories.models import Section, Story, Topic

from . import copies, words

LANGUAGES = ("en", "en", "en", "en", "en", "ar", "ar", "fa", "fr", "es")
SECTIONS = ("world", "politics", "economy", "sport", "culture", "science", "health", "weather")
PLACES = ("Port Meridian", "Lower Town", "Karsa", "El Dorno", "Northgate", "Saltmere", "Vallombre", "Ostrava Bay")
NEWEST = datetime(2026, 1, 1, 12, tzinfo=UTC)
APART = timedelta(minutes=5)
BATCH = 500
BLOCK = 10_000
COPIED_FROM = 200_000  # a larger archive is filled with copies: it would take hours


def fill(size: int, *, progress: Callable[[int], None] = lambda done: None) -> None:
    """Publish `size` stories, then correct twenty of the newest and kill two. Expects an empty newsroom.

    Of a large archive the oldest and the newest are published; what lies between are copies of the oldest.
    """
    made = size if size <= COPIED_FROM else BLOCK
    _publish(range(1, made + 1), size, progress)
    if size > made:
        for start in range(BLOCK, size - BLOCK, BLOCK):
            copies.copy(min(BLOCK, size - BLOCK - start), start, start * APART)
            progress(start + BLOCK)
        _publish(range(size - BLOCK + 1, size + 1), size, progress)
    _correct_and_kill(size)


def _publish(news_ids: range, size: int, progress: Callable[[int], None]) -> None:
    for start in range(0, len(news_ids), BATCH):
        numbers = news_ids[start : start + BATCH]
        bulk.publish_many([make(number, size) for number in numbers])
        progress(numbers[-1])


def _correct_and_kill(size: int) -> None:
    for age in range(0, 40, 2):
        story = Story.objects.get(pk=size - age)
        story.summary += " This summary was corrected."
        actions.correct(story, note="The summary gave a wrong figure.")
    for age in (41, 43):
        actions.kill(Story.objects.get(pk=size - age), note="This was about another harbour.")


def make(news_id: int, size: int) -> tuple[Story, Sequence[Topic]]:
    """The story with this News ID in an archive of `size`, and its topics; not saved."""
    age = size - news_id
    dice = random.Random(f"dateline {age}")
    language = dice.choice(LANGUAGES)
    published_at = NEWEST - age * APART
    story = Story(
        news_id=news_id,
        headline=words.sentence(dice, language, 6, 12),
        kicker=words.sentence(dice, language, 2, 3) if age % 4 == 0 else "",
        summary=words.sentence(dice, language, 18, 32) + ".",
        place=dice.choice(PLACES),
        byline=dice.choice(("Mara Lindqvist", "Teo Armand\nSalma Idris", "")),
        urgency=dice.choice((3, 4, 4, 5, 5, 5, 6)),
        section=_sections()[dice.choice(SECTIONS)],
        locale=_locale(language),
        first_published_at=published_at,
        body=json.dumps(_body(dice, language, age, news_id), ensure_ascii=False),
    )
    return story, dice.sample(_topics(), k=dice.randint(1, 3))


def _body(dice: random.Random, language: str, age: int, news_id: int) -> list[dict]:
    blocks = [("paragraph", f"<p>{words.paragraph(dice, language)}</p>") for _ in range(dice.randint(4, 14))]
    if age % 500 == 7 and age < 1500:
        blocks.append(("paragraph", f"<p>The word was {words.RARE}.</p>"))
    if age % 3 == 0:
        blocks.insert(3, ("heading", words.sentence(dice, language, 3, 6)))
    if age % 5 == 0:
        blocks.insert(2, ("quote", {"quote": words.sentence(dice, language, 10, 20), "speaker": "Mara Lindqvist"}))
    if age % 7 == 0 and news_id > 10:
        blocks.append(("related", news_id - 3))
    return [
        {"id": f"00000000-0000-4000-8000-{place:012d}", "type": kind, "value": value}
        for place, (kind, value) in enumerate(blocks)
    ]


@cache
def _sections() -> dict[str, Section]:
    return {
        slug: Section.objects.get_or_create(slug=slug, defaults={"name": slug.title(), "order": order})[0]
        for order, slug in enumerate(SECTIONS)
    }


@cache
def _topics() -> list[Topic]:
    return [Topic.objects.get_or_create(slug=f"topic-{n}", defaults={"name": f"Topic {n}"})[0] for n in range(60)]


@cache
def _locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]

"""Fills the newsroom in the environment with threads: `python -m bench.threads [QUOTED]`.

Stories 1 to 4 get threads of 200, 20,000, 20 and no comments. With QUOTED, so many comments more, of which a hundred quote
a fifth story; it is then killed, and what it took to mask them is printed as JSON.
"""

import json
import random
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import django

from . import words

THREADS = (200, 20_000, 20, 0)
BATCH = 2_000
START = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    django.setup()
    for number in THREADS:
        fill(publish(f"A story with {number} comments"), number)
    if len(sys.argv) > 1:
        print(json.dumps(kill(int(sys.argv[1]))))


def publish(headline: str, text: str = "The harbour opened again.") -> int:
    from wagtail.models import Locale

    from dateline.stories import actions
    from dateline.stories.models import Section, Story

    body = json.dumps([{"id": str(uuid.uuid4()), "type": "paragraph", "value": f"<p>{text}</p>"}])
    section = Section.objects.get_or_create(slug="world", defaults={"name": "World"})[0]
    locale = Locale.objects.get_or_create(language_code="en")[0]
    story = Story(headline=headline, body=body, section=section, locale=locale)
    story.save()
    actions.publish(story)
    return story.pk


def sentence(seed: int) -> str:
    return words.sentence(random.Random(seed), "en", 10, 12) + "."


def fill(news_id: int, number: int, texts: Callable[[int], str] | None = None) -> None:
    """So many approved comments, as they would have been moved in."""
    from dateline.comments.moving import saving
    from dateline.comments.moving.records import Record, Thread, key
    from dateline.stories.models import Current

    current = Current.objects.get(pk=news_id)
    for start in range(0, number, BATCH):
        batch = [
            (
                Record(
                    position="",
                    key=key("bench", news_id, place),
                    thread=Thread(news_id=news_id),
                    text=texts(place) if texts else f"Letter {place}. " + sentence(place),
                    at=START + timedelta(seconds=place),
                    name=f"Reader {place % 997}",
                ),
                current,
            )
            for place in range(start, min(start + BATCH, number))
        ]
        saving.save(batch, {})


def kill(number: int) -> dict[str, float]:
    """How long a kill takes to be followed, with so many comments of which a hundred quote the story."""
    from django.db import connection

    from dateline.comments.models import Comment, Fingerprint
    from dateline.comments.record import following
    from dateline.stories import actions
    from dateline.stories.models import Story

    said = " ".join(sentence(1_000_000 + place) for place in range(40))
    quoted = said.split()
    news_id = publish("The story that is killed", said)

    def text(place: int) -> str:
        quote = " ".join(quoted[place % 300 : place % 300 + 12])
        return f"They wrote: {quote}. No. " if place % (number // 100) == 0 else " ".join(
            sentence(place * 4 + part) for part in range(4)
        )  # fmt: skip

    fill(publish("The story with the thread"), number, text)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE comments_comment; ANALYZE comments_fingerprint")
    following.catch_up()
    actions.kill(Story.objects.get(pk=news_id), note="It was not so.")
    began = time.perf_counter()
    following.catch_up()
    took = time.perf_counter() - began
    masked = Comment.objects.exclude(withdrawn=[]).count()
    return {
        "comments": number,
        "masked": masked,
        "fingerprints": Fingerprint.objects.count(),
        "seconds": round(took, 3),
    }


if __name__ == "__main__":
    main()

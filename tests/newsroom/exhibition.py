"""One of each kind of page, in three languages, with everything on it that a page can have; and hostile words on some.

`python -c "from tests.newsroom import exhibition; exhibition.hang()"` on a fresh home prints the addresses as JSON:
kind of page, to its path in each edition.
"""

import io
import json
import uuid
from typing import Any
from urllib.parse import quote

from django.contrib.auth.models import User
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Locale

from dateline.stories import actions
from dateline.stories.languages import prefix
from dateline.stories.models import Picture, Section, Story, Topic

EDITIONS = ("en", "ar", "fa")
WORDS = {
    "en": (
        "Harbour opens again after the storm",
        "Ships entered the harbour on Monday, the first in nine days.",
        "harbour",
    ),
    "ar": ("الميناء يفتح أبوابه بعد العاصفة", "دخلت السفن الميناء يوم الاثنين للمرة الأولى منذ تسعة أيام.", "الميناء"),
    "fa": ("بندر پس از توفان باز شد", "کشتی‌ها روز دوشنبه برای نخستین بار در نه روز وارد بندر شدند.", "بندر"),
}
HOSTILE = (
    "<script>alert('headline')</script> \"quoted\" & 'single' {{ braces }} {% tag %} \u202eright-to-left override "
    "مرحبا with English داخل العربية 👩‍👩‍👧‍👦 漢字かな עברית " + "unbroken" * 40
)


def hang() -> None:
    """Make the stories, and print where everything is."""
    editor = User.objects.create_superuser("curator", "", "a long password")
    section = Section.objects.update_or_create(
        slug="world", defaults={"name": "World", "names": {"ar": "العالم", "fa": "جهان"}, "colour": "#7a1f1f"}
    )[0]
    Section.objects.get_or_create(slug="long", defaults={"name": HOSTILE[:200], "order": 900})
    topic = Topic.objects.get_or_create(slug="harbours", defaults={"name": "Harbours", "names": {"ar": "موانئ"}})[0]
    picture = _picture()
    addresses: dict[str, dict[str, str]] = {}
    for language in EDITIONS:
        curator = Curator(language, editor, section, topic, picture)
        for kind, address in curator.pages().items():
            addresses.setdefault(kind, {})[language] = address
    print(json.dumps(addresses))


class Curator:
    """Hangs one edition's stories."""

    def __init__(self, language: str, editor: User, section: Section, topic: Topic, picture: Picture) -> None:
        self.language, self.editor, self.section, self.topic, self.picture = language, editor, section, topic, picture
        self.headline, self.sentence, self.word = WORDS[language]
        self.locale = Locale.objects.get_or_create(language_code=language)[0]

    def pages(self) -> dict[str, str]:
        site = prefix(self.language)
        river = [self.published(f"{self.headline} {number}") for number in range(30)]
        full = self.corrected(self.published(self.headline, related=river[:2]))
        hostile = self.published(
            HOSTILE, summary="w" * 10_000, byline=HOSTILE, kicker=HOSTILE[:200], place=HOSTILE[:200]
        )
        killed = self.published(self.headline)
        actions.kill(killed, by=self.editor, note=self.sentence)
        return {
            "front": f"{site}/",
            "section": f"{site}/section/world/",
            "empty section": f"{site}/section/long/",
            "topic": f"{site}/topic/harbours/",
            "search": f"{site}/search/?q={quote(self.word)}",
            "search without a question": f"{site}/search/",
            "search without results": f"{site}/search/?q=%3Cb%3Ezyxwv%22%27&section=world&language={self.language}",
            "corrections": f"{site}/corrections/",
            "story": full.get_absolute_url(),
            "hostile story": hostile.get_absolute_url(),
            "killed story": f"{site}/news/{killed.pk}/",
            "history": f"{site}/news/{full.pk}/history/",
            "difference": f"{site}/news/{full.pk}/history/?from=1&to=2",
            "old version": f"{site}/news/{full.pk}/v/1/",
            "comments": f"{site}/news/{full.pk}/comments/",
            "comments of a hostile story": f"{site}/news/{hostile.pk}/comments/",
            "not found": f"{site}/nothing-is-here/",
        }

    def published(self, headline: str, related: list[Story] | None = None, **fields: Any) -> Story:
        values = {
            "summary": self.sentence,
            "place": "Baghdad",
            "byline": "Mara Lindqvist\nTeo Armand",
            "kicker": self.word,
        }
        story = Story(
            headline=headline,
            section=self.section,
            locale=self.locale,
            lead_image=self.picture,
            lead_alt=self.sentence,
            lead_caption=self.sentence,
            lead_credit="Meridian",
            editors_note=self.sentence,
            body=json.dumps(
                [{"id": str(uuid.uuid4()), "type": kind, "value": value} for kind, value in self.body(related)]
            ),
            **{**values, **fields},
        )
        story.save()
        story.topics.set([self.topic])
        story.save()
        actions.publish(story, by=self.editor)
        return story

    def body(self, related: list[Story] | None) -> list[tuple[str, Any]]:
        sentence = self.sentence
        table = {
            "columns": [{"type": "text", "heading": self.word}, {"type": "text", "heading": "2026"}],
            "rows": [{"values": [sentence, "12"]}, {"values": ["x" * 60, "13"]}],
            "caption": sentence,
        }
        return [
            *[("paragraph", f"<p>{sentence} <b>{sentence}</b> <a href='https://example.org/'>{sentence}</a></p>")] * 3,
            ("heading", self.headline),
            ("quote", {"quote": sentence, "speaker": "Mara Lindqvist"}),
            ("image", {"image": self.picture.pk, "alt": sentence, "caption": sentence, "credit": "Meridian"}),
            ("list", [sentence, sentence]),
            ("table", table),
            ("embed", {"url": "https://example.org/video", "title": sentence}),
            ("facts", {"title": self.headline, "items": [sentence, "unbroken" * 30]}),
            *[("related", story.pk) for story in related or []],
        ]

    def corrected(self, story: Story) -> Story:
        story.refresh_from_db()
        story.summary += " " + self.headline
        actions.correct(story, by=self.editor, note=self.sentence)
        return story


def _picture() -> Picture:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((1800, 1200)).save(file, "PNG")
    picture = Picture(title="A gradient", file=ImageFile(file, name="gradient.png"))
    picture.save()
    return picture

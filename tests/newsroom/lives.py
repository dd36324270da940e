"""Three hundred stories, each with a life of its own, told through the verbs.

What the public may see says "loud", what it must never see says "hush": both as a token of its own for each story and
field (`hush0007summary`), so that whoever finds one knows where it comes from.
"""

import io
import json
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale

from dateline.comments import actions as comments
from dateline.stories import actions
from dateline.stories.models import Picture, Section, Story, Topic

TEXT_FIELDS = ("headline", "kicker", "slugline", "summary", "byline", "lead_alt", "lead_caption", "lead_credit")
LANGUAGES = ("en", "ar", "fa", "fr", "es", "de")
FILLER = {"ar": "قال المسؤولون يوم الاثنين", "fa": "مقام‌ها روز دوشنبه گفتند"}


@dataclass
class Life:
    """One story, what became of it, and what an outsider is to be told."""

    story: Story
    kind: str

    @property
    def is_public(self) -> bool:
        return self.kind in OUT

    @property
    def is_killed(self) -> bool:
        return self.kind.startswith("killed")


class Newsroom:
    """Its people, its taxonomy, and what it writes."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.editor = User.objects.create_superuser("crawled", "", "a long password")
        self.sections = [
            Section.objects.get_or_create(slug=slug, defaults={"name": slug.title()})[0]
            for slug in ("world", "economy", "ثقافة")
        ]
        self.topics = [
            Topic.objects.get_or_create(slug=slug, defaults={"name": slug.title()})[0]
            for slug in ("harbour", "موضوع", "x")
        ]
        self.locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
        self.picture = _picture()
        self.out: list[Story] = []

    def draft(self, number: int, voice: str) -> Story:
        language = self.dice.choice(LANGUAGES)
        story = Story(locale=self.locales[language], section=self.dice.choice(self.sections), owner=self.editor)
        self.write(story, number, voice)
        story.save()
        story.topics.set(self.dice.sample(self.topics, k=self.dice.randint(0, 3)))
        story.save()
        return story

    def write(self, story: Story, number: int, voice: str) -> None:
        """Fill every field an outsider could ever see, in this voice."""
        language = story.locale.language_code
        token = f"{voice}{number:04d}"
        filler = FILLER.get(language, "officials said on Monday")
        for field in TEXT_FIELDS:
            setattr(story, field, f"{token}{field.replace('_', '')} {filler}")
        story.slug = ""
        story.place, story.editors_note = f"{token}place", f"{token}note {filler}"
        story.original_publisher = f"{token}publisher"
        story.lead_image = self.picture if number % 3 == 0 else None
        story.body = json.dumps([{"id": str(uuid.uuid4()), **block} for block in self.blocks(token, filler)])

    def blocks(self, token: str, filler: str) -> Iterator[dict[str, Any]]:
        said = "whisper" if token.startswith("hush") else "shout"
        yield {"type": "paragraph", "value": f"<p>{token}paragraph <b>{said}</b> {filler}.</p>"}
        yield {"type": "heading", "value": f"{token}heading"}
        yield {"type": "quote", "value": {"quote": f"{token}quote {filler}", "speaker": f"{token}speaker"}}
        yield {
            "type": "image",
            "value": {
                "image": self.picture.pk, "alt": f"{token}alt", "caption": f"{token}caption", "credit": f"{token}credit"
            },
        }  # fmt: skip
        yield {"type": "list", "value": [f"{token}item", filler]}
        yield {"type": "facts", "value": {"title": f"{token}facts", "items": [filler]}}
        for other in self.dice.sample(self.out, k=min(2, len(self.out))):
            yield {"type": "related", "value": other.pk}

    def comment(self, story: Story, number: int) -> None:
        """Readers write under it: one is approved and answered, one is held, one is rejected."""

        def write(voice: str, **options: Any) -> int:
            name, text = f"{voice}{number:04d}reader", f"{voice}{number:04d}comment"
            return comments.accept(story.pk, name=name, text=text, address="192.0.2.7", **options).pk

        approved = comments.decide(write("loud"), "approved", by=self.editor, was="held")
        write("hush")
        write("hush", parent_id=approved.pk)
        comments.decide(
            write("hush", form="a third, and no better"), "rejected", by=self.editor, was="held", reason="insult"
        )

    def rewrite(self, story: Story, number: int, voice: str) -> None:
        story.refresh_from_db()
        self.write(story, number, voice)
        story.headline += " again"


def _picture() -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (1200, 800), "#336699").save(file, "PNG")
    picture = Picture(title="A blue field", credit="The newsroom", file=ImageFile(file, name="blue.png"))
    picture.save()
    return picture


# -- What may become of a story ------------------------------------------------------------------------------------------


def draft(room: Newsroom, number: int) -> Story:
    story = room.draft(number, "hush")
    story.save_revision(user=room.editor)
    return story


def submitted(room: Newsroom, number: int) -> Story:
    story = draft(room, number)
    workflow = story.get_workflow()
    if workflow:
        workflow.start(story, room.editor)
    return story


def scheduled(room: Newsroom, number: int) -> Story:
    story = room.draft(number, "hush")
    story.go_live_at = timezone.now() + timedelta(hours=3)
    story.save()
    story.save_revision(user=room.editor).publish(user=room.editor)
    return story


def embargoed(room: Newsroom, number: int) -> Story:
    story = room.draft(number, "hush")
    story.embargo = timezone.now() + timedelta(hours=3)
    story.save()
    story.save_revision(user=room.editor)
    return story


def advanced(room: Newsroom, number: int) -> Story:
    story = embargoed(room, number)
    actions.advance(story, by=room.editor)
    return story


def spiked(room: Newsroom, number: int) -> Story:
    story = draft(room, number)
    actions.spike(story, by=room.editor)
    return story


def published(room: Newsroom, number: int) -> Story:
    story = room.draft(number, "loud")
    actions.publish(story, by=room.editor)
    room.comment(story, number)
    return story


def updated(room: Newsroom, number: int) -> Story:
    story = published(room, number)
    room.rewrite(story, number, "loud")
    actions.update(story, by=room.editor)
    return story


def corrected(room: Newsroom, number: int) -> Story:
    story = published(room, number)
    room.rewrite(story, number, "loud")
    actions.correct(story, by=room.editor, note=f"loud{number:04d}correction: the date was wrong.")
    return story


def pending(room: Newsroom, number: int) -> Story:
    """Out, while an editor writes on."""
    story = updated(room, number)
    room.rewrite(story, number, "hush")
    story.save_revision(user=room.editor)
    return story


def pending_scheduled(room: Newsroom, number: int) -> Story:
    """Out, while its next version waits for its time."""
    story = published(room, number)
    room.rewrite(story, number, "hush")
    story.go_live_at = timezone.now() + timedelta(hours=3)
    story.save_revision(user=room.editor).publish(user=room.editor)
    return story


def erased(room: Newsroom, number: int) -> Story:
    """Out, but the words of its first version had to go."""
    story = room.draft(number, "hush")
    first = actions.publish(story, by=room.editor)
    room.rewrite(story, number, "loud")
    actions.update(story, by=room.editor)
    actions.erase(first, by=room.editor, note="A court ordered it.")
    return story


def killed(room: Newsroom, number: int) -> Story:
    story = room.draft(number, "hush")
    actions.publish(story, by=room.editor)
    comment = comments.accept(story.pk, name="Sana", text=f"hush{number:04d}said", address="192.0.2.7")
    comments.decide(comment.pk, "approved", by=room.editor, was="held")
    actions.kill(story, by=room.editor, note=f"loud{number:04d}advisory: it was about another harbour.")
    return story


def killed_after_updates(room: Newsroom, number: int) -> Story:
    story = room.draft(number, "hush")
    actions.publish(story, by=room.editor)
    room.rewrite(story, number, "hush")
    actions.update(story, by=room.editor)
    room.rewrite(story, number, "hush")
    story.headline += " once more"
    actions.correct(story, by=room.editor, note="The date was wrong.")
    actions.kill(story, by=room.editor, note=f"loud{number:04d}advisory: it was about another harbour.")
    return story


def killed_with_a_draft(room: Newsroom, number: int) -> Story:
    story = killed(room, number)
    room.rewrite(story, number, "hush")
    story.save_revision(user=room.editor)
    return story


OUT = ("published", "updated", "corrected", "pending", "pending_scheduled", "erased")
LIVES: list[Callable[[Newsroom, int], Story]] = [
    draft, submitted, scheduled, embargoed, advanced, spiked,
    published, published, updated, corrected, pending, pending_scheduled, erased,
    killed, killed_after_updates, killed_with_a_draft,
]  # fmt: skip


def live(count: int, seed: int) -> list[Life]:
    """So many stories, in an order and with fates that the dice decide, at least one of each."""
    dice = random.Random(seed)
    room = Newsroom(dice)
    fates = [*LIVES, *dice.choices(LIVES, k=max(0, count - len(LIVES)))]
    dice.shuffle(fates)
    lives = []
    for number, fate in enumerate(fates, 1):
        life = Life(fate(room, number), fate.__name__)
        if life.is_public or life.is_killed:
            room.out.append(life.story)
        lives.append(life)
    return lives

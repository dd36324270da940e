"""Load the sample newsroom through the verbs, in the order in which its day went."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.files import File
from django.db import transaction
from wagtail.models import Locale

from dateline.comments import actions as comments
from dateline.comments.models import Comment
from dateline.comments.threads import newsroom, votes
from dateline.desk import roles
from dateline.stories import actions
from dateline.stories.models import Current, Picture, Provider, Publication, Section, Story, Topic

from . import HERE, reading
from .reading import Sample


def is_loaded() -> bool:
    """Whether the newsroom has published anything: the samples are never mixed into somebody's own work."""
    return Publication.objects.exists()


@transaction.atomic
def load(*, password: str, progress: Callable[[str], None]) -> int:
    """Load everything, or nothing. The number of stories."""
    newsroom = reading.newsroom()
    loader = Loader(newsroom, password)
    samples = list(reading.samples())
    days = reading.shift(samples)
    progress(f"Hanging {len(loader.pictures)} pictures and writing {len(samples)} stories ...")
    for sample in samples:
        loader.write(sample, days)
    deeds = [(event["at"], sample.key, sample, event) for sample in samples for event in sample.events]
    progress(f"Publishing, updating and correcting: {len(deeds)} times ...")
    for at, _, sample, event in sorted(deeds, key=lambda deed: deed[:2]):
        loader.do(sample, event, at + days)
    for sample in samples:
        loader.leave_inside(sample)
    for row in reading.comments():
        loader.comment(row)
    return len(samples)


class Loader:
    """The newsroom being loaded: what has been made so far, by its key in the files."""

    def __init__(self, newsroom: dict[str, Any], password: str) -> None:
        self.agency = newsroom["agency"]
        self.sections = {row["slug"]: _named(Section, order, row) for order, row in enumerate(newsroom["section"])}
        self.topics = {row["slug"]: _named(Topic, None, row) for row in newsroom["topic"]}
        self.staff = {row["username"]: _employ(row, password) for row in newsroom["staff"]}
        self.pictures = {path.name: _hang(path) for path in sorted((HERE / "pictures").glob("*.webp"))}
        self.locales: dict[str, Locale] = {}
        self.stories: dict[str, Story] = {}

    def someone(self, *wanted: str) -> User:
        return next(user for user in self.staff.values() if user.groups.filter(name__in=wanted).exists())

    def write(self, sample: Sample, days: timedelta) -> None:
        """The story as a draft."""
        facts = sample.facts
        language = sample.language
        if language not in self.locales:
            self.locales[language] = Locale.objects.get_or_create(language_code=language)[0]
        lead = facts.get("lead_image", {})
        source = facts.get("source", {})
        story = Story(
            locale=self.locales[language],
            section=self.sections[facts["section"]],
            credit=self.agency[language],
            lead_image_id=self.pictures[lead["file"]] if lead else None,
            lead_alt=lead.get("alt", ""),
            lead_caption=lead.get("caption", ""),
            lead_credit=lead.get("credit", ""),
            provider=Provider.objects.get_or_create(name=source["provider"])[0] if source else None,
            source_id=source.get("id", ""),
            owner=self.someone("Reporters"),
            **{name: facts.get(name, "") for name in ("headline", "kicker", "slugline", "summary", "place")},
            **{"byline": "\n".join(facts.get("byline", [])), "editors_note": facts.get("editors_note", "")},
            urgency=facts["urgency"],
            body=json.dumps(self.body(facts["body"])),
        )
        if "published" in facts:
            story.first_published_at = facts["published"] + days
        original = self.stories.get(facts.get("translation_of", ""))
        if original:
            story.translation_key = original.translation_key
        story.save()
        story.topics.set(self.topics[slug] for slug in facts.get("topics", []))
        story.save()
        self.stories[sample.key] = story

    def body(self, parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return reading.blocks(
            parts, pictures=self.pictures, news_ids={key: story.pk for key, story in self.stories.items()}
        )

    def do(self, sample: Sample, event: dict[str, Any], at: datetime) -> None:
        """One deed of the day, through its verb."""
        story = self.stories[sample.key]
        desk = self.someone("Editors")
        for name in ("headline", "summary"):
            if name in event:
                setattr(story, name, event[name])
        # Written again at each version: by now more of the stories it points to are there.
        parts = event.get("body") or sample.facts["body"]
        sample.facts["body"] = parts
        story.body = json.dumps(self.body(parts))
        match event["kind"]:
            case "publish":
                actions.publish(story, by=desk, at=at)
            case "update":
                actions.update(story, by=desk, note=event.get("note", ""), at=at)
            case "correct":
                actions.correct(story, by=desk, note=event["note"], at=at)
            case "kill":
                actions.kill(story, by=self.someone("Chiefs"), note=event["note"], at=at)

    def leave_inside(self, sample: Sample) -> None:
        """What is still to come: an embargo with its schedule, a draft for tomorrow, a story to approve."""
        story, facts = self.stories[sample.key], sample.facts
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(hour=6, minute=0, second=0, microsecond=0)
        if facts.get("embargo"):
            story.embargo = story.go_live_at = tomorrow
            story.save()
            actions.advance(story, by=self.someone("Editors"))
            story.save_revision(user=self.someone("Editors")).publish(user=self.someone("Editors"))
        elif facts.get("draft"):
            story.go_live_at = tomorrow + timedelta(hours=2)
            story.save()
            story.save_revision(user=self.someone("Editors")).publish(user=self.someone("Editors"))
        elif facts.get("submit"):
            story.save_revision(user=story.owner)
            story.get_workflow().start(story, story.owner)

    def comment(self, row: dict[str, Any]) -> None:
        """A reader's letter or the newsroom's answer, and what a moderator and other readers thought of it."""
        current = Current.objects.get(pk=self.stories[row["story"]].pk)
        thread = Comment.objects.filter(story_id=current.pk)
        parent = thread.filter(name=row["answers"]).latest("created_at").pk if "answers" in row else None
        comment = self._by_staff(current, row, parent) if "by" in row else self._by_reader(current, row, parent)
        if row.get("picked"):
            newsroom.pick(comment.pk, by=self.someone("Moderators"))
        for number in range(row.get("valued", 0)):
            votes.value(comment, address=f"192.0.2.{number}")  # kept for documentation (RFC 5737)
        written = min(current.published_at + timedelta(minutes=row["minutes_after"]), datetime.now(UTC))
        Comment.objects.filter(pk=comment.pk).update(created_at=written)

    def _by_staff(self, current: Current, row: dict[str, Any], parent: int | None) -> Comment:
        return newsroom.write(current, by=self.staff[row["by"]], text=row["text"], parent_id=parent)

    def _by_reader(self, current: Current, row: dict[str, Any], parent: int | None) -> Comment:
        comment = comments.accept(
            current.pk, name=row["name"], text=row["text"], address="", parent_id=parent, form=row["name"],
        )  # fmt: skip
        if row["state"] != "held":
            reason = Comment.Reason.OFF_TOPIC if row["state"] == "rejected" else ""
            comments.decide(comment.pk, row["state"], by=self.someone("Moderators"), was="held", reason=reason)
        return comment


def _named(model: type[Section] | type[Topic], order: int | None, row: dict[str, Any]) -> Any:
    names = {language: name for language, name in row["names"].items() if language != "en"}
    fields: dict[str, Any] = {"name": row["names"]["en"], "names": names}
    fields |= {"colour": row.get("colour", ""), "order": order} if order is not None else {"code": row.get("code", "")}
    return model._default_manager.update_or_create(slug=row["slug"], defaults=fields)[0]


def _employ(row: dict[str, Any], password: str) -> User:
    first, _, last = row["name"].partition(" ")
    user, _ = User.objects.get_or_create(username=row["username"], defaults={"first_name": first, "last_name": last})
    user.set_password(password)
    user.save()
    roles.give(user, row["role"])
    return user


def _hang(path: Any) -> int:
    picture = Picture(title=path.stem.replace("-", " "), credit="Meridian graphics")
    with path.open("rb") as file:
        picture.file.save(path.name, File(file), save=False)
        picture.save()
    return picture.pk

"""One story in a feed, and what stands there when it was killed."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, NamedTuple, Self

from django.urls import reverse
from django.utils import dateformat, timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from dateline.stories import items, languages, pictures
from dateline.stories.models import Current

from . import texts


class Category(NamedTuple):
    kind: str  # section or topic
    slug: str
    name: str

    def scheme(self, edition: str) -> str:
        """The address below which slugs of this kind stand."""
        return pictures.absolute(f"{languages.prefix(edition)}/{self.kind}/")


class Correction(NamedTuple):
    at: datetime
    version: int
    note: str


@dataclass(frozen=True)
class Entry:
    """A story that is out, as every format shows it. Texts are plain; `html` is clean and complete."""

    news_id: int
    uri: str
    url: str
    title: str
    summary: str
    html: str
    language: str
    authors: list[str]
    categories: list[Category]
    published: datetime
    updated: datetime
    version: int
    kind: str
    corrections: list[Correction]
    picture: dict[str, Any] | None

    @classmethod
    def of(cls, current: Current, *, around: str) -> Self:
        """The entry in a feed of the edition `around`. `current` has its publication and item."""
        item = items.read(current.publication.item.json or "{}")
        corrections = [
            Correction(parse_datetime(c["at"]) or current.changed_at, c["version"], texts.plain(c["note"]))
            for c in current.corrections
        ]
        return cls(
            news_id=current.pk,
            uri=current.uri,
            url=pictures.absolute(current.get_absolute_url()),
            title=texts.title(current.headline, language=current.language, around=around),
            summary=texts.line(current.summary),
            html=_html(current, item, corrections),
            language=current.language,
            authors=[texts.line(name) for name in current.byline.splitlines() if texts.line(name)],
            categories=[
                Category(subject["rel"], texts.line(subject["literal"]), texts.line(subject["name"]))
                for subject in item.get("subjects", ())
            ],
            published=current.published_at,
            updated=current.changed_at,
            version=current.version,
            kind=current.publication.kind,
            corrections=corrections,
            picture=_picture(current),
        )


@dataclass(frozen=True)
class Tombstone:
    """A story that was killed: its name, when, and the advisory. Nothing else of it is known here."""

    news_id: int
    uri: str
    url: str
    at: datetime
    advisory: str
    language: str

    @classmethod
    def of(cls, current: Current) -> Self:
        return cls(
            news_id=current.pk,
            uri=current.uri,
            url=pictures.absolute(current.get_absolute_url()),
            at=current.changed_at,
            advisory=texts.plain(current.publication.note),
            language=current.language,
        )


def _picture(current: Current) -> dict[str, Any] | None:
    if not current.picture:
        return None
    widest = current.picture["sizes"][-1]
    return {
        "url": pictures.absolute(widest["href"]),
        "width": widest["width"],
        "height": widest["height"],
        **{name: texts.line(current.picture.get(name) or "") for name in ("alt", "caption", "credit")},
    }


def _html(current: Current, item: items.Item, corrections: list[Correction]) -> str:
    """Corrections, the lead picture, the body with its dateline, the editor's note; in the story's own direction."""
    body = texts.absolute_html(items.value(item, "bodies", "html"))
    with translation.override(current.language):
        parts = [*map(_correction, corrections), _earlier_corrections(current)]
        parts += [_figure(_picture(current)), _with_dateline(body, current.dateline)]
        note = item.get("ednote", "").removeprefix(current.publication.note).strip()
        if note:
            parts.append(f"<p><em>{escape(texts.plain(note))}</em></p>")
    inside = "\n".join(filter(None, parts))
    return f'<div lang="{escape(current.language)}" dir="{languages.direction(current.language)}">{inside}</div>'


def _correction(correction: Correction) -> str:
    when = dateformat.format(timezone.localtime(correction.at), "j F Y, H:i")
    said = escape(correction.note).replace("\n", "<br>")
    word = escape(_("Correction"))
    return f"<p><strong>{word}</strong> ({escape(when)}): {said}</p>"


def _earlier_corrections(current: Current) -> str:
    if not current.may_have_older_corrections:
        return ""
    history = pictures.absolute(reverse("history", args=[current.pk]))
    return f'<p><a href="{escape(history)}">{escape(_("All corrections"))}</a></p>'


def _figure(picture: dict[str, Any] | None) -> str:
    if picture is None:
        return ""
    said = escape(" ".join(filter(None, (picture["caption"], picture["credit"]))))
    return (
        f'<figure><img src="{escape(picture["url"])}" alt="{escape(picture["alt"])}" width="{picture["width"]}"'
        f' height="{picture["height"]}"><figcaption>{said}</figcaption></figure>'
    )


def _with_dateline(body: str, dateline: str) -> str:
    if not dateline:
        return body
    dateline = escape(texts.line(dateline))
    return f"<p>{dateline} {body[3:]}" if body.startswith("<p>") else f"<p>{dateline}</p>\n{body}"

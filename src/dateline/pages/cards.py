"""A story as lists show it: its picture, its headline, when it came out.

Written here and not in a template: a front shows sixty (docs/decisions/0012-queries-made-once.md). Whatever an editor
typed goes through `escape`.
"""

from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from dateline.stories import calendars, languages
from dateline.stories.models import Current

HEADLINE, SUMMARY = 300, 320  # characters


@pass_context
def card(
    page: Context,
    story: Current,
    level: int = 3,
    with_picture: bool = False,
    with_summary: bool = True,
    sizes: str = "(max-width: 720px) 100vw, 360px",
    lazy: bool = True,
) -> Markup:
    """The story under a heading of this level; `sizes` and `lazy` are its picture's (HTML, 4.8.4)."""
    address = story.get_absolute_url()
    shot = picture(story, sizes, lazy) if with_picture and story.picture else ""
    return Markup(  # noqa: S704
        f'<article class="card" lang="{escape(story.language)}" dir="{languages.direction(story.language)}">'
        f"{_shot(address, shot)}{_paragraph('kicker', story.kicker)}"
        f'<h{level}><a href="{address}">{escape(cut(story.headline, HEADLINE))}</a></h{level}>'
        f"{_paragraph('summary', cut(story.summary, SUMMARY)) if with_summary else ''}{stamp(page, story)}</article>"
    )


def picture(story: Current, sizes: str, lazy: bool = True) -> Markup:
    """The story's picture, which the reader's browser takes in the width that it needs."""
    of: Any = story.picture
    widest, widths = of["sizes"][-1], ", ".join(f"{escape(size['href'])} {size['width']}w" for size in of["sizes"])
    return Markup(  # noqa: S704
        f'<img src="{escape(of["sizes"][0]["href"])}" srcset="{widths}" sizes="{sizes}" width="{widest["width"]}"'
        f' height="{widest["height"]}" alt="{escape(of["alt"])}" {"loading" if lazy else "fetchpriority"}='
        f'"{"lazy" if lazy else "high"}">'
    )


@pass_context
def stamp(page: Context, story: Current) -> Markup:
    """When it came out, and what became of it since."""
    edition, said = page["edition"], _said(page["edition"])
    today = page["today"].date() if page.get("today") else None  # in the newsroom's time
    corrected = datetime.fromisoformat(story.corrections[-1]["at"]) if story.corrections else None
    marks = f' <span class="corrected">{said.corrected}</span>' if corrected else ""
    if story.version > 1 and corrected != story.changed_at:
        marks += f' <span class="updated">{said.updated} {_time(story.changed_at, edition, today)}</span>'
    return Markup(f'<p class="stamp">{_time(story.published_at, edition, today)}{marks}</p>')  # noqa: S704


def cut(text: str, most: int) -> str:
    """The beginning of a long text, up to a space where there is one."""
    if len(text) <= most:
        return text
    beginning = text[:most]
    return (beginning.rpartition(" ")[0] or beginning).rstrip() + "…"


def _shot(address: str, shot: str) -> str:
    return f'<a class="shot" href="{address}" tabindex="-1" aria-hidden="true">{shot}</a>' if shot else ""


def _paragraph(name: str, words: str) -> str:
    return f'<p class="{name}">{escape(words)}</p>' if words else ""


def _time(at: datetime, edition: str, today: date | None) -> str:
    return f'<time datetime="{at.isoformat(timespec="seconds")}">{calendars.when(at, edition, today)}</time>'


class _Said(NamedTuple):
    corrected: str
    updated: str


@lru_cache
def _said(edition: str) -> _Said:
    with translation.override(edition):
        return _Said(corrected=escape(_("Corrected")), updated=escape(_("Updated")))

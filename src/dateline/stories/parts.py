"""The parts of an item that its readers see, each as words, and what differs between two items."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import bodies, differences, items

Parts = dict[str, str]
Changes = list[tuple[Any, list[differences.Change]]]

NAMES = {
    "headline": _("Headline"),
    "kicker": _("Kicker"),
    "summary": _("Summary"),
    "byline": _("Byline"),
    "dateline": _("Dateline"),
    "section": _("Section"),
    "topics": _("Topics"),
    "picture": _("Lead picture"),
    "alt": _("Alternative text of the picture"),
    "caption": _("Caption of the picture"),
    "credit": _("Credit of the picture"),
    "body": _("Body"),
    "note": _("Editor's note"),
    "source": _("Source"),
}


def of(item: items.Item, *, note: str) -> Parts:
    """The words of each part; `note` is that of the item's version, which is told for itself."""
    picture = items.picture(item) or {"sizes": [], "alt": "", "caption": "", "credit": ""}
    return {
        "headline": items.value(item, "headlines", "main"),
        "kicker": items.value(item, "headlines", "kicker"),
        "summary": items.value(item, "descriptions", "summary"),
        "byline": item.get("by", ""),
        "dateline": items.value(item, "descriptions", "dateline"),
        "section": _subjects(item, "section"),
        "topics": _subjects(item, "topic"),
        "picture": "".join(_file(size["href"]) for size in picture["sizes"][-1:]),
        **{name: picture[name] for name in ("alt", "caption", "credit")},
        "body": _body(item),
        "note": items.editors_note(item, note),
        "source": ", ".join(source["name"] for source in item.get("infosources", ())),
    }


def changes(old: Parts, new: Parts) -> Changes:
    """The parts that differ: the name of each, and its runs of words as (same, gone or new; text)."""
    return [(NAMES[part], differences.words(old[part], new[part])) for part in NAMES if old[part] != new[part]]


_PICTURE = re.compile(r'<img src="([^"]*)"[^>]*? alt="([^"]*)"[^>]*>')
_LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.S)


def _body(item: items.Item) -> str:
    """The text, and what a reader sees in it without words: pictures, where links lead, related stories."""
    html = items.value(item, "bodies", "html")
    if not html:
        return items.value(item, "bodies", "text")
    html = _PICTURE.sub(lambda found: f"<p>[{_file(found[1])}: {found[2]}]</p>", html)
    html = _LINK.sub(lambda found: f"{found[2]} [{found[1]}]", html)
    return bodies.text(bodies.RELATED.sub(r"<p>[→ \1]</p>", html))


def _subjects(item: items.Item, rel: str) -> str:
    return ", ".join(subject["name"] for subject in item.get("subjects", ()) if subject["rel"] == rel)


def _file(address: str) -> str:
    return address.rpartition("/")[2]

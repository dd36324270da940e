"""Read ninjs (News in JSON, iptc.org/std/ninjs): the 1.x, 2.x and 3.x lines, which differ in their spelling."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

# Members that only an item has; `uri` alone is too common a name.
_SIGNS = {
    "pubstatus", "pubStatus", "representationtype", "representationType", "versioncreated", "versionCreated",
    "body_html", "body_xhtml", "body_text", "headlines", "bodies", "located", "standard",
}  # fmt: skip


@dataclass
class Ninjs:
    """What an item says, the same for every line of the standard. Missing members are empty."""

    uri: str
    version: str = ""
    pubstatus: str = "usable"
    published: str = ""  # firstcreated, or versioncreated without it
    embargoed: str = ""
    urgency: int = 5
    language: str = ""
    headline: str = ""
    kicker: str = ""
    summary: str = ""
    body_html: str = ""
    body_text: str = ""
    byline: str = ""
    located: str = ""
    slugline: str = ""
    ednote: str = ""
    copyright_holder: str = ""
    provider: str = ""
    section: str = ""
    news_id: str = ""
    subjects: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def is_ninjs(value: dict[str, Any]) -> bool:
    """Whether this object is an item: it has a uri, and at least one member that only items have."""
    return isinstance(value.get("uri"), str) and bool(_SIGNS & value.keys())


def parse(value: dict[str, Any]) -> Ninjs:
    """Read one item. Raises ValueError where a member is not of the type that the standard gives it."""
    lower = {str(name).lower(): member for name, member in value.items()}
    get = _Members(lower)
    bodies = get.roles("bodies", "contenttype")
    return Ninjs(
        uri=get.text("uri"),
        version=get.text("version"),
        pubstatus=get.text("pubstatus") or "usable",
        published=get.text("firstcreated") or get.text("versioncreated") or get.text("contentcreated"),
        embargoed=get.text("embargoed") or get.text("embargoeduntil"),
        urgency=get.number("urgency", 5),
        language=get.text("language"),
        headline=get.text("headline")
        or get.role("headlines", "main")
        or get.role("headlines", "")
        or get.text("title"),
        kicker=get.role("headlines", "kicker"),
        summary=get.text("description_text") or get.role("descriptions", "summary") or get.role("descriptions", ""),
        body_html=get.text("body_html") or get.text("body_xhtml") or _first(bodies, ("text/html", "application/xhtml")),
        body_text=get.text("body_text") or _first(bodies, ("text/plain", "")),
        byline=get.text("by") or get.text("byline"),
        located=get.text("located"),
        slugline=get.text("slugline"),
        ednote=get.text("ednote"),
        copyright_holder=get.text("copyrightholder"),
        provider=next(iter(get.names("infosource") + get.names("infosources")), ""),
        section=next((_text(s.get("literal")) for s in get.objects("subjects") if s.get("rel") == "section"), ""),
        news_id=get.role("altids", "newsid"),
        subjects=[
            name
            for subject in get.objects("subject") + get.objects("subjects")
            if subject.get("rel") != "section" and (name := _text(subject.get("name")))
        ],
        places=get.names("place") + get.names("places"),
    )


class _Members:
    def __init__(self, members: dict[str, Any]) -> None:
        self.members = members

    def text(self, name: str) -> str:
        value = self.members.get(name)
        if isinstance(value, dict | list):
            raise ValueError(f"its {name} is no text")
        return _text(value)

    def number(self, name: str, default: int) -> int:
        value = self.members.get(name)
        if value is None:
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise ValueError(f"its {name} is no number") from None

    def objects(self, name: str) -> list[dict[str, Any]]:
        value = self.members.get(name) or []
        if isinstance(value, dict):
            value = [value]
        if not isinstance(value, list):
            raise ValueError(f"its {name} is no list")
        return [
            {str(key).lower(): member for key, member in entry.items()} for entry in value if isinstance(entry, dict)
        ]

    def names(self, name: str) -> list[str]:
        return [text for entry in self.objects(name) if (text := _text(entry.get("name")))]

    def roles(self, name: str, key: str) -> list[tuple[str, str]]:
        return [(_text(entry.get(key)).lower(), _text(entry.get("value"))) for entry in self.objects(name)]

    def role(self, name: str, wanted: str) -> str:
        """The value of one role; of the first entry for "" as the wanted role."""
        entries = self.roles(name, "role") if isinstance(self.members.get(name), list) else []
        return next((value for role, value in entries if role == wanted or not wanted), "")


def _first(bodies: Iterable[tuple[str, str]], types: tuple[str, ...]) -> str:
    return next((value for kind, value in bodies if any(kind.startswith(t) if t else kind == "" for t in types)), "")


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()

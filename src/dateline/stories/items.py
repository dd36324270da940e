"""A published version as ninjs 2.2, the IPTC's JSON for news (iptc.org/std/ninjs), and its digest.

Roles that are ours, since ninjs leaves roles open: headline "kicker"; description "summary" and "dateline";
body "html" and "text"; altid "newsid", "slug", "kind"; subject rel "section" and "topic".
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings

from . import bodies, languages, pictures

if TYPE_CHECKING:
    from .models import Story, Topic

STANDARD = {"name": "ninjs", "version": "2.2", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_2.2.json"}
Item = dict[str, Any]


def uri(news_id: int, published_at: datetime) -> str:
    """The item's URN (RFC 3085): the same for every version."""
    return f"urn:newsml:{settings.DATELINE.provider_id}:{published_at.astimezone(UTC):%Y%m%d}:{news_id}"


def item(
    story: "Story",
    *,
    version: int,
    kind: str,
    at: datetime,
    published_at: datetime,
    note: str,
    topics: Sequence["Topic"],
) -> Item:
    """The story as it goes out now, bodies rendered and cleaned."""
    blocks = list(story.body.raw_data)
    body_html = bodies.html(blocks)
    body_text = bodies.text(body_html)
    return _without_empty(
        {
            **_frame(story, version=version, kind=kind, at=at, published_at=published_at),
            "pubstatus": "withheld" if kind == "advance" else "usable",
            "embargoed": _time(story.embargo) if kind == "advance" and story.embargo else "",
            "urgency": story.urgency,
            "headlines": _roles(main=story.headline, kicker=story.kicker),
            "descriptions": _roles(summary=story.summary, dateline=story.dateline),
            "bodies": [
                {"role": "html", "contenttype": "text/html", "value": body_html},
                {
                    "role": "text",
                    "contenttype": "text/plain",
                    "charcount": len(body_text),
                    "wordcount": len(body_text.split()),
                    "value": body_text,
                },
            ],
            "slugline": story.slugline,
            "by": ", ".join(story.names),
            "people": [{"name": name, "rel": "author"} for name in story.names],
            "located": story.place,
            "ednote": "\n".join(filter(None, (note, story.editors_note))),
            "subjects": _subjects(story, topics),
            "infosources": _sources(story),
            "copyrightholder": story.credit or settings.DATELINE.credit,
            "associations": _associations(story, bodies.related(blocks)),
        }
    )


def cancelled(story: "Story", *, version: int, at: datetime, published_at: datetime, note: str) -> Item:
    """The item of a kill: `pubstatus: canceled`, the advisory, and none of the story's words."""
    return _without_empty(
        {
            **_frame(story, version=version, kind="kill", at=at, published_at=published_at),
            "pubstatus": "canceled",
            "ednote": note,
            "bodies": [{"role": "text", "contenttype": "text/plain", "value": note}],
        }
    )


def canonical(value: Item) -> str:
    """RFC 8785: the one way to write this item down.

    An item holds ASCII names, strings, whole numbers, lists and objects only, for which the standard library's writer
    gives the same bytes as the RFC, twenty times as fast; tests compare it with an implementation of the RFC.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(salt: bytes, text: str) -> str:
    """SHA-256 of salt and canonical JSON, in hex. The salt keeps erased words from being guessed."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def read(text: str) -> Item:
    item: Item = json.loads(text)
    return item


def value(item: Item, kind: str, role: str) -> str:
    """The value of one role: `value(item, "headlines", "main")`; "" where there is none."""
    return next((entry["value"] for entry in item.get(kind, ()) if entry.get("role") == role), "")


def text(written: str) -> str:
    """The text of the body, out of an item's canonical JSON: a page of a list need not read all the rest of it.

    In canonical JSON names stand in order, and inside a string no quotation mark stands bare.
    """
    at = written.find(_TEXT)
    return str(_JSON.raw_decode(written, at + len(_TEXT) - 1)[0]) if at >= 0 else ""


_TEXT = '"role":"text","value":"'
_JSON = json.JSONDecoder()


def editors_note(item: Item, note: str) -> str:
    """What the editor tells readers of the story, without the note of the version."""
    ednote: str = item.get("ednote", "")
    return ednote.removeprefix(note).lstrip("\n")


def related(item: Item) -> list[int]:
    """The News IDs that the item's body points to, in order; of stories that are not out yet, too."""
    return [int(found) for found in bodies.RELATED.findall(value(item, "bodies", "html"))]


def picture(item: Item) -> dict[str, Any] | None:
    """The item's lead picture as `Current.picture` holds it, from the site's root; None where it has none."""
    lead = next((entry for entry in item.get("associations", ()) if entry.get("name") == "lead"), None)
    if not lead:
        return None
    return {
        "sizes": [
            {"href": urlsplit(size["href"]).path, "width": size["width"], "height": size["height"]}
            for size in lead["renditions"]
        ],
        "alt": value(lead, "descriptions", "alt"),
        "caption": value(lead, "descriptions", "caption"),
        "credit": lead.get("by", ""),
    }


def _frame(story: "Story", *, version: int, kind: str, at: datetime, published_at: datetime) -> Item:
    slug = "" if kind == "kill" else story.slug
    return {
        "uri": uri(story.news_id, published_at),
        "standard": STANDARD,
        "type": "text",
        "representationtype": "full",
        "version": str(version),
        "firstcreated": _time(published_at),
        "versioncreated": _time(at),
        "language": story.language,
        "altids": _roles(newsid=str(story.news_id), slug=slug, kind=kind, source=story.source_id),
        "renditions": [{"name": "web", "href": _web(story, slug), "contenttype": "text/html"}],
    }


def _web(story: "Story", slug: str) -> str:
    from .models.story import address

    return pictures.absolute(address(story.news_id, slug, languages.edition(story.language)))


def _time(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _roles(**roles: str) -> list[dict[str, str]]:
    return [{"role": role, "value": value} for role, value in roles.items() if value]


def _subjects(story: "Story", topics: Sequence["Topic"]) -> list[dict[str, str]]:
    section = story.section
    return [
        {"rel": "section", "literal": section.slug, "name": section.name_in(story.language)},
        *(
            _without_empty({"rel": "topic", "literal": topic.slug, "name": topic.name_in(story.language)})
            for topic in topics
        ),
    ]


def _sources(story: "Story") -> list[dict[str, str]]:
    provider = story.provider.name if story.provider else ""
    return [
        {"name": name, "role": role}
        for role, name in (("provider", provider), ("publisher", story.original_publisher))
        if name
    ]


def _associations(story: "Story", related: Sequence[int]) -> list[Item]:
    lead = []
    if story.lead_image_id:
        sizes = pictures.sizes(story.lead_image_id)
        lead = [
            _without_empty(
                {
                    "name": "lead",
                    "uri": pictures.absolute(sizes[-1]["href"]),
                    "type": "picture",
                    "by": story.lead_credit,
                    "descriptions": _roles(alt=story.lead_alt, caption=story.lead_caption),
                    "renditions": [
                        {
                            "name": f"{size['width']}w",
                            "href": pictures.absolute(size["href"]),
                            "contenttype": "image/webp",
                            "width": size["width"],
                            "height": size["height"],
                        }
                        for size in sizes
                    ],
                }
            )
        ]
    uris = _uris(related)
    out = [uris[news_id] for news_id in related if news_id in uris]
    return lead + [{"name": f"related-{number}", "uri": uri} for number, uri in enumerate(out, 1)]


def _uris(news_ids: Sequence[int]) -> dict[int, str]:
    """The names of those stories that are out."""
    from .models import Current

    rows = Current.objects.filter(pk__in=news_ids, killed=False).only("published_at") if news_ids else ()
    return {row.pk: row.uri for row in rows}


def _without_empty(item: Item) -> Item:
    return {key: value for key, value in item.items() if value not in ("", [], None)}

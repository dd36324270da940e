"""JSON Feed 1.1 (jsonfeed.org/version/1.1). What is ours stands in `_dateline`."""

import json
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.feedgenerator import rfc3339_date

from dateline.stories import pictures

from . import texts
from .channels import Channel
from .entries import Correction, Entry, Tombstone

CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def write(channel: Channel) -> str:
    agency = texts.line(settings.DATELINE.agency)
    feed = {
        "version": VERSION,
        "title": texts.line(channel.title),
        "home_page_url": channel.page,
        "feed_url": channel.address("feed.json"),
        "description": texts.line(channel.description),
        "icon": pictures.absolute(static("feeds/mark.png")),
        "language": channel.edition,
        "authors": [{"name": agency, "url": pictures.absolute("/")}],
        "_dateline": {"killed": [_killed(tombstone) for tombstone in channel.killed]},
        "items": [_item(entry) for entry in channel.entries],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.uri,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "image": entry.picture["url"] if entry.picture else "",
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated),
        "authors": [{"name": author} for author in entry.authors],
        "tags": [category.name for category in entry.categories],
        "language": entry.language,
        "_dateline": {
            "news_id": entry.news_id,
            "version": entry.version,
            "kind": entry.kind,
            "corrections": [_correction(correction) for correction in entry.corrections],
        },
    }
    return {name: value for name, value in item.items() if value not in ("", [])}


def _correction(correction: Correction) -> dict[str, Any]:
    return {"at": rfc3339_date(correction.at), "version": correction.version, "note": correction.note}


def _killed(tombstone: Tombstone) -> dict[str, Any]:
    return {
        "id": tombstone.uri,
        "news_id": tombstone.news_id,
        "url": tombstone.url,
        "at": rfc3339_date(tombstone.at),
        "advisory": tombstone.advisory,
        "language": tombstone.language,
    }

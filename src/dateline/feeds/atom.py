"""Atom 1.0 (RFC 4287), with a tombstone for each story that was killed (RFC 6721)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, rfc3339_date

from dateline.stories import pictures

from . import texts
from .channels import Channel
from .entries import Category, Entry, Tombstone

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


def write(channel: Channel) -> str:
    feed = _Atom(
        title=texts.line(channel.title),
        link=channel.page,
        description="",
        language=channel.edition,
        feed_url=channel.address("atom.xml"),
        feed_guid=channel.id,
        subtitle=texts.line(channel.description),
        author_name=texts.line(settings.DATELINE.agency),
        author_link=pictures.absolute("/"),
        feed_copyright=texts.line(settings.DATELINE.agency),
        channel=channel,
    )
    for entry in channel.entries:
        feed.add_item(entry.title, entry.url, entry.summary, entry=entry)
    return feed.writeString("utf-8")


class _Atom(Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def latest_post_date(self) -> datetime:
        channel: Channel = self.feed["channel"]
        return channel.updated

    def item_attributes(self, item: Any) -> dict[str, str]:
        return {"xml:lang": item["entry"].language}

    def write_items(self, handler: Any) -> None:
        for tombstone in self.feed["channel"].killed:
            _tombstone(handler, tombstone, self.feed["author_name"])
        super().write_items(handler)

    def add_item_elements(self, handler: Any, item: Any) -> None:
        entry: Entry = item["entry"]
        handler.addQuickElement("id", entry.uri)
        handler.addQuickElement("title", entry.title, {"type": "text"})
        handler.addQuickElement("link", "", {"rel": "alternate", "type": "text/html", "href": entry.url})
        handler.addQuickElement("published", rfc3339_date(entry.published))
        handler.addQuickElement("updated", rfc3339_date(entry.updated))
        for author in entry.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", author)
            handler.endElement("author")
        for category in entry.categories:
            handler.addQuickElement("category", "", _category(category, self.feed["channel"].edition))
        if entry.summary:
            handler.addQuickElement("summary", entry.summary, {"type": "text"})
        handler.addQuickElement("content", entry.html, {"type": "html"})


def _category(category: Category, edition: str) -> dict[str, str]:
    return {"term": category.slug, "scheme": category.scheme(edition), "label": category.name}


def _tombstone(handler: Any, tombstone: Tombstone, agency: str) -> None:
    handler.startElement("at:deleted-entry", {"ref": tombstone.uri, "when": rfc3339_date(tombstone.at)})
    handler.startElement("at:by", {})
    handler.addQuickElement("name", agency)
    handler.endElement("at:by")
    handler.addQuickElement("at:comment", tombstone.advisory, {"xml:lang": tombstone.language})
    handler.addQuickElement("link", "", {"rel": "alternate", "type": "text/html", "href": tombstone.url})
    handler.endElement("at:deleted-entry")

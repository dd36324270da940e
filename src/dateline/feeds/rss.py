"""RSS 2.0 (rssboard.org/rss-specification), with full texts (content), authors and languages (dc), changes (atom)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.feedgenerator import Rss201rev2Feed, rfc2822_date, rfc3339_date

from dateline.stories import pictures

from . import texts
from .channels import Channel
from .entries import Entry

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
TTL = 5  # minutes that a reader may wait before it asks again


def write(channel: Channel) -> str:
    feed = _Rss(
        title=texts.line(channel.title),
        link=channel.page,
        description=texts.line(channel.description),
        language=channel.edition,
        feed_url=channel.address("rss.xml"),
        feed_copyright=texts.line(settings.DATELINE.agency),
        ttl=str(TTL),  # type: ignore[arg-type]  # it is written as it is
        channel=channel,
    )
    for entry in channel.entries:
        feed.add_item(entry.title, entry.url, entry.summary, entry=entry)
    return feed.writeString("utf-8")


class _Rss(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return {
            "version": "2.0",
            "xmlns:atom": "http://www.w3.org/2005/Atom",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def latest_post_date(self) -> datetime:
        channel: Channel = self.feed["channel"]
        return channel.updated

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.startElement("image", {})
        handler.addQuickElement("url", pictures.absolute(static("feeds/mark.png")))
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("link", self.feed["link"])
        handler.addQuickElement("width", "144")
        handler.addQuickElement("height", "144")
        handler.endElement("image")

    def add_item_elements(self, handler: Any, item: Any) -> None:
        entry: Entry = item["entry"]
        edition = self.feed["channel"].edition
        handler.addQuickElement("title", entry.title)
        handler.addQuickElement("link", entry.url)
        handler.addQuickElement("guid", entry.uri, {"isPermaLink": "false"})
        handler.addQuickElement("pubDate", rfc2822_date(entry.published))
        handler.addQuickElement("atom:updated", rfc3339_date(entry.updated))
        handler.addQuickElement("dc:language", entry.language)
        for author in entry.authors:
            handler.addQuickElement("dc:creator", author)
        for category in entry.categories:
            handler.addQuickElement("category", category.name, {"domain": category.scheme(edition)})
        if entry.summary:
            handler.addQuickElement("description", entry.summary)
        handler.addQuickElement("content:encoded", entry.html)
        if entry.picture:
            _picture(handler, entry.picture)


def _picture(handler: Any, picture: dict[str, Any]) -> None:
    size = {name: str(picture[name]) for name in ("url", "width", "height")}
    handler.startElement("media:content", {**size, "medium": "image", "type": "image/webp"})
    for name, text in (("media:description", picture["alt"]), ("media:credit", picture["credit"])):
        if text:
            handler.addQuickElement(name, text)
    handler.endElement("media:content")

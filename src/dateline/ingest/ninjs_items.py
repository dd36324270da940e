"""ninjs items as records."""

from datetime import UTC, datetime
from typing import Any

from dateline.iptc import ninjs

from . import dates, html_blocks
from .mapping import guess_language
from .records import LIMIT, WORKING_HEADLINE, Bad, Record, first_sentence, paragraphs

fits = ninjs.is_ninjs


def record(position: str, raw: bytes, value: dict[str, Any]) -> Record | Bad:
    """One item. A cancelled or withheld one is refused: nothing may be published from it."""
    try:
        item = ninjs.parse(value)
        published_at = dates.read(item.published, language="en") if item.published else None
        embargo = _embargo(item.embargoed)
    except ValueError as error:
        return Bad(position, f"{item_name(value)}: {error}.", raw)
    if item.pubstatus not in ("usable", ""):
        return Bad(position, f"{item_name(value)} is {item.pubstatus}: nothing is published from it.", raw)
    text = item.body_html or item.body_text
    if len(text) > LIMIT:
        why = f"{item_name(value)} has a text of {len(text):,} characters; more than {LIMIT:,} is no story."
        return Bad(position, why, raw[:2000])
    body = html_blocks.read(item.body_html) if item.body_html else paragraphs(item.body_text)
    headline = html_blocks.without_tags(item.headline)
    if not headline and not body:
        return Bad(position, f"{item_name(value)} has neither a headline nor a body.", raw)
    return Record(
        position=position,
        raw=raw,
        headline=headline or first_sentence(html_blocks.plain(body)),
        flag="" if headline else WORKING_HEADLINE,
        kicker=item.kicker,
        summary=html_blocks.without_tags(item.summary),
        body=body,
        published_at=published_at,
        embargo=embargo,
        news_id=int(item.news_id) if item.news_id.isdecimal() and len(item.news_id) < 19 else None,
        language=item.language.lower() or guess_language(headline + text[:2000]),
        byline=item.byline,
        place=item.located,
        slugline=item.slugline[:200],
        section=item.section,
        subjects=item.subjects,
        places=item.places,
        urgency=item.urgency if 1 <= item.urgency <= 9 else 5,
        source_id=item.uri[:255],
        original_publisher=(item.copyright_holder or item.provider)[:255],
    )


def item_name(value: dict[str, Any]) -> str:
    return f"Item {str(value.get('uri'))[:120]}"


def _embargo(text: str) -> datetime | None:
    """An embargo that is still in force."""
    if not text:
        return None
    until = datetime.fromisoformat(text)
    until = until.replace(tzinfo=UTC) if until.tzinfo is None else until
    return until if until > datetime.now(UTC) else None

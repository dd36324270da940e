"""What was published, as JSON Lines."""

import json
from collections.abc import Iterator

from .models import Publication

CHUNK = 200


def lines(since: int = 0) -> Iterator[str]:
    """A line for each public publication after number `since`, in order; a chunk of them in memory.

    `item` is null where words were erased. What was only sent in advance of an embargo is left out, so numbers may
    have gaps here.
    """
    rows = Publication.objects.exclude(kind=Publication.Kind.ADVANCE).select_related("item").order_by("seq")
    while chunk := list(rows.filter(seq__gt=since)[:CHUNK]):
        for publication in chunk:
            frame = {
                "seq": publication.seq,
                "news_id": publication.story_id,
                "version": publication.version,
                "kind": publication.kind,
                "at": publication.at.isoformat(),
                "note": publication.note,
            }
            # The item as it was published, to the byte: its digest is over these.
            yield f'{json.dumps(frame, ensure_ascii=False)[:-1]}, "item": {publication.item.json or "null"}}}\n'
        since = chunk[-1].seq

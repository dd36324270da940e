"""What was said before a comment came in: by the same address, by the same reader, in the same thread."""

from datetime import datetime

from django.db.models import QuerySet

from dateline.stories.models import Current

from . import modes
from .checks import Attempt, Said, rates
from .models import Comment, Reader


def attempt(
    current: Current, reader: Reader, *, name: str, text: str, at: datetime, address: str, limited: bool
) -> Attempt:
    """Everything that the checks ask for, by the indexes alone. Three queries, four for a reader who signed in."""
    return Attempt(
        current=current,
        standing=modes.standing(current),
        reader=reader,
        name=name,
        text=text,
        at=at,
        limited=limited,
        from_address=_newest(Comment.objects.filter(address=address), "-created_at", rates.OFTEN) if address else [],
        by_reader=_by(reader, address),
        lately=_newest(Comment.objects.filter(story_id=current.pk), "-id", rates.BUSY),
    )


def _by(reader: Reader, address: str) -> list[Said]:
    """What a reader said who is known by more than his address."""
    if reader.pk is None or reader.address == address:
        return []
    return _newest(Comment.objects.filter(reader_id=reader.pk), "-id", rates.OFTEN)


def _newest(rows: QuerySet[Comment], order: str, number: int) -> list[Said]:
    found = rows.order_by(order).values_list("created_at", "sketch")[:number]
    return [Said(at, bytes(sketch)) for at, sketch in found]

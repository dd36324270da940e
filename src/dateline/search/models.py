"""Which stories the index holds, and where."""

from datetime import datetime

from django.db import models


class Entry(models.Model):
    """A story that can be found: one row for each that is out.

    Its words lie beside it, made by migration 0001: on SQLite in the FTS5 table `search_words` under the same row
    number, on PostgreSQL in this table's column `vector`.
    """

    place = models.BigIntegerField(primary_key=True, help_text="Newest last: see `place`.")
    news_id = models.BigIntegerField(unique=True)

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return str(self.news_id)


_ID_BITS = 30
EVERYWHERE = 2**63 - 1  # above every place; and its negative, below
_LATEST = 2**33 - 1  # seconds: the year 2242


def place(published_at: datetime, news_id: int) -> int:
    """A number that grows with the publish date, by the second, and within a second with the News ID.

    So a page of newest hits is a walk down the index, and a range of dates is a range of places. News IDs above 2^30
    may share a number: whoever writes takes the next free one.
    """
    return first_place(published_at) + news_id % (1 << _ID_BITS)


def first_place(moment: datetime) -> int:
    """Below the places of everything published at `moment` or later, above all others."""
    return max(-_LATEST, min(int(moment.timestamp()), _LATEST)) << _ID_BITS

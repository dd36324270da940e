"""Entries that an older release wrote get what this one writes, while readers search.

Without the marked words of its headline a story is found all the same, only not among the first. The server renews
such entries once it has started, the newest first, a batch in each transaction; nobody needs to say `reindex`.
"""

from django.db import transaction

from . import index
from .models import EVERYWHERE


class Renewal:
    """Remembers how far it came, so that it looks once for what there is to renew, and then no more."""

    def __init__(self) -> None:
        self.below = EVERYWHERE

    def step(self) -> int:
        """Renew a batch, and return how many entries that were: 0 when all are new, in no time from then on."""
        return self._renew() if self.below > -EVERYWHERE else 0

    @transaction.atomic
    def _renew(self) -> int:
        index.take_turn()
        found = index.older(self.below, index.BATCH)
        index.bring({entry.news_id for entry in found})
        self.below = found[-1].place if found else -EVERYWHERE
        return len(found)


renew = Renewal().step

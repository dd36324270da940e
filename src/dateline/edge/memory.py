"""The first level: finished responses in a worker's own memory, the least lately asked for given up first."""

from collections import OrderedDict

from .kept import Kept


class Memory:
    """At most `limit` bytes of responses, by address."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, address: str) -> Kept | None:
        kept = self._kept.get(address)
        if kept is not None:
            self._kept.move_to_end(address)
        return kept

    def keep(self, address: str, kept: Kept) -> None:
        """Keep it in the place of its predecessor. What would take an eighth of all room is not kept."""
        self.drop(address)
        if kept.room * 8 > self.limit:
            return
        self._kept[address] = kept
        self.bytes += kept.room
        while self.bytes > self.limit:
            _address, old = self._kept.popitem(last=False)
            self.bytes -= old.room

    def drop(self, address: str) -> None:
        old = self._kept.pop(address, None)
        if old is not None:
            self.bytes -= old.room

    def __len__(self) -> int:
        return len(self._kept)

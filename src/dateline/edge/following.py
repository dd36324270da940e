"""The edge follows the record, and what else pages show: on each machine by a cursor of its own, kept beside its pages.

What changed is purged at once; then the pages that readers ask for next are pressed: rendered and put on the disk
before anybody asks. A cursor that is lost, or a machine that was away for long, costs the kept pages and no more.
"""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

import dateline
from dateline.stories import languages
from dateline.stories.models import Cursor, Publication
from dateline.stories.models.publications import last_seq

from . import changes, keys, position
from .models import Purge
from .pages import Pages

MANY = 100  # publications at once, as an import makes them: everything is purged then
AGAIN_SECONDS = 1.0  # a page is pressed no more often; between, who asks for it has it rendered
LATEST_COMMIT_SECONDS = 60.0  # a transaction that wrote a purge is over by then
KEPT_DAYS = 1

log = logging.getLogger("dateline.edge")


class Following:
    """One machine's follower. `render` has the page at an address made and kept."""

    def __init__(self, pages: Pages, render: Callable[[str], bool]) -> None:
        self.pages, self.render = pages, render
        self.disk = pages.disk
        self.waiting: dict[str, None] = {}  # addresses to press
        self.pressed: dict[str, float] = {}
        self.day = timezone.localdate()
        self.seq = self.floor = 0
        self.cursors: dict[str, int] = {}
        self.seen: set[int] = set()  # purges after `floor` that were read already
        self.gap_since: float | None = None
        self._start()

    def step(self, *, look: bool = True) -> bool:
        """Purge what changed since the last step, or press one page. Whether there was something to do.

        Do not `look` where the database is known to be as the last step found it.
        """
        began = time.monotonic_ns()
        self.pages.marks.beat()
        self.disk.settle()
        did = look and bool(self._publications() + self._purges() + self._followers() + self._midnight())
        self.pages.marks.followed(began)
        if did:
            self._remember()
            return True
        return self._press()

    def _publications(self) -> bool:
        if last_seq() <= self.seq:
            return False
        coming = list(Publication.objects.filter(seq__gt=self.seq).order_by("seq")[: MANY + 1])
        if len(coming) > MANY:
            self.seq = last_seq()
            self._purge([keys.EVERYTHING])
            return True
        changed = changes.of(coming)
        if changed.hard:
            self._purge(changed.hard, hard=True)
        if changed.soft:
            now = time.monotonic()
            soon = [each for each in changed.addresses if now - self.pressed.get(each, 0.0) >= AGAIN_SECONDS]
            self._purge(changed.soft, spare=soon if len(self.waiting) < MANY else [])
        self.waiting |= changed.addresses
        self.seq = coming[-1].seq
        return True

    def _purges(self) -> bool:
        """Read the purges that were committed meanwhile. Their numbers may be committed out of order: at a gap the
        floor waits, until whoever took that number has committed or must have failed."""
        found = {row.pk: row.keys for row in Purge.objects.filter(pk__gt=self.floor).order_by("pk")}
        new = {number: text for number, text in found.items() if number not in self.seen}
        if new:  # hard: who wrote it is waiting to see it
            self._purge({key for text in new.values() for key in text.split()}, hard=True)
        self.seen |= new.keys()
        while self.floor + 1 in self.seen:
            self.floor += 1
            self.seen.discard(self.floor)
            self.gap_since = None
        if self.seen:
            self.gap_since = self.gap_since or time.monotonic()
            if time.monotonic() - self.gap_since > LATEST_COMMIT_SECONDS:
                self.floor, self.gap_since = min(self.seen) - 1, None
        return bool(new)

    def _followers(self) -> bool:
        """A search page shows what the index knew when it was made."""
        now = dict(Cursor.objects.values_list("follower", "seq"))
        moved = [keys.follower(name) for name, seq in now.items() if self.cursors.get(name) != seq]
        self.cursors = now
        if moved:
            self._purge(moved)
        return bool(moved)

    def _midnight(self) -> bool:
        today = timezone.localdate()
        if today == self.day:
            return False
        self.day = today
        self._purge([keys.TODAY])
        self.waiting |= dict.fromkeys(f"{prefix}/" for prefix in _homes())
        Purge.objects.filter(at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
        return True

    def _purge(self, keys: Iterable[str], **how: Any) -> None:
        """Whoever renders such a page anew reads a database that has what was read here."""
        self.pages.marks.stand_at(position.written())
        self.disk.purge(keys, **how)

    def _press(self) -> bool:
        now = time.monotonic()
        for address in self.waiting:
            if now - self.pressed.get(address, 0.0) < AGAIN_SECONDS:
                continue
            del self.waiting[address]
            self.pressed[address] = now
            if len(self.pressed) > 1_000:
                self.pressed = {each: at for each, at in self.pressed.items() if now - at < AGAIN_SECONDS}
            if not self.render(address):
                self.disk.drop(address)
            return True
        return False

    def _start(self) -> None:
        """Go on where the last follower of this machine stopped, if what it left can be trusted."""
        made_by = self.disk.root / "made-by"
        state = _read(self.disk.root / "cursor")
        first = Purge.objects.order_by("pk").values_list("pk", flat=True).first() or 0
        known = _fingerprint()
        if made_by.exists() and made_by.read_text() == known and _goes_on(state, first):
            self.seq, self.floor, self.cursors = state["seq"], state["floor"], state["cursors"]
            self.day = date.fromisoformat(state["day"])
        else:
            self.seq, self.cursors = last_seq(), dict(Cursor.objects.values_list("follower", "seq"))
            self.floor = Purge.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            self._purge([keys.EVERYTHING])
            made_by.write_text(known)
        self.pages.marks.stand_at(position.written())
        self._remember()
        self.waiting |= dict.fromkeys(f"{home}/" for home in _homes())

    def _remember(self) -> None:
        draft = self.disk.root / "cursor.part"
        state = {"seq": self.seq, "floor": self.floor, "cursors": self.cursors, "day": self.day.isoformat()}
        try:
            draft.write_text(json.dumps(state))
            draft.replace(self.disk.root / "cursor")
        except OSError as error:  # a full disk: it is read again from the older cursor
            log.error("The edge's cursor cannot be kept: %s.", error)


def _goes_on(state: dict[str, Any], first_purge: int) -> bool:
    """Whether the database still has what follows: not where purges were deleted, or a standby took over that lacks
    what was followed already."""
    return bool(state) and first_purge - 1 <= state["floor"] and state["seq"] <= last_seq()


def _homes() -> list[str]:
    return [languages.prefix(edition) for edition in settings.EDITIONS]


def _read(path: Path) -> dict[str, Any]:
    try:
        state: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return state


def _fingerprint() -> str:
    """The release, its settings, and the machine's start: pages of another show other things, or may be lost in part."""
    package = Path(dateline.__file__).parent
    files = sorted(path for path in package.rglob("*") if path.suffix in (".py", ".html", ".css", ".js", ".mo"))
    stats = ((str(path), path.stat()) for path in files)
    told = hashlib.sha256(repr([(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]).encode())
    told.update(repr(settings.DATELINE).encode())
    boot = Path("/proc/sys/kernel/random/boot_id")
    told.update(boot.read_bytes() if boot.exists() else b"")
    return told.hexdigest()

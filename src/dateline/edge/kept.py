"""A finished response, as it is kept and answered again: each encoding is made once."""

import gzip
import hashlib
import time
from dataclasses import dataclass, field

import brotli
import zstandard

from .marks import Marks

Headers = list[tuple[str, str]]

SMALLEST = 500  # bytes: what is shorter fits one packet anyhow
GRACE = 400_000_000  # ns for which a page may be shown once more while its successor is rendered; never after a kill
_ENCODERS = {
    "br": lambda body: brotli.compress(body, quality=5),
    "zstd": lambda body: zstandard.ZstdCompressor(level=6).compress(body),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
_TEXTS = ("text/", "application/json", "application/xml", "application/rss", "application/atom", "application/feed",
          "application/ld", "image/svg", "application/javascript")  # fmt: skip


@dataclass(slots=True)
class Variant:
    """A response in one encoding. Its ETag is strong, and so its own (RFC 9110, 8.8.3)."""

    headers: Headers
    body: bytes
    etag: str


@dataclass(slots=True)
class Kept:
    """A response of which everything is known: when its rendering began, what it shows, how long it may last."""

    status: int
    headers: Headers  # without Content-Length, Content-Encoding, ETag and Vary
    body: bytes
    places: tuple[int, ...]
    born: int
    until: int
    lasting: bool = False  # it changes with what it shows alone, never with time
    variants: dict[str, Variant] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """The bytes of memory that it takes: its encodings, made or not, come to no more than itself."""
        return len(self.body) * (2 if self.is_text else 1) + 2_000

    def is_good(self, marks: Marks) -> bool:
        """Whether nothing that it shows has changed since."""
        return marks.purged(self.places)[0] < self.born and time.monotonic_ns() < self.until

    def may_bridge(self, marks: Marks) -> bool:
        """Whether it may be shown once more while its successor is made: for a moment, and nothing was killed.

        What said that there is nothing never may: somebody may just have published it.
        """
        if self.status != 200:
            return False
        soft, hard = marks.purged(self.places)
        return hard < self.born and time.monotonic_ns() - max(soft, self.born) < GRACE

    def variant(self, accepted: str | None) -> Variant:
        """The response in the best encoding that the asker takes."""
        encoding = choose(accepted) if accepted and self.is_text else ""
        found = self.variants.get(encoding)
        if found is None:
            found = self.variants[encoding] = self._encode(encoding)
        return found

    @property
    def is_text(self) -> bool:
        return len(self.body) >= SMALLEST and self.content_type.startswith(_TEXTS)

    @property
    def content_type(self) -> str:
        return next((value for name, value in self.headers if name == "content-type"), "")

    def _encode(self, encoding: str) -> Variant:
        body = _ENCODERS[encoding](self.body) if encoding else self.body
        etag = f'"{digest(self.body)}{"-" + encoding if encoding else ""}"'
        headers = [*self.headers, ("etag", etag)]
        if self.is_text:
            headers.append(("vary", "Accept-Encoding"))
        if encoding:
            headers.append(("content-encoding", encoding))
        return Variant(headers, body, etag)


def digest(body: bytes) -> str:
    """The opaque part of an ETag, which `headers.cacheable` makes too."""
    return hashlib.sha256(body).hexdigest()[:32]


def choose(accepted: str) -> str:
    """The encoding of ours that an Accept-Encoding header takes (RFC 9110, 12.5.3), "" for none."""
    found = _CHOSEN.get(accepted)
    if found is None:
        taken = dict(_weighed(part) for part in accepted.lower().split(","))
        others = taken.get("*", 0.0)
        found = next((name for name in _ENCODERS if taken.get(name, others) > 0), "")
        if len(_CHOSEN) < 1_000:
            _CHOSEN[accepted] = found
    return found


_CHOSEN: dict[str, str] = {}


def _weighed(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    try:
        return name.strip(), float(parameter.partition("=")[2]) if parameter else 1.0
    except ValueError:
        return name.strip(), 0.0

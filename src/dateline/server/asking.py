"""Asking the application, which speaks WSGI, from where no thread of a WSGI server stands around it."""

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from dateline.edge.kept import Headers

BLOCK = 65_536


@dataclass
class Answer:
    """What the application answered: its body in one piece, or the pieces of a longer one, or a file's."""

    status: int
    headers: Headers  # names in lower case
    body: bytes
    pieces: Iterator[bytes] | None = None  # read, and then `close` called, in the thread that asked
    closing: Callable[[], None] = lambda: None

    def close(self) -> None:
        """The file or the query behind the pieces is no longer needed."""
        self.closing()


class Whole:
    """What `wsgi.file_wrapper` makes of a file: its pieces, so that nothing is read before it is sent."""

    def __init__(self, file: BinaryIO, size: int = BLOCK) -> None:
        self.file, self.size = file, size
        self.close = getattr(file, "close", lambda: None)

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.file.read(self.size):
            yield piece


def ask(application: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> Answer:
    """One request from beginning to end, but for a body that comes in pieces."""
    said: dict[str, Any] = {}

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
        said["status"], said["headers"] = int(status[:3]), [(name.lower(), value) for name, value in headers]

    result = application(environ, start_response)
    close = getattr(result, "close", lambda: None)
    answer = Answer(said["status"], said["headers"], b"")
    if isinstance(result, Whole) or getattr(result, "streaming", False):
        answer.pieces, answer.closing = iter(result), close
        return answer
    try:
        answer.body = b"".join(result)
    finally:
        close()
    return answer


def environ(
    method: str,
    path: str,
    query: str = "",
    *,
    headers: Iterable[tuple[str, str]] = (),
    client: str = "127.0.0.1:0",
    server: str = "localhost:80",
    scheme: str = "http",
    body: BinaryIO | None = None,
) -> dict[str, Any]:
    """A request as PEP 3333 has it. `path` is decoded; the headers' names are in lower case."""
    name, port = _host_and_port(server)
    asked: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _bytes(path),
        "QUERY_STRING": _bytes(query),
        "SERVER_NAME": name,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": body or io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": Whole,
    }
    for header, value in headers:
        key = header.upper().replace("-", "_")
        if "_" in header:
            continue  # or X_FORWARDED_FOR would pass for X-Forwarded-For
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        value = _bytes(value)
        separator = "; " if key == "HTTP_COOKIE" else ","
        asked[key] = f"{asked[key]}{separator}{value}" if key in asked else value
    return asked


@lru_cache(maxsize=16)
def _host_and_port(server: str) -> tuple[str, str]:
    where = urlsplit(f"//{server}")
    return where.hostname or "localhost", str(where.port or 80)


def _bytes(text: str) -> str:
    """What came in as UTF-8, a character for each byte: so WSGI wants it, whatever a client sends unescaped."""
    return text if text.isascii() else text.encode("utf-8", "surrogateescape").decode("latin-1")

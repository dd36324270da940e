"""What answers every request: from what is kept, before the application is entered; else from the application.

Granian calls it by RSGI, in one event loop for each worker. The application runs in a few threads beside it, each with
its own connection to the database. Of all who ask for one page that is not kept, one makes it and the others wait.
"""

import asyncio
import io
import logging
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO

from granian.rsgi import ProtocolClosed

from dateline.edge.kept import Kept
from dateline.edge.pages import Pages
from dateline.edge.purging import Said

from . import asking
from .metrics import Counts
from .replica import Reading

# Beneath these nothing is kept: whoever asks gets an answer of his own.
PERSONAL = ("/desk/", "/media/", "/healthz")
LARGEST = 1_000_000  # bytes that a reader may send
THROWN_AWAY = 10_000_000  # bytes beyond it that are read all the same: who is cut off while he sends never reads why
LARGEST_TO_DESK = 500_000_000
IN_MEMORY = 1_000_000
OWN_SECONDS = 0.1  # for which who wrote something waits, so that the next page he asks for shows it
OWN_STEP = 0.002
SAFE = ("GET", "HEAD", "OPTIONS")
_CONDITIONS = frozenset({"if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "range", "if-range"})

log = logging.getLogger("dateline.server")


class TooLarge(Exception):
    """More was sent than is taken."""


class Gateway:
    """An RSGI application in front of a WSGI one, which makes pages in some threads and takes in what is sent in others.

    Pages keep a processor busy, and more of them at once only wait for each other. Comments wait for the disk, and the
    more do at once, the more are written together.
    """

    def __init__(
        self, application: Callable[..., Iterable[bytes]], pages: Pages, *, reading: int, sending: int
    ) -> None:
        self.application = application
        self.pages = pages
        self.readers = ThreadPoolExecutor(reading, thread_name_prefix="dateline")
        self.senders = ThreadPoolExecutor(sending, thread_name_prefix="dateline-sent")
        self.coming: dict[str, asyncio.Future[Kept | None]] = {}
        self.counts = Counts()
        self.reading = Reading(pages.marks)
        self.personal: set[str] = set()  # addresses whose answers were not to be kept

    async def __rsgi__(self, scope: Any, protocol: Any) -> str:
        """Answer, and say where the answer came from."""
        path = scope.path
        if scope.method not in ("GET", "HEAD") or path.startswith(PERSONAL) or "?" in path:
            return await self._pass_on(scope, protocol)
        address = f"{path}?{scope.query_string}" if scope.query_string else path
        kept, good = self.pages.find(address)
        source = "memory"
        if kept is not None:
            self.counts.memory()
        elif kept := await self._wait_for(address, scope):
            source = "made"
            self.counts.made()
        if kept is None:
            return await self._pass_on(scope, protocol)
        send(kept, scope, protocol)
        if not (good or kept.is_good(self.pages.marks) or address in self.coming):
            self._make(address, scope)
        return source

    async def _wait_for(self, address: str, scope: Any) -> Kept | None:
        """The page, made now; None where it is nobody else's."""
        if address in self.personal:
            return None
        return await asyncio.shield(self.coming.get(address) or self._make(address, scope))

    def _make(self, address: str, scope: Any) -> asyncio.Future[Kept | None]:
        """Have the page made, once, for all who ask meanwhile."""
        environ = _environ(scope, method="GET", leave_out=_CONDITIONS | {"cookie"})
        loop = asyncio.get_running_loop()
        accepted = scope.headers.get("accept-encoding")

        def make() -> Kept | None:
            kept = self.pages.make(address, lambda: self._render(environ))
            if kept is not None:
                kept.variant(accepted)  # here, and not in the loop
            return kept

        coming = loop.run_in_executor(self.readers, make)
        self.coming[address] = coming
        coming.add_done_callback(lambda done: self._made(address, done))
        return coming

    def _made(self, address: str, done: asyncio.Future[Kept | None]) -> None:
        self.coming.pop(address, None)
        if done.cancelled() or done.exception() is not None:
            return
        kept = done.result()
        if kept is not None:
            self.pages.memory.keep(address, kept)
        else:
            if len(self.personal) > 1_000:
                self.personal.clear()
            self.personal.add(address)

    def _ask(self, environ: dict[str, Any]) -> asking.Answer:
        return asking.ask(self.application, environ)

    def _render(self, environ: dict[str, Any]) -> asking.Answer:
        began = time.perf_counter()
        answer = self.reading.ask(lambda: self._ask(environ))
        self.counts.rendered(time.perf_counter() - began)
        return answer

    async def _pass_on(self, scope: Any, protocol: Any) -> str:
        """Let the application answer this request alone."""
        self.counts.alone()
        try:
            body = await _sent(scope, protocol)
        except TooLarge:
            protocol.response_str(
                413, [("content-type", "text/plain"), ("connection", "close")], "Too much was sent.\n"
            )
            return "alone"
        except ProtocolClosed:  # half a form is none, and nobody is there to be told
            return "alone"
        environ = _environ(scope, method=scope.method, body=body)
        loop = asyncio.get_running_loop()

        def answer() -> asking.Answer:
            answer = self._ask(environ)
            if answer.pieces is None:
                return answer
            transport = asyncio.run_coroutine_threadsafe(_open(protocol, answer), loop).result()
            try:
                if scope.method != "HEAD":
                    for piece in answer.pieces:
                        asyncio.run_coroutine_threadsafe(_send(transport, piece), loop).result()
            finally:
                answer.close()
            return answer

        said = Said.times
        threads = self.readers if scope.method in SAFE else self.senders
        found = await loop.run_in_executor(threads, answer)
        if scope.method not in SAFE and (scope.path.startswith("/desk/") or Said.times != said):
            await self._follow()
        if found.pieces is None:
            headers = [(name, value) for name, value in found.headers if not name.startswith("x-edge-")]
            protocol.response_bytes(found.status, headers, b"" if scope.method == "HEAD" else found.body)
        return "alone"

    async def _follow(self) -> None:
        """Until what was just written is followed on this machine, but not for long."""
        marks = self.pages.marks
        rung = marks.ring()
        while not marks.has_followed(rung) and time.monotonic_ns() - rung < OWN_SECONDS * 1e9:
            await asyncio.sleep(OWN_STEP)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let those who are being answered have their answers."""
        for threads in (self.readers, self.senders):
            threads.shutdown(wait=True, cancel_futures=True)


def send(kept: Kept, scope: Any, protocol: Any) -> None:
    """Answer with what is kept: in an encoding that the asker takes, and not at all where he has it already."""
    headers = scope.headers
    variant = kept.variant(headers.get("accept-encoding"))
    asked = headers.get("if-none-match")
    if asked and kept.status == 200 and has(asked, variant.etag):
        protocol.response_empty(304, variant.headers)
    elif scope.method == "HEAD":
        protocol.response_empty(kept.status, [*variant.headers, ("content-length", str(len(variant.body)))])
    else:
        protocol.response_bytes(kept.status, variant.headers, variant.body)


def has(asked: str, etag: str) -> bool:
    """Whether If-None-Match names `etag` (RFC 9110, 13.1.2: a weak comparison)."""
    return asked == etag or any(tag.strip().removeprefix("W/") in (etag, "*") for tag in asked.split(","))


async def _open(protocol: Any, answer: asking.Answer) -> Any:
    return protocol.response_stream(answer.status, answer.headers)


async def _send(transport: Any, piece: bytes) -> None:
    await transport.send_bytes(piece)


def _environ(
    scope: Any, *, method: str, body: BinaryIO | None = None, leave_out: frozenset[str] = frozenset()
) -> dict[str, Any]:
    headers = [(name, value) for name, value in scope.headers.items() if name not in leave_out]
    found = asking.environ(
        method,
        scope.path,
        scope.query_string,
        headers=headers,
        client=scope.client,
        server=scope.server,
        scheme=scope.scheme,
        body=body,
    )
    if body is not None:
        found["CONTENT_LENGTH"] = str(body.seek(0, 2))
        body.seek(0)
    return found


async def _sent(scope: Any, protocol: Any) -> BinaryIO | None:
    """What was sent, on disk where it is long; None where nothing was.

    Raises TooLarge, and ProtocolClosed where its sender went away before all of it was here.
    """
    said = scope.headers.get("content-length") or ""
    length = int(said) if said.isdecimal() else None
    if not length and scope.headers.get("transfer-encoding") is None:
        return None
    largest = LARGEST_TO_DESK if scope.path.startswith("/desk/") else LARGEST
    if length and length > largest + THROWN_AWAY:
        raise TooLarge
    if length and length <= min(largest, IN_MEMORY):
        return io.BytesIO(await protocol())
    body = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    size = 0
    async for piece in protocol:
        size += len(piece)
        if size <= largest:
            body.write(piece)
        elif size > largest + THROWN_AWAY:
            break
    if size > largest:
        raise TooLarge
    if length and size < length:
        raise ProtocolClosed
    return body  # type: ignore[return-value]

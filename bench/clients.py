"""Clients that ask a server over keep-alive connections, and the time that each answer took."""

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Load:
    """What so many clients got in so many seconds."""

    seconds: float
    times: list[float] = field(default_factory=list)  # of each answer that was expected, in seconds
    other: dict[int, int] = field(default_factory=dict)  # answers by status, where another was expected

    def figures(self) -> dict[str, float]:
        cuts = statistics.quantiles(self.times, n=100) if len(self.times) > 1 else [0.0] * 99
        return {
            "per_second": round(len(self.times) / self.seconds, 1),
            "p50_ms": round(cuts[49] * 1000, 1),
            "p99_ms": round(cuts[98] * 1000, 1),
            "answered": len(self.times),
            "refused": sum(self.other.values()),
        }


def load(url: str, request: Callable[[int], bytes], *, clients: int, seconds: float, expected: int) -> Load:
    """Ask for `request(n)`, n from 0 on, by so many clients at once, each waiting for its answer before the next."""
    return asyncio.run(_load(url, request, clients, seconds, expected))


async def _load(url: str, request: Callable[[int], bytes], clients: int, seconds: float, expected: int) -> Load:
    parts = urlsplit(url)
    done = Load(seconds)
    numbers = iter(range(1 << 60))
    end = time.perf_counter() + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 22)
        while (began := time.perf_counter()) < end:
            writer.write(request(next(numbers)))
            try:
                status, closing = await _answer(reader)
            except (OSError, EOFError):
                status, closing = 0, True
            took = time.perf_counter() - began
            if status == expected:
                done.times.append(took)
            else:
                done.other[status] = done.other.get(status, 0) + 1
            if closing:
                writer.close()
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 22)
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return done


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The status, and whether the server closes the connection after it."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    if "chunked" in headers.get("transfer-encoding", ""):
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    elif length := int(headers.get("content-length", 0)):
        await reader.readexactly(length)
    return status, headers.get("connection") == "close"


def form(path: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()

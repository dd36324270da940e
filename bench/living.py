"""A newsroom that is read while it publishes: how soon a publish and a kill are seen at every door, and what grows old.

python -m bench.living [--stories N] [--rounds N] [--reads N] [--soak MINUTES] [--json FILE]

`dateline serve` with two workers. Four connections, which its workers share, look at each door all the time: a publish
is seen when the last of them has seen it. Meanwhile other clients read kept pages, so many a second. Then the soak:
ten corrections a second under fifty readers, who hold what they read against when each version was out.
"""

import argparse
import asyncio
import json
import random
import re
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tests.homes import free_port

from . import __main__ as archives
from . import served, tables
from .comments import _wait as wait_for
from .edge import ROOT, running, say

STORIES, ROUNDS, READS, MINUTES = 5_000, 40, 2_000, 5.0
WATCHERS, READERS, TREE = 4, 50, 20
BARS = {"publish": 500.0, "kill": 1_000.0}  # ms, the 99th of a hundred
STALE_SECONDS = 1.0
FLAT = 1.1  # times the memory of the beginning, at the end
_VERSION = re.compile(rb'/history/">(\d+) ')


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.living", description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=STORIES, help="in the archive; default: %(default)s")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="publishes, and as many kills; default: %(default)s")
    parser.add_argument("--reads", type=int, default=READS, help="of kept pages a second; default: %(default)s")
    parser.add_argument("--soak", type=float, default=MINUTES, help="minutes; default: %(default)s")
    parser.add_argument("--json", type=Path, help="write everything that was measured to this file")
    chosen = parser.parse_args()
    results = measure(chosen.stories, chosen.rounds, chosen.reads, chosen.soak)
    print(text(results))
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return 0 if within(results) else 1


def measure(stories: int = STORIES, rounds: int = 20, reads: int = READS, soak: float = 0.5) -> dict[str, Any]:
    environ = archives.environment(archives.HOMES / str(stories))
    say(f"{stories:,} stories")
    archives.make(stories, environ)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    results: dict[str, Any] = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "reads": reads}
    with ExitStack() as stack:
        began = time.monotonic()
        serve = [sys.executable, "-m", "dateline", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
        server = stack.enter_context(running(serve, environ))
        wait_for(f"{url}/healthz", server)
        results["first_answer_s"] = round(time.monotonic() - began, 2)
        time.sleep(5)
        results["at_rest_mib"] = served.pss(server.pid)
        editor = stack.enter_context(Editor(environ))
        results["seen"] = asyncio.run(seen(url, editor, rounds, reads))
        say(f"soak, {soak:g} minutes")
        results["soak"] = asyncio.run(grow_old(url, editor, soak * 60, server.pid))
    return results


class Editor:
    """bench.writing, asked one thing at a time."""

    def __init__(self, environ: dict[str, str]) -> None:
        command = [sys.executable, "-m", "bench.writing"]
        self.process = subprocess.Popen(
            command, env=environ, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.section = json.loads(self.process.stdout.readline())["section"]  # type: ignore[union-attr]

    def __enter__(self) -> "Editor":
        return self

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        self.process.wait(30)

    async def do(self, verb: str, what: object) -> dict[str, Any]:
        def ask() -> dict[str, Any]:
            self.process.stdin.write(f"{verb} {what}\n")  # type: ignore[union-attr]
            self.process.stdin.flush()  # type: ignore[union-attr]
            return json.loads(self.process.stdout.readline())  # type: ignore[union-attr]

        return await asyncio.to_thread(ask)


class Client:
    """One connection that is kept."""

    @classmethod
    async def open(cls, url: str) -> "Client":
        self, parts = cls(), urlsplit(url)
        self.reader, self.writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 24)
        return self

    async def get(self, path: str) -> tuple[int, bytes]:
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", head)
        if length:
            return int(head[9:12]), await self.reader.readexactly(int(length[1]))
        body = b""
        while size := int(await self.reader.readline(), 16):
            body += (await self.reader.readexactly(size + 2))[:-2]
        await self.reader.readline()
        return int(head[9:12]), body


# -- How soon it is seen --------------------------------------------------------------------------------------------------


async def seen(url: str, editor: Editor, rounds: int, reads: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds from when it was out until the last of the watchers saw it, for each door."""
    found: dict[str, dict[str, list[float]]] = {"publish": {}, "kill": {}}
    watchers = [await Client.open(url) for _ in range(WATCHERS)]
    reading = asyncio.create_task(read(url, reads, [f"/section/{editor.section}/", "/", "/feeds/rss.xml"]))
    for number in range(rounds):
        word = f"zq{number}x{random.randrange(10**6)}"
        out = await editor.do("publish", word)
        name, headline = f"/news/{out['news_id']}/".encode(), word.encode()
        doors = doors_of(out, editor.section, word)
        await watch(watchers, doors, out["at"], found["publish"], partial(shows, name))
        await asyncio.sleep(random.uniform(0.1, 0.5))
        out = await editor.do("kill", out["news_id"])
        await watch(watchers, doors, out["at"], found["kill"], partial(is_gone, name, headline))
        await asyncio.sleep(random.uniform(0.1, 0.5))
    reading.cancel()
    return found


def shows(name: bytes, status: int, body: bytes) -> bool:
    return name in body


def is_gone(name: bytes, headline: bytes, status: int, body: bytes) -> bool:
    """A feed's tombstone names the story still, and a search says what was searched for."""
    return status == 410 or name not in body or headline not in body


def doors_of(out: dict[str, Any], section: str, word: str) -> dict[str, str]:
    return {
        "story page": quote(out["path"], safe="/%"),
        "front": "/",
        "section": f"/section/{section}/",
        "RSS": "/feeds/rss.xml",
        "Atom": "/feeds/atom.xml",
        "JSON Feed": "/feeds/feed.json",
        "search": f"/search/?q={word}",
        "news sitemap": "/news-sitemap.xml",
    }


async def watch(
    watchers: list[Client], doors: dict[str, str], out: float, found: dict[str, list[float]], good: Any
) -> None:
    last: dict[str, float] = {}

    async def look(client: Client) -> None:
        waiting = dict(doors)
        while waiting and time.monotonic() - out < 10:
            for door, path in list(waiting.items()):
                if good(*await client.get(path)):
                    last[door] = max(last.get(door, 0), time.monotonic() - out)
                    del waiting[door]
            await asyncio.sleep(0.01)
        for door in waiting:
            last[door] = 10.0

    await asyncio.gather(*(look(client) for client in watchers))
    for door, seconds in last.items():
        found.setdefault(door, []).append(round(seconds * 1000, 1))


async def read(url: str, rate: int, paths: list[str], clients: int = 8) -> None:
    """Kept pages, `rate` a second by all clients together."""

    async def client() -> None:
        mine, due = await Client.open(url), time.monotonic()
        while True:
            await mine.get(random.choice(paths))
            due = max(due + clients / rate, time.monotonic() - 0.1)
            await asyncio.sleep(max(0, due - time.monotonic()))

    await asyncio.gather(*(client() for _ in range(clients)))


# -- What grows old -------------------------------------------------------------------------------------------------------


async def grow_old(url: str, editor: Editor, seconds: float, server: int) -> dict[str, Any]:
    """Ten corrections a second of twenty stories, and fifty readers of them."""
    stories = [await editor.do("publish", f"soak{number}") for number in range(TREE)]
    soak = Soak(stories, {story["news_id"]: [(story["at"], story["version"])] for story in stories})
    end, memories = time.monotonic() + seconds, [served.pss(server)]

    async def weigh() -> None:
        while time.monotonic() < end:
            await asyncio.sleep(seconds / 10)
            memories.append(served.pss(server))

    readers = [soak.read(await Client.open(url), end) for _ in range(READERS)]
    await asyncio.gather(soak.correct(editor, end), weigh(), *readers)
    return {
        "seconds": seconds,
        "corrections": sum(len(each) - 1 for each in soak.out.values()),
        "read": soak.asked,
        "stale": len(soak.late),
        "failed": soak.failed,
        "mib": memories,
    }


@dataclass
class Soak:
    """Stories that are corrected while they are read; `out` says when each version of them was."""

    stories: list[dict[str, Any]]
    out: dict[int, list[tuple[float, int]]]
    late: list[tuple[int, int, int]] = field(default_factory=list)  # the News ID, the version due, the one shown
    failed: int = 0
    asked: int = 0

    async def correct(self, editor: Editor, end: float) -> None:
        due = time.monotonic()
        while time.monotonic() < end:
            story = await editor.do("correct", random.choice(self.stories)["news_id"])
            self.out[story["news_id"]].append((story["at"], story["version"]))
            due += 0.1
            await asyncio.sleep(max(0, due - time.monotonic()))

    async def read(self, client: Client, end: float) -> None:
        while time.monotonic() < end:
            story = random.choice(self.stories)
            began = time.monotonic()
            status, body = await client.get(quote(story["path"], safe="/%"))
            self.asked += 1
            self.failed += status >= 500
            due = self.due(story["news_id"], began)
            shown = _VERSION.search(body)
            version = int(shown[1]) if shown else 0
            if version < due:
                self.late.append((story["news_id"], due, version))
            await asyncio.sleep(random.uniform(0.01, 0.05))

    def due(self, news_id: int, began: float) -> int:
        """The oldest version that who asked at `began` may see."""
        return max(version for at, version in self.out[news_id] if at <= began - STALE_SECONDS or version == 1)


# -- As people read it ----------------------------------------------------------------------------------------------------


def text(results: dict[str, Any]) -> str:
    """A table that docs/performance.md can take as it is."""
    lines = [f"{results['date']}, {results['reads']:,} reads of kept pages a second meanwhile", ""]
    lines += [tables.row(["seen by all, ms", "publish p50", "p99", "kill p50", "p99"]), tables.row(["---"] * 5)]
    for door, published in results["seen"]["publish"].items():
        both = published, results["seen"]["kill"].get(door, [])
        cells = [f"{figure(each):.0f}" if each else "" for each in both for figure in (statistics.median, highest)]
        lines.append(tables.row([door, *cells]))
    soak = results["soak"]
    lines += [
        "",
        f"First answer {results['first_answer_s']} s after the command; {results['at_rest_mib']} MiB at rest (PSS).",
        f"{soak['corrections']:,} corrections in {soak['seconds']:.0f} s under {soak['read']:,} reads: {soak['stale']} showed a"
        f" version that was replaced more than {STALE_SECONDS:g} s before, {soak['failed']} failed; memory {soak['mib']} MiB,"
        f" {growth(soak['mib']):.2f} times that of the beginning (bar {FLAT}).",
    ]
    return "\n".join(lines)


def highest(times: list[float]) -> float:
    """The 99th of a hundred; of fewer the last."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def growth(mib: list[int]) -> float:
    return mib[-1] / mib[0]


def within(results: dict[str, Any] | None) -> bool:
    if results is None:
        return True
    soon = all(highest(times) <= BARS[verb] for verb, doors in results["seen"].items() for times in doors.values())
    soak = results["soak"]
    return soon and not soak["stale"] and not soak["failed"] and growth(soak["mib"]) <= FLAT


if __name__ == "__main__":
    sys.exit(main())

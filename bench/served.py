"""The memory of everything that serves a newsroom: at rest, and after readers asked for pages of every kind."""

import random
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg

from tests.homes import free_port
from tests.processes import children

from .words import RARE

ROOT = Path(__file__).parents[1]
ASKED = 2_000  # pages
BARS = {"at_rest": 250, "after_reading": 600}  # MiB


def memory(environ: dict[str, str]) -> dict[str, int]:
    """MiB of `dateline serve` with two workers and its follower, and of PostgreSQL where there is one."""
    port = free_port()
    serve = [sys.executable, "-m", "dateline", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    server = subprocess.Popen(serve, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}", server)
        time.sleep(5)
        found = {"at_rest": pss(server.pid)}
        _read(f"http://127.0.0.1:{port}")
        found["after_reading"] = pss(server.pid)
        if database := environ.get("DATELINE_DATABASE_URL"):
            found["postgresql"] = pss(_postmaster(database))
        return found
    finally:
        server.terminate()
        server.wait(30)


def pss(process: int) -> int:
    """MiB of a process and all below it, what they share counted once (PSS)."""
    tree, total = [process], 0
    while tree:
        each = tree.pop()
        tree += children(each)
        with suppress(OSError):  # it ended while we looked
            rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
            total += int(re.findall(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[0])
    return round(total / 1024)


def _read(url: str) -> None:
    """Pages of every kind, half of them old stories."""
    dice = random.Random("reading")
    stories = int(re.findall(r"/news/(\d+)/", _get(f"{url}/feeds/atom.xml"))[0])
    others = ["/", "/ar/", "/section/world/", "/feeds/rss.xml", "/corrections/", "/sitemap.xml",
              f"/search/?q={RARE}", "/search/?q=government+minister"]  # fmt: skip
    for number in range(ASKED):
        path = f"/news/{dice.randint(1, stories)}.json" if number % 2 else f"/news/{dice.randint(1, stories)}/-/"
        with suppress(urllib.error.HTTPError):  # two of them were killed
            _get(url + (dice.choice(others) if number % 8 == 0 else path))


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read().decode()


def _wait(url: str, server: subprocess.Popen) -> None:
    while server.poll() is None:
        with suppress(OSError):
            _get(f"{url}/healthz")
            return
        time.sleep(0.05)
    sys.exit("dateline serve did not start.")


def _postmaster(database: str) -> int:
    """The first process of a PostgreSQL on this machine."""
    with psycopg.connect(database) as connection:
        backend = connection.info.backend_pid
        return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


def text(found: dict[str, int], stories: int) -> str:
    """A line for docs/performance.md."""
    own = ", ".join(f"{name.replace('_', ' ')} {mib} MiB" for name, mib in found.items() if name != "postgresql")
    beside = f"; PostgreSQL {found['postgresql']} MiB" if "postgresql" in found else ""
    return f"Memory of `dateline serve` with two workers and its follower, {stories:,} stories: {own}{beside}."


def within(found: dict[str, int] | None) -> bool:
    if not found:
        return True
    whole = {**found, "after_reading": found["after_reading"] + found.get("postgresql", 0)}
    return all(whole[name] <= bar for name, bar in BARS.items())

"""How many comments a second are taken in, each durable, with all checks: `python -m bench.commenting [--isso VENV]`.

Starts `dateline serve` with two workers in a home that is thrown away, with one story, and posts to its thread over 32
kept-alive connections, every comment another one. With `--isso`, an environment that has isso, gunicorn and gevent,
Isso gets the same in turns: two workers, SQLite, its guard and moderation off. `--postgres` puts ours on PostgreSQL.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from tests import postgres

from .words import VOCABULARY

CLIENTS = 32
SECONDS = 8.0
ROUNDS = 3
STORY = """
import json, uuid
from django.contrib.auth.models import User
from wagtail.models import Locale
from dateline.comments import modes
from dateline.stories import actions
from dateline.stories.models import Section, Story
user = User.objects.create_superuser("bench", "bench@newsroom.example", "a long password")
body = json.dumps([{"id": str(uuid.uuid4()), "type": "paragraph", "value": "<p>Ships entered the harbour.</p>"}])
story = Story(headline="Ships enter the harbour", body=body, locale=Locale.objects.get_or_create(language_code="en")[0],
              section=Section.objects.first(), place="Baghdad")
story.save()
actions.publish(story, by=user)
modes.set_mode("", "first", None, by=user)
print(story.pk)
"""
ISSO = """[general]
dbpath = {folder}/isso.db
host = http://127.0.0.1:{port}
[moderation]
enabled = false
[guard]
enabled = false
"""
Body = Callable[[int], bytes]
Peer = tuple[int, int, Body]  # the number of its process, its port, and the n-th request


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.commenting", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--isso", type=Path, help="an environment with isso, gunicorn and gevent, to measure beside ours"
    )
    parser.add_argument(
        "--postgres", action="store_true", help="ours on a PostgreSQL that is thrown away; default: SQLite"
    )
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each round; default: %(default)s")
    chosen = parser.parse_args()
    with ExitStack() as stack:
        peers = {"dateline": stack.enter_context(dateline(on_postgres=chosen.postgres))}
        if chosen.isso:
            peers["isso"] = stack.enter_context(isso(chosen.isso))
        rounds: dict[str, list[list[float]]] = {name: [] for name in peers}
        for _ in range(ROUNDS):
            for name, (process, port, request) in peers.items():
                before = cpu_seconds(process)
                taken = asyncio.run(post(port, request, chosen.seconds))
                each = (cpu_seconds(process) - before) * 1000 / (taken[0] * chosen.seconds)
                rounds[name].append([*taken, each])
    print("| | comments a second | p50 | p99 | failed | CPU of each |\n|---|---|---|---|---|---|")
    for name, taken in rounds.items():
        rate, half, most, failed, cpu = (statistics.median(values) for values in zip(*taken, strict=True))
        print(f"| {name} | {rate:.0f} | {half:.0f} ms | {most:.0f} ms | {failed:.0f} | {cpu:.1f} ms |")
    return 0


@contextmanager
def dateline(*, on_postgres: bool) -> Iterator[Peer]:
    """Ours."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))
        environ = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "DJANGO_"))}
        environ |= {"DATELINE_HOME": home, "DJANGO_SETTINGS_MODULE": "dateline.settings"}
        if on_postgres:
            _version, url = stack.enter_context(postgres.server())
            with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE bench_comments")
            environ["DATELINE_DATABASE_URL"] = f"{url}/bench_comments"
        ours = [sys.executable, "-m", "dateline"]
        subprocess.run([*ours, "init"], env=environ, check=True, stdout=subprocess.DEVNULL)
        made = [sys.executable, "-c", f"import django; django.setup()\n{STORY}"]
        number = subprocess.run(made, env=environ, check=True, capture_output=True, text=True).stdout.strip()
        port = free_port()
        command = [*ours, "serve", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
        process = stack.enter_context(running(command, port, environ))
        yield (
            process,
            port,
            lambda at: request(port, f"/news/{number}/comments/", "application/x-www-form-urlencoded", form(at)),
        )


@contextmanager
def isso(environment: Path) -> Iterator[Peer]:
    """Isso, as its manual has it served."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        port = free_port()
        settings = Path(folder, "isso.cfg")
        settings.write_text(ISSO.format(folder=folder, port=port))
        command = [str(environment / "bin/gunicorn"), "-b", f"127.0.0.1:{port}", "-w", "2", "-k", "gevent", "isso.run"]
        with running(command, port, {**os.environ, "ISSO_SETTINGS": str(settings)}) as process:
            yield process, port, lambda at: request(port, "/new?uri=%2Fnews%2F1%2F", "application/json", thing(at))


@contextmanager
def running(command: list[str], port: int, environ: dict[str, str]) -> Iterator[int]:
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            sys.exit(f"{shutil.which(command[0])} did not answer on port {port} within 30 seconds.")
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def cpu_seconds(process: int) -> float:
    """What a process and all that it started have used."""
    rows = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            found = path.read_text().rpartition(")")[2].split()
            rows[int(path.parent.name)] = (int(found[1]), int(found[11]) + int(found[12]))
    family = {process}
    while more := {child for child, (parent, _used) in rows.items() if parent in family} - family:
        family |= more
    return sum(used for one, (_parent, used) in rows.items() if one in family) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def form(at: int) -> bytes:
    return urlencode({"comment": text(at), "name": f"Guest {at}", "version": "1"}).encode()


def thing(at: int) -> bytes:
    return json.dumps({"text": text(at), "author": f"Guest {at}", "title": "Ships enter the harbour"}).encode()


def text(at: int) -> str:
    """Forty words, others each time."""
    return f"{' '.join(random.choices(VOCABULARY['en'], k=40))} {at} {random.random()}."


def request(port: int, path: str, kind: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def post(port: int, request: Body, seconds: float) -> list[float]:
    """Comments taken in a second, the median and the 99th hundredth of the times in ms, and how many were not."""
    times: list[float] = []
    failed: list[bytes] = []
    number = iter(range(10**9))
    end = time.monotonic() + seconds

    async def client() -> None:
        while time.monotonic() < end:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while time.monotonic() < end:
                    began = time.monotonic()
                    writer.write(request(next(number)))
                    status = await answer(reader)
                    if status in (b"303", b"201", b"202"):
                        times.append(time.monotonic() - began)
                    else:
                        failed.append(status)
            writer.close()

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    times.sort()
    if not times:
        sys.exit(f"No comment was taken in; the answers were {set(failed)}.")
    at = [times[len(times) * hundredth // 100] * 1000 for hundredth in (50, 99)]
    return [len(times) / seconds, *at, len(failed)]


async def answer(reader: asyncio.StreamReader) -> bytes:
    """The status of an answer, which is then read to its end."""
    lines = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
    length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length")), 0)
    await reader.readexactly(length)
    return lines[0].split()[1]


if __name__ == "__main__":
    sys.exit(main())

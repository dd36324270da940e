"""What kept pages cost: `dateline serve` with one worker, and nginx in front of it, beside nginx with the same pages as files.

python -m bench.edge [--stories N] [--rounds N] [--seconds N] [--json FILE]

wrk asks (Debian's package), one thread of it with 32 connections, as browsers do: Accept-Encoding: gzip. All three
servers have one worker, and their logs are off. They take turns in each round; the medians' ratio is what counts.
"""

import argparse
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.homes import free_port

from . import __main__ as archives
from . import tables
from .comments import _wait as wait_for

ROOT = Path(__file__).parents[1]
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
WRK = shutil.which("wrk")
STORIES, ROUNDS, SECONDS, RANDOM = 5_000, 5, 3.0, 1_000
BARS = {"dateline serve": 0.5, "nginx in front": 0.95}
ASK_AT_RANDOM = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
math.randomseed(20261123)
request = function() return wrk.format("GET", paths[math.random(#paths)]) end
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.edge", description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=STORIES, help="in the archive; default: %(default)s")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="default: %(default)s")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, help="of each server in a round; default: %(default)s"
    )
    parser.add_argument("--json", type=Path, help="write everything that was measured to this file")
    chosen = parser.parse_args()
    results = measure(chosen.stories, chosen.rounds, chosen.seconds)
    print(text(results))
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return 0 if within(results) else 1


@dataclass
class Served:
    """A newsroom that is served by one worker, alone and behind nginx; and the same pages as files."""

    environ: dict[str, str]
    app: str
    front: str
    files: str
    folder: Path


def measure(stories: int = STORIES, rounds: int = ROUNDS, seconds: float = SECONDS) -> dict[str, Any]:
    if NGINX is None or WRK is None:
        return {"missing": "nginx and wrk (Debian's packages nginx-light and wrk)"}
    with ExitStack() as stack:
        served = stack.enter_context(newsroom(stories))
        asked = addresses(served)
        script = served.folder / "random.lua"
        (served.folder / "paths").write_text("\n".join(asked["random stories"]) + "\n")
        script.write_text(ASK_AT_RANDOM % (served.folder / "paths"))
        found: dict[str, Any] = {}
        for name, paths in asked.items():
            keep(served, paths)
            taken: dict[str, list[float]] = {"nginx, the same files": [], "dateline serve": [], "nginx in front": []}
            for _ in range(rounds):
                for server, url in zip(taken, (served.files, served.app, served.front), strict=True):
                    more = ["-s", str(script)] if len(paths) > 1 else []
                    taken[server].append(wrk(url + paths[0], seconds, *more))
            found[name] = {server: round(statistics.median(each)) for server, each in taken.items()}
            say(f"{name}: {found[name]}")
        return {"date": f"{datetime.now(UTC):%Y-%m-%d}", "stories": stories, "per_second": found}


def addresses(served: Served) -> dict[str, list[str]]:
    code = (
        "import django; django.setup()\n"
        "from dateline.stories.models import Current\n"
        f"for each in Current.objects.filter(killed=False).order_by('-published_at')[:{RANDOM}]: print(each.get_absolute_url())"
    )
    printed = subprocess.run(
        [sys.executable, "-c", code], env=served.environ, check=True, capture_output=True, text=True
    )
    stories = printed.stdout.split()
    return {"a story": stories[:1], "the front": ["/"], "random stories": stories}


def keep(served: Served, paths: list[str]) -> None:
    """Have each page kept, and the same bytes where nginx serves files: plain, and compressed as it comes."""
    for path in paths:
        asked = urllib.request.Request(served.app + path, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            body = answer.read()
        to = served.folder / "files" / urllib.request.url2pathname(path.lstrip("/")) / "index.html"
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(gzip.decompress(body))
        to.with_name("index.html.gz").write_bytes(body)


def wrk(url: str, seconds: float, *more: str) -> float:
    """Answers a second. Any that is not 2xx or 3xx, or breaks off, ends the run."""
    command = [str(WRK), "-t1", "-c32", f"-d{seconds:g}s", "-H", "Accept-Encoding: gzip", *more, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if trouble := re.search(r"Non-2xx.*|Socket errors.*", said):
        sys.exit(f"{url}: {trouble[0]}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


@contextmanager
def newsroom(stories: int) -> Iterator[Served]:
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "DJANGO_"))}
    home = archives.HOMES / str(stories)
    environ = {**outer, "DJANGO_SETTINGS_MODULE": "dateline.settings", "DATELINE_HOME": str(home)}
    say(f"{stories:,} stories")
    archives.make(stories, environ)
    shutil.rmtree(home / "edge", ignore_errors=True)
    folder = home / "edge-bench"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    app, front, files = free_port(), free_port(), free_port()
    environ["DATELINE_BIND"] = f"127.0.0.1:{app}"
    configured = [sys.executable, "-m", "dateline", "nginx", "--listen", f"127.0.0.1:{front}"]
    (folder / "front.conf").write_bytes(subprocess.run(configured, env=environ, check=True, capture_output=True).stdout)
    (folder / "files.conf").write_text(
        f"server {{ listen 127.0.0.1:{files}; root {folder}/files; index index.html; sendfile on; gzip_static on;"
        " default_type text/html; etag on; }"
    )
    with ExitStack() as stack:
        serve = [sys.executable, "-m", "dateline", "serve", "--workers", "1"]
        process = stack.enter_context(running(serve, environ))
        wait_for(f"http://127.0.0.1:{app}/healthz", process)
        for name in ("front", "files"):
            (folder / f"{name}-nginx.conf").write_text(nginx(folder, name))
            stack.enter_context(
                running([str(NGINX), "-c", str(folder / f"{name}-nginx.conf"), "-g", "daemon off;"], outer)
            )
        urls = [f"http://127.0.0.1:{port}" for port in (app, front, files)]
        yield Served(environ, *urls, folder)


def nginx(folder: Path, name: str) -> str:
    temporary = "".join(
        f" {each}_temp_path {folder}/{name}-temp;" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root; " if os.geteuid() == 0 else ""
    return (
        f"{user}worker_processes 1; pid {folder}/{name}.pid; error_log {folder}/{name}.log;\n"
        f"events {{ worker_connections 1024; }} http {{ access_log off; keepalive_requests 1000000;{temporary}"
        f" include {folder}/{name}.conf; }}\n"
    )


@contextmanager
def running(command: list[str], environ: dict[str, str]) -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def text(results: dict[str, Any]) -> str:
    """A table that docs/performance.md can take as it is."""
    if "missing" in results:
        return f"Kept pages were not measured: {results['missing']} are not here."
    names = ["nginx, the same files", *BARS]
    lines = [tables.row(["answers a second", *names]), tables.row(["---"] * (1 + len(names)))]
    for what, rates in results["per_second"].items():
        base = rates[names[0]]
        cells = [f"{rates[name]:,} ({rates[name] / base:.2f}, bar {BARS[name]:g})" for name in BARS]
        lines.append(tables.row([what, f"{base:,}", *cells]))
    return "\n".join(lines)


def within(results: dict[str, Any] | None) -> bool:
    if not results or "missing" in results:
        return True
    rates = results["per_second"].values()
    return all(each[name] >= bar * each["nginx, the same files"] for each in rates for name, bar in BARS.items())


def say(line: str) -> None:
    print(f"-- {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

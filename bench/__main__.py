"""`make bench`: what the newsroom costs, at a thousand stories and at a hundred thousand.

python -m bench [--sizes 1000,100000] [--json FILE] [--postgres] [--only WORDS] [--archives]

Each size is an archive that bench/archive.py makes, the same each time, in a home of its own under var/bench/ (SQLite)
or in a PostgreSQL that is thrown away. CPU time is that of the process that answers, from the first byte in to
the last byte out, without a network; the median of nine rounds, in which the archives take turns.
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from tests import postgres

from . import comments, served, tables

ROOT = Path(__file__).parents[1]
HOMES = ROOT / "var" / "bench"
MADE_BY = ("archive", "copies", "words")
ROUNDS = 9
KEPT_FROM = 10_000  # stories; a smaller archive is made anew each time
COPIED_UP_TO = 200_000  # a larger one is measured itself: what a run adds to it is nothing beside it


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,100000", help="how many stories, with commas; default: %(default)s")
    parser.add_argument("--json", type=Path, help="write everything that was measured to this file")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL that is thrown away; default: SQLite")
    parser.add_argument("--only", default="", help="only measures whose name has this in it")
    parser.add_argument(
        "--archives", action="store_true", help="the archives alone: no import, comments, kept pages or living"
    )
    chosen = parser.parse_args()
    sizes = sorted(int(size) for size in chosen.sizes.split(","))
    if len(sizes) < 2:
        parser.error("name two sizes or more: one is compared with the other")
    results: dict[str, Any] = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine()}
    results |= of_archives(sizes, on_postgres=chosen.postgres, only=chosen.only)
    within = [tables.within(results), served.within(results.get("memory"))]
    if (data := data_folder()) and not chosen.archives:
        results["import"] = import_rate(data)
    print(tables.text(results))
    for name, part, options in () if chosen.archives else others(on_postgres=chosen.postgres):
        if chosen.only in name:
            results[name] = part.measure(**options)
            print(f"\n{part.text(results[name])}")
            within.append(part.within(results[name]))
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return 0 if all(within) else 1


def of_archives(sizes: list[int], *, on_postgres: bool, only: str) -> dict[str, Any]:
    results: dict[str, Any] = {}
    with environments(sizes, on_postgres=on_postgres) as (engine, prepared):
        results["engine"] = engine
        for size in sizes:
            say(f"{size:,} stories on {engine}")
            if rates := make(size, prepared[size]):
                results["filled"] = {"stories": size, **rates}
        results["sizes"] = take_turns(prepared, only)
        say(f"memory, at {sizes[-1]:,} stories")
        results["memory"] = served.memory(prepared[sizes[-1]])
    return results


def others(*, on_postgres: bool) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """What is measured besides, each in a module of its own."""
    from . import edge, living  # they make their archives as we do

    yield "comments", comments, {"on_postgres": on_postgres}
    yield "kept pages", edge, {}
    yield "living", living, {}


@contextmanager
def environments(sizes: list[int], *, on_postgres: bool) -> Iterator[tuple[str, dict[int, dict[str, str]]]]:
    """Each size's environment: its home, and its database."""
    if not on_postgres:
        yield "SQLite", {size: environment(HOMES / str(size)) for size in sizes}
        return
    with postgres.server() as (version, url):
        prepared = {}
        for size in sizes:
            with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "bench_{size}" WITH (FORCE)')
                connection.execute(f'CREATE DATABASE "bench_{size}"')
            home = HOMES / f"postgres-{size}"
            shutil.rmtree(home, ignore_errors=True)
            prepared[size] = {**environment(home), "DATELINE_DATABASE_URL": f"{url}/bench_{size}"}
        yield f"PostgreSQL {version}", prepared


def environment(home: Path) -> dict[str, str]:
    """What a `dateline` on `home` needs, and nothing of ours."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "DJANGO_"))}
    return {**outer, "DJANGO_SETTINGS_MODULE": "dateline.settings", "DATELINE_HOME": str(home)}


def make(size: int, environ: dict[str, str]) -> dict[str, float]:
    """The archive as it was made, whatever was measured on it before. A large one is kept, and copied for each run.

    How many stories a second were made at first and at last; nothing where it was made before.
    """
    home = Path(environ["DATELINE_HOME"])
    kept, used, stamp = home / "kept.sqlite3", home / "dateline.sqlite3", home / "made-of"
    if stamp.exists() and stamp.read_text() == fingerprint(size):
        if size <= COPIED_UP_TO:
            for left in home.glob("dateline.sqlite3*"):
                left.unlink()
            shutil.copyfile(kept, used)
        return {}
    shutil.rmtree(home, ignore_errors=True)
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "dateline", "init"], env=environ, check=True, stdout=subprocess.DEVNULL)
    rates = json.loads(run("fill", str(size), environ=environ))
    if used.exists() and size >= KEPT_FROM:
        with closing(sqlite3.connect(used)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if size <= COPIED_UP_TO:
            shutil.copyfile(used, kept)
        stamp.write_text(fingerprint(size))
    say(f"made in {time.monotonic() - began:.0f} s: {json.dumps(rates)}")
    return rates


def fingerprint(size: int) -> str:
    """Changes when an archive that was made before is no longer what would be made now."""
    sources = [*ROOT.glob("src/dateline/*/migrations/*.py"), *(ROOT / "bench" / f"{name}.py" for name in MADE_BY)]
    return hashlib.sha256(b"".join([str(size).encode(), *(path.read_bytes() for path in sorted(sources))])).hexdigest()


def take_turns(prepared: dict[int, dict[str, str]], only: str) -> dict[int, dict[str, dict[str, float]]]:
    """The median round of each measure on each archive; they take turns, so that noise troubles all alike."""
    found: dict[int, dict[str, dict[str, float]]] = {size: {} for size in prepared}
    with ExitStack() as stack:
        processes = {size: stack.enter_context(measuring(size, environ)) for size, environ in prepared.items()}
        _, *_, names = [None, *(json.loads(process.stdout.readline()) for process in processes.values())]
        for name in (name for name in names if only in name):
            rounds: dict[int, list[list[list[float]]]] = {size: [] for size in processes}
            for _ in range(ROUNDS):
                for size, process in processes.items():
                    rounds[size].append(one_round(process, name))
            for size, taken in rounds.items():
                found[size][name] = figures(taken)
            say(f"{name}: " + ", ".join(f"{found[size][name]['cpu_ms']:.2f} ms" for size in processes))
    return found


def figures(rounds: list[list[list[float]]]) -> dict[str, float]:
    """Of the median round, what a request took; and of all requests, what 95 of a hundred took at the most."""
    means = [[statistics.fmean(values) for values in zip(*taken, strict=True)] for taken in rounds]
    cpu, elapsed, queries = (statistics.median(values) for values in zip(*means, strict=True))
    slowest = statistics.quantiles([request[1] for taken in rounds for request in taken], n=20)[-1]
    return {
        "cpu_ms": round(cpu, 3), "elapsed_ms": round(elapsed, 3), "p95_ms": round(slowest, 1), "queries": round(queries, 1),
    }  # fmt: skip


def measuring(size: int, environ: dict[str, str]) -> subprocess.Popen:
    command = [sys.executable, "-m", "bench.measuring", "measure", str(size)]
    return subprocess.Popen(command, env=environ, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def one_round(process: subprocess.Popen, name: str) -> list[list[float]]:
    process.stdin.write(f"{name}\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        sys.exit(f"Measuring '{name}' failed; what it said is above.")
    return json.loads(line)


def run(*arguments: str, environ: dict[str, str]) -> str:
    """Run bench.measuring in a process that has this home, and return what it prints."""
    command = [sys.executable, "-m", "bench.measuring", *arguments]
    return subprocess.run(command, env=environ, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def data_folder() -> Path | None:
    named = os.environ.get("DATELINE_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    reuters = folder / "newswire" / "reuters-21578"
    return reuters if reuters.is_dir() else None


def import_rate(folder: Path) -> dict[str, Any]:
    """How fast a fresh home takes in the Reuters folder, search index included."""
    say("import of Reuters-21578")
    home = HOMES / "import"
    shutil.rmtree(home, ignore_errors=True)
    environ = {**os.environ, "DATELINE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "dateline.settings"}
    dateline = [sys.executable, "-m", "dateline"]
    subprocess.run([*dateline, "init"], env=environ, check=True, stdout=subprocess.DEVNULL)
    began = time.monotonic()
    subprocess.run([*dateline, "import", str(folder)], env=environ, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    stories = int(run("count", environ=environ))
    shutil.rmtree(home)
    return {"stories": stories, "seconds": round(seconds, 1), "stories_per_second": round(stories / seconds)}


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    names = {line.partition(":")[2].strip() for line in lines if line.startswith("model name")}
    cores = f"{os.cpu_count()} cores of {', '.join(sorted(names)) or platform.machine()}"
    return f"{cores}, Python {platform.python_version()}"


def say(line: str) -> None:
    print(f"-- {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

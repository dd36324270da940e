"""`make bench`: what the newsroom costs, at a thousand stories and at a hundred thousand.

python -m bench [--sizes 1000,100000] [--json FILE] [--postgres] [--only WORDS]

Each size is an archive that bench/archive.py makes, the same each time, in a home of its own under var/bench/ (SQLite)
or in a PostgreSQL that is thrown away. CPU time is that of the process that answers, from the first byte in to
the last byte out, without a network; the median of seven rounds.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from tests import postgres

from . import tables

ROOT = Path(__file__).parents[1]
HOMES = ROOT / "var" / "bench"
KEPT_FROM = 10_000  # a smaller archive is made anew each time


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,100000", help="how many stories, with commas; default: %(default)s")
    parser.add_argument("--json", type=Path, help="write everything that was measured to this file")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL that is thrown away; default: SQLite")
    parser.add_argument("--only", default="", help="only measures whose name has this in it")
    chosen = parser.parse_args()
    sizes = sorted(int(size) for size in chosen.sizes.split(","))
    results: dict[str, Any] = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine(), "sizes": {}}
    with environments(sizes, on_postgres=chosen.postgres) as (engine, prepared):
        results["engine"] = engine
        for size in sizes:
            say(f"{size:,} stories on {engine}")
            make(size, prepared[size])
            results["sizes"][size] = json.loads(measure("measure", str(size), chosen.only, environ=prepared[size]))
    if data := data_folder():
        results["import"] = import_rate(data)
    print(tables.text(results))
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return 0 if tables.within(results) else 1


@contextmanager
def environments(sizes: list[int], *, on_postgres: bool) -> Iterator[tuple[str, dict[int, dict[str, str]]]]:
    """Each size's environment: its home, and its database."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "DJANGO_"))}
    outer["DJANGO_SETTINGS_MODULE"] = "dateline.settings"
    if not on_postgres:
        yield "SQLite", {size: {**outer, "DATELINE_HOME": str(HOMES / str(size))} for size in sizes}
        return
    with postgres.server() as (version, url):
        prepared = {}
        for size in sizes:
            with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
                connection.execute(f'DROP DATABASE IF EXISTS "bench_{size}" WITH (FORCE)')
                connection.execute(f'CREATE DATABASE "bench_{size}"')
            home = HOMES / f"postgres-{size}"
            shutil.rmtree(home, ignore_errors=True)
            prepared[size] = {**outer, "DATELINE_HOME": str(home), "DATELINE_DATABASE_URL": f"{url}/bench_{size}"}
        yield f"PostgreSQL {version}", prepared


def make(size: int, environ: dict[str, str]) -> None:
    """The archive, unless a whole one is there already."""
    home = Path(environ["DATELINE_HOME"])
    if (home / "filled").exists() and size >= KEPT_FROM:
        return
    shutil.rmtree(home, ignore_errors=True)
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "dateline", "init"], env=environ, check=True, stdout=subprocess.DEVNULL)
    measure("fill", str(size), environ=environ)
    (home / "filled").touch()
    say(f"made in {time.monotonic() - began:.0f} s")


def measure(*arguments: str, environ: dict[str, str]) -> str:
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
    stories = int(measure("count", environ=environ))
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

"""`make test`: every test on SQLite, then those that touch a database again on PostgreSQL.

python -m tests [--sqlite | --postgres] [pytest's own arguments]

PostgreSQL is the server that DATELINE_TEST_POSTGRES names (a URL whose role may create databases), or a throw-away one
made from the binaries that are installed. What was not run is said, with the reason.
"""

import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests import postgres

NO_TESTS_COLLECTED = 5


def main(arguments: list[str]) -> int:
    """Run what `arguments` ask for. 0 only when everything that ran has passed."""
    engines = {"--sqlite", "--postgres"} & set(arguments)
    asked = [argument for argument in arguments if argument not in engines]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    results = {}
    if engines != {"--postgres"}:
        results[f"SQLite {sqlite3.sqlite_version}"] = run(asked, {"DATELINE_DATABASE_URL": ""})
    if engines != {"--sqlite"}:
        try:
            with postgres.server() as (version, url):
                name = f"dateline_{secrets.token_hex(4)}"
                results[f"PostgreSQL {version}"] = run(asked, {"DATELINE_DATABASE_URL": f"{url}/{name}"})
        except (postgres.NoServer, psycopg.Error) as reason:
            required = "--postgres" in engines or os.environ.get("DATELINE_NO_SKIPS") == "1"
            results["PostgreSQL"] = f"{'required, but ' if required else ''}not run: {reason}"
    return close(results)


def run(asked: list[str], environ: Mapping[str, str]) -> str:
    """One run of pytest, in words: "passed in 12 s", "FAILED in 12 s"."""
    began = time.monotonic()
    with scratch() as folder:
        command = [sys.executable, "-m", "pytest", *workers(asked), *asked]
        say(f"{'PostgreSQL' if environ['DATELINE_DATABASE_URL'] else 'SQLite'}: pytest {' '.join(command[3:])}")
        status = wait(subprocess.Popen(command, env={**os.environ, **environ, "TMPDIR": folder}))
    took = f"in {time.monotonic() - began:.0f} s"
    if status == NO_TESTS_COLLECTED and environ["DATELINE_DATABASE_URL"]:
        return "not run: none of these tests touches a database"
    return f"passed {took}" if status == 0 else f"FAILED {took} (pytest exit {status})"


def workers(asked: list[str]) -> list[str]:
    """Two processes for the whole suite or a folder of it, each with whole files; one file is quicker in one."""
    paths = [argument for argument in asked if not argument.startswith("-") and Path(argument.split("::")[0]).exists()]
    if any(argument.startswith(("-n", "--pdb", "-x", "-s")) for argument in asked):
        return []
    if paths and not any(Path(path).is_dir() for path in paths):
        return []
    return ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]


def wait(process: subprocess.Popen) -> int:
    """Its exit status. Ctrl-C reaches pytest too: it is left to end its homes and servers before we go on."""
    try:
        return process.wait()
    except BaseException:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            process.kill()
        raise


@contextmanager
def scratch() -> Iterator[str]:
    """A folder for everything temporary, gone afterwards whatever happened."""
    folder = tempfile.mkdtemp(prefix="dateline-tests-")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def close(results: Mapping[str, str]) -> int:
    say("What was run")
    for engine, result in results.items():
        print(f"  {engine:<18} {result}", flush=True)
    return 1 if any("FAILED" in result or "required" in result for result in results.values()) else 0


def say(line: str) -> None:
    print(f"\n== {line}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")

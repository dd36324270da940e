"""What comments cost, through the server: accepted, read, and in a thread of any length; beside Isso doing the same.

python -m bench.comments [--postgres] [--seconds N] [--json FILE] [--without-isso]

Both servers have two workers, and keep each comment on the disk before they answer. Ours has all its checks on. They
take turns, and the median of five rounds is told. The clients wait for each answer before they send again. Everything
runs on this one machine, the clients too; where it is busy with something else, compare the processor time (of the
servers, without PostgreSQL's).
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from tests import postgres
from tests.homes import free_port

from . import clients, isso, tables

ROOT = Path(__file__).parents[1]
HOME = ROOT / "var" / "bench" / "comments"
CLIENTS, WORKERS, SECONDS, ROUNDS = 32, 2, 4.0, 5
READING = 8  # clients that read threads
WORDS = "The harbour opened again on Monday and {number} ships came in, as the mayor had said they would. " * 2
BARS = {"accepted": 2.0, "thread": 5.0, "first_page": 1.2, "p99_ms": 150.0}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.comments", description=__doc__.splitlines()[0])
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL that is thrown away; default: SQLite")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each measure; default: %(default)s")
    parser.add_argument("--without-isso", action="store_true", help="ours alone")
    parser.add_argument("--json", type=Path, help="write everything that was measured to this file")
    chosen = parser.parse_args()
    results = measure(on_postgres=chosen.postgres, seconds=chosen.seconds, with_isso=not chosen.without_isso)
    print(text(results))
    if chosen.json:
        chosen.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return 0 if within(results) else 1


def measure(*, on_postgres: bool, seconds: float = SECONDS, with_isso: bool = True) -> dict[str, Any]:
    """Both servers are up at once and take turns; of each figure the median of the rounds."""
    with ExitStack() as stack:
        engine, url, server = stack.enter_context(ours(on_postgres))
        results: dict[str, Any] = {"engine": engine, "date": f"{datetime.now(UTC):%Y-%m-%d}"}
        asked = {"ours": (url, server, _ours())}
        try:
            if not with_isso:
                raise isso.NotHere("not asked for")
            theirs = stack.enter_context(isso.served(free_port(), WORKERS))
            asked["isso"] = (*theirs, _theirs())
            for number in range(20):
                _load_once(theirs[0], isso.comment("/twenty/", number, WORDS.format(number=number)))
        except isso.NotHere as why:
            say(f"Isso: {why}")
            results["isso"] = {"missing": str(why)}
        rounds: dict[str, dict[str, list[dict[str, Any]]]] = {who: {"accepted": [], "thread": []} for who in asked}
        for number in range(ROUNDS):
            for name in ("accepted", "thread"):
                for who, (at, process, loads) in asked.items():
                    say(f"round {number + 1}, {name}, {who}")
                    rounds[who][name].append(_load(at, process, seconds, number, *loads[name]))
        for who, found in rounds.items():
            results[who] = {name: _median(each) for name, each in found.items()}
        results["ours"]["pages"] = pages(url)
    return results


Loads = dict[str, tuple[Callable[[int], bytes], int, int]]  # what is asked for, by how many clients, and the answer


def _ours() -> Loads:
    return {
        "accepted": (accept, CLIENTS, 303),
        "thread": (lambda n: clients.get(f"/news/3/comments/?n={n}"), READING, 200),
    }


def _theirs() -> Loads:
    return {
        "accepted": (lambda n: isso.comment("/load/", n, _unlike(n)), CLIENTS, 201),
        "thread": (lambda n: clients.get(f"/?uri=/twenty/&n={n}"), READING, 200),
    }


def _median(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    figures = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    return {**figures, "rounds": [each["per_second"] for each in rounds]}


def accept(number: int) -> bytes:
    fields = {"comment": _unlike(number), "name": f"Reader {number % 500}", "version": "1"}
    return clients.form("/news/4/comments/", urlencode(fields).encode())


def _unlike(number: int) -> str:
    return f"{number} {WORDS.format(number=number)}"


def pages(url: str, rounds: int = 40) -> dict[str, float]:
    """Milliseconds of the first page of a thread of 200 and of 20,000, by one client; they take turns."""
    times: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for story in times:
            began = time.perf_counter()
            with urllib.request.urlopen(f"{url}/news/{story}/comments/", timeout=60) as answer:
                answer.read()
            times[story].append((time.perf_counter() - began) * 1000)
    few, many = (sorted(taken)[rounds // 2] for taken in times.values())
    return {"of_200_ms": round(few, 2), "of_20000_ms": round(many, 2), "ratio": round(many / few, 2)}


def _load(
    url: str, server: int, seconds: float, turn: int, request: Callable[[int], bytes], number: int, expected: int
) -> dict[str, Any]:
    first = turn * 10_000_000  # nothing is sent twice
    clients.load(url, lambda n: request(n + first), clients=number, seconds=1.0, expected=expected)  # warm
    start, before = first + 1_000_000, _cpu(server)
    done = clients.load(url, lambda n: request(n + start), clients=number, seconds=seconds, expected=expected)
    figures = done.figures() | {"cpu_ms": round((_cpu(server) - before) * 1000 / max(1, len(done.times)), 2)}
    say(json.dumps({**figures, "other": done.other}))
    return figures


def _cpu(process: int) -> float:
    """Seconds of processor time of a process and all below it: what a busy machine does not change."""
    parents: dict[int, list[int]] = {}
    times: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            times[int(stat.parent.name)] = int(fields[11]) + int(fields[12])
            parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    waiting, total = [process], 0
    while waiting:
        each = waiting.pop()
        total += times.get(each, 0)
        waiting += parents.get(each, [])
    return total / os.sysconf("SC_CLK_TCK")


def _load_once(url: str, request: bytes) -> None:
    clients.load(url, lambda n: request, clients=1, seconds=0.001, expected=201)


# -- Ours -----------------------------------------------------------------------------------------------------------------


@contextmanager
def ours(on_postgres: bool) -> Iterator[tuple[str, str, int]]:
    """The engine, the URL and the process of a served newsroom; stories 1 to 4 have 200, 20,000, 20 and no comments.

    It keeps no finished pages: each is made when it is asked for, and none is asked for twice.
    """
    shutil.rmtree(HOME, ignore_errors=True)
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "DJANGO_"))}
    environ = {**outer, "DJANGO_SETTINGS_MODULE": "dateline.settings", "DATELINE_HOME": str(HOME)}
    environ |= {"DATELINE_EDGE_MEMORY": "0", "DATELINE_EDGE_DISK": "0"}
    engine = "SQLite"
    with ExitStack() as stack:
        if on_postgres:
            version, server = stack.enter_context(postgres.server(durable=True))
            with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                connection.execute('CREATE DATABASE "bench_comments"')
            environ["DATELINE_DATABASE_URL"] = f"{server}/bench_comments"
            engine = f"PostgreSQL {version}"
        dateline = [sys.executable, "-m", "dateline"]
        subprocess.run([*dateline, "init"], env=environ, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        subprocess.run([sys.executable, "-m", "bench.threads"], env=environ, check=True, cwd=ROOT)
        port = free_port()
        serve = [*dateline, "serve", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
        process = subprocess.Popen(serve, env=environ, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", process)
            yield engine, f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()
            process.wait(30)


def _wait(url: str, process: subprocess.Popen) -> None:
    while process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("dateline serve did not start.")


# -- As people read it ----------------------------------------------------------------------------------------------------


def text(results: dict[str, Any]) -> str:
    """A table that docs/performance.md can take as it is."""
    mine, theirs = results["ours"], results["isso"]
    lines = [f"{results['engine']}, {results['date']}", "", tables.row(["", "ours", "Isso 0.14", "ratio"])]
    lines.append(tables.row(["---"] * 4))
    for name, words in (("accepted", f"comments accepted, {CLIENTS} clients"), ("thread", "a thread of 20, uncached")):
        other = theirs.get(name)
        ratio = f"{mine[name]['per_second'] / other['per_second']:.1f} (bar {BARS[name]:g})" if other else ""
        lines.append(tables.row([words, _rate(mine[name]), _rate(other), ratio]))
    if "missing" in theirs:
        lines += ["", f"Isso was not measured: {theirs['missing']}."]
    first = mine["pages"]
    lines += [
        "",
        f"First page of a thread of 200: {first['of_200_ms']} ms; of 20,000: {first['of_20000_ms']} ms, ratio",
    ]
    lines[-1] += f" {first['ratio']} (bar {BARS['first_page']})."
    return "\n".join(lines)


def within(results: dict[str, Any] | None) -> bool:
    """Whether everything that is promised was kept, as far as it was measured."""
    if results is None:
        return True
    mine, theirs = results["ours"], results["isso"]
    kept = [mine["pages"]["ratio"] <= BARS["first_page"], mine["accepted"]["p99_ms"] <= BARS["p99_ms"]]
    for name in ("accepted", "thread"):
        if name in theirs:
            kept.append(mine[name]["per_second"] >= BARS[name] * theirs[name]["per_second"])
    return all(kept)


def _rate(figures: dict[str, float] | None) -> str:
    if figures is None:
        return "not here"
    times = f"p50 {figures['p50_ms']:.0f} ms, p99 {figures['p99_ms']:.0f} ms"
    return f"{figures['per_second']:,.0f}/s, {times}, {figures['cpu_ms']:.1f} ms of processor time each"


def say(line: str) -> None:
    print(f"-- {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""Measures the newsroom in the environment, in this process: `python -m bench.measuring fill|measure|count ...`."""

import gc
import json
import statistics
import sys
from collections.abc import Callable
from typing import Any

import django

ROUNDS = 7
WARM = 3


def main(what: str, *arguments: str) -> None:
    django.setup()
    if what == "fill":
        fill(int(arguments[0]))
    elif what == "count":
        from dateline.stories.models import Current

        print(Current.objects.count())
    else:
        print(json.dumps(measure(int(arguments[0]), *arguments[1:])))


def fill(size: int) -> None:
    from django.db import connection

    from dateline.search import index

    from . import archive

    archive.fill(size, progress=lambda done: say(f"{done:,} of {size:,}") if done % 10_000 == 0 else None)
    say("indexing")
    index.catch_up()
    if connection.vendor == "postgresql":  # as autovacuum would, within the hour
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def measure(size: int, only: str = "") -> dict[str, dict[str, float]]:
    """Each measure by name: CPU and elapsed milliseconds, and queries, of one request."""
    from .asking import Asker
    from .measures import measures

    asker = Asker()
    found = {}
    for name, per_round, request in measures(size):
        if only in name:
            found[name] = median(asker, request, per_round)
            say(f"{name}: {found[name]['cpu_ms']:.2f} ms, {found[name]['queries']} queries")
    return found


def median(asker: Any, request: Callable[[int], Any], per_round: int) -> dict[str, float]:
    """The median round. Request `n` may ask for something else each time; every round asks for the same."""
    for number in range(WARM):
        asker.ask(request(number % per_round))
    rounds = []
    for _ in range(ROUNDS):
        gc.collect()
        answers = [asker.ask(request(number)) for number in range(per_round)]
        rounds.append(tuple(statistics.fmean(values) for values in zip(*answers, strict=True)))
    cpu, elapsed, queries = (statistics.median(values) for values in zip(*rounds, strict=True))
    return {"cpu_ms": round(cpu * 1000, 3), "elapsed_ms": round(elapsed * 1000, 3), "queries": round(queries, 1)}


def say(line: str) -> None:
    print(f"   {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

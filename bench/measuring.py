"""Measures the newsroom in the environment, in this process: `python -m bench.measuring fill|measure|count ...`.

`measure SIZE` prints the names of its measures as JSON, then waits: for each name on its standard input it does one
round and prints what each request took. So two archives can take turns, and a busy machine troubles both alike.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

WARM = 3


def main(what: str, *arguments: str) -> None:
    django.setup()
    if what == "fill":
        fill(int(arguments[0]))
    elif what == "count":
        from dateline.stories.models import Current

        print(Current.objects.count())
    else:
        measure(int(arguments[0]))


def fill(size: int) -> None:
    """Fill the newsroom and its search index; print how many stories a second the first and the last published were.

    Those are a tenth of the archive; of one that is filled with copies, ten thousand each.
    """
    from django.db import connection

    from dateline.search import index

    from . import archive

    part = min(size // 10, archive.BLOCK)
    if part % archive.BATCH or size % archive.BATCH:
        part = size  # too small to have parts
    at = {0: time.monotonic()}

    def progress(done: int) -> None:
        if done % archive.BLOCK == 0 or done in (part, size - part, size):
            index.catch_up()
            at[done] = time.monotonic()
            say(f"{done:,} of {size:,}")

    archive.fill(size, progress=progress)
    index.catch_up()
    if connection.vendor == "postgresql":  # as autovacuum would, within the hour
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    rates = {"first": part / (at[part] - at[0]), "last": part / (at[size] - at[size - part])}
    print(json.dumps({**{name: round(rate) for name, rate in rates.items()}, "of": part}))


def measure(size: int) -> None:
    from .asking import Asker
    from .measures import measures

    asker = Asker()
    known = {name: (per_round, request) for name, per_round, request in measures(size)}
    print(json.dumps(list(known)), flush=True)
    warm: set[str] = set()
    for line in sys.stdin:
        per_round, request = known[name := line.strip()]
        if name not in warm:
            one_round(asker, request, WARM, per_round)
            warm.add(name)
        print(json.dumps(one_round(asker, request, per_round, per_round)), flush=True)


def one_round(
    asker: Any, request: Callable[[int], Any], times: int, per_round: int
) -> list[tuple[float, float, float]]:
    """CPU and elapsed milliseconds, and queries, of each request. Every round asks for the same."""
    gc.collect()
    answers = [asker.ask(request(number % per_round)) for number in range(times)]
    return [(cpu * 1000, elapsed * 1000, queries) for cpu, elapsed, queries in answers]


def say(line: str) -> None:
    print(f"   {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""What was measured, as people read it."""

from typing import Any

from . import served

# What is promised to cost the same, however large the archive: the largest size against the smallest.
BARS = {"story page": 1.2, "front": 1.2, "desk list": 1.2, "save a draft": 1.2}
# The same at a million stories, where more is promised, and what 95 of a hundred readers wait at the most.
MANY = 1_000_000
BARS_OF_MANY = dict.fromkeys(
    ("story page", "old story page", "front", "section, first page", "section, deep in the archive", "search, a rare word",
     "desk list", "desk search", "save a draft", "publish a new story"), 1.5,
) | {"search, a common word": 3.0, "search, two common words": 3.0}  # fmt: skip
WAITED_MS = 100.0
WRITES = ("save a draft", "publish a new story")
NOISE_MS = 0.3  # less than this is no difference on a machine that does other things too


def ratio(results: dict[str, Any], name: str) -> float:
    sizes = list(results["sizes"].values())
    return sizes[-1][name]["cpu_ms"] / sizes[0][name]["cpu_ms"]


def bars(results: dict[str, Any]) -> dict[str, float]:
    return BARS_OF_MANY if max(map(int, results["sizes"])) >= MANY else BARS


def within(results: dict[str, Any]) -> bool:
    """Whether everything that is promised was kept."""
    smallest, *_, largest = results["sizes"].values()
    kept = [
        ratio(results, name) <= bar or largest[name]["cpu_ms"] - smallest[name]["cpu_ms"] < NOISE_MS
        for name, bar in bars(results).items()
        if name in smallest
    ]
    if bars(results) is BARS_OF_MANY:
        kept += [measured["p95_ms"] <= WAITED_MS for name, measured in largest.items() if name not in WRITES]
    rates = results.get("filled")
    return all(kept) and (rates is None or rates["last"] >= 0.8 * rates["first"])


def text(results: dict[str, Any]) -> str:
    """A table that docs/performance.md can take as it is."""
    sizes = results["sizes"]
    first = next(iter(sizes.values()))
    head = ["", *(f"{int(size):,} stories" for size in sizes), "ratio", "95 of 100 within", "queries"]
    promised = bars(results)
    lines = [f"{results['engine']}, {results['machine']}, {results['date']}", "", row(head), row(["---"] * len(head))]
    for name in first:
        times = [f"{measured[name]['cpu_ms']:.2f} ms" for measured in sizes.values()]
        against = f"{ratio(results, name):.2f}" + (f" (bar {promised[name]})" if name in promised else "")
        slowest = f"{[*sizes.values()][-1][name]['p95_ms']:.0f} ms"
        queries = " / ".join(dict.fromkeys(f"{measured[name]['queries']:g}" for measured in sizes.values()))
        lines.append(row([name, *times, against, slowest, queries]))
    if "filled" in results:
        made = results["filled"]
        lines += [
            "",
            f"Of {made['stories']:,} stories the first {made['of']:,} were moved in at {made['first']} a second, ",
        ]
        lines[-1] += f"search index included, and the last {made['of']:,} at {made['last']} (bar 0.8 of it)."
    if "memory" in results:
        lines += ["", served.text(results["memory"], max(map(int, sizes)))]
    if "import" in results:
        done = results["import"]
        lines += [
            "",
            f"Import: {done['stories']:,} stories in {done['seconds']} s, {done['stories_per_second']} a second.",
        ]
    return "\n".join(lines)


def row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"

"""What was measured, as people read it."""

from typing import Any

BAR = 1.2
# What DESIGN promises to cost the same, however large the archive: the largest size against the smallest.
PROMISED = ("story page", "front", "desk list", "save a draft")
NOISE_MS = 0.3  # less than this is no difference on a machine that does other things too


def ratio(results: dict[str, Any], name: str) -> float:
    sizes = list(results["sizes"].values())
    return sizes[-1][name]["cpu_ms"] / sizes[0][name]["cpu_ms"]


def within(results: dict[str, Any]) -> bool:
    """Whether everything that is promised was kept."""
    sizes = list(results["sizes"].values())
    return all(
        ratio(results, name) <= BAR or sizes[-1][name]["cpu_ms"] - sizes[0][name]["cpu_ms"] < NOISE_MS
        for name in PROMISED
        if name in sizes[0]
    )


def text(results: dict[str, Any]) -> str:
    """A table that docs/performance.md can take as it is."""
    sizes = results["sizes"]
    first = next(iter(sizes.values()))
    head = ["", *(f"{int(size):,} stories" for size in sizes), "ratio", "queries"]
    lines = [f"{results['engine']}, {results['machine']}, {results['date']}", "", row(head), row(["---"] * len(head))]
    for name in first:
        times = [f"{measured[name]['cpu_ms']:.2f} ms" for measured in sizes.values()]
        against = f"{ratio(results, name):.2f}" + (f" (bar {BAR})" if name in PROMISED else "")
        queries = " / ".join(dict.fromkeys(f"{measured[name]['queries']:g}" for measured in sizes.values()))
        lines.append(row([name, *times, against, queries]))
    if "import" in results:
        done = results["import"]
        lines += [
            "",
            f"Import: {done['stories']:,} stories in {done['seconds']} s, {done['stories_per_second']} a second.",
        ]
    return "\n".join(lines)


def row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"

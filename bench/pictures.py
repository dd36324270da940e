"""A picture of cost against size, from what `make bench --json` kept: `python -m bench.pictures RESULTS.json ... OUT.svg`.

One column for each file of results: for each measure a bar at each archive's size, in milliseconds of processor time.
"""

import json
import sys
from html import escape
from pathlib import Path
from typing import Any

WIDTH, LABELS, COLUMN, BAR, GAP, TOP = 1000, 210, 24, 9, 10, 74
COLOURS = ("#9db4c0", "#1d4e6b", "#c1503d")  # one for each size
INK, PAPER = "#22272b", "#ffffff"


def main(*arguments: str) -> int:
    *results, out = map(Path, arguments)
    Path(out).write_text(picture([json.loads(path.read_text("utf-8")) for path in results]), "utf-8")
    return 0


def picture(results: list[dict[str, Any]]) -> str:
    """An SVG that stands by itself."""
    sizes = list(results[0]["sizes"])
    names = list(results[0]["sizes"][sizes[0]])
    each = len(sizes) * BAR + GAP
    height = TOP + len(names) * each + 20
    width = (WIDTH - LABELS) // len(results) - COLUMN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
        f'font-size="13" fill="{INK}" role="img"><title>What a request costs, at each size of the archive</title>'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    ]
    for number, size in enumerate(sizes):
        x = LABELS + number * 170
        parts.append(f'<rect x="{x}" y="12" width="12" height="12" fill="{COLOURS[number]}"/>')
        parts.append(f'<text x="{x + 18}" y="23">{int(size):,} stories</text>')
    for row, name in enumerate(names):
        parts.append(f'<text x="0" y="{TOP + row * each + 14}">{escape(name)}</text>')
    for number, result in enumerate(results):
        parts += _column(result, LABELS + number * (width + COLUMN), width - 60, each)
    return "\n".join([*parts, "</svg>\n"])


def _column(result: dict[str, Any], left: int, width: int, each: int) -> list[str]:
    """The bars of one database, to a scale of its own."""
    most = max(measured["cpu_ms"] for size in result["sizes"].values() for measured in size.values())
    parts = [f'<text x="{left}" y="52" font-weight="bold">{escape(result["engine"])}</text>']
    for place, measures in enumerate(result["sizes"].values()):
        for row, measured in enumerate(measures.values()):
            y, long = TOP + row * each + place * BAR, max(1.0, measured["cpu_ms"] / most * width)
            parts.append(f'<rect x="{left}" y="{y}" width="{long:.1f}" height="{BAR - 1}" fill="{COLOURS[place]}"/>')
            parts.append(
                f'<text x="{left + long + 4:.1f}" y="{y + 8}" font-size="9">{measured["cpu_ms"]:.1f} ms</text>'
            )
    return parts


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""What the scenes paint with. Everything is a string of SVG."""

import itertools
import math
import random
from collections.abc import Iterable

INK, NIGHT, SLATE, TEAL = "#141c26", "#1b2a3b", "#3d5468", "#35646c"
MIST, PAPER, SAND, OCHRE, BRICK = "#c8d2d2", "#f3eee2", "#e3d3b4", "#c8913f", "#9a4430"
Point = tuple[float, float]
Picture = tuple[str, int, int]


def rng(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same picture each time


def picture(body: str, defs: str = "", width: int = 1600, height: int = 900, grain: float = 0.10) -> Picture:
    """The whole picture, under a fine grain."""
    noise = (
        '<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" '
        'baseFrequency=".75" numOctaves="2" seed="7"/><feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  '
        f'.9 0 0 0 -.28"/></filter>{blurs()}{defs}'
    )
    cover = f'<rect width="{width}" height="{height}" filter="url(#grain)" opacity="{grain}"/>' if grain else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" style="display:block"><defs>{noise}</defs>{body}{cover}</svg>',
        width,
        height,
    )


def blurs() -> str:
    return "".join(
        f'<filter id="blur{n}" x="-120%" y="-120%" width="340%" height="340%"><feGaussianBlur stdDeviation="{n}"/></filter>'
        for n in (1, 2, 4, 8, 16, 32, 60)
    )


def shade(name: str, *stops: tuple[float, str] | tuple[float, str, float], x2: float = 0, y2: float = 1) -> str:
    """A linear gradient, from the top down unless told otherwise."""
    return f'<linearGradient id="{name}" x1="0" y1="0" x2="{x2}" y2="{y2}">{_stops(stops)}</linearGradient>'


def glow(name: str, *stops: tuple[float, str] | tuple[float, str, float]) -> str:
    return f'<radialGradient id="{name}">{_stops(stops)}</radialGradient>'


def _stops(stops: Iterable[tuple]) -> str:
    return "".join(
        f'<stop offset="{s[0]}" stop-color="{s[1]}" stop-opacity="{s[2] if len(s) > 2 else 1}"/>' for s in stops
    )


def rect(x: float, y: float, w: float, h: float, fill: str, more: str = "") -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="{fill}" {more}/>'


def circle(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.2f}" fill="{fill}" {more}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, more: str = "") -> str:
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}" {more}/>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 2, more: str = "") -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width:.1f}" {more}/>'
    )


def path(d: str, fill: str = "none", more: str = "") -> str:
    return f'<path d="{d}" fill="{fill}" {more}/>'


def shape(points: Iterable[Point], fill: str, more: str = "") -> str:
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}" {more}/>'


def group(body: str, more: str = "") -> str:
    return f"<g {more}>{body}</g>"


def at(x: float, y: float, body: str, scale: float = 1, more: str = "") -> str:
    return f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:.3f})" {more}>{body}</g>'


def smooth(points: list[Point], close: bool = False) -> str:
    """A curve through the points."""
    d = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    n = len(points)
    for i in range(n if close else n - 1):
        p0 = points[(i - 1) % n] if close or i else points[0]
        p1, p2 = points[i % n], points[(i + 1) % n]
        p3 = points[(i + 2) % n] if close or i + 2 < n else p2
        a = (p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6)
        b = (p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6)
        d += f"C{a[0]:.1f} {a[1]:.1f} {b[0]:.1f} {b[1]:.1f} {p2[0]:.1f} {p2[1]:.1f}"
    return d + ("Z" if close else "")


def fractal(seed: int, rough: float = 0.55, depth: int = 8) -> list[float]:
    """A line of heights between about -1 and 1, rough as land is."""
    dice = rng(seed)
    heights = [dice.uniform(-0.5, 0.5), dice.uniform(-0.5, 0.5)]
    size = 1.0
    for _ in range(depth):
        finer = []
        for a, b in itertools.pairwise(heights):
            finer += [a, (a + b) / 2 + dice.uniform(-1, 1) * size * 0.5]
        heights = [*finer, heights[-1]]
        size *= rough
    return heights


def ridge(
    seed: int, y: float, height: float, *, rough: float = 0.55, width: float = 1600, depth: int = 8
) -> list[Point]:
    line_of = fractal(seed, rough, depth)
    step = width / (len(line_of) - 1)
    return [(i * step, y - h * height) for i, h in enumerate(line_of)]


def land(points: list[Point], fill: str, bottom: float = 900, more: str = "") -> str:
    return shape([*points, (points[-1][0], bottom), (points[0][0], bottom)], fill, more)


def stars(seed: int, count: int, x: float, y: float, w: float, h: float, colour: str = "#eef1ea") -> str:
    dice = rng(seed)
    out = []
    for _ in range(count):
        r = 0.5 + 1.3 * dice.random() ** 4
        dot = circle(
            x + dice.random() * w, y + dice.random() * h, r, colour, f'opacity="{0.25 + 0.7 * dice.random():.2f}"'
        )
        out.append(dot)
    return "".join(out)


def glitter(seed: int, x: float, y: float, w: float, h: float, colour: str, count: int, opacity: float = 0.6) -> str:
    """Light on water: dashes that grow longer, and wider apart, as they come nearer."""
    dice = rng(seed)
    out = []
    for _ in range(count):
        t = dice.random() ** 1.4
        reach = w * (0.18 + 0.82 * t)
        cx = x + dice.gauss(0, 0.4) * reach
        long = (10 + 110 * t) * dice.uniform(0.3, 1)
        out.append(
            rect(
                cx - long / 2,
                y + t * h,
                long,
                1 + 3.2 * t,
                colour,
                f'opacity="{opacity * dice.uniform(0.25, 1):.2f}" rx="2"',
            )
        )
    return "".join(out)


def swell(seed: int, y: float, h: float, colour: str, count: int, opacity: float = 0.35, width: float = 1600) -> str:
    """Faint long strokes over the whole of a water."""
    dice = rng(seed)
    out = []
    for _ in range(count):
        t = dice.random() ** 1.3
        long = (30 + 220 * t) * dice.uniform(0.4, 1)
        x, yy, bend = dice.uniform(-100, width), y + t * h, 2 + 5 * t
        d = f"M{x:.0f} {yy:.0f}q{long / 4:.0f} {-bend:.1f} {long / 2:.0f} 0t{long / 2:.0f} 0"
        out.append(
            path(
                d,
                "none",
                f'stroke="{colour}" stroke-width="{0.8 + 2 * t:.1f}" opacity="{opacity * dice.uniform(0.2, 1):.2f}"',
            )
        )
    return "".join(out)


def text(x: float, y: float, words: str, size: float, colour: str = INK, more: str = "") -> str:
    """Words whose anchor is the left or the right of the picture, whichever way they run."""
    face = "Liberation Sans, Helvetica, Arial, DejaVu Sans, sans-serif"
    if any("\u0600" <= letter <= "\u06ff" for letter in words):
        anchors = {'"start"': '"end"', '"end"': '"start"', '"middle"': '"middle"'}
        anchor = next((name for name in anchors if f"text-anchor={name}" in more), "")
        swap = anchors.get(anchor, '"end"')
        more = more.replace(f"text-anchor={anchor}", "") + f' direction="rtl" text-anchor={swap}'
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{face}" font-size="{size}" fill="{colour}" {more}>{words}</text>'
    )


def ring(x: float, y: float, r: float, count: int, turn: float = 0) -> list[Point]:
    return [
        (x + r * math.cos(turn + 2 * math.pi * i / count), y + r * math.sin(turn + 2 * math.pi * i / count))
        for i in range(count)
    ]

# ruff: noqa: E501 - a drawing is mostly its numbers
"""Scenes on land, under skies."""

import itertools
import math

from .brush import (
    Picture,
    at,
    circle,
    ellipse,
    fractal,
    glitter,
    glow,
    group,
    land,
    line,
    path,
    picture,
    rect,
    ridge,
    rng,
    shade,
    shape,
    smooth,
    stars,
    swell,
)


def dish(colour: str, rim: str, dark: str) -> str:
    """A radio dish that looks up to the right; its foot is at the origin, 300 high."""
    base = shape([(-62, 0), (-16, -120), (16, -120), (62, 0)], "none", f'stroke="{dark}" stroke-width="7"')
    base += line(-48, -36, 48, -36, dark, 5) + line(-34, -76, 34, -76, dark, 5) + line(-48, -36, 34, -76, dark, 4)
    base += rect(-26, -138, 52, 26, dark) + rect(-74, -6, 148, 10, dark)
    bowl = path("M-150 0C-150 60 -80 104 0 104S150 60 150 0Z", colour) + ellipse(0, 0, 150, 44, rim)
    bowl += path("M-150 0C-150 60 -80 104 0 104C-60 80 -90 40 -96 4Z", dark, 'opacity=".55"')
    bowl += ellipse(10, 5, 128, 32, "#fff", 'opacity=".07"')
    bowl += "".join(line(0, 34, x, 0, dark, 1.2, 'opacity=".35"') for x in range(-140, 150, 28))
    bowl += (
        line(-104, 6, 0, -128, "#6a7682", 4) + line(104, 6, 0, -128, "#6a7682", 4) + line(8, 40, 0, -128, "#6a7682", 3)
    )
    bowl += rect(-13, -150, 26, 28, "#8b959d")
    return base + group(bowl, 'transform="translate(14 -214) rotate(24)"')


def telescope() -> Picture:
    defs = (
        shade("sky", (0, "#070d1a"), (0.5, "#14233b"), (0.85, "#35506a"), (1, "#8c8b87"))
        + glow("milk", (0, "#cfd6dc", 0.35), (1, "#cfd6dc", 0))
        + shade("ground", (0, "#2a2a31"), (1, "#0b0d12"))
        + '<filter id="dust" x="-20%" y="-20%" width="140%" height="140%"><feTurbulence type="fractalNoise" baseFrequency=".006 .016" numOctaves="5" seed="12"/>'
        '<feColorMatrix values="0 0 0 0 .82  0 0 0 0 .84  0 0 0 0 .88  1.9 0 0 0 -.75"/><feComposite in2="SourceGraphic" operator="in"/><feGaussianBlur stdDeviation="3"/></filter>'
    )
    body = rect(0, 0, 1600, 900, "url(#sky)")
    band = ellipse(0, 0, 1050, 120, "#fff")
    body += group(ellipse(0, 0, 1150, 190, "url(#milk)") + group(band, 'filter="url(#dust)" opacity=".6"') + ellipse(40, 12, 700, 22, "#0a1322", 'opacity=".55" filter="url(#blur16)"'),
                  'transform="translate(760 300) rotate(-28)"')  # fmt: skip
    body += stars(5, 620, 0, 0, 1600, 700)
    dice = rng(8)
    for _ in range(200):
        t, off = dice.uniform(-900, 900), dice.gauss(0, 55)
        body += circle(
            760 + t * 0.883 + off * 0.469,
            300 - t * 0.469 + off * 0.883,
            dice.uniform(0.4, 1.1),
            "#f4efe2",
            'opacity=".7"',
        )
    for x, y in ((322, 130), (1180, 96), (968, 402)):
        body += circle(x, y, 2.4, "#fff") + circle(x, y, 14, "#cfe0f2", 'opacity=".28" filter="url(#blur4)"')
    body += land(ridge(14, 660, 120, rough=0.56), "#33465b") + land(ridge(19, 700, 90, rough=0.55), "#212e40")
    body += rect(0, 560, 1600, 190, "url(#sky)", 'opacity=".12"')
    body += land([(x, 740 + 10 * math.sin(x / 190)) for x in range(0, 1640, 40)], "url(#ground)")
    for x, y, s, tint in (
        (250, 748, 0.24, "#6d7a88"),
        (395, 752, 0.3, "#7a8694"),
        (590, 758, 0.4, "#8794a0"),
        (830, 770, 0.56, "#98a4ad"),
    ):
        body += at(x, y, ellipse(0, 4, 120, 8, "#05070b", 'opacity=".6"') + dish(tint, "#b9c0c2", "#1c2632"), s)
    body += at(
        1210,
        812,
        ellipse(20, 6, 210, 16, "#05070b", 'opacity=".7" filter="url(#blur4)"') + dish("#aab4ba", "#d9dad4", "#141c27"),
        1.75,
    )
    body += circle(1208, 776, 5, "#ff7a5c") + circle(1208, 776, 28, "#ff7a5c", 'opacity=".35" filter="url(#blur8)"')
    body += path("M0 900C300 840 700 880 1020 822S1400 850 1600 800V900Z", "#090b10")
    for _ in range(120):
        x = dice.uniform(0, 1600)
        y = dice.uniform(850, 900)
        body += path(
            f"M{x:.0f} {y:.0f}q{dice.uniform(-6, 6):.0f} -12 {dice.uniform(-12, 12):.0f} -{dice.uniform(14, 30):.0f}",
            "none",
            'stroke="#06080c" stroke-width="2"',
        )
    return picture(body, defs, grain=0.06)


def stadium() -> Picture:
    defs = (
        shade("sky", (0, "#0c1626"), (0.55, "#253a55"), (0.9, "#6a6b78"), (1, "#a07f6d"))
        + shade("bay", (0, "#6d6468"), (0.3, "#33445a"), (1, "#131f30"))
        + glow("halo", (0, "#fdf6df", 0.95), (0.15, "#f6ecce", 0.5), (1, "#f0e3bd", 0))
        + glow("bowl", (0, "#fdf5dc", 0.85), (1, "#f0dfb0", 0))
        + shade("pitch", (0, "#5d8a57"), (1, "#3c6b45"))
    )
    dice = rng(17)
    body = rect(0, 0, 1600, 900, "url(#sky)") + stars(3, 120, 0, 0, 1600, 320)
    for i in range(9):
        body += ellipse(
            dice.uniform(0, 1600),
            200 + i * 26,
            dice.uniform(200, 500),
            dice.uniform(6, 14),
            "#8d7f83",
            'opacity=".2" filter="url(#blur8)"',
        )
    body += land(ridge(41, 440, 70), "#223048", 520) + rect(0, 470, 1600, 160, "url(#bay)")
    for _ in range(150):
        x, y = dice.uniform(0, 1600), 466 + dice.gauss(0, 6)
        body += circle(x, y, dice.uniform(0.8, 2), "#ffdca0", f'opacity="{dice.uniform(0.3, 0.95):.2f}"')
        body += rect(x - 1, y + 8, 2, dice.uniform(10, 60), "#ffdca0", 'opacity=".12"')
    body += swell(4, 480, 130, "#0e1826", 60, 0.4)
    body += land([(x, 610 + 20 * math.sin(x / 260 + 1)) for x in range(0, 1640, 40)], "#101a28")
    body += ellipse(800, 520, 900, 330, "url(#bowl)", 'opacity=".5"')
    # The bowl: outer wall, roof ring, stands, pitch.
    body += path(
        "M270 640C270 560 500 500 800 500S1330 560 1330 640V716C1330 810 1100 864 800 864S270 810 270 716Z", "#1a2636"
    )
    for i in range(34):
        a = math.pi * (0.03 + 0.94 * i / 33)
        x, y = 800 - 530 * math.cos(a), 640 + 140 * math.sin(a)
        body += line(x, y + 6, x, y + 74, "#0c141f", 5) + rect(
            x + 5, y + 26, 17, 26, "#f0cf8d", f'opacity="{dice.choice((0.15, 0.5, 0.8))}"'
        )
    body += (
        ellipse(800, 640, 530, 140, "#c9ccc8")
        + ellipse(800, 643, 508, 128, "#8b939a")
        + ellipse(800, 650, 440, 104, "#2c3a4c")
    )
    stand = ""
    for _ in range(2300):
        a, r = dice.uniform(0, 2 * math.pi), dice.uniform(0.62, 0.98)
        tint = dice.choice(("#d8c9a5", "#9a5a48", "#5f7d94", "#e9e3d2", "#3a4a5c", "#b5493a"))
        stand += circle(
            800 + 436 * r * math.cos(a),
            650 + 102 * r * math.sin(a),
            1.5,
            tint,
            f'opacity="{dice.uniform(0.35, 0.95):.2f}"',
        )
    body += stand + ellipse(800, 656, 268, 60, "#27391f")
    body += shape([(596, 640), (1004, 640), (1046, 682), (554, 682)], "url(#pitch)")
    for i in range(0, 8, 2):
        a, b = i / 8, (i + 1) / 8
        body += shape(
            [(596 + 408 * a, 640), (596 + 408 * b, 640), (554 + 492 * b, 682), (554 + 492 * a, 682)],
            "#fff",
            'opacity=".07"',
        )
    lines = 'stroke="#eef1e4" stroke-width="1.6" fill="none" opacity=".8"'
    body += f'<polygon points="604,642 996,642 1034,680 566,680" {lines}/><ellipse cx="800" cy="660" rx="40" ry="8" {lines}/>'
    body += line(800, 642, 800, 680, "#eef1e4", 1.6, 'opacity=".8"')
    for x, y, h in ((300, 600, 300), (1300, 600, 300), (480, 545, 235), (1120, 545, 235)):
        body += line(x, y, x, y - h, "#2a3646", 8) + rect(x - 34, y - h - 36, 68, 40, "#1c2736")
        for i in range(12):
            body += circle(x - 25 + (i % 4) * 17, y - h - 28 + (i // 4) * 12, 4.6, "#fffaf0")
        body += circle(x, y - h - 16, 150, "url(#halo)", 'opacity=".75"')
        body += shape(
            [(x - 20, y - h), (x + 20, y - h), (1000 if x < 800 else 600, 660), (720 if x < 800 else 880, 670)],
            "#fff6da",
            'opacity=".06"',
        )
    body += path("M0 900V800C260 850 420 880 640 872S1240 880 1600 782V900Z", "#080d15")
    for x in range(20, 1600, 46):
        y = 868 + 24 * math.sin(x / 210) - (40 if x < 250 or x > 1350 else 0)
        body += circle(x, y, dice.uniform(12, 30), "#070b12")
    return picture(body, defs, grain=0.06)


def peak(x: float, y: float, w: float, h: float, seed: int, lit: str, dim: str) -> str:
    """A mountain of two faces, the light from the right, with snow that runs down its gullies."""
    dice = rng(seed)
    left = [(x - w * (1 - i / 9), y - h * (i / 9) ** 1.12 + dice.uniform(-1, 1) * h * 0.05) for i in range(9)]
    right = [(x + w * (i / 9), y - h * (1 - i / 9) ** 1.15 + dice.uniform(-1, 1) * h * 0.05) for i in range(1, 10)]
    spine = [(x + dice.uniform(-0.05, 0.11) * w * (1 + i / 4), y - h * (1 - i / 9)) for i in range(1, 10)]
    out = shape([*left, (x, y - h), *right, (x, y)], lit) + shape([*left, (x, y - h), *spine], dim)
    for _ in range(16):
        t = dice.uniform(0.05, 0.7)
        side = dice.choice((-1, 1))
        gx, gy, long = x + side * w * t * dice.uniform(0.2, 0.8), y - h * (1 - t), h * dice.uniform(0.12, 0.34)
        out += shape(
            [(gx, gy), (gx + side * 9, gy + long * 0.4), (gx + side * 30, gy + long), (gx + side * 4, gy + long * 0.5)],
            "#4a5964" if side > 0 else "#31404c",
            'opacity=".55"',
        )
    return out


def glacier() -> Picture:
    defs = (
        shade("sky", (0, "#5d8098"), (0.55, "#b4c6cb"), (1, "#efe6d5"))
        + shade("ice", (0, "#f6f5ee"), (0.5, "#dbe6e6"), (1, "#8db4c1"))
        + shade("lake", (0, "#9ab9ba"), (1, "#234853"))
        + shade("rockl", (0, "#59656d"), (1, "#2c363d"))
        + shade("rockr", (0, "#7b8286"), (1, "#414a50"))
    )
    dice = rng(6)
    body = rect(0, 0, 1600, 900, "url(#sky)") + circle(1360, 120, 260, "#fdf5e2", 'opacity=".5" filter="url(#blur60)"')
    for x, y, w, h, s in (
        (300, 470, 420, 330, 1),
        (1250, 470, 480, 350, 2),
        (620, 460, 330, 260, 3),
        (980, 460, 360, 390, 4),
    ):
        body += peak(x, y, w, h, s, "#eef0ea", "#a9bcc7")
    body += rect(0, 330, 1600, 170, "#e8e6da", 'opacity=".5" filter="url(#blur32)"')
    # The tongue of ice comes down in an S between two walls.
    ice = "M600 400C720 372 960 376 1090 404C1130 440 1010 486 900 520C800 552 760 590 800 640C830 680 900 700 890 752L640 762C600 700 520 660 520 590C522 520 640 480 660 440C666 424 620 416 600 400Z"
    body += path(ice, "url(#ice)")
    flow = (
        ("M700 396C820 440 640 520 620 590C616 650 700 690 706 754", 5),
        ("M860 390C920 440 720 520 690 590C680 640 770 690 790 752", 6),
        ("M980 396C1000 440 800 520 744 590C740 640 830 690 846 752", 4),
    )
    for d, w in flow:
        body += path(d, "none", f'stroke="#7f8b8e" stroke-width="{w}" opacity=".5" filter="url(#blur1)"')
    for i in range(54):
        t = i / 53
        y = 414 + t * 330
        mid = 850 - 150 * math.sin(min(1.0, (y - 400) / 200) * 1.5) + max(0.0, y - 600) * 0.42
        half = 150 - 20 * t
        body += path(
            f"M{mid - half * dice.uniform(0.4, 1):.0f} {y:.0f}q{half:.0f} {14 + 12 * t:.0f} {2 * half * dice.uniform(0.5, 0.8):.0f} {dice.uniform(-4, 4):.0f}",
            "none",
            f'stroke="#6d9aab" stroke-width="{0.8 + 2.2 * t:.1f}" opacity="{0.12 + 0.35 * t:.2f}" stroke-dasharray="{dice.uniform(20, 60):.0f} {dice.uniform(8, 34):.0f}"',
        )
    body += shape([(640, 720), (890, 712), (892, 756), (760, 764), (640, 764)], "#5f93a6", 'opacity=".55"')
    for x in range(650, 890, 17):
        body += line(
            x, 722 + dice.uniform(-8, 8), x + dice.uniform(-5, 5), 762, "#37697b", dice.uniform(1, 4), 'opacity=".5"'
        )
    left = [
        (-20, 250),
        (70, 282),
        (150, 270),
        (260, 352),
        (350, 392),
        (430, 420),
        (600, 402),
        (660, 440),
        (560, 500),
        (512, 560),
        (516, 612),
        (570, 676),
        (640, 766),
        (-20, 800),
    ]
    right = [
        (1620, 190),
        (1530, 240),
        (1440, 250),
        (1330, 330),
        (1220, 372),
        (1090, 404),
        (1040, 450),
        (900, 516),
        (800, 572),
        (792, 630),
        (860, 690),
        (888, 760),
        (1620, 800),
    ]
    body += shape(left, "url(#rockl)") + shape(right, "url(#rockr)")
    # Where the ice stood within memory the rock is still bare and pale.
    body += path(
        "M440 424C600 470 470 520 470 590C480 660 560 700 618 768L650 768C600 700 512 640 516 580C520 520 640 480 662 436Z",
        "#c3bba8",
        'opacity=".6"',
    )
    body += path(
        "M1130 392C1080 470 900 530 850 580C830 640 930 690 946 764L886 764C890 700 790 660 794 590C830 540 1020 470 1090 404Z",
        "#d2c9b5",
        'opacity=".6"',
    )
    for side, low, tints in (
        (left, -1, ("#222b31", "#76828a", "#455058")),
        (right, 1, ("#363f45", "#a2a5a1", "#5d666b")),
    ):
        for _ in range(190):
            x, y = (dice.uniform(-20, 520) if low < 0 else dice.uniform(960, 1620)), dice.uniform(300, 780)
            top = next((b[1] for a, b in itertools.pairwise(side) if min(a[0], b[0]) <= x <= max(a[0], b[0])), 800)
            if y > top + 30:
                run, drop = dice.uniform(6, 26), dice.uniform(24, 90)
                body += shape(
                    [(x, y), (x - low * run, y + drop), (x - low * run * 1.6, y + drop * 0.8)],
                    dice.choice(tints),
                    'opacity=".38"',
                )
    body += path("M-20 770C300 744 560 756 760 760S1200 744 1620 776V900H-20Z", "url(#lake)")
    body += group(path(ice, "#f4f5ef"), 'transform="matrix(1 0 0 -.32 0 1004)" opacity=".4" filter="url(#blur4)"')
    for x, y, s in ((560, 790, 0.8), (930, 796, 1.3), (700, 812, 1), (1110, 806, 0.7), (1020, 836, 1.5)):
        body += at(
            x,
            y,
            ellipse(0, 8, 40, 4, "#173540", 'opacity=".4"')
            + shape([(-30, 6), (-18, -12), (2, -20), (24, -5), (34, 6)], "#f1f4f0")
            + shape([(2, -20), (24, -5), (34, 6), (8, 6)], "#a3c3cc"),
            s,
        )
    body += swell(9, 775, 125, "#e8efeb", 50, 0.35) + swell(10, 775, 125, "#16343f", 50, 0.4)
    body += path("M-20 900V824C120 830 220 850 330 866S480 890 560 900Z", "#161e23")
    for x, y, h in ((96, 832, 1), (136, 842, 0.86)):
        body += at(
            x,
            y,
            circle(0, -46, 6, "#0d1317")
            + shape([(-9, -38), (9, -38), (7, -6), (-7, -6)], "#8a3b2b")
            + rect(-7, -8, 5, 26, "#0d1317")
            + rect(2, -8, 5, 26, "#0d1317")
            + line(16, -30, 20, 18, "#0d1317", 2),
            h,
        )
    return picture(body, defs, grain=0.08)


def wheat() -> Picture:
    defs = shade("sky", (0, "#90a3a4"), (0.6, "#d7cdb4"), (1, "#f0dfb8")) + shade(
        "field", (0, "#d3b06a"), (0.5, "#b98a3c"), (1, "#6d4a20")
    )
    dice = rng(22)
    body = rect(0, 0, 1600, 900, "url(#sky)")
    for i in range(14):
        body += ellipse(
            dice.uniform(0, 1600),
            60 + i * 26,
            dice.uniform(200, 600),
            dice.uniform(6, 18),
            "#f6ecd4",
            'opacity=".28" filter="url(#blur16)"',
        )
    body += circle(430, 300, 52, "#fdf1d2") + circle(430, 300, 200, "#fdeec5", 'opacity=".5" filter="url(#blur60)"')
    body += land(ridge(5, 440, 22, rough=0.5), "#a59d83", 480) + land(ridge(51, 452, 14), "#8f7f5b", 480)
    body += rect(0, 456, 1600, 444, "url(#field)")
    for i in range(-26, 44):
        x = 420 + i * 26
        body += shape(
            [(x, 458), (x + 5, 458), (420 + i * 190 + 90, 900), (420 + i * 190 - 10, 900)], "#5a3a17", 'opacity=".26"'
        )
    # Silos and a goods train at the edge of the field.
    for x in (1096, 1132, 1168, 1204):
        body += (
            rect(x, 356, 34, 106, "#8c8574")
            + rect(x + 20, 356, 14, 106, "#6b6558")
            + path(f"M{x} 356q17 -22 34 0z", "#6b6558")
        )
    body += (
        rect(1238, 326, 38, 136, "#7a7363")
        + shape([(1234, 326), (1257, 306), (1280, 326)], "#5b554a")
        + rect(1096, 340, 150, 8, "#5b554a")
    )
    for i in range(13):
        body += rect(640 + i * 33, 446, 30, 15, ("#6f4a3a", "#565c5c", "#77684a")[i % 3])
    body += rect(600, 438, 36, 23, "#38424a")
    body += rect(0, 430, 1600, 70, "#f0dfb8", 'opacity=".3" filter="url(#blur16)"')
    # Cracked earth between the rows.
    for _ in range(150):
        t = dice.random() ** 0.7
        x, y = dice.uniform(0, 1600), 500 + t * 400
        d = f"M{x:.0f} {y:.0f}" + "".join(
            f"l{dice.uniform(-40, 40) * t:.0f} {dice.uniform(2, 16) * t:.0f}" for _ in range(3)
        )
        body += path(d, "none", f'stroke="#3d270f" stroke-width="{0.6 + 2 * t:.1f}" opacity=".5"')

    def ear(x: float, y: float, h: float, lean: float, tint: str) -> str:
        tip = (x + lean, y - h)
        out = path(
            f"M{x:.0f} {y:.0f}Q{x:.0f} {y - h * 0.6:.0f} {tip[0]:.0f} {tip[1]:.0f}",
            "none",
            f'stroke="{tint}" stroke-width="{h / 75:.1f}"',
        )
        for k in range(9):
            s = h / 330
            yy, xx = tip[1] - k * 9 * s, tip[0] + lean * 0.05 * k * s
            for sign in (-1, 1):
                out += f'<ellipse cx="{xx + sign * 6 * s:.1f}" cy="{yy:.1f}" rx="{4.4 * s:.1f}" ry="{10 * s:.1f}" fill="{tint}" transform="rotate({sign * 24} {xx:.1f} {yy:.1f})"/>'
                out += line(xx + sign * 8 * s, yy - 6 * s, xx + sign * 20 * s, yy - 44 * s, tint, 0.9, 'opacity=".8"')
        return out

    for layer, (count, low, tint) in enumerate(((70, 170, "#c39a4c"), (48, 270, "#96692a"), (26, 400, "#4d3312"))):
        for _ in range(count):
            x = dice.uniform(-20, 1620)
            if layer == 2 and 520 < x < 1330:
                continue
            body += ear(x, 920, low * dice.uniform(0.7, 1.15), dice.uniform(-14, 34), tint)
    return picture(body, defs, grain=0.08)


def wind_farm() -> Picture:
    defs = (
        shade("sky", (0, "#7d98a5"), (0.6, "#cfd6d0"), (1, "#efe3cb"))
        + shade("water", (0, "#d8d5c5"), (0.3, "#8ea6a8"), (1, "#35565f"))
        + shade("mist", (0, "#f2ead9", 0), (0.5, "#f2ead9", 0.9), (1, "#f2ead9", 0))
    )
    dice = rng(13)
    body = rect(0, 0, 1600, 900, "url(#sky)") + circle(1060, 400, 300, "#fff4d9", 'opacity=".55" filter="url(#blur60)"')
    body += circle(1060, 470, 44, "#fff7e3")
    for i in range(10):
        body += ellipse(
            dice.uniform(0, 1600),
            80 + i * 34,
            dice.uniform(250, 600),
            dice.uniform(8, 20),
            "#f4eee0",
            'opacity=".25" filter="url(#blur16)"',
        )
    body += rect(0, 560, 1600, 340, "url(#water)")

    def turbine(x: float, y: float, h: float, turn: float, tint: str) -> str:
        hub = y - h
        out = shape([(x - h * 0.014, y), (x - h * 0.008, hub), (x + h * 0.008, hub), (x + h * 0.014, y)], tint)
        out += rect(x - h * 0.02, y - h * 0.075, h * 0.04, h * 0.075, "#b98a3c" if h > 300 else tint) + ellipse(
            x, hub, h * 0.022, h * 0.016, tint
        )
        for k in range(3):
            a = turn + k * 120
            blade = path(
                f"M{-h * 0.011:.1f} 0C{-h * 0.024:.1f} {-h * 0.16:.1f} {-h * 0.010:.1f} {-h * 0.4:.1f} 0 {-h * 0.56:.1f}C{h * 0.008:.1f} {-h * 0.4:.1f} {h * 0.010:.1f} {-h * 0.1:.1f} {h * 0.008:.1f} 0Z",
                tint,
            )
            out += group(blade, f'transform="translate({x:.1f} {hub:.1f}) rotate({a:.0f})"')
        return out

    for row, (y, h, gap, tint) in enumerate(
        ((566, 90, 74, "#c0c8c6"), (576, 150, 128, "#a9b5b6"), (596, 250, 236, "#93a3a7"))
    ):
        for i in range(int(1700 / gap) + 1):
            body += turbine(i * gap + (20, 60, 130)[row], y, h, dice.uniform(0, 120), tint)
        body += rect(0, y - 50, 1600, 90, "url(#mist)", f'opacity="{0.8 - row * 0.2:.1f}"')
    body += glitter(6, 1060, 570, 240, 330, "#fff6df", 150, 0.7)
    for x, y, h, turn, tint in ((330, 690, 560, 14, "#f1efe6"), (1350, 650, 420, 47, "#dfe2dc")):
        body += turbine(x, y, h, turn, tint) + rect(
            x - h * 0.012, y, h * 0.024, 150, tint, 'opacity=".22" filter="url(#blur4)"'
        )
    body += path("M650 668l10 16h92l16 -18l-30 2v-22h-34v-14h-22v36z", "#2f4450") + rect(
        640, 686, 130, 5, "#f2ecdc", 'opacity=".5"'
    )
    body += swell(3, 575, 325, "#244650", 110, 0.35) + swell(4, 575, 325, "#f6efdf", 80, 0.4)
    return picture(body, defs, grain=0.07)


def viaduct() -> Picture:
    defs = (
        shade("sky", (0, "#1f2f47"), (0.5, "#52627a"), (0.8, "#b08a7c"), (1, "#e5b98e"))
        + shade("mist", (0, "#d8c0ad", 0), (0.6, "#d8c0ad", 0.75), (1, "#d8c0ad", 0.1))
        + shade("stone", (0, "#7b6c64"), (1, "#332f36"))
    )
    dice = rng(33)
    body = rect(0, 0, 1600, 900, "url(#sky)") + stars(6, 80, 0, 0, 1600, 260)
    body += circle(1250, 210, 36, "#f6ecd8", 'opacity=".95"') + circle(
        1250, 210, 120, "#f6ecd8", 'opacity=".22" filter="url(#blur32)"'
    )
    for seed, y, h, tint in ((61, 430, 190, "#7b7480"), (62, 500, 160, "#5f5e6d"), (64, 580, 130, "#454958")):
        body += land(ridge(seed, y, h, rough=0.54), tint) + rect(0, y + 20, 1600, 220, "url(#mist)", 'opacity=".4"')
    deck, piers = 470.0, 12
    for i in range(piers + 1):
        x = -40 + i * 140
        deep = 440
        body += shape([(x - 15, deck), (x + 15, deck), (x + 22, deck + deep), (x - 22, deck + deep)], "url(#stone)")
        body += shape(
            [(x + 4, deck), (x + 15, deck), (x + 22, deck + deep), (x + 8, deck + deep)], "#1d1d25", 'opacity=".5"'
        )
        if i < piers:
            body += path(
                f"M{x + 14} {deck + 92}Q{x + 14} {deck + 26} {x + 70} {deck + 26}T{x + 126} {deck + 92}V{deck}H{x + 14}Z",
                "#5d5352",
            )
            body += path(
                f"M{x + 14} {deck + 92}Q{x + 14} {deck + 26} {x + 70} {deck + 26}T{x + 126} {deck + 92}",
                "none",
                'stroke="#2b2930" stroke-width="5"',
            )
    body += rect(-10, deck - 16, 1620, 26, "#4d4648") + rect(-10, deck - 24, 1620, 9, "#756763")
    for i in range(9):
        x = 250 + i * 112
        body += f'<rect x="{x}" y="{deck - 68:.0f}" width="106" height="46" rx="6" fill="#1c2836"/>' + rect(
            x, deck - 40, 106, 4, "#8a3b2b"
        )
        for k in range(6):
            lit = dice.random() < 0.8
            body += rect(x + 8 + k * 16, deck - 61, 11, 15, "#ffd58a" if lit else "#3a4656")
        body += rect(x + 10, deck - 10, 90, 60, "#ffcf86", 'opacity=".06"')
    body += (
        path(f"M1258 {deck - 22}v-46h66q26 6 34 46z", "#7f3526")
        + circle(1352, deck - 34, 4, "#fff3d0")
        + shape([(1354, deck - 36), (1600, deck - 62), (1600, deck + 6)], "#fff0c8", 'opacity=".28"')
    )
    body += "".join(line(x, deck - 22, x, deck - 94, "#2b2a31", 3) for x in range(30, 1600, 196)) + line(
        0, deck - 92, 1600, deck - 92, "#2b2a31", 1.5
    )
    body += rect(0, 640, 1600, 230, "url(#mist)", 'filter="url(#blur16)"')
    body += land(ridge(71, 800, 70, rough=0.5), "#232a33") + land(ridge(73, 850, 40), "#12171e")
    for _ in range(150):
        x = dice.uniform(0, 1600)
        y, h = 872 - 50 * abs(math.sin(x / 260)), dice.uniform(30, 92)
        body += shape([(x, y - h), (x - h * 0.18, y + 40), (x + h * 0.18, y + 40)], "#0d1218")
    return picture(body, defs, grain=0.07)


def salt_road() -> Picture:
    """A lorry alone on the white bed of a lake that has dried up, in the evening."""
    defs = (
        shade("sky", (0, "#7f9db4"), (0.55, "#c9cfc8"), (0.86, "#ecd9b8"), (1, "#f0cfa2"))
        + shade("salt", (0, "#e9d9bf"), (0.18, "#ece6d9"), (1, "#d3d6d4"))
        + glow("low", (0, "#fff2cf", 0.95), (0.3, "#ffe6b0", 0.45), (1, "#ffe6b0", 0))
    )
    horizon = 470
    body = rect(0, 0, 1600, 900, "url(#sky)") + circle(1180, 440, 420, "url(#low)") + circle(1180, 438, 30, "#fff6df")
    body += land(ridge(31, 420, 90, rough=0.5), "#a9adb0") + land(ridge(37, 452, 52, rough=0.52), "#8b9199")
    body += rect(0, horizon, 1600, 430, "url(#salt)") + _salt_crust(horizon)
    for side in (-1, 1):  # the ruts that it came along
        body += path(f"M{612 + side * 13} 566C{560 + side * 40} 640 {420 + side * 110} 760 {250 + side * 190} 910", "none",
                     'stroke="#b3a792" stroke-width="7" opacity=".55" filter="url(#blur1)"')  # fmt: skip
    return picture(body + _lorry(), defs)


def _salt_crust(horizon: float) -> str:
    """The seams of the salt: cells that grow as they come nearer."""
    dice, rows, out = rng(41), 13, ""
    for row in range(rows):
        y, below = (horizon + 430 * (k / rows) ** 1.9 for k in (row, row + 1))
        wide = 40 + 26 * row
        x = -wide * dice.random()
        seam = [(x, y)]
        while x < 1700:
            x += wide * dice.uniform(0.7, 1.3)
            seam.append((x, y + (below - y) * (0.34 if len(seam) % 2 else -0.34) * dice.uniform(0.5, 1)))
            if len(seam) % 2:
                out += line(*seam[-1], seam[-1][0] + wide * dice.uniform(-0.2, 0.2), below, "#b3a792", 0.6 + row * 0.12, 'opacity=".45"')
        out += path("M" + "L".join(f"{a:.0f} {b:.0f}" for a, b in seam), "none", f'stroke="#b3a792" stroke-width="{0.7 + row * 0.14:.1f}" opacity=".45"')
    return out


def _lorry() -> str:
    """From behind and a little to the side, its shadow towards us."""
    shadow = shape([(590, 566), (672, 566), (470, 640), (330, 640)], "#6d665f", 'opacity=".38" filter="url(#blur4)"')
    box = rect(588, 470, 64, 74, "#8d4a34") + shape([(652, 470), (690, 478), (690, 542), (652, 544)], "#b9633f")
    box += "".join(line(588, y, 652, y, "#6e3727", 1.6) for y in range(482, 544, 12)) + rect(584, 464, 70, 8, "#5f3325")
    cab = shape([(690, 492), (716, 496), (722, 516), (722, 542), (690, 544)], "#d9cfae") + rect(697, 501, 16, 14, "#39424a")
    wheels = "".join(ellipse(x, y, w, 12, "#22211f") for x, y, w in ((598, 556, 8), (642, 556, 8), (672, 552, 7), (710, 550, 8)))
    dust = "".join(ellipse(x, y, w, h, "#efe4cd", 'opacity=".5" filter="url(#blur8)"') for x, y, w, h in ((570, 552, 50, 14), (520, 566, 64, 16), (455, 588, 80, 18)))
    return shadow + dust + rect(586, 542, 134, 8, "#2b2723") + box + cab + wheels


def skyline() -> Picture:
    defs = shade("sky", (0, "#2b3a5a"), (0.45, "#7c6d80"), (0.75, "#d1936f"), (1, "#f3c98f")) + shade(
        "river", (0, "#d69c75"), (0.35, "#7b6a79"), (1, "#1d2840")
    )
    dice = rng(44)
    body = (
        rect(0, 0, 1600, 900, "url(#sky)")
        + circle(980, 520, 330, "#ffdf9f", 'opacity=".5" filter="url(#blur60)"')
        + circle(980, 540, 52, "#fff0c9")
    )
    for i in range(10):
        body += ellipse(
            dice.uniform(0, 1600),
            120 + i * 34,
            dice.uniform(200, 560),
            dice.uniform(5, 14),
            "#f2b98d" if i > 4 else "#a48a94",
            'opacity=".3" filter="url(#blur8)"',
        )

    def town(seed: int, base: float, low: float, high: float, tint: str, lit: float) -> str:
        d, x, out, windows = rng(seed), -20.0, "", ""
        while x < 1620:
            w, h = d.uniform(34, 96), d.uniform(low, high)
            kind = d.random()
            out += rect(x, base - h, w, h + 4, tint)
            if kind < 0.16:
                out += path(
                    f"M{x:.0f} {base - h:.0f}q0 {-w * 0.62:.0f} {w / 2:.0f} {-w * 0.72:.0f}q{w / 2:.0f} {w * 0.1:.0f} {w / 2:.0f} {w * 0.72:.0f}z",
                    tint,
                ) + line(x + w / 2, base - h - w * 0.7, x + w / 2, base - h - w * 0.98, tint, 3)
            elif kind < 0.27:
                out += (
                    rect(x + w * 0.4, base - h - 96, 14, 96, tint)
                    + rect(x + w * 0.4 - 5, base - h - 66, 24, 6, tint)
                    + shape(
                        [
                            (x + w * 0.4 - 2, base - h - 96),
                            (x + w * 0.4 + 7, base - h - 126),
                            (x + w * 0.4 + 16, base - h - 96),
                        ],
                        tint,
                    )
                )
            elif kind < 0.4:
                out += rect(x + w * 0.3, base - h - 18, w * 0.4, 20, tint)
            for _ in range(int(w * h / 900 * lit)):
                windows += rect(
                    x + d.uniform(5, w - 8),
                    base - d.uniform(8, h - 4),
                    4,
                    6,
                    "#ffd590",
                    f'opacity="{d.uniform(0.4, 1):.2f}"',
                )
            x += w + (d.uniform(0, 16) if kind > 0.7 else 0)
        return out + windows

    far, mid, near = (
        town(1, 590, 30, 120, "#9b7478", 0),
        town(2, 600, 40, 190, "#5f5268", 1),
        town(3, 612, 30, 130, "#2a2c42", 3),
    )
    body += far + mid + near
    body += rect(0, 610, 1600, 290, "url(#river)")
    body += group(mid + near, 'transform="matrix(1 0 0 -.62 0 990)" opacity=".4" filter="url(#blur4)"')
    body += glitter(4, 980, 614, 220, 280, "#ffe2ad", 140, 0.75)
    # A bridge of low arches.
    body += rect(-10, 606, 1620, 12, "#1b1d2e")
    for i in range(9):
        x = 40 + i * 180
        body += rect(x - 9, 614, 18, 44, "#1b1d2e") + path(
            f"M{x} 616Q{x + 90} 560 {x + 180} 616", "none", 'stroke="#1b1d2e" stroke-width="6"'
        )
        body += circle(x + 90, 584, 3.4, "#ffe5b0") + circle(
            x + 90, 584, 16, "#ffe5b0", 'opacity=".3" filter="url(#blur4)"'
        )
    body += swell(5, 640, 260, "#141b2e", 90, 0.4) + swell(6, 640, 260, "#f0c49a", 60, 0.3)
    body += (
        path("M300 768q60 28 190 6l-16 26q-80 14 -150 0z", "#10141f")
        + line(390, 774, 396, 690, "#10141f", 4)
        + path("M398 694q52 34 58 70l-60 4z", "#e8d5b6", 'opacity=".85"')
        + ellipse(350, 756, 8, 14, "#10141f")
    )
    return picture(body, defs, grain=0.07)


def islands() -> Picture:
    defs = shade("sky", (0, "#3c5f78"), (0.5, "#8fa6a6"), (0.85, "#efc593"), (1, "#f7dcae")) + shade(
        "sea", (0, "#e9c596"), (0.18, "#86a3a0"), (1, "#1d4453")
    )
    dice = rng(3)
    body = (
        rect(0, 0, 1600, 900, "url(#sky)")
        + circle(560, 470, 300, "#fff0c8", 'opacity=".6" filter="url(#blur60)"')
        + circle(560, 478, 46, "#fff6dd")
    )
    for i in range(12):
        body += ellipse(
            dice.uniform(0, 1600),
            100 + i * 28,
            dice.uniform(160, 520),
            dice.uniform(6, 18),
            "#f8e2bd" if i > 6 else "#c3cfca",
            'opacity=".33" filter="url(#blur8)"',
        )
    body += rect(0, 520, 1600, 380, "url(#sea)")

    def isle(x: float, y: float, w: float, h: float, tint: str, seed: int) -> str:
        tops = fractal(seed, 0.5, 6)
        n = len(tops) - 1
        pts = [
            (x + w * i / n, y - h * max(0.0, math.sin(math.pi * i / n) ** 0.8 * (0.75 + 0.5 * tops[i])))
            for i in range(n + 1)
        ]
        return shape(pts, tint) + group(
            shape(pts, tint), f'transform="matrix(1 0 0 -.4 0 {y * 1.4:.1f})" opacity=".3" filter="url(#blur4)"'
        )

    body += (
        isle(-120, 524, 520, 90, "#8f9f9d", 5)
        + isle(720, 523, 360, 60, "#93a09b", 8)
        + isle(1180, 526, 560, 130, "#6f8888", 11)
        + isle(980, 534, 330, 66, "#567579", 14)
    )
    body += glitter(9, 560, 526, 230, 370, "#fff1cc", 170, 0.75)
    body += isle(-260, 590, 620, 170, "#2f545d", 21)
    body += swell(6, 540, 360, "#123440", 100, 0.35) + swell(7, 540, 360, "#f4ddb2", 70, 0.35)
    # An outrigger with a ballot box amidships, and two who paddle.
    body += ellipse(1000, 724, 260, 10, "#0c2530", 'opacity=".5" filter="url(#blur4)"')
    body += (
        path("M760 690q40 26 240 26t250 -34q-30 44 -250 48t-240 -40z", "#13222b")
        + line(880, 700, 860, 752, "#13222b", 4)
        + line(1120, 700, 1110, 752, "#13222b", 4)
        + path("M800 752q160 14 370 -2q-180 22 -370 2z", "#13222b")
    )
    for x, turn in ((860, -12), (1140, 10)):
        body += at(
            x,
            700,
            ellipse(4, -70, 11, 13, "#13222b")
            + path("M-16 0q-4 -50 18 -56q24 4 20 56z", "#1d3440")
            + line(14, -44, 62, 20, "#13222b", 4),
            1,
            f'style="rotate:{turn * 0}deg"',
        )
    body += (
        rect(972, 656, 58, 50, "#e6dcc4")
        + rect(972, 656, 58, 9, "#b9ab8d")
        + rect(990, 658, 22, 3.5, "#2b2b2b")
        + rect(1012, 665, 18, 41, "#cdbf9f")
        + circle(1001, 686, 7, "#9a4430")
    )
    # Palms at the edge.
    for x, y, h, lean in ((1490, 900, 470, -90), (1570, 900, 360, -30)):
        tx, ty = x + lean, y - h
        body += path(f"M{x} {y}Q{x + 10} {y - h * 0.5:.0f} {tx} {ty}", "none", 'stroke="#0c1a20" stroke-width="15"')
        for a in range(-200, 30, 26):
            r = dice.uniform(130, 180)
            ex, ey = tx + r * math.cos(math.radians(a)), ty + r * 0.6 * math.sin(math.radians(a)) + 50
            body += path(
                f"M{tx} {ty}Q{(tx + ex) / 2:.0f} {(ty + ey) / 2 - 62:.0f} {ex:.0f} {ey:.0f}Q{(tx + ex) / 2 - 8:.0f} {(ty + ey) / 2 - 26:.0f} {tx} {ty}Z",
                "#0c1a20",
            )
    return picture(body, defs, grain=0.07)


def marathon() -> Picture:
    """Runners from above, in low light: mostly their shadows."""
    defs = shade("road", (0, "#d9cdb6"), (1, "#b9a98c"), x2=1, y2=1)
    dice = rng(88)
    body = rect(0, 0, 1600, 900, "url(#road)")
    for _ in range(700):
        body += circle(dice.uniform(0, 1600), dice.uniform(0, 900), dice.uniform(0.6, 1.8), "#8c7c60", 'opacity=".35"')
    body += shape([(0, 0), (1600, 0), (1600, 60), (0, 150)], "#77705f") + shape(
        [(0, 150), (1600, 60), (1600, 76), (0, 168)], "#efe8d6"
    )
    body += shape([(0, 900), (1600, 900), (1600, 800), (0, 880)], "#77705f")
    body += "".join(
        shape(
            [
                (x, 540 - x * 0.052),
                (x + 110, 540 - (x + 110) * 0.052),
                (x + 110, 552 - (x + 110) * 0.052),
                (x, 552 - x * 0.052),
            ],
            "#f4eedd",
            'opacity=".9"',
        )
        for x in range(-20, 1700, 220)
    )
    shirts = ("#9a4430", "#2f5560", "#e8e0cc", "#c8913f", "#3d5468", "#f3eee2", "#5b6f4a")
    runners = [(dice.uniform(60, 1560), dice.uniform(230, 790)) for _ in range(64)]
    kept: list[tuple[float, float]] = []
    for x, y in runners:
        if all(math.hypot(x - a, y - b) > 78 for a, b in kept):
            kept.append((x, y))
    for x, y in kept:
        body += at(x, y, path("M0 0C60 16 150 52 208 84C222 90 236 84 232 76C180 44 80 4 6 -10Z", "#3a2f22", 'opacity=".55" filter="url(#blur1)"')
                   + path("M120 46l52 4l34 34l-10 4l-30 -28l-40 4z M150 62l20 40l-8 4l-26 -42z", "#3a2f22", 'opacity=".55" filter="url(#blur1)"'), dice.uniform(0.9, 1.1))  # fmt: skip
    for x, y in kept:
        swing = dice.choice((-1, 1))
        figure = line(-4, 6, -26, 10 + 6 * swing, "#2b2018", 6, 'stroke-linecap="round"') + line(
            -4, -4, 20, -8 - 4 * swing, "#2b2018", 6, 'stroke-linecap="round"'
        )
        figure += (
            ellipse(0, 0, 11, 19, dice.choice(shirts))
            + line(2, -16, 18 * swing, -22, "#7a5238", 5, 'stroke-linecap="round"')
            + line(2, 16, -18 * swing, 22, "#7a5238", 5, 'stroke-linecap="round"')
        )
        body += at(
            x,
            y,
            figure + circle(4, 0, 8, dice.choice(("#2a1c14", "#4a3424", "#1c1512", "#7b6248"))),
            1,
            'style="filter:drop-shadow(0 0 1px #0003)"',
        )
    return picture(body, defs, grain=0.10)


def road() -> Picture:
    """A mountain pass from high above, with a line of riders."""
    defs = shade("slope", (0, "#7f8c78"), (0.6, "#5c6b58"), (1, "#36453f"))
    dice = rng(90)
    body = rect(0, 0, 1600, 900, "url(#slope)")
    for seed, y, tint in (
        (1, 120, "#8b9682"),
        (2, 260, "#77856f"),
        (3, 420, "#67765f"),
        (4, 600, "#566651"),
        (5, 760, "#475747"),
    ):
        body += land(ridge(seed + 80, y, 60, rough=0.5), tint, 900, 'opacity=".8"')
    bends: list[tuple[float, float]] = [
        (1700, 130),
        (1100, 150),
        (420, 190),
        (300, 240),
        (420, 290),
        (1000, 330),
        (1240, 380),
        (1240, 440),
        (1000, 480),
        (460, 520),
        (250, 590),
        (300, 670),
        (560, 710),
        (1080, 760),
        (1380, 830),
        (1450, 960),
    ]
    d = smooth(bends)
    body += group(
        path(d, "none", 'stroke="#2b3630" stroke-width="46"'),
        'transform="translate(6 14)" opacity=".5" filter="url(#blur4)"',
    )
    body += (
        path(d, "none", 'stroke="#d7cfbb" stroke-width="40"')
        + path(d, "none", 'stroke="#8d8878" stroke-width="32"')
        + path(d, "none", 'stroke="#efe8d4" stroke-width="2" stroke-dasharray="22 20"')
    )
    for _ in range(620):
        x, y = dice.uniform(0, 1600), dice.uniform(60, 900)
        if (
            min(
                math.hypot(x - (a[0] * (1 - t) + b[0] * t), y - (a[1] * (1 - t) + b[1] * t))
                for a, b in itertools.pairwise(bends)
                for t in (0, 0.25, 0.5, 0.75)
            )
            < 66
        ):
            continue
        r = dice.uniform(5, 15) * (0.6 + y / 900)
        body += ellipse(x + r * 0.8, y + r * 0.5, r, r * 0.7, "#1e2a25", 'opacity=".4"') + circle(
            x, y, r, dice.choice(("#33453a", "#3d5042", "#2b3b33", "#48583f"))
        )
    shirts = ("#9a4430", "#e8dfc8", "#c8913f", "#2f5560", "#f3eee2", "#3d5468")
    for i in range(34):
        t = 0.08 + i * 0.021 + (0.10 if i > 22 else 0)
        x = 420 + 580 * t
        y = 292 + 40 * t + dice.uniform(-8, 8)
        if i > 16:
            x, y = 990 - 480 * (t - 0.36), 482 + 38 * (t - 0.36) + dice.uniform(-8, 8)
        body += (
            ellipse(x + 6, y + 6, 10, 3, "#222", 'opacity=".5"')
            + rect(x - 9, y - 1, 18, 2.4, "#1c1c1c")
            + ellipse(x, y, 6, 4, dice.choice(shirts))
            + circle(x + 5, y, 2.6, "#f4efe2")
        )
    for x, y in ((1110, 338), (1150, 346)):
        body += f'<rect x="{x}" y="{y}" width="30" height="15" rx="4" fill="#b4453a" transform="rotate(8 {x} {y})"/>'
    body += rect(0, 0, 1600, 240, "#e9e4d6", 'opacity=".28" filter="url(#blur60)"')
    return picture(body, defs, grain=0.10)


SCENES = {
    "telescope": telescope,
    "stadium": stadium,
    "glacier": glacier,
    "wheat": wheat,
    "wind-farm": wind_farm,
    "viaduct": viaduct,
    "skyline": skyline,
    "islands": islands,
    "marathon": marathon,
    "mountain-road": road,
    "salt-road": salt_road,
}

# ruff: noqa: E501 - a drawing is mostly its numbers
"""Scenes with water."""

import math

from .brush import (
    Picture,
    at,
    circle,
    ellipse,
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
    swell,
)

BOXES = ("#6e3a30", "#34505a", "#7d6a44", "#54606b", "#3b4a58", "#5f4a40")


def crane(colour: str, lamp: str = "") -> str:
    """A ship-to-shore crane with its boom up, 420 high, its foot at the origin."""
    struts = [
        (-70, 0, -52, -250), (70, 0, 52, -250), (-30, 0, -24, -250), (30, 0, 24, -250), (-70, -90, 70, -90),
        (-62, -170, 62, -170), (-70, -2, 70, -92), (-64, -92, 62, -168), (-52, -250, 150, -250), (-150, -250, -52, -250),
        (52, -250, 20, -400), (-20, -250, 10, -400), (14, -400, 150, -250), (14, -400, -150, -250),
        (-52, -262, -190, -430), (-52, -250, -180, -438), (14, -400, -150, -385), (14, -400, -110, -330),
    ]  # fmt: skip
    body = "".join(line(*s, colour, 7 if abs(s[0] - s[2]) < 30 else 4.5) for s in struts)
    body += rect(60, -276, 70, 28, colour) + rect(-16, -246, 24, 18, colour) + rect(-84, -10, 36, 12, colour)
    body += rect(48, -10, 36, 12, colour)
    return body + (circle(12, -404, 5, lamp) + circle(12, -404, 22, lamp, 'opacity=".25"') if lamp else "")


def stacks(seed: int, x: float, base: float, columns: int, high: int, size: float, dim: float = 0) -> str:
    dice = rng(seed)
    out = ""
    for i in range(columns):
        for j in range(max(1, int(high * (0.45 + 0.55 * math.sin(i * 0.7 + seed) ** 2)) - dice.randint(0, 1))):
            box = rect(x + i * size * 2.5, base - (j + 1) * size, size * 2.44, size * 0.95, dice.choice(BOXES))
            out += box + rect(
                x + i * size * 2.5, base - (j + 1) * size, size * 2.44, size * 0.14, "#fff", 'opacity=".10"'
            )
    return group(out, f'style="filter:brightness({1 - dim})"')


def harbour() -> Picture:
    defs = (
        shade("sky", (0, "#223445"), (0.38, "#5b6f7a"), (0.7, "#c79a72"), (0.92, "#efc592"), (1, "#f6dcae"))
        + shade("water", (0, "#d7ab7f"), (0.16, "#8d8780"), (0.5, "#44586a"), (1, "#182533"))
        + glow("sun", (0, "#fff3d2"), (0.2, "#fde0a8", 0.9), (1, "#f3c58c", 0))
        + shade("haze", (0, "#f0cda2", 0), (1, "#f0cda2", 0.75))
    )
    body = rect(0, 0, 1600, 900, "url(#sky)")
    dice = rng(4)
    for i in range(16):
        y, x = 90 + i * 27 + dice.uniform(-10, 10), dice.uniform(-100, 1500)
        tint = "#f3cfa5" if y > 250 else "#8fa0a8"
        body += ellipse(x, y, dice.uniform(180, 520), dice.uniform(5, 15), tint, 'opacity=".22" filter="url(#blur8)"')
    body += circle(470, 520, 330, "url(#sun)") + circle(470, 528, 34, "#fff4d8")
    body += land(ridge(21, 505, 60, rough=0.5), "#a68e7d", 560, 'opacity=".75"')
    body += land(ridge(34, 535, 40, rough=0.5), "#7a7674", 560, 'opacity=".85"')
    body += rect(0, 440, 1600, 122, "url(#haze)")
    body += rect(0, 556, 1600, 344, "url(#water)")
    body += glitter(8, 470, 560, 250, 330, "#ffe9bf", 150, 0.75)
    # The mole with its light, far out.
    body += shape([(0, 560), (0, 552), (640, 556), (690, 558), (690, 562)], "#3c4852")
    body += shape([(640, 556), (646, 488), (660, 488), (666, 556)], "#46505a") + rect(643, 478, 20, 12, "#2a343d")
    body += circle(653, 483, 4, "#ffdf9e") + circle(653, 483, 26, "#ffdf9e", 'opacity=".28" filter="url(#blur4)"')
    # Cranes along the quay, farther and paler to the left.
    for x, scale, tint in ((800, 0.42, "#78777a"), (890, 0.5, "#66696f"), (995, 0.62, "#525962"), (1130, 0.8, "#3c4651"),
                           (1310, 1.05, "#28333f"), (1540, 1.4, "#17212c")):  # fmt: skip
        base = 556 + (scale - 0.42) * 120
        body += at(x, base, crane(tint, "#ff9d6b" if scale > 0.7 else ""), scale)
    body += group(stacks(3, 760, 566, 12, 4, 9), 'opacity=".75"') + group(
        stacks(5, 930, 596, 12, 5, 15, 0.2), 'opacity=".9"'
    )
    body += stacks(9, 1180, 660, 9, 5, 25, 0.35)
    body += shape([(740, 562), (930, 592), (1180, 656), (1600, 690), (1600, 742), (1170, 688), (900, 606)], "#1a242f")
    for i in range(13):
        x = 1180 + i * 34
        body += rect(x, 662 + i * 3, 7, 30 + i * 2, "#0f1720")
    body += glitter(12, 1250, 730, 260, 120, "#0e1620", 40, 0.6)
    body += swell(5, 575, 325, "#f0d3aa", 60, 0.28) + swell(6, 640, 260, "#0d1722", 60, 0.4)
    # The near quay, with a bollard and its rope.
    body += shape([(0, 846), (520, 900), (0, 900)], "#0e151d") + shape(
        [(0, 838), (540, 898), (520, 902), (0, 848)], "#25313d"
    )
    body += path("M110 846v-40q-16-6-14-20q2-14 38-14t38 14q2 14-14 20v46z", "#0b1118")
    body += path("M96 806q60 26 110 4q40 40 150 62t130 30", "none", 'stroke="#0b1118" stroke-width="6"')
    for x, y, s in ((250, 330, 1), (310, 300, 0.7), (215, 372, 0.55), (590, 250, 0.5)):
        body += at(x, y, path("M-26-6q14-10 26 6q12-16 26-6q-16-2-26 12q-10-14-26-12z", "#2b3640"), s)
    return picture(body, defs)


def ship(colour: str, boxes: int = 9, house: float = 0.8) -> str:
    """A container ship seen from the side, 600 long, its waterline at the origin."""
    dice = rng(boxes)
    hull = path("M0-62L14 0H570L602-66L566-60L20-60Z", colour)
    cargo = ""
    for i in range(boxes):
        high = 3 + (i * 7 + boxes) % 4
        if abs(i - int(boxes * house)) < 1:
            continue
        for j in range(high):
            tint = dice.choice(BOXES)
            cargo += rect(36 + i * 53, -62 - (j + 1) * 17, 50, 16, tint)
    bridge = rect(36 + int(boxes * house) * 53, -190, 40, 132, "#d9d6cb") + rect(
        28 + int(boxes * house) * 53, -196, 58, 18, "#c9c7bd"
    )
    bridge += rect(46 + int(boxes * house) * 53, -226, 22, 32, "#7c3a2c") + rect(
        30 + int(boxes * house) * 53, -188, 54, 6, "#2b3640"
    )
    return (
        bridge
        + cargo
        + hull
        + rect(10, -14, 560, 10, "#7c3a2c", 'opacity=".75"')
        + line(560, -64, 560, -130, colour, 4)
    )


def ships_at_anchor() -> Picture:
    defs = (
        shade("sky", (0, "#8fa6b0"), (0.55, "#c7d0cd"), (1, "#ece4d3"))
        + shade("water", (0, "#c9cdc6"), (0.25, "#93a7ab"), (1, "#2f5361"))
        + shade("fog", (0, "#e8e1d2", 0), (0.5, "#e8e1d2", 0.85), (1, "#e8e1d2", 0))
    )
    body = rect(0, 0, 1600, 900, "url(#sky)")
    dice = rng(9)
    for i in range(26):
        body += ellipse(
            dice.uniform(0, 1600),
            60 + i * 14,
            dice.uniform(200, 600),
            dice.uniform(8, 26),
            "#f2eee2",
            'opacity=".16" filter="url(#blur16)"',
        )
    body += circle(1180, 250, 70, "#fbf6e6", 'opacity=".9" filter="url(#blur2)"') + circle(
        1180, 250, 190, "#fbf6e6", 'opacity=".3" filter="url(#blur32)"'
    )
    body += land(ridge(77, 436, 26, rough=0.5), "#a5b1b1", 470)
    body += rect(0, 452, 1600, 448, "url(#water)")
    for x, y, s, tint, fade, n in ((60, 458, 0.16, "#8a979b", 0.5, 9), (210, 457, 0.13, "#8a979b", 0.45, 8), (360, 460, 0.2, "#7d8b91", 0.55, 9),
                               (560, 459, 0.15, "#8a979b", 0.5, 7), (1010, 459, 0.17, "#8a979b", 0.5, 9), (1240, 462, 0.22, "#74838b", 0.6, 8),
                               (1430, 458, 0.14, "#8a979b", 0.5, 9)):  # fmt: skip
        body += at(x, y, ship(tint, n), s, f'opacity="{fade}"')
    body += rect(0, 400, 1600, 110, "url(#fog)")
    body += glitter(3, 1180, 470, 260, 420, "#fdf6e2", 170, 0.65)
    body += at(690, 512, ship("#43545f", 8), 0.42, 'opacity=".85"') + ellipse(
        810, 518, 150, 9, "#2b414d", 'opacity=".35" filter="url(#blur4)"'
    )
    body += swell(11, 470, 420, "#1d3b49", 110, 0.3) + swell(12, 480, 420, "#f4efe0", 80, 0.35)
    body += ellipse(470, 700, 420, 26, "#12222e", 'opacity=".5" filter="url(#blur8)"') + at(
        80, 688, ship("#1d2b38", 9), 1.22
    )
    body += group(
        at(0, 0, ship("#1d2b38", 9), 1),
        'transform="translate(80 690) scale(1.22 -.5)" opacity=".16" filter="url(#blur4)"',
    )
    body += line(806, 640, 822, 694, "#1d2b38", 3)
    body += swell(15, 680, 215, "#0f2733", 60, 0.5) + swell(16, 690, 205, "#dfe5df", 36, 0.35)
    return picture(body, defs)


def storm_coast() -> Picture:
    defs = (
        shade("sky", (0, "#0d1319"), (0.5, "#2a3843"), (1, "#5e6d70"))
        + shade("beam", (0, "#fff0c4", 0.65), (1, "#fff0c4", 0), x2=-1, y2=0)
        + '<linearGradient id="ray" x1="1" x2="0"><stop offset="0" stop-color="#fff0c4" stop-opacity=".6"/>'
        '<stop offset="1" stop-color="#fff0c4" stop-opacity="0"/></linearGradient>'
        '<filter id="cloud" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".0022 .009" numOctaves="5" seed="23"/>'
        '<feColorMatrix values="0 0 0 0 .05  0 0 0 0 .08  0 0 0 0 .10  2.6 0 0 0 -1.05"/></filter>'
        '<filter id="spray" x="-20%" y="-20%" width="140%" height="140%"><feTurbulence type="fractalNoise" baseFrequency=".05" numOctaves="4" seed="3"/>'
        '<feDisplacementMap in="SourceGraphic" scale="30"/><feGaussianBlur stdDeviation="2.2"/></filter>'
    )
    body = rect(0, 0, 1600, 900, "url(#sky)") + rect(0, 0, 1600, 620, "#000", 'filter="url(#cloud)"')
    body += ellipse(520, 470, 620, 90, "#93a09b", 'opacity=".35" filter="url(#blur32)"')
    body += shape([(1236, 250), (0, 60), (0, 300)], "url(#ray)", 'opacity=".75"') + shape(
        [(1256, 250), (1600, 210), (1600, 270)], "#fff0c4", 'opacity=".12"'
    )
    body += rect(0, 500, 1600, 400, "#23323b")
    for i in range(5):
        y = 505 + i * 24
        wave = ridge(50 + i, y, 12 + i * 5, rough=0.62, depth=7)
        body += land(wave, ("#46565b", "#3a4a51", "#304048", "#27363f", "#1f2d36")[i])
    # The headland.
    cliff = [(1600, 330), (1520, 322), (1450, 335), (1340, 330), (1275, 336), (1190, 350), (1130, 386), (1096, 440), (1060, 470),
             (1030, 540), (980, 590), (960, 680), (1600, 760)]  # fmt: skip
    body += shape(cliff, "#0c1218") + shape(
        [(1190, 350), (1130, 386), (1096, 440), (1060, 470), (1030, 540), (1110, 500), (1160, 420)], "#1c262d"
    )
    body += (
        shape([(1275, 336), (1190, 350), (1160, 420), (1240, 380)], "#182128")
        + rect(1290, 302, 90, 32, "#141c23")
        + shape([(1282, 304), (1335, 280), (1388, 304)], "#0e151b")
    )
    body += rect(1306, 312, 12, 12, "#f0c77e") + shape([(1228, 338), (1234, 262), (1258, 262), (1264, 338)], "#cfcabb")
    body += (
        shape([(1246, 338), (1246, 262), (1258, 262), (1264, 338)], "#7d7c76")
        + rect(1230, 296, 32, 16, "#8a3b2b")
        + rect(1228, 258, 36, 5, "#1a2128")
    )
    body += rect(1235, 240, 22, 18, "#fff3cf") + shape([(1232, 240), (1246, 226), (1260, 240)], "#1a2128")
    body += circle(1246, 250, 60, "#fff0c4", 'opacity=".5" filter="url(#blur16)"')
    dice = rng(31)
    # Surf against the rock, thrown high.
    for cx, cy, h, n in ((1010, 600, 260, 190), (960, 660, 190, 150), (1120, 640, 130, 90)):
        plume = ""
        for _ in range(n):
            a, r = dice.gauss(-1.75, 0.42), h * dice.random() ** 0.8
            plume += circle(
                cx + r * math.cos(a) * 0.9,
                cy + r * math.sin(a),
                1.5 + 12 * (1 - r / h) * dice.random(),
                "#dfe6e3",
                f'opacity="{0.75 - 0.5 * r / h:.2f}"',
            )
        body += group(plume, 'filter="url(#spray)"')
    body += ellipse(1010, 560, 170, 120, "#dfe6e3", 'opacity=".25" filter="url(#blur32)"')
    for i, (y, tint, foam) in enumerate(
        ((640, "#2b3d45", 0.55), (705, "#22323b", 0.7), (775, "#18252d", 0.8), (850, "#0f181f", 0.5))
    ):
        pts = [
            (x, y + 34 * math.sin(x / (170 + i * 40) + i * 1.9) + 12 * math.sin(x / 61 + i))
            for x in range(-40, 1680, 40)
        ]
        body += path(smooth([(float(a), b) for a, b in pts]) + "L1680 900L-40 900Z", tint)
        crest = path(
            smooth([(float(a), b + 4) for a, b in pts]),
            "none",
            f'stroke="#e6ebe6" stroke-width="{4 + i * 2}" stroke-linecap="round" stroke-dasharray="{90 + i * 60} {190 + i * 30} 40 240" opacity="{foam * 0.75:.2f}"',
        )
        body += group(crest, 'filter="url(#spray)"')
        for _ in range(70):
            x = dice.uniform(0, 1600)
            body += ellipse(
                x,
                y + dice.uniform(20, 80),
                dice.uniform(8, 40),
                dice.uniform(1, 3),
                "#c9d3cf",
                f'opacity="{dice.uniform(0.05, 0.3):.2f}"',
            )
    rain = "".join(
        line(x, y, x - 16, y + 54, "#dbe3e3", 1, f'opacity="{dice.uniform(0.04, 0.2):.2f}"')
        for x, y in ((dice.uniform(0, 1650), dice.uniform(-40, 900)) for _ in range(330))
    )
    return picture(body + rain, defs)


SCENES = {"harbour": harbour, "ships-at-anchor": ships_at_anchor, "storm-coast": storm_coast}

# ruff: noqa: E501 - a drawing is mostly its numbers
"""Scenes of rooms, buildings and things."""

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
    ring,
    rng,
    shade,
    shape,
    smooth,
    stars,
    swell,
)


def parliament() -> Picture:
    defs = (
        shade("sky", (0, "#26374c"), (0.6, "#7d8793"), (1, "#e0b994"))
        + shade("stone", (0, "#d9ceb8"), (1, "#a5977f"))
        + shade("dome", (0, "#3e6660"), (0.5, "#5f8a80"), (1, "#2c4a49"), x2=1, y2=0)
        + shade("steps", (0, "#b9ac94"), (1, "#6e6557"))
        + shade("square", (0, "#6f6a66"), (1, "#23282f"))
    )
    dice = rng(2)
    body = rect(0, 0, 1600, 900, "url(#sky)")
    for i in range(12):
        body += ellipse(
            dice.uniform(0, 1600),
            70 + i * 40,
            dice.uniform(220, 600),
            dice.uniform(8, 20),
            "#efd2b0" if i > 5 else "#93a0ac",
            'opacity=".28" filter="url(#blur16)"',
        )
    for x in range(-20, 1640, 66):
        body += rect(x, 560 - dice.uniform(10, 90), 70, 200, "#4b5663", 'opacity=".8"')
    # Wings, then the portico, then the drum and the dome.
    for x in (150, 1020):
        body += (
            rect(x, 470, 430, 210, "url(#stone)")
            + rect(x - 8, 458, 446, 16, "#e6dcc8")
            + rect(x, 476, 430, 6, "#7e725f", 'opacity=".5"')
        )
        for i in range(9):
            wx = x + 22 + i * 45
            body += rect(wx, 504, 22, 58, "#f5c978" if dice.random() < 0.6 else "#3c4754") + rect(
                wx, 596, 22, 60, "#f5c978" if dice.random() < 0.4 else "#3c4754"
            )
            body += (
                rect(wx - 4, 498, 30, 5, "#8e816c")
                + rect(wx + 10, 504, 2, 58, "#6e6557")
                + rect(wx + 10, 596, 2, 60, "#6e6557")
            )
    body += (
        rect(560, 440, 480, 240, "#8f836e")
        + rect(640, 330, 320, 100, "url(#stone)")
        + rect(628, 318, 344, 14, "#e6dcc8")
    )
    for i in range(12):
        body += rect(656 + i * 25.4, 340, 11, 84, "#6c6252") + rect(
            656 + i * 25.4, 340, 4, 84, "#f2e9d6", 'opacity=".6"'
        )
    body += path("M646 318C646 200 716 150 800 150S954 200 954 318Z", "url(#dome)")
    for i in range(-5, 6):
        body += path(
            f"M{800 + i * 4} 152C{800 + i * 20} 190 {800 + i * 27} 250 {800 + i * 28.5:.0f} 318",
            "none",
            'stroke="#21393a" stroke-width="2" opacity=".55"',
        )
    body += (
        rect(770, 118, 60, 40, "#cfc4ad")
        + rect(778, 124, 8, 30, "#f8d58f")
        + rect(796, 124, 8, 30, "#f8d58f")
        + rect(814, 124, 8, 30, "#f8d58f")
        + path("M766 118Q800 76 834 118Z", "#35595a")
    )
    body += line(800, 96, 800, 18, "#2b3440", 4) + path("M802 20q26 -8 44 4t40 0v30q-22 10 -42 0t-42 2z", "#8a2f2a")
    body += (
        shape([(540, 440), (800, 366), (1060, 440)], "#d9ceb8")
        + shape([(576, 434), (800, 376), (1024, 434)], "#b3a58c")
        + rect(532, 436, 536, 20, "#e9dfcb")
    )
    for i in range(8):
        x = 556 + i * 66
        body += (
            rect(x - 6, 456, 38, 9, "#e9dfcb")
            + shape([(x, 465), (x + 26, 465), (x + 29, 672), (x - 3, 672)], "#dcd1bb")
            + shape([(x + 16, 465), (x + 26, 465), (x + 29, 672), (x + 17, 672)], "#978a74")
        )
        body += rect(x - 7, 670, 40, 10, "#e9dfcb")
    body += (
        rect(766, 560, 68, 120, "#f7cf86")
        + rect(798, 560, 4, 120, "#7b5c2e")
        + circle(800, 600, 150, "#ffdc9a", 'opacity=".3" filter="url(#blur32)"')
    )
    for i in range(7):
        body += rect(500 - i * 22, 680 + i * 10, 600 + i * 44, 10.5, "url(#steps)") + rect(
            500 - i * 22, 680 + i * 10, 600 + i * 44, 2, "#e7dcc6", 'opacity=".6"'
        )
    body += (
        rect(0, 678, 346, 80, "#4d4a48") + rect(1254, 678, 346, 80, "#4d4a48") + rect(0, 750, 1600, 150, "url(#square)")
    )
    body += ellipse(800, 760, 420, 26, "#ffdca0", 'opacity=".28" filter="url(#blur16)"') + glitter(
        3, 800, 756, 300, 140, "#ffd9a0", 70, 0.3
    )
    for x, h in ((250, 150), (1350, 150), (60, 210), (1540, 210)):
        y = 770 if h == 150 else 840
        body += (
            line(x, y, x, y - h, "#12171d", h / 32)
            + circle(x, y - h, h / 13, "#ffe9b8")
            + circle(x, y - h, h / 3, "#ffdc98", 'opacity=".35" filter="url(#blur16)"')
        )
    for _ in range(16):
        x, y = dice.uniform(380, 1230), dice.uniform(770, 850)
        h = 22 + (y - 770) * 0.4
        body += at(
            x,
            y,
            ellipse(0, 0, 9, 2, "#0b0e12", 'opacity=".6"')
            + path("M-6 0q-3 -20 0 -26q6 -7 12 0q3 6 0 26z", "#14191f")
            + circle(0, -34, 5.4, "#14191f"),
            h / 36,
        )
    return picture(body, defs, grain=0.08)


def cinema() -> Picture:
    defs = (
        shade("wall", (0, "#1a1014"), (1, "#3a1d1e"))
        + shade("screen", (0, "#f6efdc"), (1, "#cbbd9d"))
        + '<linearGradient id="ray" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff3cf" stop-opacity=".5"/><stop offset="1" stop-color="#fff3cf" stop-opacity=".08"/></linearGradient>'
        + '<filter id="smoke" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".004 .009" numOctaves="4" seed="9"/><feColorMatrix values="0 0 0 0 1  0 0 0 0 .94  0 0 0 0 .8  1.5 0 0 0 -.6"/><feComposite in2="SourceGraphic" operator="in"/></filter>'
    )
    dice = rng(7)
    body = rect(0, 0, 1600, 900, "url(#wall)")
    for i in range(9):
        for side in (0, 1):
            x = i * 44 if not side else 1600 - i * 44 - 36
            body += shape(
                [(x, 0), (x + 36, 0), (x + 36, 640 - i * 12), (x, 660 - i * 12)],
                "#5a2723" if i % 2 else "#471f1f",
                'opacity=".9"',
            )
    body += path("M380 90H1220V470H380Z", "#120b0d")
    body += path("M404 110Q800 124 1196 110V452Q800 440 404 452Z", "url(#screen)")
    # On the screen, a road that crosses salt to far hills.
    body += path("M404 318L560 268L650 300L770 232L900 300L1010 258L1196 320V330H404Z", "#a39a86") + path(
        "M404 322H1196V452Q800 440 404 452Z", "#efe8d8"
    )
    body += (
        path("M796 324L804 324L960 446L640 446Z", "#8d836e", 'opacity=".75"')
        + path("M820 352l6 0l2 20l-10 0z", "#2c2620")
        + circle(823, 348, 3.4, "#2c2620")
        + path("M822 372l90 12l-86 -4z", "#2c2620", 'opacity=".35"')
    )
    body += ellipse(800, 280, 620, 330, "#f9e9c4", 'opacity=".22" filter="url(#blur60)"')
    body += path("M360 60Q430 260 372 500H300V60Z", "#5d1f1e") + path("M1240 60Q1170 260 1228 500H1300V60Z", "#5d1f1e")
    for i in range(5):
        body += path(
            f"M{318 + i * 14} 60Q{340 + i * 18} 270 {316 + i * 12} 500",
            "none",
            'stroke="#2b0e10" stroke-width="5" opacity=".7"',
        ) + path(
            f"M{1282 - i * 14} 60Q{1260 - i * 18} 270 {1284 - i * 12} 500",
            "none",
            'stroke="#2b0e10" stroke-width="5" opacity=".7"',
        )
    body += (
        rect(300, 40, 1000, 46, "#6d2824")
        + "".join(path(f"M{300 + i * 50} 84q25 26 50 0z", "#531c1c") for i in range(20))
        + rect(300, 34, 1000, 10, "#b58b46")
    )
    ray = shape([(1120, -30), (1150, -30), (1196, 452), (404, 452), (404, 110)], "#fff")
    body += group(shape([(1120, -30), (1150, -30), (1196, 440), (404, 440)], "url(#ray)"), 'opacity=".5"') + group(
        ray, 'filter="url(#smoke)" opacity=".3"'
    )
    for row in range(7):
        y, s = 520 + row * 50 + row * row * 3.2, 0.5 + row * 0.17
        tone = ("#6a2b27", "#5d2623", "#50211f", "#431c1b", "#351617", "#271012", "#16090b")[row]
        pitch = 62 * s
        count = int(1760 / pitch)
        for i in range(count):
            x = 800 + (i - count / 2 + 0.5) * pitch
            if abs(x - 800) < 40 + row * 16:
                continue
            body += f'<path d="M{x - pitch * 0.44:.0f} {y + 90 * s:.0f}V{y + 12 * s:.0f}q0 {-16 * s:.0f} {pitch * 0.2:.0f} {-16 * s:.0f}h{pitch * 0.48:.0f}q{pitch * 0.2:.0f} 0 {pitch * 0.2:.0f} {16 * s:.0f}v{78 * s:.0f}z" fill="{tone}"/>'
            body += path(
                f"M{x - pitch * 0.34:.0f} {y - 1 * s:.0f}q{pitch * 0.34:.0f} {-7 * s:.0f} {pitch * 0.68:.0f} 0",
                "none",
                f'stroke="#e2a981" stroke-width="{1.6 * s:.1f}" opacity="{0.5 - row * 0.05:.2f}"',
            )
            if dice.random() < 0.42:
                head, tint = 13 * s, "#120a0b"
                body += circle(x, y - 14 * s, head, tint) + path(
                    f"M{x - 22 * s:.0f} {y + 12 * s:.0f}q{22 * s:.0f} {-24 * s:.0f} {44 * s:.0f} 0z", tint
                )
                body += path(
                    f"M{x - head * 0.8:.1f} {y - 14 * s - head * 0.6:.1f}A{head:.1f} {head:.1f} 0 0 1 {x + head * 0.8:.1f} {y - 14 * s - head * 0.6:.1f}",
                    "none",
                    'stroke="#f0cf9c" stroke-width="1.6" opacity=".5"',
                )
        body += shape(
            [
                (800 - 40 - row * 14, y + 10),
                (800 + 40 + row * 14, y + 10),
                (800 + 60 + row * 18, y + 90 * s),
                (800 - 60 - row * 18, y + 90 * s),
            ],
            "#2a1214",
        )
    return picture(body, defs, grain=0.08)


def classroom() -> Picture:
    defs = (
        shade("wall", (0, "#b9b49d"), (1, "#d8cfb2"))
        + shade("floor", (0, "#8a6b48"), (1, "#4b3724"))
        + shade("air", (0, "#8fb0c0"), (1, "#e8e6d6"))
        + shade("sun", (0, "#fff1c9", 0.55), (1, "#fff1c9", 0.05), x2=1, y2=1)
    )
    body = (
        rect(0, 0, 1600, 900, "url(#wall)")
        + rect(0, 480, 1600, 100, "#7d8a7d")
        + rect(0, 474, 1600, 8, "#5d675c")
        + rect(0, 574, 1600, 330, "url(#floor)")
    )
    for i in range(-14, 30):
        body += line(800 + (i - 8) * 70, 576, 800 + (i - 8) * 210, 900, "#3b2a1b", 1.6, 'opacity=".5"')
    # Two windows on the mountains.
    for k, x in enumerate((90, 470)):
        view = rect(x, 110, 300, 340, "url(#air)") + land(
            [(px + x, py) for px, py in ridge(12 + k, 320, 130, width=300, rough=0.5, depth=6)], "#8495a0", 450
        )
        view += land([(px + x, py) for px, py in ridge(15 + k, 370, 70, width=300, rough=0.5, depth=6)], "#5d707a", 450)
        body += f'<clipPath id="w{k}"><rect x="{x}" y="110" width="300" height="340"/></clipPath>' + group(
            view, f'clip-path="url(#w{k})"'
        )
        body += (
            f'<rect x="{x}" y="110" width="300" height="340" fill="none" stroke="#efe9d8" stroke-width="16"/>'
            + rect(x + 146, 110, 8, 340, "#efe9d8")
            + rect(x, 250, 300, 8, "#efe9d8")
        )
        body += rect(x - 20, 450, 340, 18, "#f5efdf") + rect(x - 20, 466, 340, 6, "#7a7260", 'opacity=".6"')
    body += path("M250 444v-34h26v34z", "#a5533a") + "".join(
        path(f"M263 410q{dx} -30 {dx * 1.8:.0f} -60", "none", 'stroke="#3e5a3c" stroke-width="5"')
        for dx in (-18, -6, 8, 20)
    )
    # The board.
    body += rect(880, 130, 620, 310, "#7b5a3a") + rect(896, 146, 588, 278, "#2f4740")
    chalk = 'stroke="#e8ead9" stroke-width="3" opacity=".75" fill="none" stroke-linecap="round"'
    body += f'<path d="M940 360L1060 220L1180 360Z M1060 220V360 M1060 350h10v10" {chalk}/><circle cx="1300" cy="280" r="74" {chalk}/><path d="M1300 280L1360 236M1226 280h148" {chalk} stroke-dasharray="8 8"/>'
    body += (
        "".join(
            path(
                f"M{940 + i * 26} {182 + (i % 3) * 3}q8 -10 16 0",
                "none",
                'stroke="#e8ead9" stroke-width="3" opacity=".6"',
            )
            for i in range(9)
        )
        + rect(1040, 424, 300, 8, "#a17c54")
        + rect(1060, 418, 40, 6, "#f2efdf")
        + rect(1130, 416, 56, 8, "#6a4a36")
    )
    body += "".join(
        shape(p, "url(#sun)")
        for p in (((90, 460), (390, 460), (820, 900), (330, 900)), ((470, 460), (770, 460), (1330, 900), (900, 900)))
    )

    def desk(x: float, y: float, s: float) -> str:
        top = (
            shape([(-120, 0), (120, 0), (146, 44), (-146, 44)], "#c79a62")
            + shape([(-146, 44), (146, 44), (146, 62), (-146, 62)], "#8a6238")
            + shape([(-120, 0), (-40, 0), (-60, 44), (-146, 44)], "#e0ba82", 'opacity=".5"')
        )
        legs = "".join(
            shape([(a, 60), (a + 14, 60), (a + 14 + b, 190), (a + b, 190)], "#3d3a38")
            for a, b in ((-136, -8), (122, 8), (-104, 0), (92, 0))
        )
        seat = (
            shape([(-86, 120), (86, 120), (96, 146), (-96, 146)], "#a97c48")
            + shape([(-92, 146), (92, 146), (92, 156), (-92, 156)], "#6e4e2c")
            + rect(-80, 156, 10, 70, "#3d3a38")
            + rect(70, 156, 10, 70, "#3d3a38")
        )
        back = (
            rect(-88, 56, 176, 36, "#b58850", 'rx="6"')
            + rect(-80, 92, 10, 40, "#3d3a38")
            + rect(70, 92, 10, 40, "#3d3a38")
        )
        return at(
            x,
            y,
            ellipse(10, 200, 170, 22, "#22170e", 'opacity=".45" filter="url(#blur8)"') + legs + top + seat + back,
            s,
        )

    for y, s, xs in (
        (540, 0.52, (420, 640, 860, 1080, 1300)),
        (610, 0.74, (250, 560, 870, 1180, 1490)),
        (716, 1.08, (110, 560, 1010, 1460)),
    ):
        for i, x in enumerate(xs):
            body += desk(x, y, s)
            if (i + int(y)) % 2:
                body += at(
                    x + 14 * s,
                    y + 22 * s,
                    shape([(-40, -10), (0, -6), (0, 14), (-48, 8)], "#f5f0e2")
                    + shape([(0, -6), (40, -12), (48, 6), (0, 14)], "#e4dcc6")
                    + line(56, -8, 82, 6, "#9a4430", 4),
                    s,
                )
    return picture(body, defs, grain=0.09)


def museum_jar() -> Picture:
    defs = (
        glow("spot", (0, "#6d6357"), (0.5, "#3a352f"), (1, "#15130f"))
        + shade(
            "glaze",
            (0, "#16424a"),
            (0.28, "#3f8f8d"),
            (0.42, "#8cc5b7"),
            (0.55, "#3f908d"),
            (0.85, "#173f49"),
            (1, "#0b2229"),
            x2=1,
            y2=0,
        )
        + shade("clay", (0, "#4d3322"), (0.4, "#b98a5c"), (1, "#38241a"), x2=1, y2=0)
        + shade("plinth", (0, "#8d8577"), (0.4, "#b9b09f"), (1, "#4a453d"), x2=1, y2=0)
    )
    dice = rng(5)
    body = rect(0, 0, 1200, 1500, "#15130f") + ellipse(600, 640, 820, 860, "url(#spot)")
    body += shape([(470, 0), (730, 0), (1010, 1180), (190, 1180)], "#fff1d0", 'opacity=".06" filter="url(#blur16)"')
    body += (
        rect(0, 1330, 1200, 170, "#0c0b09")
        + shape([(300, 1130), (900, 1130), (940, 1170), (260, 1170)], "#cfc6b4")
        + rect(260, 1170, 680, 330, "url(#plinth)")
        + rect(260, 1170, 680, 10, "#211e19", 'opacity=".4"')
    )
    body += ellipse(600, 1146, 250, 24, "#1b1712", 'opacity=".75" filter="url(#blur8)"')
    jar = "M520 1140C430 1080 330 960 330 780C330 600 440 500 520 450C536 430 540 400 530 352C528 338 536 330 550 330H650C664 330 672 338 670 352C660 400 664 430 680 450C760 500 870 600 870 780C870 960 770 1080 680 1140Z"
    body += f'<clipPath id="jar"><path d="{jar}"/></clipPath>' + path(jar, "url(#glaze)")
    deco = rect(300, 1040, 600, 110, "url(#clay)") + path(
        "M300 1046q26 26 50 6t60 8t44 22t60 -18t60 12t58 -16t60 26t50 -24t60 10t60 -14V1000H300Z", "url(#glaze)"
    )
    for y, h in ((560, 7), (596, 3), (866, 3), (896, 7)):
        deco += path(f"M300 {y}Q600 {y + 74} 900 {y}", "none", f'stroke="#0f3038" stroke-width="{h}" opacity=".75"')
    for i in range(15):
        a = (i - 7) / 7.4
        x, w = 600 + 272 * math.sin(a * 1.35), 40 * math.cos(a * 1.3)
        y = 738 + 34 * math.cos(a * 1.5)
        deco += path(
            f"M{x:.0f} {y - 96:.0f}q{w:.0f} 50 0 110q{-w:.0f} -60 0 -110zM{x:.0f} {y + 26:.0f}q{w * 0.7:.0f} 34 0 70q{-w * 0.7:.0f} -36 0 -70z",
            "#0f3038",
            'opacity=".62"',
        )
        deco += circle(x, y - 44, max(2.0, w * 0.16), "#d9c48d", 'opacity=".85"')
    for _ in range(60):
        x, y = dice.uniform(340, 860), dice.uniform(360, 1100)
        d = f"M{x:.0f} {y:.0f}" + "".join(f"l{dice.uniform(-24, 24):.0f} {dice.uniform(-22, 22):.0f}" for _ in range(4))
        deco += path(d, "none", 'stroke="#082026" stroke-width="1.1" opacity=".55"')
    for _ in range(9):
        x, y, r = dice.uniform(360, 840), dice.uniform(620, 1040), dice.uniform(6, 20)
        deco += path(
            smooth([(px + dice.uniform(-5, 5), py + dice.uniform(-5, 5)) for px, py in ring(x, y, r, 7)], close=True),
            "#a37a52",
            'opacity=".85"',
        )
    deco += path(
        "M452 520C400 620 392 800 424 960",
        "none",
        'stroke="#e8fff4" stroke-width="26" opacity=".32" filter="url(#blur8)"',
    ) + ellipse(486, 620, 22, 70, "#fff", 'opacity=".35" filter="url(#blur8)" transform="rotate(14 486 620)"')
    deco += rect(760, 300, 160, 860, "#050b0c", 'opacity=".45" filter="url(#blur32)"')
    body += group(deco, 'clip-path="url(#jar)"')
    for sign in (-1, 1):
        d = f"M{600 + sign * 62} 400C{600 + sign * 170} 380 {600 + sign * 210} 480 {600 + sign * 150} 540"
        body += path(d, "none", 'stroke="#0e2d35" stroke-width="34" stroke-linecap="round"') + path(
            d, "none", f'stroke="{"#5aa39c" if sign < 0 else "#24575c"}" stroke-width="22" stroke-linecap="round"'
        )
    body += ellipse(600, 336, 70, 16, "#0a1a1d") + ellipse(
        600, 333, 70, 15, "none", 'stroke="#7fbdb0" stroke-width="6"'
    )
    body += (
        ellipse(600, 336, 44, 9, "#b79a6a")
        + path("M566 334q34 -26 68 0q-34 12 -68 0z", "#8a3b2b")
        + circle(600, 328, 7, "#5d241c")
    )
    return picture(body, defs, 1200, 1500, grain=0.09)


def vials() -> Picture:
    defs = (
        shade("back", (0, "#c9d9d8"), (0.6, "#9bbcbc"), (1, "#6a9498"))
        + shade("table", (0, "#e9efec"), (1, "#8fb0b2"))
        + shade(
            "glass",
            (0, "#ffffff", 0.75),
            (0.18, "#dcebea", 0.35),
            (0.7, "#b5d0d2", 0.35),
            (0.9, "#5f8f97", 0.5),
            (1, "#3e6c75", 0.6),
            x2=1,
            y2=0,
        )
        + shade("fluid", (0, "#f0d9a4", 0.95), (0.5, "#e6c273", 0.9), (1, "#a87f35", 0.95), x2=1, y2=0)
        + shade("cap", (0, "#8a3b2b"), (0.35, "#c4664f"), (1, "#5d241c"), x2=1, y2=0)
        + shade("tin", (0, "#8e9799"), (0.3, "#e9eceb"), (1, "#6f797c"), x2=1, y2=0)
    )
    body = rect(0, 0, 1600, 900, "url(#back)") + circle(420, 180, 340, "#fff", 'opacity=".45" filter="url(#blur60)"')
    body += shape([(0, 640), (1600, 600), (1600, 900), (0, 900)], "url(#table)")

    def vial(x: float, y: float, s: float, full: float, blur: str = "") -> str:
        glass = "M-62 0V-190C-62 -226 -34 -232 -34 -256V-268H34V-256C34 -232 62 -226 62 -190V0C62 12 50 16 40 16H-40C-50 16 -62 12 -62 0Z"
        level = -4 - 190 * full
        out = shape(
            [(-60, 10), (60, 10), (330, 62), (220, 84)], "#2f5a62", 'opacity=".28" filter="url(#blur8)"'
        ) + shape([(-20, 10), (40, 10), (230, 52), (180, 62)], "#f4d998", 'opacity=".5" filter="url(#blur8)"')
        out += path(f"M-58 2V{level:.0f}H58V2C58 10 48 13 40 13H-40C-48 13 -58 10 -58 2Z", "url(#fluid)") + ellipse(
            0, level, 58, 7, "#f8ebc8"
        )
        out += (
            path(glass, "url(#glass)")
            + rect(-62, -150, 124, 96, "#f6f4ec", 'opacity=".94"')
            + rect(-62, -150, 124, 14, "#2f6a70")
            + rect(40, -150, 22, 96, "#7c9a9b", 'opacity=".4"')
        )
        out += "".join(rect(-46, -122 + i * 15, w, 5, "#5e7476", 'opacity=".7"') for i, w in enumerate((70, 84, 54)))
        out += "".join(rect(-46 + i * 6, -76, 2 + (i * 7 % 4), 16, "#2b3a3e") for i in range(12))
        out += (
            rect(-40, -296, 80, 30, "url(#tin)")
            + rect(-44, -320, 88, 26, "url(#cap)", 'rx="4"')
            + ellipse(0, -320, 44, 8, "#d98a72")
            + rect(-50, -200, 10, 180, "#fff", 'opacity=".7" rx="5"')
        )
        return at(x, y, out, s, blur)

    for x, y, s in (
        (120, 600, 0.72),
        (300, 594, 0.72),
        (480, 590, 0.72),
        (660, 586, 0.72),
        (840, 582, 0.72),
        (1020, 578, 0.72),
        (1200, 574, 0.72),
        (1380, 570, 0.72),
        (1560, 566, 0.72),
    ):
        body += vial(x, y, s, 0.72, 'filter="url(#blur4)" opacity=".8"')
    for x, y in ((210, 690), (450, 684), (690, 678)):
        body += vial(x, y, 1.08, 0.72, 'filter="url(#blur1)"')
    body += vial(1010, 756, 1.72, 0.66)
    body += group(rect(-10, -16, 330, 32, "#e8f0ef", 'opacity=".85" rx="4"') + rect(20, -12, 180, 24, "#e6c273", 'opacity=".85"') + rect(200, -20, 14, 40, "#3d4a4e") + rect(214, -5, 150, 10, "#dfe6e5") + rect(360, -24, 12, 48, "#b9c5c6") + rect(318, -30, 10, 60, "#c9d4d4")
                  + shape([(-10, -9), (-44, -4), (-44, 4), (-10, 9)], "#b9c5c6") + line(-44, 0, -190, 0, "#8fa0a3", 3) + "".join(line(30 + i * 18, -12, 30 + i * 18, -4, "#3d4a4e", 2) for i in range(10)),
                  'transform="translate(330 828) rotate(-5)"') + ellipse(480, 850, 330, 8, "#2f5a62", 'opacity=".25" filter="url(#blur4)"')  # fmt: skip
    return picture(body, defs, grain=0.07)


def gear(x: float, y: float, r: float, fill: str, spokes: int = 6, turn: float = 0) -> str:
    rim = f'stroke="{fill}" stroke-width="{r * 0.14:.1f}"'
    out = circle(
        x + 7, y + 12, r, "none", f'stroke="#0d0a06" stroke-width="{r * 0.16:.1f}" opacity=".4" filter="url(#blur4)"'
    )
    out += (
        circle(x, y, r, "none", rim)
        + circle(x, y, r * 0.93, "none", 'stroke="#4a3515" stroke-width="2" opacity=".7"')
        + circle(
            x,
            y,
            r * 1.06,
            "none",
            f'stroke="#5d431c" stroke-width="{max(2, r * 0.05):.1f}" stroke-dasharray="{max(2, r * 0.03):.1f} {max(2, r * 0.03):.1f}"',
        )
    )
    for k in range(spokes):
        a = turn + math.pi * k / spokes * 2
        out += line(
            x + math.cos(a) * r * 0.12,
            y + math.sin(a) * r * 0.12,
            x + math.cos(a) * r * 0.94,
            y + math.sin(a) * r * 0.94,
            fill,
            r * 0.07,
        )
    out += circle(x, y, r * 0.17, fill) + circle(x, y, r * 0.08, "#3d2b10")
    return out + path(
        f"M{x - r * 0.7:.0f} {y - r * 0.7:.0f}A{r:.0f} {r:.0f} 0 0 1 {x + r * 0.5:.0f} {y - r * 0.86:.0f}",
        "none",
        f'stroke="#fff3c8" stroke-width="{r * 0.035:.1f}" opacity=".65"',
    )


def tide_machine() -> Picture:
    defs = (
        shade("wall", (0, "#2b2a2a"), (1, "#14110e"))
        + shade("brass", (0, "#f0d38b"), (0.45, "#b98a3c"), (1, "#6a4a1b"), x2=1, y2=1)
        + shade("dull", (0, "#c9a255"), (1, "#5d431c"), x2=1, y2=1)
        + shade("wood", (0, "#5a3a22"), (1, "#2a180d"))
    )
    body = rect(0, 0, 1200, 1200, "url(#wall)") + circle(360, 240, 420, "#d9a85a", 'opacity=".2" filter="url(#blur60)"')
    body += (
        rect(70, 60, 1060, 30, "url(#wood)")
        + rect(70, 60, 34, 1010, "url(#wood)")
        + rect(1096, 60, 34, 1010, "url(#wood)")
    )
    cord: list[tuple[float, float]] = [(120, 960)]
    tops = ((190, 250, 62), (340, 330, 82), (500, 230, 58), (650, 340, 92), (820, 240, 66), (980, 330, 78))
    lows = ((265, 610, 54), (420, 690, 72), (575, 600, 50), (735, 700, 80), (900, 620, 56), (1050, 690, 46))
    for i, (x, y, r) in enumerate(tops):
        body += line(x, 90, x, y, "#8d6a2e", 9) + gear(x, y, r, "url(#brass)", 6, i * 0.4)
    for i, (x, y, r) in enumerate(lows):
        body += line(x, y, x, 830, "#6d5124", 7) + gear(x, y, r, "url(#dull)", 5, i * 0.7)
    for (ax, ay, ar), (bx, by, br) in zip(tops, lows, strict=True):
        cord += [(ax - ar, ay), (ax, ay - ar), (ax + ar, ay), (bx - br, by), (bx, by + br), (bx + br, by)]
    cord += [(1076, 300), (1076, 980)]
    body += path(
        "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in cord),
        "none",
        'stroke="#f2e8d0" stroke-width="3" stroke-linejoin="round" opacity=".9"',
    )
    body += (
        rect(70, 820, 1060, 26, "url(#wood)")
        + rect(60, 1060, 1080, 140, "url(#wood)")
        + rect(60, 1060, 1080, 6, "#a37444")
    )
    # The paper on which it writes, and its pen.
    body += (
        rect(150, 880, 880, 170, "#efe6d0")
        + rect(150, 880, 880, 170, "#000", 'opacity=".06"')
        + "".join(line(150 + i * 40, 880, 150 + i * 40, 1050, "#b9a980", 1) for i in range(23))
        + line(150, 965, 1030, 965, "#b9a980", 1.5)
    )
    wave = [
        (150 + i * 4.0, 965 - 40 * math.sin(i / 6.2) - 22 * math.sin(i / 5.6 + 1) * math.sin(i / 60))
        for i in range(186)
    ]
    body += (
        path(smooth(wave), "none", 'stroke="#243a52" stroke-width="3"')
        + line(wave[-1][0], wave[-1][1], 1076, 900, "#c9a255", 6)
        + circle(*wave[-1], 6, "#2b1d0c")
    )
    for x in (128, 1052):
        body += rect(x - 22, 866, 44, 198, "url(#brass)", 'rx="8"') + rect(x - 26, 862, 52, 14, "#6a4a1b")
    body += (
        circle(600, 1130, 34, "url(#brass)")
        + circle(600, 1130, 22, "#2a180d")
        + line(600, 1130, 700, 1160, "#c9a255", 12, 'stroke-linecap="round"')
        + circle(706, 1162, 15, "#3a2412")
    )
    return picture(body, defs, 1200, 1200, grain=0.09)


def chess() -> Picture:
    defs = (
        shade("back", (0, "#191c22"), (1, "#4a4139"))
        + shade("white", (0, "#8d8371"), (0.35, "#f3ead6"), (0.6, "#d9ccb0"), (1, "#6d6250"), x2=1, y2=0)
        + shade("black", (0, "#0d0f12"), (0.35, "#4a4f57"), (0.6, "#22262c"), (1, "#07080a"), x2=1, y2=0)
    )
    body = rect(0, 0, 1200, 1200, "url(#back)") + circle(
        300, 260, 360, "#e8bf80", 'opacity=".28" filter="url(#blur60)"'
    )
    # The board in perspective.
    n, top, low = 6, 760.0, 1240.0
    for r in range(n):
        y0, y1 = top + (low - top) * (r / n) ** 1.5, top + (low - top) * ((r + 1) / n) ** 1.5
        for c in range(-5, 5):
            w0, w1 = 150 + 160 * (r / n) ** 1.5, 150 + 160 * ((r + 1) / n) ** 1.5
            fill = "#cdb389" if (r + c) % 2 else "#5c4330"
            body += shape(
                [
                    (600 + c * w0, y0),
                    (600 + (c + 1) * w0 + 1, y0),
                    (600 + (c + 1) * w1 + 1, y1 + 1),
                    (600 + c * w1, y1 + 1),
                ],
                fill,
            )
    body += rect(0, 740, 1200, 90, "#241f1c", 'opacity=".55" filter="url(#blur16)"')
    foot = "M-120 0C-120 -26 -100 -34 -92 -46C-100 -60 -78 -72 -66 -84"
    king = (
        path(
            foot
            + "C-40 -190 -36 -260 -40 -330H-70V-350H-44L-64 -470C-30 -500 30 -500 64 -470L44 -350H70V-330H40C36 -260 40 -190 66 -84C78 -72 100 -60 92 -46C100 -34 120 -26 120 0Z",
            "FILL",
        )
        + rect(-10, -560, 20, 80, "FILL")
        + rect(-30, -540, 60, 18, "FILL")
    )
    pawn = path(
        "M-92 0C-92 -22 -76 -30 -70 -40C-76 -52 -58 -62 -48 -74C-30 -140 -26 -176 -28 -204H-48V-220H48V-204H28C26 -176 30 -140 48 -74C58 -62 76 -52 70 -40C76 -30 92 -22 92 0Z",
        "FILL",
    ) + circle(0, -262, 56, "FILL")
    rook = path(
        "M-110 0C-110 -24 -92 -32 -84 -44C-92 -56 -70 -66 -58 -80L-46 -280H-76V-370H-46V-340H-16V-370H16V-340H46V-370H76V-280H46L58 -80C70 -66 92 -56 84 -44C92 -32 110 -24 110 0Z",
        "FILL",
    )

    def piece(form: str, fill: str, x: float, y: float, s: float, more: str = "", fallen: bool = False) -> str:
        lit = form.replace("FILL", f"url(#{fill})")
        shadow = group(
            form.replace("FILL", "#0d0a07"), 'transform="skewX(58) scale(1 -.32)" opacity=".5" filter="url(#blur8)"'
        )
        inner = group(lit, 'transform="rotate(-86)"') if fallen else shadow + lit
        return at(x, y, inner, s, more)

    body += (
        piece(pawn, "black", 210, 830, 0.62, 'filter="url(#blur2)"')
        + piece(pawn, "black", 520, 826, 0.6, 'filter="url(#blur2)"')
        + piece(rook, "black", 980, 836, 0.74, 'filter="url(#blur2)"')
    )
    body += piece(king, "white", 420, 1080, 1.42)
    body += ellipse(900, 1110, 300, 26, "#0d0a07", 'opacity=".5" filter="url(#blur8)"') + piece(
        king, "black", 1160, 1062, 1.0, "", fallen=True
    )
    return picture(body, defs, 1200, 1200, grain=0.08)


def ferry() -> Picture:
    defs = (
        shade("sky", (0, "#0f1b2e"), (0.6, "#33506a"), (1, "#8aa0a3"))
        + shade("water", (0, "#6f898f"), (0.25, "#2d4a5c"), (1, "#0b1624"))
        + shade("hull", (0, "#e9e6da"), (1, "#a8a99f"))
    )
    dice = rng(15)
    body = (
        rect(0, 0, 1600, 900, "url(#sky)")
        + stars(9, 260, 0, 0, 1600, 420)
        + land(ridge(17, 500, 70, rough=0.5), "#22384c", 540)
        + land(ridge(23, 520, 30), "#182a3b", 540)
    )
    for _ in range(90):
        x = dice.uniform(0, 1600)
        body += circle(
            x, 522 + dice.gauss(0, 5), dice.uniform(0.8, 2), "#ffd999", f'opacity="{dice.uniform(0.3, 0.9):.2f}"'
        )
    body += rect(0, 530, 1600, 370, "url(#water)")
    hull = "M300 640L336 716C348 736 372 742 400 742H1190C1240 742 1270 726 1290 690L1312 628Z"
    body += (
        path(hull, "url(#hull)")
        + path("M322 690L336 716C348 736 372 742 400 742H1190C1240 742 1268 728 1286 696Z", "#2f6a70")
        + path("M306 652H1304", "none", 'stroke="#2f6a70" stroke-width="6"')
    )
    body += (
        shape([(390, 640), (410, 560), (1200, 560), (1240, 632)], "#f1eee3")
        + shape([(470, 560), (486, 500), (1120, 500), (1150, 560)], "#e2dfd2")
        + shape([(900, 500), (912, 446), (1080, 446), (1112, 500)], "#f1eee3")
    )
    for y, a, b, gap in ((584, 430, 1190, 30), (522, 500, 1100, 28), (612, 420, 1210, 30)):
        for x in range(a, b, gap):
            lit = dice.random() < 0.85
            body += rect(x, y, gap - 10, 18, "#ffd68c" if lit else "#33475a", 'rx="3"')
    body += rect(926, 460, 150, 20, "#ffe7b5") + "".join(rect(926 + i * 25, 460, 3, 20, "#5c6a6c") for i in range(7))
    body += (
        rect(620, 440, 110, 60, "#2f6a70")
        + rect(620, 452, 110, 12, "#e9e6da")
        + line(1000, 446, 1000, 370, "#c9c9bf", 4)
        + circle(1000, 368, 5, "#ff8a66")
        + circle(1000, 368, 26, "#ff8a66", 'opacity=".35" filter="url(#blur8)"')
    )
    # Battery packs behind the glass of the lower deck, and the charging arm that it has left.
    body += "".join(
        rect(560 + i * 34, 664, 26, 30, "#8fe0c0", f'opacity="{0.9 - i * 0.03:.2f}" rx="3"') for i in range(14)
    ) + rect(550, 656, 490, 46, "none", 'stroke="#2f6a70" stroke-width="4" rx="6"')
    body += ellipse(800, 600, 560, 90, "#ffd999", 'opacity=".14" filter="url(#blur60)"')
    body += path("M270 742Q800 770 1330 742Q1100 776 800 776T270 742Z", "#e8efec", 'opacity=".6"') + path(
        "M1290 726q110 10 210 40q-120 -6 -230 -16z", "#e8efec", 'opacity=".4"'
    )
    for _ in range(190):
        x, t = dice.uniform(330, 1290), dice.random()
        long = dice.uniform(16, 90) * (0.4 + t)
        body += rect(
            x - long / 2,
            752 + t * 140,
            long,
            1.4 + 2.4 * t,
            dice.choice(("#ffd68c", "#ffd68c", "#8fe0c0", "#f4efe2")),
            f'opacity="{dice.uniform(0.1, 0.6) * (1 - t * 0.5):.2f}"',
        )
    return picture(
        body + swell(8, 560, 340, "#9fb7b8", 90, 0.25) + swell(9, 560, 340, "#050c15", 90, 0.45), defs, grain=0.07
    )


def reef() -> Picture:
    defs = shade("sea", (0, "#9fd0cd"), (0.25, "#4c9aa3"), (0.7, "#1d5a6c"), (1, "#0d3346")) + shade(
        "ray", (0, "#eafff5", 0.5), (1, "#eafff5", 0)
    )
    dice = rng(19)
    body = rect(0, 0, 1600, 900, "url(#sea)")
    for i in range(11):
        x = 100 + i * 140 + dice.uniform(-40, 40)
        w = dice.uniform(20, 80)
        body += shape(
            [(x, -10), (x + w, -10), (x + w * 3 + 120, 760), (x + 60, 760)],
            "url(#ray)",
            f'opacity="{dice.uniform(0.15, 0.5):.2f}" filter="url(#blur8)"',
        )
    for _ in range(60):
        x, y = dice.uniform(0, 1600), dice.uniform(0, 60)
        body += ellipse(
            x, y, dice.uniform(20, 90), dice.uniform(1.5, 5), "#f1fff8", f'opacity="{dice.uniform(0.15, 0.6):.2f}"'
        )
    body += land(ridge(3, 600, 130, rough=0.55), "#2f7280", 900, 'opacity=".6"') + land(
        ridge(8, 680, 110, rough=0.55), "#1f5567", 900, 'opacity=".85"'
    )

    def fish(x: float, y: float, s: float, tint: str, fin: str) -> str:
        return at(
            x,
            y,
            path("M-30 0Q-6 -20 26 -2Q30 0 26 2Q-6 20 -30 0Z", tint)
            + path("M-26 0L-46 -14L-40 0L-46 14Z", fin)
            + path("M-8 -10Q4 -24 14 -9Z", fin)
            + circle(17, -2, 2, "#0d2430"),
            s,
        )

    for _ in range(70):
        t = dice.gauss(0, 1)
        body += fish(
            520 + t * 230,
            300 + 60 * math.sin(t * 1.4) + dice.gauss(0, 34),
            dice.uniform(0.28, 0.5),
            "#d7e6dc",
            "#a9c5c2",
        )

    def branch(x: float, y: float, long: float, angle: float, width: float, tint: str, depth: int) -> str:
        ex, ey = x + long * math.cos(angle), y + long * math.sin(angle)
        out = line(x, y, ex, ey, tint, width, 'stroke-linecap="round"')
        if depth:
            for turn in (-0.42, 0.36) if depth < 4 else (-0.5, 0.0, 0.46):
                out += branch(
                    ex,
                    ey,
                    long * dice.uniform(0.66, 0.84),
                    angle + turn + dice.uniform(-0.14, 0.14),
                    width * 0.72,
                    tint,
                    depth - 1,
                )
        return out

    def brain(x: float, y: float, r: float, tint: str, dark: str) -> str:
        out = path(f"M{x - r:.0f} {y}A{r:.0f} {r * 0.8:.0f} 0 0 1 {x + r:.0f} {y}Z", tint)
        for _i in range(int(r / 6)):
            a = dice.uniform(math.pi * 1.08, math.pi * 1.92)
            q = r * dice.uniform(0.3, 0.9)
            out += path(
                f"M{x + q * math.cos(a):.0f} {y + q * 0.8 * math.sin(a):.0f}q8 -9 15 0t14 2",
                "none",
                f'stroke="{dark}" stroke-width="2.6" opacity=".6"',
            )
        return out

    def fan(x: float, y: float, r: float, tint: str) -> str:
        out = ""
        for i in range(26):
            a = math.pi * (1.15 + 0.7 * i / 25)
            ex, ey = x + r * math.cos(a) * dice.uniform(0.85, 1), y + r * math.sin(a) * dice.uniform(0.85, 1.05)
            out += path(
                f"M{x} {y}Q{x + (ex - x) * 0.4:.0f} {y + (ey - y) * 0.6:.0f} {ex:.0f} {ey:.0f}",
                "none",
                f'stroke="{tint}" stroke-width="3" opacity=".9"',
            )
        for k in range(4, 10):
            out += path(
                f"M{x + r * 0.1 * k * math.cos(math.pi * 1.17):.0f} {y + r * 0.1 * k * math.sin(math.pi * 1.17):.0f}A{r * 0.1 * k:.0f} {r * 0.1 * k:.0f} 0 0 1 {x + r * 0.1 * k * math.cos(math.pi * 1.83):.0f} {y + r * 0.1 * k * math.sin(math.pi * 1.83):.0f}",
                "none",
                f'stroke="{tint}" stroke-width="1.3" opacity=".6"',
            )
        return out

    for x, y, r in ((180, 780, 90), (760, 800, 110), (1330, 770, 120), (1080, 810, 70)):
        body += brain(x, y, r, "#3f7f83", "#23535d")
    body += fan(430, 810, 220, "#8d5a72") + fan(1180, 820, 250, "#9a5f55")
    body += land(ridge(12, 830, 70, rough=0.55), "#123a4a")
    for x, y, long, tint in (
        (90, 870, 96, "#c98f5a"),
        (620, 880, 84, "#d9b98a"),
        (930, 880, 100, "#b5654e"),
        (1480, 880, 112, "#cfa25f"),
    ):
        body += branch(x, y, long, -math.pi / 2 + dice.uniform(-0.1, 0.1), 17, tint, 4)
    for x, y, r, tint in ((290, 880, 84, "#a87a4c"), (770, 890, 64, "#8d6a7c"), (1290, 888, 96, "#9a7a4a")):
        body += brain(x, y, r, tint, "#4d3a30")
    for x, y, s, tint in (
        (330, 520, 1.5, "#d9a441"),
        (420, 560, 1.2, "#d9a441"),
        (1020, 470, 1.7, "#b5503c"),
        (1150, 540, 1.1, "#e3d3b4"),
        (1220, 500, 0.9, "#e3d3b4"),
    ):
        body += fish(x, y, s, tint, "#5a3524")
    body += land(ridge(40, 880, 40, rough=0.5), "#081f2b")
    for _ in range(90):
        body += circle(
            dice.uniform(0, 1600),
            dice.uniform(60, 860),
            dice.uniform(0.8, 3),
            "#eafff5",
            f'opacity="{dice.uniform(0.1, 0.45):.2f}"',
        )
    return picture(body, defs, grain=0.07)


def cable() -> Picture:
    """A repair ship by night, and under it the sea, down to the broken cable."""
    defs = (
        shade("sky", (0, "#0f1a2b"), (1, "#44586b"))
        + shade("deep", (0, "#3f7480"), (0.35, "#1d4655"), (1, "#06131d"))
        + shade("lamp", (0, "#d7f0e4", 0.5), (1, "#d7f0e4", 0))
    )
    dice = rng(27)
    body = rect(0, 0, 1200, 330, "url(#sky)") + stars(4, 160, 0, 0, 1200, 250) + rect(0, 320, 1200, 1180, "url(#deep)")
    body += land([(x, 322 + 6 * math.sin(x / 60)) for x in range(0, 1240, 20)], "#3f7480", 340)
    body += (
        path("M330 262L360 330C366 344 380 348 400 348H840C870 348 880 336 886 322L910 250L860 252V262Z", "#b4492f")
        + rect(400, 196, 190, 66, "#e9e4d6")
        + rect(430, 150, 120, 48, "#d8d3c4")
        + rect(470, 110, 30, 44, "#b98a3c")
    )
    body += "".join(rect(412 + i * 28, 212, 16, 14, "#ffd68c") for i in range(6)) + rect(440, 162, 100, 14, "#ffe7b5")
    body += (
        ellipse(720, 246, 70, 22, "#2b3640")
        + rect(650, 226, 140, 22, "#3d4a55")
        + ellipse(720, 226, 70, 20, "#55636d")
        + line(800, 262, 850, 170, "#d8d3c4", 7)
        + line(850, 170, 930, 214, "#d8d3c4", 7)
        + line(880, 262, 850, 170, "#d8d3c4", 5)
        + circle(932, 218, 13, "#e9e4d6")
    )
    body += path("M940 222C1010 520 880 820 760 1010", "none", 'stroke="#e8e0c8" stroke-width="3.5"')
    for i in range(6):
        body += rect(0, 420 + i * 150, 1200, 1.2, "#9fc4c2", 'opacity=".16"')
    floor = ridge(31, 1230, 90, rough=0.5, width=1200)
    body += land(ridge(9, 1120, 150, rough=0.55, width=1200), "#0d2733", 1500) + shape(
        [(748, 1020), (772, 1020), (1010, 1330), (480, 1330)], "url(#lamp)", 'filter="url(#blur8)"'
    )
    body += land(floor, "#081a24", 1500)
    body += group(
        rect(-46, -26, 92, 44, "#c8913f", 'rx="6"')
        + rect(-40, 18, 80, 20, "#2b3640")
        + rect(-46, -34, 92, 12, "#8a3b2b", 'rx="4"')
        + circle(-24, 28, 10, "#eafff5")
        + circle(24, 28, 10, "#eafff5")
        + line(-38, 38, -62, 84, "#9aa5a8", 6)
        + line(-62, 84, -44, 104, "#9aa5a8", 6)
        + line(38, 38, 58, 80, "#9aa5a8", 6),
        'transform="translate(756 1020)"',
    )
    sheath = 'stroke="#15181c" stroke-width="34" stroke-linecap="round"'
    body += (
        path("M-30 1270C180 1250 380 1330 590 1296", "none", sheath)
        + path("M-30 1262C180 1242 380 1322 590 1288", "none", 'stroke="#5c6468" stroke-width="6" opacity=".8"')
        + path("M1240 1330C1100 1350 960 1290 850 1330", "none", sheath)
        + path("M1240 1322C1100 1342 960 1282 850 1322", "none", 'stroke="#5c6468" stroke-width="6" opacity=".8"')
    )
    for dx, x, y in ((1, 590, 1296), (-1, 850, 1330)):
        for k in range(9):
            end = (x + dx * dice.uniform(24, 66), y + dice.uniform(-44, 26))
            body += path(
                f"M{x} {y + (k - 4) * 2.6:.0f}Q{x + dx * 24} {y + (k - 4) * 5:.0f} {end[0]:.0f} {end[1]:.0f}",
                "none",
                f'stroke="{("#c8913f", "#e3d3b4", "#7fc9b5")[k % 3]}" stroke-width="3"',
            )
            body += circle(*end, 2.6, "#eafff5") if k % 3 == 2 else ""
    for _ in range(160):
        body += circle(
            dice.uniform(0, 1200),
            dice.uniform(380, 1320),
            dice.uniform(0.7, 2.4),
            "#d7f0e4",
            f'opacity="{dice.uniform(0.08, 0.4):.2f}"',
        )
    return picture(body, defs, 1200, 1500, grain=0.07)


SCENES = {
    "parliament": parliament,
    "cinema": cinema,
    "classroom": classroom,
    "museum-jar": museum_jar,
    "vaccine-vials": vials,
    "tide-machine": tide_machine,
    "chess": chess,
    "ferry": ferry,
    "reef": reef,
    "cable": cable,
}

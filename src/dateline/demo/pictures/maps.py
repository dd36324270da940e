# ruff: noqa: E501 - a drawing is mostly its numbers
"""Two maps, each in three languages."""

import itertools
import math
from collections.abc import Callable

from .brush import Picture, Point, circle, ellipse, group, line, path, picture, rect, rng, shape, smooth, text

SEA, LAND, EDGE, INK, RED, QUIET = "#cfdcdf", "#f1eadb", "#8b8672", "#22303c", "#9a3024", "#5c6a72"
RTL = ("ar", "fa")
WORDS = {
    "en": {
        "title": "Storm Ilara", "sub": "Observed and forecast track", "seen": "Observed track", "cone": "Forecast, with its margin", "iso": "Lines of equal pressure, hPa",
        "gulf": "GULF OF SARRAN", "valdora": "VALDORA", "maravel": "Maravel Islands", "ilvane": "Ilvane", "amrane": "Port Amrane", "lissen": "Port Lissen", "varra": "Cape Varra",
        "marrin": "Marrin", "sarn": "Sarn", "km": "200 km", "source": "Source: Valdora Weather Service. Meridian graphics", "land": "Landfall, about 03:00",
        "rtitle": "The basin of the Ondar", "rsub": "1,940 kilometres, three countries, 31 million people", "kavestan": "KAVESTAN", "dahrin": "DAHRIN", "roshanrud": "Roshanrud",
        "qasr": "Qasr al-Nur", "glacier": "Sepidtigh glacier", "dam": "Sangab dam", "delta": "Delta", "ondar": "Ondar", "basin": "Limit of the basin", "gauge": "Gauge opened by the treaty", "flow1": "310 m³/s", "flow2": "240 m³/s",
        "least": "least flow, dry months", "rsource": "Source: Ondar commission, preparatory office. Meridian graphics", "rkm": "300 km",
    },
    "ar": {
        "title": "العاصفة إيلارا", "sub": "المسار المرصود والمسار المتوقع", "seen": "المسار المرصود", "cone": "المسار المتوقع وهامشه", "iso": "خطوط تساوي الضغط (هكتوباسكال)",
        "gulf": "خليج سران", "valdora": "فالدورا", "maravel": "جزر مارافيل", "ilvane": "إيلفان", "amrane": "بورت أمران", "lissen": "بورت ليسن", "varra": "رأس فارا",
        "marrin": "مارين", "sarn": "سارن", "km": "200 كم", "source": "المصدر: هيئة الأرصاد في فالدورا. غرافيك ميريديان", "land": "بلوغ اليابسة، نحو 03:00",
        "rtitle": "حوض نهر أوندار", "rsub": "1940 كيلومترا وثلاث دول و31 مليون نسمة", "kavestan": "كافستان", "dahrin": "دهرين", "roshanrud": "روشن رود",
        "qasr": "قصر النور", "glacier": "نهر سبيدتيغ الجليدي", "dam": "سد سنغاب", "delta": "الدلتا", "ondar": "أوندار", "basin": "حدود الحوض", "gauge": "محطة قياس فتحتها المعاهدة", "flow1": "310 م³/ث", "flow2": "240 م³/ث",
        "least": "الحد الأدنى في أشهر الجفاف", "rsource": "المصدر: المكتب التحضيري لهيئة أوندار. غرافيك ميريديان", "rkm": "300 كم",
    },
    "fa": {
        "title": "توفان ایلارا", "sub": "مسیر ثبت‌شده و مسیر پیش‌بینی‌شده", "seen": "مسیر ثبت‌شده", "cone": "پیش‌بینی و دامنهٔ خطای آن", "iso": "خطوط هم‌فشار (هکتوپاسکال)",
        "gulf": "خلیج سران", "valdora": "والدورا", "maravel": "جزایر ماراول", "ilvane": "ایلوان", "amrane": "بندر امران", "lissen": "بندر لیسن", "varra": "دماغهٔ وارا",
        "marrin": "مارین", "sarn": "سارن", "km": "۲۰۰ کیلومتر", "source": "منبع: سازمان هواشناسی والدورا. گرافیک مریدین", "land": "رسیدن به ساحل، حدود ۳ بامداد",
        "rtitle": "حوضهٔ رود اوندار", "rsub": "۱۹۴۰ کیلومتر، سه کشور، ۳۱ میلیون نفر", "kavestan": "کاوستان", "dahrin": "دهرین", "roshanrud": "روشن‌رود",
        "qasr": "قصرالنور", "glacier": "یخچال سپیدتیغ", "dam": "سد سنگاب", "delta": "دلتا", "ondar": "اوندار", "basin": "مرز حوضه", "gauge": "ایستگاه سنجش مشترک", "flow1": "۳۱۰ مترمکعب", "flow2": "۲۴۰ مترمکعب",
        "least": "کمترین آورد در ثانیه، ماه‌های خشک", "rsource": "منبع: دفتر مقدماتی کمیسیون اوندار. گرافیک مریدین", "rkm": "۳۰۰ کیلومتر",
    },
}  # fmt: skip


def halo(x: float, y: float, words: str, size: float, colour: str = INK, more: str = "", ground: str = LAND) -> str:
    return text(
        x,
        y,
        words,
        size,
        colour,
        f'stroke="{ground}" stroke-width="5" paint-order="stroke" stroke-linejoin="round" {more}',
    )


def town(
    x: float,
    y: float,
    words: str,
    dx: float = 14,
    dy: float = 7,
    anchor: str = "start",
    capital: bool = False,
    ground: str = LAND,
) -> str:
    dot = rect(x - 6, y - 6, 12, 12, INK) if capital else circle(x, y, 5.5, "#fff", f'stroke="{INK}" stroke-width="3"')
    return dot + halo(
        x + dx, y + dy, words, 23, INK, f'text-anchor="{anchor}"' + (' font-weight="700"' if capital else ""), ground
    )


def wide(x: float, y: float, words: str, size: float, colour: str, lang: str, more: str = "") -> str:
    space = 0 if lang in RTL else size * 0.34
    return text(x, y, words, size, colour, f'text-anchor="middle" letter-spacing="{space:.1f}" {more}')


def panel(lang: str, title: str, sub: str, rows: list[tuple[str, str]], y: float = 40) -> str:
    """The title and the key, in the corner where the language begins to read."""
    w, h = 540, 104 + 38 * len(rows)
    x = 1600 - w - 40 if lang in RTL else 40.0
    edge, way, mark = (x + w - 24, "end", x + w - 70) if lang in RTL else (x + 24, "start", x + 24)
    words = x + w - 86 if lang in RTL else x + 86
    out = rect(x, y, w, h, "#fdfbf5", f'stroke="{EDGE}" stroke-width="1"') + rect(x, y, w, 6, INK)
    out += text(edge, y + 52, title, 34, INK, f'text-anchor="{way}" font-weight="700"') + text(
        edge, y + 82, sub, 19, QUIET, f'text-anchor="{way}"'
    )
    for i, (sign, word) in enumerate(rows):
        yy = y + 118 + 38 * i
        out += f'<g transform="translate({mark:.0f} {yy:.0f})">{sign}</g>' + text(
            words, yy + 7, word, 19, INK, f'text-anchor="{way}"'
        )
    return out


def scale(x: float, y: float, long: float, words: str) -> str:
    half = long / 2
    return (
        rect(x, y, half, 7, INK)
        + rect(x + half, y, half, 7, "#fff", f'stroke="{INK}" stroke-width="1.5"')
        + text(x + long + 12, y + 9, words, 19, INK)
    )


def foot(lang: str, words: str) -> str:
    if lang in RTL:
        return text(1560, 878, words, 18, QUIET, 'text-anchor="end"')
    return text(40, 878, words, 18, QUIET)


def jagged(points: list[Point], seed: int, size: float = 9) -> list[Point]:
    """The same line, as a coast is."""
    dice = rng(seed)
    out: list[Point] = []
    for (x1, y1), (x2, y2) in itertools.pairwise(points):
        steps = max(2, int(math.hypot(x2 - x1, y2 - y1) / 16))
        for i in range(steps):
            t = i / steps
            out.append((x1 + (x2 - x1) * t + dice.gauss(0, size * 0.5), y1 + (y2 - y1) * t + dice.gauss(0, size * 0.5)))
    return [*out, points[-1]]


def graticule() -> str:
    out = "".join(
        path(f"M{x} 0Q{x + 26} 450 {x} 900", "none", 'stroke="#fff" stroke-width="1.3" opacity=".7"')
        for x in range(80, 1600, 240)
    )
    return out + "".join(
        path(f"M0 {y}Q800 {y + 34} 1600 {y}", "none", 'stroke="#fff" stroke-width="1.3" opacity=".7"')
        for y in range(60, 900, 200)
    )


def hills(seed: int, x: float, y: float, w: float, h: float, count: int) -> str:
    dice = rng(seed)
    out = ""
    for _ in range(count):
        hx, hy, s = x + dice.random() * w, y + dice.random() * h, dice.uniform(9, 21)
        out += shape([(hx - s, hy), (hx, hy - s), (hx + s, hy)], "#dccfb4") + shape(
            [(hx - s, hy), (hx, hy - s), (hx - s * 0.15, hy)], "#c2b391"
        )
    return out


def storm(lang: str) -> Picture:
    w = WORDS[lang]
    coast = jagged(
        [
            (560.0, -20.0),
            (585, 60),
            (545, 120),
            (560, 190),
            (500, 250),
            (474, 290),
            (520, 318),
            (556, 342),
            (512, 372),
            (470, 402),
            (452, 440),
            (480, 476),
            (446, 540),
            (460, 620),
            (410, 690),
            (430, 760),
            (382, 850),
            (398, 930),
        ],
        4,
    )
    body = rect(0, 0, 1600, 900, SEA)
    shelf = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in coast)
    for width, tint in ((150, "#c5d5d9"), (86, "#bccfd4"), (36, "#b2c8ce")):
        body += path(shelf, "none", f'stroke="{tint}" stroke-width="{width}" stroke-linejoin="round"')
    body += graticule()
    # Lines of equal pressure around the eye.
    ex, ey = 640.0, 378.0
    for i, hpa in enumerate((968, 976, 984, 992, 1000, 1008)):
        a = 62 + 84 * i
        ring = [
            (
                ex + i * 16 + a * (1.16 + 0.07 * math.sin(3 * t + i)) * math.cos(t),
                ey + i * 9 + a * 0.86 * (1 + 0.05 * math.cos(2 * t - i)) * math.sin(t),
            )
            for t in (2 * math.pi * k / 26 for k in range(26))
        ]
        body += path(
            smooth(ring, close=True),
            "none",
            f'stroke="#55788c" stroke-width="{2.6 - i * 0.22:.2f}" opacity="{0.9 - i * 0.09:.2f}"',
        )
        lx, ly = ring[4]
        body += halo(lx, ly + 6, str(hpa), 16, "#41647a", 'text-anchor="middle"', SEA)
    body += shape([(-20, -20), *coast, (-20, 930)], LAND, f'stroke="{EDGE}" stroke-width="2" opacity=".93"') + hills(
        3, 20, 300, 260, 520, 46
    )
    body += path(
        "M-20 470C90 440 160 430 230 420S330 404 350 396S420 440 452 440", "none", 'stroke="#7fa3b0" stroke-width="5"'
    )
    # The cone, the track so far, the track to come.
    track: list[Point] = [
        (1500.0, 760.0),
        (1380, 700),
        (1250, 630),
        (1110, 556),
        (980, 494),
        (850, 440),
        (740, 402),
        (640, 378),
    ]
    body += path(
        "M640 378C580 300 470 230 300 150C250 130 190 190 180 250C170 330 330 400 452 410C540 416 590 400 640 378Z",
        "#b4503c",
        'opacity=".20"',
    )
    body += path(smooth(track), "none", f'stroke="{RED}" stroke-width="5"') + path(
        "M640 378C580 340 520 320 478 306S330 262 240 208",
        "none",
        f'stroke="{RED}" stroke-width="5" stroke-dasharray="12 10"',
    )
    for i, (x, y) in enumerate(track[:-1]):
        body += circle(x, y, 6 + i * 0.9, "#fff", f'stroke="{RED}" stroke-width="3.5"')
    arms = "".join(
        path("M0 -20C22 -26 40 -10 38 14C32 -4 20 -12 0 -10Z", RED, f'transform="rotate({a})"') for a in (0, 180)
    )
    body += f'<g transform="translate({ex} {ey})">{circle(0, 0, 22, RED)}{circle(0, 0, 10, "#fff")}{arms}</g>'
    body += (
        town(474, 290, w["marrin"], -16, -6, "end")
        + town(556, 342, w["varra"], 12, -14, "start", ground=SEA)
        + town(452, 440, w["amrane"], -16, 30, "end")
        + town(388, 838, w["lissen"], -16, 8, "end")
    )
    body += town(340, 398, w["sarn"], 0, -16, "middle") + town(230, 590, w["ilvane"], 16, 8, capital=True)
    body += wide(150, 730, w["valdora"], 30, "#8b8266", lang, 'font-weight="700"') + wide(
        980, 800, w["gulf"], 30, "#5b8494", lang, 'font-style="italic"' if lang == "en" else ""
    )
    for x, y, r in (
        (1330, 560, 11),
        (1352, 540, 7),
        (1300, 534, 6),
        (1384, 562, 8),
        (1410, 536, 5),
        (1366, 512, 4),
        (1290, 508, 4),
    ):
        body += ellipse(x + 60, y - 170, r * 1.3, r, LAND, f'stroke="{EDGE}" stroke-width="1.5"')
    body += halo(1400, 440, w["maravel"], 21, INK, 'text-anchor="middle"', SEA)
    key = [
        (line(0, 0, 46, 0, RED, 5), w["seen"]),
        (
            rect(0, -10, 46, 20, "#b4503c", 'opacity=".25"') + line(0, 0, 46, 0, RED, 4, 'stroke-dasharray="9 7"'),
            w["cone"],
        ),
        (path("M0 6Q23 -12 46 6", "none", 'stroke="#55788c" stroke-width="2.5"'), w["iso"]),
    ]
    side = (
        panel(lang, w["title"], w["sub"], key)
        if lang in RTL
        else group(panel(lang, w["title"], w["sub"], key), 'transform="translate(980 0)"')
    )
    return picture(body + side + scale(1290, 842, 140, w["km"]) + foot(lang, w["source"]), "", grain=0.03)


def river(lang: str) -> Picture:
    w = WORDS[lang]
    coast = jagged(
        [
            (1480.0, -20.0),
            (1500, 120),
            (1470, 240),
            (1490, 360),
            (1452, 450),
            (1470, 520),
            (1500, 560),
            (1490, 620),
            (1440, 660),
            (1450, 760),
            (1420, 930),
        ],
        8,
    )
    body = rect(0, 0, 1600, 900, SEA)
    shelf = "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in coast)
    for width, tint in ((120, "#c5d5d9"), (64, "#bccfd4"), (26, "#b2c8ce")):
        body += path(shelf, "none", f'stroke="{tint}" stroke-width="{width}" stroke-linejoin="round"')
    body += shape([(-20, -20), *coast, (-20, 930)], LAND, f'stroke="{EDGE}" stroke-width="2"')
    basin: list[Point] = [(70, 330), (150, 210), (300, 180), (430, 250), (560, 300), (700, 290), (840, 330), (1000, 400), (1140, 420), (1290, 470), (1420, 500), (1480, 560), (1440, 650), (1300, 660), (1120, 690), (960, 660), (820, 680), (660, 620), (480, 600), (300, 560), (160, 470)]  # fmt: skip
    body += path(smooth(basin, close=True), "#dfe6d3", 'stroke="#7f9276" stroke-width="2.5" stroke-dasharray="4 7"')
    body += hills(5, 60, 190, 470, 330, 88) + hills(6, 520, 200, 330, 90, 26) + hills(11, 60, 600, 420, 220, 34)
    for edge in (
        [(600.0, -20.0), (640, 120), (610, 260), (650, 400), (622, 520), (660, 680), (640, 930)],
        [(1130.0, -20.0), (1100, 160), (1136, 330), (1110, 470), (1140, 600), (1110, 760), (1130, 930)],
    ):
        pts = jagged(edge, 9, 7)
        body += path(
            "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in pts),
            "none",
            'stroke="#b8926a" stroke-width="9" opacity=".28"',
        ) + path(
            "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in pts),
            "none",
            'stroke="#6f5a44" stroke-width="2.4" stroke-dasharray="16 6 3 6"',
        )
    blue = 'stroke="#3f7c95" stroke-linecap="round"'
    main: list[Point] = [(190, 300), (250, 330), (320, 370), (380, 400), (460, 410), (540, 440), (622, 470), (700, 470), (780, 500), (860, 500), (950, 520), (1040, 520), (1116, 548), (1200, 560), (1290, 560), (1380, 580), (1424, 584)]  # fmt: skip
    for d in (
        "M170 430Q260 420 330 376",
        "M330 240Q380 330 460 408",
        "M420 560Q480 480 544 442",
        "M720 340Q720 420 780 498",
        "M700 610Q780 570 862 502",
        "M980 430Q1000 480 1044 520",
        "M940 640Q980 570 1042 522",
        "M1220 480Q1240 520 1290 558",
        "M1180 660Q1210 600 1204 562",
    ):
        body += path(d, "none", f'{blue} stroke-width="2.6" opacity=".85"')
    for i, (a, b) in enumerate(itertools.pairwise(main)):
        body += path(
            smooth([a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + (5 if i % 2 else -5)), b]),
            "none",
            f'{blue} stroke-width="{3.5 + i * 0.42:.1f}"',
        )
    for d in (
        "M1420 584Q1450 550 1472 530",
        "M1420 584Q1460 580 1500 576",
        "M1420 584Q1450 610 1488 620",
        "M1420 584Q1436 620 1446 650",
    ):
        body += path(d, "none", f'{blue} stroke-width="4"')
    body += path(
        "M128 300L160 262L190 286L222 256L248 292L214 318L176 312Z", "#f6fafa", 'stroke="#7fa9b8" stroke-width="2.5"'
    ) + halo(186, 236, w["glacier"], 22, "#2f6178", 'text-anchor="middle"')
    body += (
        path("M300 352Q340 330 366 372L376 392Q340 392 300 372Z", "#6fa4b9")
        + rect(374, 382, 12, 34, INK)
        + halo(392, 372, w["dam"], 22, INK)
    )
    body += (
        town(500, 424, w["roshanrud"], 0, 40, "middle", capital=True)
        + town(862, 501, w["qasr"], 0, -20, "middle", capital=True)
        + town(1290, 560, w["sarn"], 0, -22, "middle")
        + town(1424, 584, w["amrane"], -10, 52, "end")
        + town(1250, 770, w["ilvane"], 16, 8, capital=True)
    )
    for x, y, n in ((622, 470, "flow1"), (1116, 548, "flow2")):
        body += shape([(x - 12, y - 14), (x + 12, y - 14), (x, y + 8)], RED, 'stroke="#fff" stroke-width="2"')
        body += rect(x - 104, y + 30, 208, 64, "#fdfbf5", f'stroke="{EDGE}" rx="3"') + text(
            x, y + 59, w[n], 26, RED, 'text-anchor="middle" font-weight="700"'
        )
        body += text(x, y + 82, w["least"], 14 if lang == "en" else 12.5, QUIET, 'text-anchor="middle"')
    for x, y, n in ((330, 740, "kavestan"), (880, 770, "dahrin"), (1300, 330, "valdora")):
        body += wide(x, y, w[n], 32, "#8b8266", lang, 'font-weight="700"')
    body += group(wide(0, 0, w["gulf"], 24, "#5b8494", lang), 'transform="translate(1556 330) rotate(-90)"')
    key = [
        (path("M0 0h46", "none", 'stroke="#7f9276" stroke-width="3" stroke-dasharray="4 7"'), w["basin"]),
        (shape([(11, -11), (35, -11), (23, 11)], RED), w["gauge"]),
    ]
    side = (
        panel(lang, w["rtitle"], w["rsub"], key, 36)
        if lang == "en"
        else group(panel(lang, w["rtitle"], w["rsub"], key, 36), 'transform="translate(-70 0)"')
    )
    return picture(body + side + scale(740, 846, 180, w["rkm"]) + foot(lang, w["rsource"]), "", grain=0.03)


def _in(draw: Callable[[str], Picture], lang: str) -> Callable[[], Picture]:
    return lambda: draw(lang)


SCENES = {
    "storm-map": _in(storm, "en"),
    "storm-map-ar": _in(storm, "ar"),
    "storm-map-fa": _in(storm, "fa"),
    "river-map": _in(river, "en"),
    "river-map-ar": _in(river, "ar"),
    "river-map-fa": _in(river, "fa"),
}

# ruff: noqa: E501 - a drawing is mostly its numbers
"""The charts, the main ones in three languages."""

from collections.abc import Callable

from .brush import Picture, circle, line, path, picture, rect, text

PAPER, INK, QUIET, RULE, RED, BLUE, GREEN, OCHRE = (
    "#fbf8f0",
    "#1d2731",
    "#5d6770",
    "#d8d1bf",
    "#9a3024",
    "#2f5a74",
    "#4d7a5d",
    "#c2913f",
)
RTL = ("ar", "fa")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def digits(lang: str, words: str) -> str:
    if lang == "fa":
        return words.translate(PERSIAN).replace(".", "٫").replace(",", "٬")
    return words


def sheet(lang: str, title: str, sub: str, source: str) -> str:
    x, way = (1520.0, "end") if lang in RTL else (80.0, "start")
    out = (
        rect(0, 0, 1600, 900, PAPER)
        + rect(80, 56, 1440, 5, INK)
        + text(x, 124, title, 46, INK, f'text-anchor="{way}" font-weight="700"')
    )
    return (
        out
        + text(x, 168, sub, 27, QUIET, f'text-anchor="{way}"')
        + text(x, 862, source, 21, QUIET, f'text-anchor="{way}"')
    )


VOTE = {
    "en": ("Vellin ahead by 6,932 votes", "Maravel Islands, share of the vote for president, 399 of 400 stations counted, percent", "Source: electoral commission. Meridian graphics",
           ("Amara Vellin", "Lucan Desrivaux", "Josué Kanbar"), ("People's Tide", "Islands Union", "Green Reef"), "{} votes"),
    "ar": ("فيلان تتقدم بفارق 6932 صوتا", "جزر مارافيل، حصص المرشحين للرئاسة بالنسبة المئوية بعد فرز 399 مكتبا من 400", "المصدر: لجنة الانتخابات. غرافيك ميريديان",
           ("أمارا فيلان", "لوكان ديريفو", "جوزويه كانبار"), ("مد الشعب", "اتحاد الجزر", "الشعاب الخضراء"), "{} صوتا"),
    "fa": ("ولن با ۶۹۳۲ رأی پیش افتاد", "جزایر ماراول، سهم آرای ریاست‌جمهوری به درصد، با شمارش ۳۹۹ شعبه از ۴۰۰", "منبع: کمیسیون انتخابات. گرافیک مریدین",
           ("آمارا ولن", "لوکان دریوو", "ژوزوئه کانبار"), ("مدّ مردم", "اتحاد جزایر", "آب‌سنگ سبز"), "{} رأی"),
}  # fmt: skip


def election(lang: str) -> Picture:
    title, sub, source, names, parties, votes = VOTE[lang]
    rtl = lang in RTL
    body = sheet(lang, title, sub, source)
    for share in (0, 10, 20, 30, 40, 50):
        x = 1080 - share * 19.4 if rtl else 520 + share * 19.4
        body += line(x, 224, x, 770, INK if not share else RULE, 2) + text(
            x, 804, digits(lang, str(share)), 23, QUIET, 'text-anchor="middle"'
        )
    for i, (share, count, tint) in enumerate(
        ((48.1, "134,912", BLUE), (45.6, "127,980", OCHRE), (6.3, "17,651", GREEN))
    ):
        y, long = 256 + i * 176, share * 19.4
        x = 1080 - long if rtl else 520.0
        body += rect(x, y, long, 116, tint) + rect(x, y, long, 116, "#fff", 'opacity=".06"')
        edge, way = (1110, "start") if rtl else (490, "end")
        body += text(edge, y + 54, names[i], 32, INK, f'text-anchor="{way}" font-weight="700"') + text(
            edge, y + 92, parties[i], 24, QUIET, f'text-anchor="{way}"'
        )
        big, counted = digits(lang, f"{share}"), votes.format(digits(lang, count))
        if share > 20:
            tip, side = (x + 26, "start") if rtl else (x + long - 26, "end")
            body += text(tip, y + 64, big, 52, "#fff", f'text-anchor="{side}" font-weight="700"') + text(
                tip, y + 98, counted, 23, "#fff", f'text-anchor="{side}"'
            )
        else:
            tip, side = (x - 20, "end") if rtl else (x + long + 20, "start")
            body += text(tip, y + 60, big, 48, INK, f'text-anchor="{side}" font-weight="700"') + text(
                tip, y + 96, counted, 23, QUIET, f'text-anchor="{side}"'
            )
    return picture(body, "", grain=0)


RATE = {
    "en": ("Down for the fourth time in a row", "Main rate of the Central Bank of Valdora, percent", "Source: Central Bank of Valdora. Meridian graphics", "Peak: 7.00", "Now: 4.25"),
    "ar": ("خفض رابع على التوالي", "سعر الفائدة الرئيسي للبنك المركزي في فالدورا، بالنسبة المئوية", "المصدر: البنك المركزي في فالدورا. غرافيك ميريديان", "الذروة: 7.00", "الآن: 4.25"),
    "fa": ("چهارمین کاهش پیاپی", "نرخ اصلی بانک مرکزی والدورا، درصد", "منبع: بانک مرکزی والدورا. گرافیک مریدین", "اوج: 7.00", "اکنون: 4.25"),
}  # fmt: skip
STEPS = (
    (0, 1.5), (9, 1.75), (12, 2.25), (15, 3), (18, 3.75), (21, 4.5), (24, 5.25), (27, 5.75), (30, 6.25), (33, 6.75), (36, 7),
    (47, 6.75), (49, 6.5), (51, 6), (54, 5.5), (57, 5.25), (65, 5), (67, 4.75), (69, 4.5), (70, 4.25),
)  # fmt: skip


def rate(lang: str) -> Picture:
    title, sub, source, peak, now = RATE[lang]
    body = sheet(lang, title, sub, source)
    left, right, low, high = 150.0, 1440.0, 770.0, 230.0

    def x(month: float) -> float:
        return left + (right - left) * month / 74

    def y(value: float) -> float:
        return low - (low - high) * value / 8

    for value in range(0, 9, 2):
        body += line(left, y(value), right, y(value), INK if not value else RULE, 2) + text(
            left - 18, y(value) + 8, digits(lang, str(value)), 24, QUIET, 'text-anchor="end"'
        )
    for year in range(6):
        body += line(x(year * 12), low, x(year * 12), low + 10, INK, 2) + text(
            x(year * 12 + 6), low + 42, digits(lang, str(2021 + year)), 24, QUIET, 'text-anchor="middle"'
        )
    d = f"M{x(0):.1f} {y(1.5):.1f}" + "".join(f"H{x(m):.1f}V{y(v):.1f}" for m, v in STEPS[1:]) + f"H{x(71):.1f}"
    body += path(d + f"V{low}H{x(0):.1f}Z", BLUE, 'opacity=".10"') + path(
        d, "none", f'stroke="{BLUE}" stroke-width="6" stroke-linejoin="round"'
    )
    body += circle(x(41.5), y(7), 9, INK) + text(
        x(41.5), y(7) - 26, digits(lang, peak), 28, INK, 'text-anchor="middle" font-weight="700"'
    )
    body += circle(x(71), y(4.25), 12, RED) + text(
        x(71), y(4.25) + 54, digits(lang, now), 30, RED, 'text-anchor="middle" font-weight="700"'
    )
    return picture(body, "", grain=0)


def contracts() -> Picture:
    body = sheet(
        "en",
        "Five firms, one address",
        "Dredging contracts awarded by the Amrane Port Authority, million crowns",
        "Source: contract register, Meridian's calculations. Meridian graphics",
    )
    left, low, high = 150.0, 770.0, 250.0
    for value in range(0, 101, 25):
        yy = low - (low - high) * value / 100
        body += line(left, yy, 1440, yy, INK if not value else RULE, 2) + text(
            left - 18, yy + 8, str(value), 24, QUIET, 'text-anchor="end"'
        )
    for i, (linked, others) in enumerate(((12, 48), (31, 40), (58, 22), (74, 15), (83, 11))):
        x, unit = left + 90 + i * 240, (low - high) / 100
        body += rect(x, low - linked * unit, 150, linked * unit, RED) + rect(
            x, low - (linked + others) * unit, 150, others * unit, "#b9b4a5"
        )
        body += text(
            x + 75, low - linked * unit + 36, str(linked), 28, "#fff", 'text-anchor="middle" font-weight="700"'
        ) + text(x + 75, low - (linked + others) * unit + 34, str(others), 26, INK, 'text-anchor="middle"')
        body += text(x + 75, low + 40, str(2021 + i), 24, QUIET, 'text-anchor="middle"')
    body += (
        rect(80, 192, 22, 22, RED)
        + text(114, 211, "The five linked firms", 24, INK)
        + rect(420, 192, 22, 22, "#b9b4a5")
        + text(454, 211, "All others", 24, INK)
    )
    return picture(body, "", grain=0)


def _in(draw: Callable[[str], Picture], lang: str) -> Callable[[], Picture]:
    return lambda: draw(lang)


SCENES = {
    "election-chart": _in(election, "en"),
    "election-chart-ar": _in(election, "ar"),
    "election-chart-fa": _in(election, "fa"),
    "bank-rate": _in(rate, "en"),
    "bank-rate-ar": _in(rate, "ar"),
    "bank-rate-fa": _in(rate, "fa"),
    "contracts-chart": contracts,
}

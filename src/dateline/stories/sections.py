"""The sections that a new newsroom starts with. Its chief may change them all at the desk."""


def _section(slug: str, colour: str, en: str, ar: str, fa: str, fr: str, es: str) -> dict:
    return {"slug": slug, "colour": colour, "name": en, "names": {"ar": ar, "fa": fa, "fr": fr, "es": es}}


SECTIONS = [
    _section("world", "#1f4e79", "World", "العالم", "جهان", "Monde", "Mundo"),
    _section("politics", "#7a1f3d", "Politics", "سياسة", "سیاست", "Politique", "Política"),
    _section("business", "#2f5d3a", "Business", "اقتصاد", "اقتصاد", "Économie", "Economía"),
    _section("climate", "#0f5e5e", "Climate", "مناخ", "اقلیم", "Climat", "Clima"),
    _section("science", "#4b3a86", "Science", "علوم", "دانش", "Sciences", "Ciencia"),
    _section("health", "#8a2f5b", "Health", "صحة", "سلامت", "Santé", "Salud"),
    _section("culture", "#8a4b08", "Culture", "ثقافة", "فرهنگ", "Culture", "Cultura"),
    _section("sport", "#9a2617", "Sport", "رياضة", "ورزش", "Sport", "Deportes"),
]


def make_first() -> None:
    """Give a newsroom without sections its first ones."""
    from .models import Section

    if not Section.objects.exists():
        Section.objects.bulk_create(Section(order=order, **row) for order, row in enumerate(SECTIONS))

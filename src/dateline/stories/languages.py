"""A story's language: its direction, and the edition of the site that carries it."""

from django.conf import settings
from django.utils.translation import get_language_info

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


def direction(language: str) -> str:
    """`rtl` or `ltr`, for the `dir` attribute."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def comma(language: str) -> str:
    """What stands between the members of a list, with its space."""
    return ", " if direction(language) == "ltr" or language.partition("-")[0] in ("he", "yi") else "، "


def edition(language: str) -> str:
    """The edition that carries stories in `language`: its own, or the first where it has none."""
    if language in settings.EDITIONS:
        return language
    primary = language.partition("-")[0]
    return primary if primary in settings.EDITIONS else settings.EDITIONS[0]


def prefix(edition: str) -> str:
    """What stands before every address of an edition: nothing for the first, `/ar` for Arabic."""
    return "" if edition == settings.EDITIONS[0] else f"/{edition}"


def own_name(language: str) -> str:
    """The language's name in itself, for those who read it."""
    try:
        return get_language_info(language)["name_local"]
    except KeyError:
        return language

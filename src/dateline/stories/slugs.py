"""Slugs in any script."""

import unicodedata


def slug(text: str, *, limit: int = 80) -> str:
    """The letters, marks and digits of `text`, lower case, with a hyphen for all between.

    Never longer than `limit` characters, cut at a word where there is one. A text without any letter gives "story".
    """
    text = unicodedata.normalize("NFC", text)
    kept = (char if unicodedata.category(char)[0] in "LMN" else "-" for char in text.lower())
    words = [word for word in "".join(kept).split("-") if word]
    result = ""
    for word in words:
        longer = f"{result}-{word}" if result else word
        if len(longer) > limit:
            break
        result = longer
    return result or (words[0][:limit] if words else "story")

"""For Babel: the words of Django's templates, {% translate "..." %} and {% blocktranslate %}."""

import re

_LITERAL = re.compile(r"""{%\s*trans(?:late)?\s+(["'])(?P<text>(?:\\.|(?!\1).)+)\1""")
_BLOCK = re.compile(
    r"{%\s*blocktrans(?:late)?\b(?P<head>[^%]*)%}(?P<text>.*?){%\s*endblocktrans(?:late)?\s*%}", re.DOTALL
)


def extract(fileobj, keywords, comment_tags, options):
    """Yield (line, function, message, comments), as babel.messages.extract asks."""
    source = fileobj.read().decode(options.get("encoding", "utf-8"))
    for found in (*_LITERAL.finditer(source), *_BLOCK.finditer(source)):
        text = found["text"]
        if found.re is _BLOCK:
            text = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", text)
            if "trimmed" in found["head"]:
                text = " ".join(text.split())
        yield source.count("\n", 0, found.start()) + 1, "gettext", text, []

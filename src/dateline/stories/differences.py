"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

from .folding import UNSPACED

# A word with the space behind it; in scripts without spaces, a character.
_WORD = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+\s*|\s+")
Change = tuple[str, str]  # ("same", "gone" or "new"; the words)
LONG = 20_000  # words from which whole lines are compared


def words(old: str, new: str) -> list[Change]:
    """Runs of words that stayed, went and came, in reading order; joined without "new" they are `old`.

    Lines are matched first and words only within lines that differ, so that 50,000 words take well under a second.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    changes: list[Change] = []
    for op, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, came = "".join(before[a:b]), "".join(after[c:d])
        changes += [("same", gone)] if op == "equal" else _within(gone, came)
    return _joined(changes)


def _within(old: str, new: str) -> list[Change]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > LONG:
        return [("gone", old), ("new", new)]
    changes: list[Change] = []
    for op, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            changes.append(("same", "".join(before[a:b])))
        else:
            changes += [("gone", "".join(before[a:b])), ("new", "".join(after[c:d]))]
    return changes


def _joined(changes: list[Change]) -> list[Change]:
    result: list[Change] = []
    for op, text in changes:
        if not text:
            continue
        if result and result[-1][0] == op:
            result[-1] = (op, result[-1][1] + text)
        else:
            result.append((op, text))
    return result

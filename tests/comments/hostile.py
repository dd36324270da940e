"""Every hostile string that was collected, and the places where one can be typed."""

import json
import lzma
import os
from collections.abc import Iterator
from pathlib import Path

# All of the long list of near-identical XSS strings is tried with DATELINE_SWEEP=all; otherwise every tenth.
STEP = 1 if os.environ.get("DATELINE_SWEEP") == "all" else 10

# What is typed at each door that takes words from a reader, by field; a report's reason is typed beside them.
TYPED = {"comment": 5_000, "name": 80}


def strings(folder: Path) -> list[str]:
    """Each once, in order, as a form can send it."""
    hostile = folder / "hostile"
    found = [*_lists(hostile), *_bidi(hostile / "unicode-data" / "BidiCharacterTest.txt.xz"), *OURS]
    clean = (text.replace("\x00", "").encode("utf-8", "replace").decode() for text in found)
    return [text for text in dict.fromkeys(clean) if text.strip()]


def _lists(hostile: Path) -> Iterator[str]:
    yield from json.loads((hostile / "naughty-strings/blns.json").read_text("utf-8"))
    xss = (hostile / "xss-payloadbox/xss-payload-list.txt").read_text("utf-8", "replace").splitlines()
    yield from list(dict.fromkeys(xss))[::STEP]
    for vector in json.loads((hostile / "dompurify-expect/expect.json").read_text("utf-8")):
        yield vector["payload"]
    for vector in json.loads((hostile / "xss-html5sec-h5sc/vectors.json").read_text("utf-8")):
        yield _armed(vector["data"])
    for case in sorted((hostile / "bleach-tests").glob("*.test")):
        yield case.read_text("utf-8").partition("\n--\n")[0]


def _armed(text: str) -> str:
    """html5sec writes what should run as %js_alert%; here it runs."""
    for name, code in {
        "%js_alert%": "alert(1)",
        "%js_uri_alert%": "javascript:alert(1)",
        "%js_title%": "alert(1)",
    }.items():
        text = text.replace(name, code)
    return text


def _bidi(path: Path) -> Iterator[str]:
    """Every 2,000th line of Unicode's own test of the bidirectional algorithm."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        lines = [line.partition(";")[0] for line in file if line[:1] in "0123456789ABCDEF"]
    for line in lines[::2_000]:
        yield "before " + "".join(chr(int(code, 16)) for code in line.split()) + " after"


OURS = [
    "\u202eright to left override, not closed",
    "\u2066\u2067\u2068\u202a\u202b\u202d nested and not closed",
    "‮" * 500 + "x",
    "Z" + "\u0335\u0321\u0347" * 400,
    "W" * 5_000,
    "ط" * 5_000,
    "👩🏽‍🚀" * 1_000,
    "a\n" * 2_000,
    "> " * 2_000 + "x",
    "> > > > " * 300,
    "*" * 3_000,
    "*_*_" * 1_000,
    "https://a.example/" + "x" * 4_000,
    "https://" + "a." * 2_000 + "example/",
    "https://evil.example@good.example/ https://good.example\u202e/moc.live//:sptth",
    'http://"onmouseover=alert(1)//',
    "https://a.example/<script>alert(1)</script>",
    "\t" * 3_000 + "x",
    "\u00a0" * 3_000 + "x",
    "&#x202e;&lt;script&gt;alert(1)&lt;/script&gt;",
    "﷽" * 1_000,
    "𒐫" * 1_000,
]

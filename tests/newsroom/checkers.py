"""Those who judge a page: the Nu HTML checker, axe, and the rules of our own."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.etree
import lxml.html
import pytest

TOOLS = Path(__file__).parents[1] / "tools" / "node_modules"
JAR = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
AXE = TOOLS / "axe-core" / "axe.min.js"


def nu(folder: Path) -> list[str]:
    """Each kind of error that the Nu HTML checker finds in the pages of a folder; Java starts once for them all."""
    if not shutil.which("java") or not JAR.exists():
        pytest.skip("the Nu HTML checker is not here: install a Java runtime and npm, then say make test")
    command = [
        "java",
        "-Xss4m",
        "-jar",
        str(JAR),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        "--errors-only",
        str(folder),
    ]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["messages"]
    kinds: dict[str, list[dict[str, Any]]] = {}
    for message in said:
        kinds.setdefault(re.sub(r"“[^”]*\d[^”]*”", "“…”", message["message"]), []).append(message)
    return [
        f"{kind} ({len(found)} times, first in {unquote(Path(found[0]['url']).name)}: {found[0].get('extract', '')!r})"
        for kind, found in kinds.items()
    ]


# A button that is just changing its colour has, for that moment, the contrast of neither.
SETTLED = "document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime < 2000).forEach((each) => each.finish())"


def axe(page: Any) -> list[str]:
    """What axe finds on the page as it now looks, best practice included."""
    if not AXE.exists():
        pytest.skip("axe is not here: install npm, then say make test")
    page.evaluate(AXE.read_text("utf-8"))
    page.evaluate(SETTLED)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {violation['help']} — {violation['nodes'][0]['html'][:160]}"
        f" ({violation['nodes'][0]['failureSummary'].splitlines()[-1].strip()[:200]})"
        for violation in found["violations"]
    ]


def inline(text: str) -> list[str]:
    """Everything that a strict Content-Security-Policy refuses."""
    found = []
    for element in lxml.html.document_fromstring(text).iter(lxml.etree.Element):
        if element.tag == "style" or (
            element.tag == "script" and not element.get("src") and "json" not in element.get("type", "")
        ):
            found.append(f"<{element.tag}>")
        found += [f"<{element.tag} {name}>" for name in element.attrib if name == "style" or name.startswith("on")]
        found += [
            f"{name}={value}"
            for name, value in element.attrib.items()
            if value.strip().lower().startswith("javascript:")
        ]
    return found


def is_strict(policy: str) -> bool:
    """Whether nothing runs and nothing loads but what is named, and nothing inline."""
    words = policy.replace(";", " ").split()
    loose = [word for word in words if "unsafe" in word or word in ("*", "data:", "http:", "https:")]
    return "default-src 'none'" in policy and not loose

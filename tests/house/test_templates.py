"""Templates: nothing that the Content-Security-Policy would refuse, everything that is typed escaped."""

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src" / "dateline"
PUBLIC = sorted(SOURCES.glob("*/jinja2/**/*.html"))
DESK = sorted(SOURCES.glob("*/templates/**/*.html"))


def name(path: Path) -> str:
    return path.relative_to(SOURCES).as_posix()


def found(pattern: str, paths: list[Path]) -> list[str]:
    return [
        f"{name(path)}: {match.group()[:80]}"
        for path in paths
        for match in re.finditer(pattern, path.read_text("utf-8"), re.IGNORECASE)
    ]


def test_there_are_templates_to_look_at():
    assert len(PUBLIC) > 5


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"<style\b", id="style element"),
        pytest.param(r"\sstyle\s*=", id="style attribute"),
        pytest.param(r"<[a-z][^>]*\son[a-z]+\s*=", id="event handler"),
        pytest.param(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", id="javascript address"),
        pytest.param(r"<script(?![^>]*(?:\ssrc=|application/ld\+json|application/json))", id="inline script"),
    ],
)
def test_no_template_has_anything_inline(pattern):
    assert found(pattern, PUBLIC + DESK) == []


def test_no_template_asks_another_site_for_anything():
    assert (
        found(
            r"<(?:link|script|img|iframe|source|video|audio)\b[^>]*(?:href|src)\s*=\s*[\"'](?:https?:)?//",
            PUBLIC + DESK,
        )
        == []
    )


def test_only_bodies_that_were_cleaned_go_out_unescaped():
    """`|safe` is for what `stories/bodies.py` rendered; anything else that was typed is escaped."""
    unescaped = found(r"\{\{[^}]*\|\s*safe\b[^}]*\}\}|\{%\s*autoescape (?:false|off)", PUBLIC)
    assert [line for line in unescaped if not re.search(r"body|markup|html|json", line, re.IGNORECASE)] == []

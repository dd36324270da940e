"""The house is kept in order: small files, small functions, tests where one looks for them, nothing of anybody's machine."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
# What is longer and may be, each with its reason. Never to hold what has only grown.
LONGER_FILES: dict[str, str] = {}
LONGER_FUNCTIONS: dict[str, str] = {}
# Rooms whose tests stand elsewhere, and test folders that mirror no room.
WITHOUT_ROOM = {"house", "newsroom", "tools"}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def written() -> list[Path]:
    """All Python but what is data: migrations, and the strokes of the sample newsroom's pictures."""
    data = ("migrations", "pictures")
    return [path for path in tracked("*.py") if path.parent.name not in data]


def functions(path: Path) -> list[tuple[str, int]]:
    """Each function's name and the lines that it does its work in: without its signature and its docstring."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            found.append((f"{name(path)}:{node.name}", lines))
    return found


def test_no_file_is_too_long_to_be_read_at_once():
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in written()}
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE and file not in LONGER_FILES} == {}
    assert [file for file in LONGER_FILES if lengths.get(file, 0) <= LONGEST_FILE] == [], "no exception needed any more"


def test_no_function_is_too_long_to_be_understood():
    lengths = dict(entry for path in written() for entry in functions(path))
    longer = {function: lines for function, lines in lengths.items() if lines > LONGEST_FUNCTION}
    assert {function: lines for function, lines in longer.items() if function not in LONGER_FUNCTIONS} == {}
    assert set(LONGER_FUNCTIONS) - set(longer) == set(), "no exception needed any more"


def test_tests_mirror_the_rooms():
    rooms = {path.parent.name for path in (ROOT / "src/dateline").glob("*/__init__.py")} | {"iptc"}
    folders = {path.relative_to(ROOT / "tests").parts[0] for path in tracked("tests/*/*")}
    assert folders - rooms - WITHOUT_ROOM == set(), "mirrors no room"
    with_code = {
        path.relative_to(ROOT / "src/dateline").parts[0] for path in tracked("src/dateline/*/[a-z]*.py")
    } & rooms
    assert with_code - folders == set(), "has no tests of its own"


def test_no_room_is_named_after_nothing():
    djangos_own_name = "src/dateline/server/*/base.py"  # where Django looks for a database's backend
    sources = [path for path in written() if not path.match(djangos_own_name)]
    parts = {part for path in sources for part in path.relative_to(ROOT).with_suffix("").parts}
    assert parts & {"utils", "util", "core", "base", "common", "services", "helpers", "misc"} == set()


def test_nothing_names_a_machine_or_a_package_registry():
    machine = re.compile(
        r"/(?:root|work|Users)/[a-z]|(?:py[p]i|n[p]mjs|python[h]osted|yarn[p]kg)\.(?:org|com)", re.IGNORECASE
    )
    found = []
    for path in tracked():
        if path == Path(__file__):
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name(path)}: {match.group()}" for match in machine.finditer(text)]
    assert found == []


def test_nothing_is_left_for_later():
    later = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    paths = [path for path in written() if path != Path(__file__)]
    assert [name(path) for path in paths if later.search(path.read_text("utf-8"))] == []

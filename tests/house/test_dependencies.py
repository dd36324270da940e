"""What is installed: pinned, hashed, from nowhere in particular, under licences that an agency can live with."""

import json
import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
ALLOWED = re.compile(
    r"\b(MIT|BSD|Apache|ISC|MPL|Mozilla Public|PSF|PSFL|Python Software Foundation|Unlicense|0BSD)\b", re.IGNORECASE
)
BY_NAME = {"psycopg": "LGPL-3.0", "psycopg-binary": "LGPL-3.0"}  # docs/decisions/0002-dependencies.md


def requirements(lock: str) -> list[str]:
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_with_hashes(lock):
    lines = requirements(lock)
    assert len(lines) > 20
    assert [line for line in lines if not re.match(r"[a-zA-Z0-9._-]+==\S+.*--hash=sha256:[0-9a-f]{64}", line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index(lock):
    assert re.findall(r"(?i)https?:|index-url|find-links|trusted-host|@ ", (ROOT / lock).read_text("utf-8")) == []


def test_the_lock_of_the_npm_tools_has_hashes_and_names_no_registry():
    lock = json.loads((ROOT / "tests/tools/package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_both_locks_agree():
    runtime, dev = ({line.split("==")[0]: line.split()[0] for line in requirements(lock)} for lock in LOCKS)
    assert {name: version for name, version in runtime.items() if dev.get(name) != version} == {}


def licence(name: str) -> str:
    """Everything the package says about its licence."""
    about = metadata.metadata(name)
    said = [about.get("License-Expression") or "", (about.get("License") or "")[:200]]
    said += [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return " ".join(said)


def test_every_package_that_runs_has_a_licence_that_is_allowed():
    installed = {re.sub(r"[-_.]+", "-", found.metadata["Name"]).lower() for found in metadata.distributions()}
    names = {line.split("==")[0] for line in requirements("requirements.lock")} & installed
    assert len(names) > 40
    refused = {
        name: said
        for name in names
        if not (ALLOWED.search(said := licence(name)) or BY_NAME.get(name, "no such licence") in said)
    }
    assert refused == {}
    copyleft = {name for name in names if re.search(r"\bA?GPL", licence(name)) and name not in BY_NAME}
    assert copyleft == set()

"""What can be said to Dateline is written down: commands, settings, addresses, dependencies."""

import dataclasses
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

from dateline import cli
from dateline.settings.operator import Operator

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
# Addresses that Wagtail and Django bring, or that files are served at.
NOT_OURS = ("desk/", "static/", "media/", "documents/")


def ours() -> dict[str, BaseCommand]:
    """Every management command of our rooms."""
    found = {
        path.stem: load_command_class(config.name, path.stem)
        for config in apps.get_app_configs()
        if config.name.startswith("dateline.")
        for path in sorted(Path(config.path).glob("management/commands/[a-z]*.py"))
    }
    return {name: command for name, command in found.items() if not getattr(command, "in_place_of_wagtails", False)}


def options(command: BaseCommand, name: str) -> list[str]:
    """What the command takes itself, beyond what every Django command takes."""
    everyones = {option for action in BaseCommand().create_parser("", "")._actions for option in action.option_strings}
    parser = command.create_parser("dateline", name)
    mine = [action.option_strings for action in parser._actions if not set(action.option_strings) & everyones]
    return [max(strings, key=len) for strings in mine if strings]


def test_every_command_and_option_is_in_the_manual():
    manual = (DOCS / "commands.md").read_text("utf-8")
    sections = dict(re.findall(r"^#+ `?(?:dateline )?([a-z_]+)\b[^\n]*\n(.*?)(?=^#+ |\Z)", manual, re.S | re.M))
    commands = ours()
    assert "import" in commands or len(commands) > 3
    assert sorted(set(commands) - set(sections)) == [], "no heading in docs/commands.md"
    missing = [
        f"{name} {option}"
        for name, command in commands.items()
        for option in options(command, name)
        if option not in sections[name]
    ]
    assert missing == [], "not under its command's heading in docs/commands.md"


def test_every_command_is_in_the_first_help_and_says_what_it_does():
    commands = ours()
    assert [name for name in commands if not re.search(rf"^  {name} ", cli.USAGE, re.M)] == []
    assert [name for name, command in commands.items() if not command.help] == []


def test_what_the_first_help_promises_is_there():
    promised = set(re.findall(r"^  ([a-z]+) ", cli.USAGE, re.M))
    assert promised - set(ours()) == set()


def test_every_setting_is_on_its_page_with_what_it_does():
    page = (DOCS / "settings.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(DATELINE_[A-Z_]+)` \|(.*)\|$", page, re.M))
    fields = {f"DATELINE_{field.name.upper()}" for field in dataclasses.fields(Operator)}
    assert fields - set(rows) == set()
    assert all(row.strip() for row in rows.values())


def test_every_variable_that_the_code_reads_is_on_the_page_and_the_other_way_round():
    page = (DOCS / "settings.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(DATELINE_[A-Z_]+)`", page, re.M))
    code = "".join(
        path.read_text("utf-8") for folder in ("src", "tests", "bench") for path in (ROOT / folder).rglob("*.py")
    )
    read = set(re.findall(r"[\"'](DATELINE_[A-Z_]+)[\"']", code)) - set(dir(settings))
    read |= {f"DATELINE_{name}" for name in re.findall(r'value\("([A-Z_]+)"', code)}
    assert read - documented == set()
    assert documented - read == set()


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> list[str]:
    """Every address as it is written in urls.py: /news/<int:news_id>/."""
    found = []
    for pattern in patterns:
        whole = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, whole)
        else:
            found.append(re.sub(r"<\w+:(\w+)>", r"<\1>", whole).rstrip("$"))
    return [address for address in found if not address.startswith(tuple(f"/{prefix}" for prefix in NOT_OURS))]


def test_every_address_is_in_the_contract_and_nothing_else_is():
    contract = (DOCS / "contracts" / "urls.md").read_text("utf-8")
    promised = {
        re.sub(r"<News ID>", "<news_id>", address) for address in re.findall(r"^\| `(/[^`?]*)[^`]*` \|", contract, re.M)
    }
    served = set(addresses(get_resolver().url_patterns))
    assert served - promised == set(), "not in docs/contracts/urls.md"
    beside = {address for address in promised if address.startswith(tuple(f"/{prefix}" for prefix in NOT_OURS))}
    assert promised - served - beside == set(), "promised in docs/contracts/urls.md, but not served"


def test_every_dependency_says_why_it_is_here():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"]]
    wanted += [name for group in ("build", "dev") for name in project["dependency-groups"][group]]
    names = {re.split(r"[~><=\[;]", line)[0].lower() for line in wanted}
    page = (DOCS / "decisions" / "0002-dependencies.md").read_text("utf-8")
    explained = {
        re.sub(r"\[.*", "", name)
        for row in re.findall(r"^\| (`.*?) \|", page, re.M)
        for name in re.findall(r"`(.*?)`", row)
    }
    assert names - explained == set()
    assert explained - names - {"axe-core", "vnu-jar"} == set()


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name]


@pytest.mark.parametrize("page", tracked("*.md"), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (page.parent / link).exists()] == []

"""`dateline`: every command under one name."""

import gc
import os
import sys
from pathlib import Path

from dateline import demo

USAGE = """dateline COMMAND [options]      dateline COMMAND --help tells more

Start
  init          make the home and bring its database up to date (harmless when repeated)
  demo          load the sample newsroom; --serve serves it too
  serve         serve the site and the desk
  nginx         write the configuration for an nginx in front
  follow        keep search and schedules going where `serve` does not run
  user          add people to the newsroom

Work
  import        take in an archive: Reuters SGML, page text, JSON, CSV, ninjs; zip and tar.xz too
  publish       publish a story's newest draft
  correct       publish a story's newest draft as a correction
  kill          withdraw a published story
  export        write what was published as JSON Lines
  comments      import them from Disqus, WordPress, Isso; export them; announce corrections

Keep
  verify        read the record back and say whether it holds
  reindex       make the search index again from the record
  backup        write the whole newsroom into one file
  restore       make a newsroom from such a file

Everywhere
  --home DIR    where all state lives (or DATELINE_HOME; var/ otherwise)

Any Django command works as well: dateline shell, dateline dbshell, ...
"""


def main(argv: list[str] | None = None) -> None:
    """Run one command. Exits 1 and says what to do when it fails."""
    arguments = take_home(list(sys.argv[1:] if argv is None else argv))
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.settings")
    home = Path(os.environ.get("DATELINE_HOME") or "var").absolute()
    os.environ["DATELINE_HOME"] = str(home)
    if not HELP & set(arguments):  # what a command takes is told before there is a newsroom, and makes none
        _find_home(arguments[0], home)

    gc.set_threshold(10_000)  # what is loaded stays: to look through it at every 700 objects took a tenth of each start

    from django.core.management import BaseCommand, execute_from_command_line

    BaseCommand.suppressed_base_arguments = DJANGOS_OWN  # they work, but a newcomer's --help is shorter without
    BaseCommand.requires_system_checks = []  # `dateline check` makes them: each time would cost every command a second
    try:
        execute_from_command_line(["dateline", *arguments])
        if arguments[0] in VERBS:
            from dateline.server import site

            site.settle()
    except KeyboardInterrupt:
        sys.exit("Stopped. What was finished is kept; say the same command again to go on.")


def _find_home(command: str, home: Path) -> None:
    if command in ("init", "demo", "restore"):
        home.mkdir(parents=True, exist_ok=True)  # before the settings look for a secret key in it
        if command == "demo":
            demo.prepare(home)
    elif command in NEEDS_HOME and not home.is_dir():
        sys.exit(f"There is no newsroom in {home}: say 'dateline init' first, or name another with --home DIR.")


DJANGOS_OWN = {
    "--version", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color", "--skip-checks",
}  # fmt: skip
HELP = {"-h", "--help"}
VERBS = {"publish", "correct", "kill"}
NEEDS_HOME = {
    "serve",
    "follow",
    "import",
    "publish",
    "correct",
    "kill",
    "export",
    "comments",
    "verify",
    "reindex",
    "backup",
    "user",
}


def take_home(arguments: list[str]) -> list[str]:
    """Take `--home DIR` or `--home=DIR` out, wherever it stands, into DATELINE_HOME."""
    rest = []
    words = iter(arguments)
    for word in words:
        if word == "--home":
            os.environ["DATELINE_HOME"] = next(words, "") or sys.exit("--home needs a folder: dateline --home DIR ...")
        elif word.startswith("--home="):
            os.environ["DATELINE_HOME"] = word.removeprefix("--home=")
        else:
            rest.append(word)
    return rest

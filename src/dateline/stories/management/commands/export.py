import os
import sys
from pathlib import Path
from typing import Any, TextIO

from django.core.management import BaseCommand, CommandError, CommandParser

from dateline.stories import exporting
from dateline.stories.management.progress import Progress
from dateline.stories.models.publications import last_seq


class Command(BaseCommand):
    help = "Write what was published as JSON Lines: every public version, in the order in which they went out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="PATH", nargs="?", default="-", help="a file; standard output without it")
        parser.add_argument("--since", metavar="SEQ", type=int, default=0, help="only what came after this number")

    def handle(self, *, path: str, since: int, verbosity: int, **options: Any) -> None:
        progress = Progress(max(0, last_seq() - since), "publications", quiet=not verbosity)
        if path == "-":
            _write(sys.stdout, since, progress)
            return
        part = Path(f"{path}.part")
        try:
            with part.open("w", encoding="utf-8") as file:
                _write(file, since, progress)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)  # so that a file of this name is always a whole one
        except OSError as error:
            raise CommandError(f"Could not write {path}: {error.strerror}.") from None
        finally:
            part.unlink(missing_ok=True)
        print(f"{progress.done:,} publications are in {path}.", file=sys.stderr)


def _write(file: TextIO, since: int, progress: Progress) -> None:
    try:
        for line in exporting.lines(since):
            file.write(line)
            progress()
    except BrokenPipeError:
        sys.stdout = None  # type: ignore[assignment]  # whoever read has had enough
    finally:
        progress.close()

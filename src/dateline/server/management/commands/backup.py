from pathlib import Path

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import Error

from dateline.server import backups


class Command(BaseCommand):
    help = "Write the whole newsroom into one file: database, pictures, keys. Publishing may go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="such as newsroom-2026-01-31.tar.gz")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            manifest = backups.backup(file.absolute())
        except (backups.Failed, Error) as error:
            raise CommandError(str(error)) from None
        size = file.stat().st_size / 1e6
        self.stdout.write(f"{file} holds the newsroom up to publication {manifest.last_seq:,}: {size:,.1f} MB.")
        self.stdout.write("It holds its secrets too: keep it where nobody else reads.")

from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import Error

from dateline.server import backups


class Command(BaseCommand):
    help = "Make a newsroom from a backup, in an empty home, and read its record back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="what 'dateline backup' wrote")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            manifest = backups.restore(file.absolute())
        except (backups.Failed, Error) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"The newsroom of {manifest.made_at[:16]} is in {settings.HOME}, up to publication {manifest.last_seq:,}; "
            "its record holds."
        )
        self.stdout.write("Next: dateline serve")

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from dateline.server import nginx


class Command(BaseCommand):
    help = "Write the configuration for an nginx in front: it serves the pages that are kept, even while this does not run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--listen", metavar="[HOST:]PORT", default="80", help="where nginx listens; default: 80")
        parser.add_argument(
            "--bind",
            metavar="HOST:PORT",
            default=settings.DATELINE.bind,
            help=f"where 'dateline serve' does; default: {settings.DATELINE.bind}",
        )

    def handle(self, *, listen: str, bind: str, **options: object) -> None:
        self.stdout.write(nginx.configuration(bind=bind, listen=listen), ending="")

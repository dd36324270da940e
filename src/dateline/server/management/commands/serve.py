from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import Error

from dateline.server import home, listening, supervisor


class Command(BaseCommand):
    help = "Serve the site and the desk until Ctrl-C, and follow the record: search, schedules and embargoes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--bind", metavar="HOST:PORT", default=settings.DATELINE.bind, help=f"default: {settings.DATELINE.bind}"
        )
        parser.add_argument(
            "--workers",
            type=int,
            metavar="N",
            default=settings.DATELINE.workers,
            help=f"processes that answer, one for each core; default: {settings.DATELINE.workers}",
        )

        parser.add_argument(
            "--check",
            action="store_true",
            help="only say whether it can be served: the settings, the database, the code",
        )

    def handle(self, *, bind: str, workers: int, check: bool, **options: object) -> None:
        host, port = _address(bind)
        if workers < 1:
            raise CommandError("--workers must be 1 or more.")
        _check_home()
        if check:
            supervisor.load()
            self.stdout.write("It can be served.")
            return
        address = settings.DATELINE.site_url if bind == settings.DATELINE.bind else f"http://{bind}"
        self.stdout.write(f"Site  {address}/")
        self.stdout.write(f"Desk  {address}/desk/")
        self.stdout.flush()
        try:
            supervisor.serve(host, port, workers)
        except listening.PortTaken as reason:
            raise CommandError(
                f"Cannot serve on {bind}: {reason}. Is Dateline running already? "
                "Stop it, or choose another: dateline serve --bind 127.0.0.1:8001"
            ) from None


def _address(bind: str) -> tuple[str, int]:
    host, _, port = bind.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(f"'{bind}' is not HOST:PORT, such as 127.0.0.1:8000.")
    return host.strip("[]"), int(port)


def _check_home() -> None:
    try:
        behind = home.pending()
    except Error as error:
        raise CommandError(f"The database cannot be reached: {error}. Check DATELINE_DATABASE_URL.") from None
    if behind:
        raise CommandError("The database is not up to date with this version of Dateline: say 'dateline init' first.")

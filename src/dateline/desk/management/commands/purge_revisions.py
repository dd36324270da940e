from typing import Any

from django.core.management import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Refused: drafts and versions are the newsroom's memory, and none of them is deleted."
    in_place_of_wagtails = True

    def add_arguments(self, parser: Any) -> None:
        """Wagtail's own, so that whoever's nightly job calls it reads the reason."""
        for option in ("--days", "--pages", "--non-pages"):
            parser.add_argument(option, nargs="?", const=True)

    def handle(self, **options: Any) -> None:
        raise CommandError(
            "Dateline deletes no revision: each may be what a version was made from. "
            "To erase words that a court orders erased, see erase in docs/contracts."
        )

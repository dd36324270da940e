from typing import Any

from django.core.management import CommandParser

from dateline.stories import actions
from dateline.stories.management.deed import Deed
from dateline.stories.models import Publication, Story


class Command(Deed):
    help = "Withdraw a published story for good. An advisory stands in its place."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--note", required=True, help="the advisory: why it was withdrawn; readers see it")

    def do(self, story: Story, *, by: Any, note: str = "", **options: Any) -> Publication:
        return actions.kill(story, by=by, note=note)

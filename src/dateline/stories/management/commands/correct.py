from typing import Any

from django.core.management import CommandParser

from dateline.stories import actions
from dateline.stories.management.deed import Deed
from dateline.stories.models import Publication, Story


class Command(Deed):
    help = "Publish a story's newest draft as a correction: we were wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--note", required=True, help="what was wrong and what is right; readers see it")

    def do(self, story: Story, *, by: Any, note: str = "", **options: Any) -> Publication:
        return actions.correct(story, by=by, note=note, revision=story.latest_revision)

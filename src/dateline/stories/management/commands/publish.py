from typing import Any

from django.core.management import CommandParser

from dateline.stories import actions
from dateline.stories.management.deed import Deed
from dateline.stories.models import Publication, Story


class Command(Deed):
    help = "Publish a story's newest draft."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--update", action="store_true", help="the story is out, and the news went on")
        parser.add_argument("--note", default="", help="with --update: what is new")

    def do(self, story: Story, *, by: Any, update: bool = False, note: str = "", **options: Any) -> Publication:
        if update:
            return actions.update(story, by=by, note=note, revision=story.latest_revision)
        return actions.publish(story, by=by, revision=story.latest_revision)

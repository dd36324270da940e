"""What the commands that act on one story share: they find it, act in somebody's name, and say what was recorded."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import Error

from dateline.stories.models import Publication, Story
from dateline.stories.refusals import Refused


class Deed(BaseCommand):
    """A verb on the newest draft of a story. A refusal is said in its own words, and the exit status is 1."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("news_id", metavar="NEWS_ID", type=int)
        parser.add_argument("--by", metavar="NAME", help="who does it, as they log in; the record keeps it")

    def handle(self, *, news_id: int, by: str | None, **options: Any) -> None:
        try:
            done = self.do(_newest_draft(news_id), by=_person(by), **options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except ValidationError as error:
            raise CommandError(f"Story {news_id} is not complete: {_faults(error)}") from None
        except Error as error:
            raise CommandError(f"Nothing was recorded: {error}. Put that right, and say it again.") from None
        self.stdout.write(
            f"Story {news_id} {done.get_kind_display()}: version {done.version}, number {done.seq} of the record."
        )

    def do(self, story: Story, *, by: User | None, **options: Any) -> Publication:
        """The verb: each command has its own, and there is none without."""
        raise NotImplementedError


def _faults(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())


def _newest_draft(news_id: int) -> Story:
    story = Story.objects.filter(pk=news_id).first()
    if story is None:
        raise CommandError(f"There is no story {news_id}.")
    return story.get_latest_revision_as_object()


def _person(name: str | None) -> User | None:
    if name is None:
        return None
    person = User.objects.filter(username=name, is_active=True).first()
    if person is None:
        raise CommandError(f"There is nobody called '{name}' who may log in. See: dateline user list")
    return person

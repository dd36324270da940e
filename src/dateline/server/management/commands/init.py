from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import BaseCommand, CommandError
from django.db import OperationalError

from dateline.server import home


class Command(BaseCommand):
    help = "Make the home (--home DIR) and bring its database up to date. Harmless when repeated."

    def handle(self, *, verbosity: int, **options: object) -> None:
        say = self.stdout.write if verbosity else lambda line: None
        try:
            home.prepare(say)
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}. Check DATELINE_DATABASE_URL.") from None
        say(f"The newsroom in {settings.HOME} is ready.")
        if not User.objects.exists():
            say("Next: dateline user add NAME --role chief")
        say("Then: dateline serve")

from typing import Any

from django.core.management import BaseCommand

from dateline.desk import schedule


class Command(BaseCommand):
    help = "Publish what is due now, once. dateline serve does so by itself, to the second."
    in_place_of_wagtails = True

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{schedule.publish_due()} published.")

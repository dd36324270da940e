import signal

from django.core.management import BaseCommand

from dateline.server import follower


class Command(BaseCommand):
    help = "Keep indexes and schedules going. `dateline serve` does so itself; this is for where it runs apart."

    def handle(self, **options: object) -> None:
        follower.run(follower.stop_on(signal.SIGTERM, signal.SIGINT))

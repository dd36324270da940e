import signal
import threading

from django.core.management import BaseCommand

from dateline.server import follower


class Command(BaseCommand):
    help = "Keep indexes and schedules going. `dateline serve` does so itself; this is for where it runs apart."

    def handle(self, **options: object) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        follower.run(stop)

import os
import secrets
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, call_command

from dateline.demo import loading


class Command(BaseCommand):
    help = "Load the sample newsroom into a new home, and say where it is. A second run loads nothing twice."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--serve", action="store_true", help="serve it too, until Ctrl-C")

    def handle(self, *, serve: bool, **options) -> None:
        call_command("init", verbosity=0)
        login = settings.HOME / "demo-login"
        if loading.is_loaded():
            self.stdout.write("The newsroom is there already; nothing was loaded.")
        else:
            password = secrets.token_urlsafe(9)
            stories = loading.load(password=password, progress=self.stdout.write)
            _keep(login, password)
            self.stdout.write(f"{stories} stories are in the newsroom.")
        self.stdout.write("")
        self.stdout.write(f"  Site   {settings.DATELINE.site_url}/")
        self.stdout.write(f"  Desk   {settings.DATELINE.site_url}/desk/")
        if login.exists():
            self.stdout.write(f"  Login  {login.read_text().strip()}")
            self.stdout.write("         (a chief's; every other person of the sample has the same password)")
        self.stdout.write("")
        self.stdout.flush()
        if serve:
            os.execv(sys.executable, [sys.executable, "-m", "dateline", "serve"])  # noqa: S606


def _keep(path: Path, password: str) -> None:
    from dateline.demo import reading

    chief = next(row for row in reading.newsroom()["staff"] if row["role"] == "chief")
    path.touch(mode=0o600)
    path.write_text(f"{chief['username']} / {password}\n", "utf-8")

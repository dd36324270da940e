"""The home: the folder with all state, its database brought up to date, its static files laid out."""

import hashlib
import pkgutil
from collections.abc import Callable
from importlib.metadata import version
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import Locale, Page, Site

from dateline.stories import sections

PRIVATE, OPEN = 0o700, 0o755
FOLDERS = {"media": OPEN, "static": OPEN, "mail": PRIVATE}
Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """Bring the home up to date with this version of Dateline. Harmless when repeated, and quick when it is."""
    make_folders()
    if pending():
        say("Bringing the database up to date ...")
        call_command("migrate", interactive=False, verbosity=0)
    furnish()
    lay_out_static(say)


def make_folders() -> None:
    settings.HOME.mkdir(parents=True, exist_ok=True)
    if not (settings.HOME / "mail").exists():  # a new one; later its owner may open it as they see fit
        settings.HOME.chmod(PRIVATE)  # the secret key, the database and the mail lie in it
    for name, mode in FOLDERS.items():
        (settings.HOME / name).mkdir(mode=mode, exist_ok=True)


def pending() -> bool:
    """Whether the database lacks a migration of this version. Reads file names only: `serve` asks at each start."""
    needed = {
        (app.label, module.name)
        for app in apps.get_app_configs()
        for module in pkgutil.iter_modules([f"{app.path}/migrations"])
        if not module.name.startswith("_")
    }
    return not needed <= set(MigrationRecorder(connection).applied_migrations())


@transaction.atomic
def furnish() -> None:
    """What a newsroom needs before its first story: languages, sections, and Wagtail's idea of the site."""
    known = set(Locale.objects.values_list("language_code", flat=True))
    for language in settings.EDITIONS:
        if language not in known:
            Locale.objects.create(language_code=language)
    sections.make_first()
    _name_site()


def _name_site() -> None:
    """Wagtail builds the desk's links from its Site; its "Welcome" page is nobody's."""
    address = urlsplit(settings.DATELINE.site_url)
    wanted = {
        "hostname": address.hostname or "localhost",
        "port": address.port or (443 if address.scheme == "https" else 80),
        "site_name": settings.DATELINE.agency,
        "root_page": Page.objects.get(depth=1),
    }
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first() or Site(is_default_site=True)
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
    for page in Page.objects.filter(depth=2, slug="home", title__startswith="Welcome to your new Wagtail site"):
        page.delete()


def lay_out_static(say: Say) -> None:
    """Copy style sheets and scripts to HOME/static, under names that hold their hashes, where they have changed."""
    stamp = settings.HOME / "static.stamp"
    found = _static_stamp()
    if stamp.exists() and stamp.read_text() == found:
        return
    say("Laying out style sheets and scripts ...")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(found)  # last: whoever is interrupted begins again


def _static_stamp() -> str:
    """Changes whenever collectstatic would have something to do."""
    seen = hashlib.sha256(f"{version('dateline')} {settings.STORAGES['staticfiles']}".encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            seen.update(f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}\n".encode())
    return seen.hexdigest()

"""The site as the server holds it: the application, and what is kept of its pages."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from dateline.edge.following import Following
from dateline.edge.pages import HEARTBEAT, Pages

from . import asking

MEGABYTE = 1_000_000


def pages(*, memory: int = settings.DATELINE.edge_memory) -> Pages:
    """What this machine keeps, and `memory` megabytes of this process's own."""
    disk = settings.DATELINE.edge_disk
    return Pages(settings.HOME / "edge", memory=memory * MEGABYTE, disk=disk * MEGABYTE)


def presser(kept: Pages) -> Callable[[str], bool]:
    """What has the page at an address made and kept on the disk; whether there is one to keep."""
    application = import_string(settings.WSGI_APPLICATION)
    where = urlsplit(settings.DATELINE.site_url)
    headers = [("host", where.netloc), ("x-forwarded-proto", where.scheme)]

    def press(address: str) -> bool:
        environ = asking.environ("GET", address, headers=headers, server=where.netloc, scheme=where.scheme)
        page = kept.make(address, lambda: asking.ask(application, environ))
        return page is not None and page.status == 200

    return press


def settle() -> None:
    """Where no server runs, take off the disk what was changed meanwhile: nginx may still be serving it."""
    if not (settings.HOME / "edge" / "cursor").exists():
        return
    kept = pages(memory=0)
    if kept.marks.silence() < HEARTBEAT:
        return
    following = Following(kept, lambda address: False)
    while following.step():
        pass

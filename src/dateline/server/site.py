"""The site as the server holds it: the application, and what is kept of its pages."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from dateline.edge.following import Following
from dateline.edge.pages import Pages

from . import asking

MEGABYTE = 1_000_000
PATIENCE = 1_000_000_000  # ns


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
    """Return when no page of this machine shows any more what a command changed.

    The server's follower sees to it. Where none answers, we do it: nginx may still be serving what is on the disk.
    """
    if not (settings.HOME / "edge" / "cursor").exists():
        return
    kept = pages(memory=0)
    rung = kept.marks.ring()
    while time.monotonic_ns() - rung < PATIENCE:
        if kept.marks.has_followed(rung):
            return
        time.sleep(0.005)
    following = Following(kept, presser(kept))
    while following.step():
        pass

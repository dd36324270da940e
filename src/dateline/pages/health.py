"""`/healthz`: whether this machine should be asked, and what is wrong with it."""

import tempfile

from django.conf import settings
from django.db import Error, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.utils.connection import ConnectionProxy
from django.views.decorators.http import require_safe

from dateline.edge import headers
from dateline.edge.marks import Marks
from dateline.edge.pages import HEARTBEAT
from dateline.stories.models import Section

_BLOCK = b"." * 4096


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 where readers get what is true, with what cannot be done; 503 with the reason where they do not."""
    status, said = _state()
    response = HttpResponse(f"{said}\n", status=status, content_type="text/plain")
    return headers.uncacheable(response, why="It tells how things are now.")


def _state() -> tuple[int, str]:
    writes = _answers(connection)
    if not writes and not ("replica" in settings.DATABASES and _answers(connections["replica"])):
        return 503, "the database does not answer"
    silence = Marks(settings.HOME / "edge" / "marks").silence()
    if silence > HEARTBEAT:
        return 503, f"the record has not been followed for {silence / 1e9:.0f} s: what is killed now may still be shown"
    if not writes:
        return 200, "reading only: the database that is written to does not answer"
    if reason := _not_writable():
        return 200, f"reading only: nothing can be written to the home: {reason}"
    return 200, "ok"


def _answers(database: BaseDatabaseWrapper | ConnectionProxy) -> bool:
    """Whether it has our tables: SQLite answers `SELECT 1` from no file at all."""
    try:
        with database.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {Section._meta.db_table} LIMIT 1")  # noqa: S608
    except Error:
        database.close()
        return False
    return True


def _not_writable() -> str:
    """Why not; empty where it is. The file has no name, and never reaches the disk where all is well."""
    try:
        with tempfile.TemporaryFile(dir=settings.HOME, buffering=0) as file:
            if file.write(_BLOCK) < len(_BLOCK):
                return "the disk is full"
    except OSError as error:
        return error.strerror or str(error)
    return ""

"""How far the primary's log is written: a replica that has replayed it has all that was committed until now."""

from django.conf import settings
from django.db import connection

# Not pg_current_wal_lsn(): a commit that does not wait for the disk is seen before it is written.
_WRITTEN = "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"


def written() -> int:
    """The position in bytes; 0 where no replica is read from."""
    if "replica" not in settings.DATABASES:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN)
        return int(cursor.fetchone()[0])

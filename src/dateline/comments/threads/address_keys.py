"""The key of each month, under which addresses are hashed: made by chance when the month begins, destroyed when it is over.

It is in the database, since all machines of a newsroom need the same, and in no other place. Without it nobody can try
out which address a hash is of, not even who has the secret key and all of the database.
"""

import secrets
from datetime import UTC, datetime, timedelta
from functools import partial

from django.db import connection, models, transaction
from django.utils import timezone

KEPT_AFTER = timedelta(days=1)  # the end of its month: the clocks of all machines have turned by then


class AddressKey(models.Model):
    """The key of one month."""

    month = models.CharField(max_length=7, primary_key=True, help_text="2026-11")
    key = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.month


known: dict[str, str] = {}  # by this process, so that a comment that comes in costs no query


def of(at: datetime) -> str:
    """The key of the month of `at`, made on first need; "" for a month whose key is destroyed."""
    month = _month(at)
    return known.get(month) or _read(month) or (_make(month) if month >= _month(timezone.now()) else "")


def forget() -> int:
    """Destroy the keys of the months that are over. How many there were."""
    over = AddressKey.objects.filter(month__lt=_month(timezone.now() - KEPT_AFTER))
    if not over.exists():
        return 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # it overwrites what it deletes
    return over.delete()[0]


def _month(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m}"


def _read(month: str) -> str:
    key = AddressKey.objects.filter(month=month).values_list("key", flat=True).first() or ""
    if key:
        transaction.on_commit(partial(_know, month, key))
    return key


def _know(month: str, key: str) -> None:
    """A month at a time: no process holds what was destroyed."""
    known.clear()
    known[month] = key


def _make(month: str) -> str:
    """Of several who make it at once all get the first one's."""
    AddressKey.objects.bulk_create([AddressKey(month=month, key=secrets.token_hex(32))], ignore_conflicts=True)
    return _read(month)

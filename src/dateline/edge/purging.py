"""Saying that what pages show has changed, where it was no publication that changed it."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save

from dateline.stories.models import Section, Topic

from . import keys as names
from .models import Purge


class Said:
    """How often this process said that something changed; who looks before and after knows whether it did between."""

    times = 0


def purge(keys: Iterable[str]) -> None:
    """Purge all that shows one of `keys`, on every machine, once the transaction is committed; else nothing.

    Publications need no such word: who follows the record knows what each changed (following.py).
    """
    Purge.objects.create(keys=" ".join(keys))
    Said.times += 1


def follow_the_taxonomy() -> None:
    """A section or topic that is renamed is renamed on every page.

    By Django's signal, since it is sent within the transaction that saves: either both are kept, or neither is.
    """
    for model in (Section, Topic):
        for signal in (post_save, post_delete):
            signal.connect(_arranged, sender=model, dispatch_uid=f"edge {model.__name__} {signal is post_save}")


def _arranged(sender: Any, instance: Section | Topic, raw: bool = False, created: bool = False, **_: Any) -> None:
    if raw or (created and sender is Topic):  # nothing shows a new topic yet
        return
    purge([names.EVERYTHING])

"""What the release before did not keep of readers who signed in: how their names look, and the mark on their letters."""

from django.db import transaction

from ..checks import names
from ..models import Comment, Reader
from . import own_words

AT_ONCE = 100  # readers


def catch_up(limit: int | None = None) -> int:
    """Work it out for those of whom it is not known yet, and return how many they were. One look-up when it is done."""
    rows = Reader.objects.filter(looks=None, confirmed_at__isnull=False)[: min(limit or AT_ONCE, AT_ONCE)]
    for reader in (found := list(rows)):
        _mark(reader)
    return len(found)


@transaction.atomic
def _mark(reader: Reader) -> None:
    Reader.objects.filter(pk=reader.pk, looks=None).update(looks=names.looks(reader.name))
    letters = Comment.objects.filter(reader=reader, signed_in=False)
    if not reader.closed_at and letters.exists():
        own_words.show_anew(letters)
        letters.update(signed_in=True)

"""Who is signed in: a cookie of our own, signed, that no script can read.

Public pages never look at it, so that caches can share them: a reader who signed in gets the same bytes as everybody.
His own pages look, and what takes in a comment.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from ..models import Reader

COOKIE = "dateline_reader"
LIFE = timedelta(days=90)
_SALT = "dateline.comments.session"


def begin(response: HttpResponse, reader: Reader) -> None:
    """Sign `reader` in, in the browser that gets `response`."""
    response.set_cookie(
        COOKIE,
        signing.dumps([reader.pk, reader.generation], salt=_SALT),
        max_age=LIFE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def end(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def reader_of(request: HttpRequest) -> Reader | None:
    """Who signed in there, None where nobody did, or signed out everywhere since, or closed the account."""
    if COOKIE not in request.COOKIES:
        return None
    try:
        number, generation = signing.loads(request.COOKIES[COOKIE], salt=_SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Reader.objects.filter(pk=number, generation=generation, confirmed_at__isnull=False, closed_at=None).first()

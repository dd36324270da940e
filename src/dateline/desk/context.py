"""What every screen of the desk shows."""

from django.conf import settings
from django.http import HttpRequest


def agency(request: HttpRequest) -> dict[str, str]:
    return {"agency": settings.DATELINE.agency}

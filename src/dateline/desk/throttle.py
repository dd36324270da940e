"""Who guesses passwords waits: eight wrong ones for a name from an address, and that door is shut for a quarter of an hour."""

import hashlib
import logging
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm

from .models import FailedLogin

FAILURES = 8
LOCKED = timedelta(minutes=15)

log = logging.getLogger(__name__)


class ThrottledLoginForm(LoginForm):
    """Wagtail's login. In the database, since several workers answer; nobody else is locked out of the account."""

    def clean(self) -> Any:
        key = _key(self.cleaned_data.get("username") or "", self.request)
        if not may_try(key):
            raise ValidationError(
                _("Too many wrong passwords. Wait a quarter of an hour, or ask a chief for a new password."),
                code="locked",
            )
        cleaned = super().clean()
        FailedLogin.objects.filter(key=key).delete()
        return cleaned


@transaction.atomic
def may_try(key: str, now: datetime | None = None) -> bool:
    """Count one try, and say whether the password may be looked at. Counted first, so that tries at once count too."""
    now = now or timezone.now()
    FailedLogin.objects.filter(last_at__lt=now - LOCKED).delete()
    FailedLogin.objects.bulk_create([FailedLogin(key=key, last_at=now)], ignore_conflicts=True)
    row = FailedLogin.objects.select_for_update().get(key=key)
    if row.failures >= FAILURES:
        return False
    row.failures, row.last_at = row.failures + 1, now
    row.save()
    if row.failures == FAILURES:
        log.warning("Many failed logins for one name from one address; the next are refused for %s.", LOCKED)
    return True


def _key(name: str, request: HttpRequest | None) -> str:
    address = request.META.get("REMOTE_ADDR", "") if request else ""
    return hashlib.sha256(f"{name.casefold()}\0{_network(address)}".encode()).hexdigest()


def _network(address: str) -> str:
    """One household of IPv6 has a whole /64 to guess from."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address

"""Where a comment came from: enough to tell one guest from another for a month, and no more.

An address is never stored. What is kept is its HMAC under `SECRET_KEY` and the key of the month (`address_keys.py`):
no two months can be put together, and once a month is over nobody can find its addresses again.
"""

import hashlib
import hmac
from datetime import datetime
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes

from . import address_keys

NOWHERE = "-"  # stands where an address is not known: no keyed address looks like it


def of(request: HttpRequest) -> str:
    """The address that asked, as the server saw it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def keyed(address: str, at: datetime) -> str:
    """The keyed hash of `address` in the month of `at`, 32 hex digits; "" for what is no address, or a month long ago."""
    network = _network(address)
    key = address_keys.of(at) if network else ""
    return secret(key, network) if key else ""


def is_public(address: str) -> bool:
    """Whether `address` is somebody's on the internet.

    One of our own network is a proxy that did not say for whom it asks, or ourselves: everybody at once.
    """
    try:
        return ip_address(address).is_global
    except ValueError:
        return False


def secret(*parts: str) -> str:
    """An HMAC of `parts`, each kept apart from the next: 128 bits in hex."""
    value = "".join(f"{len(part)}:{part}" for part in parts)
    return hmac.digest(_key(settings.SECRET_KEY), value.encode(), "sha256").hex()[:32]


@cache
def _key(secret_key: str) -> bytes:
    """As Django's `salted_hmac` makes it, which makes it anew each time."""
    return hashlib.sha256(b"dateline.comments" + force_bytes(secret_key)).digest()


def _network(address: str) -> str:
    """An IPv6 household has a /64 and changes addresses inside it daily; an IPv4 address stands for itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)

"""Whose request it is, where a proxy stands before us.

A proxy adds the address that it was asked from at the end of `X-Forwarded-For`; what stands before that may be
anything, since readers can send the header themselves. So it is read from the end, and only as far as our own
proxies wrote it: DATELINE_PROXIES names them, or says how many stand one behind the other.
"""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Network = IPv4Network | IPv6Network


class ProxyMiddleware:
    """Puts the asker's address into REMOTE_ADDR, for all that comes after it. ValueError at the start names the cure."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.number, self.networks = trusted(settings.DATELINE.proxies)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.number or self.networks:
            peer = str(request.META.get("REMOTE_ADDR", ""))
            said = request.headers.get("X-Forwarded-For", "")
            request.META["REMOTE_ADDR"] = self.asker(peer, said)
        return self.get_response(request)

    def asker(self, peer: str, said: str) -> str:
        """Who asked: the last of those named whom no proxy of ours is. What is no address ends the search."""
        asker = peer
        left = self.number
        for entry in reversed(said.split(",")):
            if not (left > 0 or self._is_ours(asker)) or (address := _address(entry)) is None:
                break
            asker, left = address, left - 1
        return asker

    def _is_ours(self, address: str) -> bool:
        found = _address(address)
        return found is not None and any(ip_address(found) in network for network in self.networks)


def trusted(said: list[str]) -> tuple[int, list[Network]]:
    """How many proxies, or which. ["2"]; or ["10.0.0.0/8", "::1"]."""
    if len(said) == 1 and said[0].isdecimal():
        return int(said[0]), []
    try:
        return 0, [ip_network(each) for each in said]
    except ValueError as error:
        raise ValueError(
            f"DATELINE_PROXIES must be a number, or networks with commas between them, as 10.0.0.0/8,::1: {error}."
        ) from None


def _address(entry: str) -> str | None:
    """An address as proxies write it: alone, or with a port; IPv6 perhaps in brackets."""
    text = entry.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return str(found.ipv4_mapped or found) if isinstance(found, IPv6Address) else str(found)

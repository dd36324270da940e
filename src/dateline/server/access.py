"""A line in the log for each answer, where DATELINE_ACCESS_LOG asks for it. It never says who asked, or for which words."""

import logging
import time
from typing import Any
from urllib.parse import quote

from .gateway import Gateway

log = logging.getLogger("dateline.access")


class AccessLog:
    """A gateway whose answers are logged."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.__rsgi_del__ = gateway.__rsgi_del__

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        began, noted, source = time.perf_counter(), Noted(protocol), "alone"
        try:
            source = await self.gateway.__rsgi__(scope, noted)
        finally:
            said = {
                "method": scope.method,
                "path": quote(scope.path, safe="/:@"),
                "status": noted.status,
                "ms": round((time.perf_counter() - began) * 1000, 1),
                "bytes": noted.bytes,
                "source": source,
            }
            log.info("%(method)s %(path)s %(status)s %(ms)s ms %(bytes)s bytes %(source)s", said, extra=said)


class Noted:
    """Granian's protocol, or its transport, and what went through it."""

    def __init__(self, protocol: Any) -> None:
        self.protocol = protocol
        self.status, self.bytes = 500, 0  # what Granian answers where nobody does
        self.client_disconnect = protocol.client_disconnect

    def __aiter__(self) -> Any:
        return self.protocol.__aiter__()

    def response_empty(self, status: int, headers: Any) -> None:
        self.status = status
        self.protocol.response_empty(status, headers)

    def response_str(self, status: int, headers: Any, body: str) -> None:
        self.response_bytes(status, headers, body.encode())

    def response_bytes(self, status: int, headers: Any, body: bytes) -> None:
        self.status, self.bytes = status, len(body)
        self.protocol.response_bytes(status, headers, body)

    def response_stream(self, status: int, headers: Any) -> "NotedTransport":
        self.status = status
        return NotedTransport(self, self.protocol.response_stream(status, headers))


class NotedTransport:
    """Through which an answer goes in pieces."""

    def __init__(self, noted: Noted, transport: Any) -> None:
        self.noted, self.transport = noted, transport

    async def send_bytes(self, piece: bytes) -> None:
        self.noted.bytes += len(piece)
        await self.transport.send_bytes(piece)

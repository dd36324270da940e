"""The sockets that readers connect to: bound by the supervisor, one for each worker, and open while a worker is dead.

Granian on Linux has each worker bind its own, and whoever waits in the queue of a worker that is killed is reset. Here
he waits for the next worker, which accepts from the same socket. One socket for all would do that too, but then whoever
is woken first takes nearly all who come at once: of 32 connections we saw 29 with one of two workers.
"""

import errno
import socket
import time

BACKLOG = 1024
PATIENCE_SECONDS = 3.0


class PortTaken(Exception):
    """Somebody else answers on this address, or it is not ours."""


def listen(host: str, port: int, count: int) -> list[socket.socket]:
    """Raise PortTaken where that cannot be. A predecessor that is just ending is waited for."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            _bind(host, port, shared=False).close()  # sockets that share their port would not notice another server
            return [_bind(host, port, shared=True) for _ in range(count)]
        except OSError as error:
            if time.monotonic() > deadline or error.errno != errno.EADDRINUSE:
                raise PortTaken(error.strerror or str(error)) from error
            time.sleep(0.1)


def _bind(host: str, port: int, *, shared: bool) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, shared)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the connections inherit it
        listening.setblocking(False)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening


def close(listening: list[socket.socket], *, but: int | None = None) -> None:
    """Close them in this process; `but` the one that it accepts from. One that some process has open is not refused."""
    for number, each in enumerate(listening):
        if number != but:
            each.close()

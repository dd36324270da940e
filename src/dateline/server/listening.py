"""The sockets that readers connect to: bound by the supervisor, one for each worker, and open while a worker is dead.

Granian on Linux has each worker bind its own, and whoever waits in the queue of a worker that is killed is reset. Here
he waits for the next worker, which accepts from the same socket. One socket for all would do that too, but then whoever
is woken first takes nearly all who come at once: of 32 connections we saw 29 with one of two workers.
"""

import errno
import logging
import os
import socket
import time

BACKLOG = 1024
PATIENCE_SECONDS = 3.0
FIRST_HANDED = 3  # sd_listen_fds(3)

log = logging.getLogger("dateline.server")


class PortTaken(Exception):
    """Somebody else answers on this address, or it is not ours."""


def listen(host: str, port: int, count: int) -> list[socket.socket]:
    """At least `count`. Raise PortTaken where that cannot be. A predecessor that is just ending is waited for."""
    if handed := _handed():
        return _more(handed, count)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            _bind(host, port, shared=False).close()  # sockets that share their port would not notice another server
            return [_bind(host, port, shared=True) for _ in range(count)]
        except OSError as error:
            if time.monotonic() > deadline or error.errno != errno.EADDRINUSE:
                raise PortTaken(error.strerror or str(error)) from error
            time.sleep(0.1)


def _handed() -> list[socket.socket]:
    """What systemd bound for us, or the supervisor that this process was before (renewal.py)."""
    mine = os.environ.pop("LISTEN_PID", "") == str(os.getpid())
    number = int(os.environ.pop("LISTEN_FDS", "0"))
    return [_prepared(socket.socket(fileno=FIRST_HANDED + each)) for each in range(number if mine else 0)]


def _more(handed: list[socket.socket], count: int) -> list[socket.socket]:
    """One for each of `count` workers; where the port cannot be shared, they share the socket."""
    host, port = handed[0].getsockname()[:2]
    more = range(count - len(handed))
    if count < len(handed):
        log.warning(
            "There are %s workers until the next restart: a reload can add some, but takes none away.", len(handed)
        )
    if handed[0].getsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT):
        return handed + [_bind(host, port, shared=True) for _ in more]
    return handed + [handed[0].dup() for _ in more]


def _bind(host: str, port: int, *, shared: bool) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, shared)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError:
        listening.close()
        raise
    return _prepared(listening)


def _prepared(listening: socket.socket) -> socket.socket:
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the connections inherit it
    listening.setblocking(False)
    listening.set_inheritable(False)
    return listening


def close(listening: list[socket.socket], *, but: int | None = None) -> None:
    """Close them in this process; `but` the one that it accepts from. One that some process has open is not refused."""
    for number, each in enumerate(listening):
        if number != but:
            each.close()

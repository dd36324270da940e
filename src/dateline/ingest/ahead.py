"""Read ahead: a process of its own reads an archive while this one writes down what was read before."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

Item = TypeVar("Item")
FORK = multiprocessing.get_context("fork")
MOST = 250  # items that are handed over at once


class Ended(Exception):
    """The process that reads was ended by somebody else, such as a machine without memory left."""


def read_ahead(read: Callable[[], Iterator[Item]], size: Callable[[Item], int], most: int = 8 << 20) -> Iterator[Item]:
    """What `read()` yields, in order; where it fails, its error is raised here. Raises Ended.

    At most two lots are held at a time, each of `MOST` items or of `most` by their `size`, whichever is less. The
    process ends with this generator; when this process is killed, at its next lot. It must not use the database.
    """
    here, there = FORK.Pipe(duplex=False)
    reader = FORK.Process(target=_hand_over, args=(read, size, most, here, there), daemon=True)
    reader.start()
    there.close()
    try:
        with closing(here):
            while (lot := here.recv()) is not None:
                if isinstance(lot, Exception):
                    raise lot
                yield from lot
    except EOFError:
        raise Ended("The process that reads the archive was ended. Say the same command again to go on.") from None
    finally:
        reader.kill()
        reader.join()


def _hand_over(
    read: Callable[[], Iterator[Item]], size: Callable[[Item], int], most: int, here: Connection, there: Connection
) -> None:
    here.close()  # or a parent that was killed would go unnoticed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and stops asking
    with suppress(BrokenPipeError):  # nobody asks any more
        try:
            for lot in _lots(read(), size, most):
                there.send(lot)
            there.send(None)
        except Exception as error:
            there.send(error)


def _lots(items: Iterator[Item], size: Callable[[Item], int], most: int) -> Iterator[list[Item]]:
    lot: list[Item] = []
    room = most
    try:
        for item in items:
            lot.append(item)
            room -= size(item)
            if len(lot) == MOST or room <= 0:
                yield lot
                lot, room = [], most
    except Exception:  # what came before it arrives
        if lot:
            yield lot
        raise
    if lot:
        yield lot

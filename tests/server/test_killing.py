"""Workers and the follower are killed at random under load, and no reader hears of it."""

import asyncio
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from tests.processes import children, kill

pytestmark = pytest.mark.server

READERS, KILLS, BACK_SECONDS = 20, 8, 2.0


class Reader:
    """Reads one page after another over a connection that is kept; asks again, so often, where the connection drops."""

    def __init__(self, url, paths, tries=1):
        self.where, self.paths, self.answers = urlsplit(url), paths, []
        self.again = self.stop = False
        self.tries = tries

    async def read(self):
        self.connection = None
        while not self.stop:
            self.answers.append(await self.patiently(random.choice(self.paths)))
            self.again = False
            await asyncio.sleep(0.002)

    async def patiently(self, path):
        for _ in range(self.tries):
            try:
                return await self.ask(path)
            except (OSError, EOFError):
                self.connection, self.again = None, True
        return await self.ask(path)

    async def ask(self, path):
        self.connection = self.connection or await asyncio.open_connection(self.where.hostname, self.where.port)
        reader, writer = self.connection
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        await reader.readexactly(int(re.search(r"content-length: (\d+)", head)[1]))
        if "connection: close" in head:
            writer.close()
            self.connection = None
        return int(head[9:12])


async def kill_at_random(server, dice, readers):
    """How long each of those who were killed was missing. No reader is hit again while he asks for the second time."""
    missing = []
    for _ in range(KILLS):
        name = dice.choice(["dateline-worker", "dateline-worker", "dateline-follow"])
        before = children(server, name)
        kill(dice.choice(before))
        began = time.monotonic()
        while len(set(children(server, name)) - set(before)) < 1 and time.monotonic() < began + 30:
            await asyncio.sleep(0.02)
        missing.append(time.monotonic() - began)
        await asyncio.sleep(dice.uniform(0.8, 1.5))
        while any(reader.again for reader in readers):
            await asyncio.sleep(0.02)
    return missing


def test_readers_see_no_error_while_workers_are_killed_at_random(newsroom):
    seed = random.randrange(10**9)
    print(f"dice: {seed}")  # pytest shows it when the test fails
    dice, paths = random.Random(seed), ["/", "/corrections/", "/feeds/atom.xml", "/search/?q=harbour"]
    readers = [Reader(newsroom.url, paths) for _ in range(READERS)]

    async def live():
        reading = [asyncio.create_task(reader.read()) for reader in readers]
        missing = await kill_at_random(newsroom.process.pid, dice, readers)
        for reader in readers:
            reader.stop = True
        await asyncio.gather(*reading)
        return missing

    with ThreadPoolExecutor(1) as thread:  # the browser of an earlier test keeps a loop in this one
        missing = thread.submit(asyncio.run, live()).result()
    answers = [status for reader in readers for status in reader.answers]
    assert set(answers) == {200}
    assert len(answers) > 1_000
    assert max(missing) < BACK_SECONDS

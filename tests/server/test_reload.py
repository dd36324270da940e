"""`systemctl reload dateline`: new settings and code under load, and no reader hears of it."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.homes import free_port
from tests.processes import alive, children, wait_until
from tests.server.test_killing import Reader

pytestmark = pytest.mark.server

READERS, RELOADS, PATIENCE_SECONDS = 10, 5, 120.0


def reload(newsroom, **settings):
    (newsroom.folder / "newsroom.env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    newsroom.process.send_signal(signal.SIGHUP)


async def until_they_are_gone(pids):
    began = time.monotonic()
    while any(map(alive, pids)):
        assert time.monotonic() < began + PATIENCE_SECONDS, "who was there before a reload is there still"
        await asyncio.sleep(0.05)


def test_readers_see_no_error_while_the_server_is_reloaded_under_them(newsroom):
    readers = [Reader(newsroom.url, ["/", "/corrections/", "/search/?q=harbour"], tries=3) for _ in range(READERS)]

    async def live():
        reading = [asyncio.create_task(reader.read()) for reader in readers]
        for number in range(RELOADS):
            before = children(newsroom.process.pid)
            reload(newsroom, DATELINE_AGENCY=f"Harbour News {number}")
            await until_they_are_gone(before)
        for reader in readers:
            reader.stop = True
        await asyncio.gather(*reading)

    with ThreadPoolExecutor(1) as thread:  # the browser of an earlier test keeps a loop in this one
        thread.submit(asyncio.run, live()).result()
    assert {status for reader in readers for status in reader.answers} == {200}
    assert newsroom.process.poll() is None  # the same process, as systemd knows it
    wait_until(lambda: f"Harbour News {RELOADS - 1}" in newsroom.get("/").text, "the new setting is not shown")
    wait_until(lambda: len(children(newsroom.process.pid, "dateline-worker")) == 2, "not two workers")
    wait_until(lambda: len(children(newsroom.process.pid)) == 3, "somebody is left over")
    assert newsroom.stop() == 0


def forget_a_migration(newsroom):
    newsroom.python(
        "from django.db.migrations.recorder import MigrationRecorder as R\n"
        "R.Migration.objects.filter(app='comments').order_by('-pk').first().delete()"
    )
    return {}


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (lambda newsroom: {"DATELINE_FORMER_READERS": "forget"}, "must be keep or erase"),
        (lambda newsroom: {"DATELINE_PROXIES": "nginx"}, "DATELINE_PROXIES must be"),
        (forget_a_migration, "say 'dateline init' first"),
    ],
    ids=["a wrong setting", "one that is found later", "a database of the release before"],
)
def test_what_cannot_be_served_is_not_reloaded_and_the_log_says_why(newsroom, what, says):
    wait_until(lambda: len(children(newsroom.process.pid)) == 3, "it has not started")
    before = children(newsroom.process.pid)
    reload(newsroom, **what(newsroom))
    wait_until(lambda: "Not reloaded, and what runs goes on" in newsroom.log, "the log says nothing", PATIENCE_SECONDS)
    assert says in newsroom.log
    assert children(newsroom.process.pid) == before
    assert newsroom.get("/").status == 200


def test_an_answer_that_is_under_way_is_finished(newsroom):
    body = b"name=" + b"x" * 20_000
    before = children(newsroom.process.pid)
    with socket.create_connection(("127.0.0.1", newsroom.port), timeout=PATIENCE_SECONDS) as reader:
        head = f"POST /desk/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
        reader.sendall(head.encode() + body[:10_000])
        reload(newsroom, DATELINE_AGENCY="Harbour News")
        wait_until(lambda: "Harbour News" in newsroom.get("/").text, "it is not reloaded", PATIENCE_SECONDS)
        assert any(map(alive, before))
        reader.sendall(body[10_000:])
        assert reader.recv(12) == b"HTTP/1.1 403"  # the application's own answer: no token
    wait_until(lambda: not any(map(alive, before)), "the former worker does not end")


HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
os.execv(sys.argv[2], sys.argv[2:])
"""


def test_systemd_may_hold_the_socket(make_home):
    home = make_home()
    port = free_port()
    with socket.create_server(("127.0.0.1", port)) as listening:
        command = [sys.executable, "-c", HAND_OVER, str(listening.fileno()), *home.command("serve")]
        server = subprocess.Popen(command, env=home.environ, pass_fds=[listening.fileno()], start_new_session=True)
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as reader:
                reader.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                assert reader.recv(12) == b"HTTP/1.1 200"
            server.terminate()
            assert server.wait(30) == 0
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)

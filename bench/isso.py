"""Isso, the comment server that small sites run, in an environment that is thrown away, for the same work beside ours."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .clients import form

WANTED = ["isso==0.14.0", "gunicorn", "gevent", "packaging"]
SETTINGS = """[general]
dbpath = {folder}/comments.db
host = http://localhost:8080/
[moderation]
enabled = false
[guard]
enabled = false
[server]
listen = http://127.0.0.1:{port}/
"""


class NotHere(Exception):
    """It could not be installed or started; the message says why."""


@contextmanager
def served(port: int, workers: int) -> Iterator[tuple[str, int]]:
    """Isso with so many workers, as its manual serves it: its URL and its process. Raises NotHere."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-isso-"))
    try:
        _install(folder)
        (folder / "isso.cfg").write_text(SETTINGS.format(folder=folder, port=port))
        command = [folder / "venv/bin/gunicorn", "-b", f"127.0.0.1:{port}", "-w", str(workers), "-k", "gevent"]
        environ = {**os.environ, "ISSO_SETTINGS": str(folder / "isso.cfg")}
        environ.pop("PYTHONPATH", None)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen([*command, "--preload", "isso.run"], env=environ, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}", process, folder / "log")
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()
            process.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _install(folder: Path) -> None:
    made = subprocess.run([sys.executable, "-m", "venv", folder / "venv"], capture_output=True, text=True)
    if made.returncode:
        raise NotHere(f"no environment for Isso could be made: {made.stderr.strip()[-300:]}")
    pip = [folder / "venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        done = subprocess.run([*pip, *WANTED], capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        raise NotHere("Isso could not be installed within five minutes") from None
    if done.returncode:
        raise NotHere(f"Isso could not be installed: {done.stderr.strip()[-300:]}")


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{url}/count?uri=%2F", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                why = log.read_text("utf-8", "replace").strip().splitlines()
                raise NotHere(f"Isso did not start: {why[-1] if why else 'it said nothing'}") from None
            time.sleep(0.1)


def comment(path: str, number: int, text: str) -> bytes:
    """The request that sends a comment."""
    body = json.dumps({"text": text, "author": f"Reader {number % 500}", "title": "A story"}).encode()
    return form(f"/new?uri={path}", body, "application/json")

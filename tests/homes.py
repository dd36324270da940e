"""Newsrooms of their own for tests that need the real thing: a home, its database, the command line and the server.

`home` is a fresh home, made by `dateline init` once and copied for each test. `newsroom` is one that is served:
`newsroom.url`, `newsroom.get("/")`, `newsroom.run("import", path)`, `newsroom.stop()`, `newsroom.kill()`.
"""

import fcntl
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dateline.edge.marks import Marks

START_SECONDS = 60
FOLLOW_SECONDS = 10  # a server may have been stopped by the test
STOP_SECONDS = 30


@dataclass
class Answer:
    """What the server said."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Home:
    """A newsroom's home and its database, and the command line on it."""

    folder: Path
    database_url: str = ""  # empty for SQLite in the folder
    settings: dict[str, str] = field(default_factory=dict)  # further DATELINE_* variables

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a `dateline` on this home, without anything of the tests'."""
        outer = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DATELINE_", "DJANGO_", "PYTEST_"))
        }
        own = {"DATELINE_HOME": str(self.folder), "DATELINE_DATABASE_URL": self.database_url, "PYTHONUNBUFFERED": "1"}
        return {**outer, **own, "DATELINE_WORKERS": "2", **self.settings}

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "dateline", *map(str, arguments)]

    def run(
        self, *arguments: object, check: bool = True, stdin: str | None = None, timeout: float = 300
    ) -> subprocess.CompletedProcess[str]:
        """Run `dateline ARGUMENTS...`. With `check`, its failure fails the test, showing what it said."""
        done = subprocess.run(
            self.command(*arguments), env=self.environ, input=stdin, capture_output=True, text=True, timeout=timeout
        )
        if check and done.returncode:
            pytest.fail(
                f"dateline {' '.join(map(str, arguments))} exited {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done

    def start(self, *arguments: object) -> subprocess.Popen:
        """Start `dateline ARGUMENTS...` and leave it running, in a process group of its own; it ends with the tests."""
        guard = ["setpriv", "--pdeathsig", "TERM", "--"] if shutil.which("setpriv") else []
        with (self.folder / "test-log").open("ab") as log:
            return subprocess.Popen(
                [*guard, *self.command(*arguments)],
                env=self.environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def python(self, code: str) -> str:
        """What `code` prints, run with Django set up on this home."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env={**self.environ, "DJANGO_SETTINGS_MODULE": "dateline.settings"}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@dataclass
class Newsroom(Home):
    """A home that is served."""

    port: int = 0
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def serve(self, *arguments: object) -> None:
        """Start `dateline serve` and wait until it answers. A second call after `stop` or `kill` starts it again."""
        self.port = self.port or free_port()
        self.settings |= {"DATELINE_BIND": f"127.0.0.1:{self.port}"}
        self.process = self.start("serve", *arguments)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                pytest.fail(f"dateline serve did not answer:\n{self.log[-4000:]}")
            time.sleep(0.05)

    def python(self, code: str) -> str:
        """As on any home; and what it changed is followed by the time this returns."""
        printed = super().python(code)
        self.follow()
        return printed

    def run(self, *arguments: object, **kwargs: Any) -> subprocess.CompletedProcess[str]:
        done = super().run(*arguments, **kwargs)
        self.follow()
        return done

    def follow(self) -> None:
        """Wait until the server shows all that was written."""
        if self.process is None:
            return
        marks = Marks(self.folder / "edge" / "marks")
        rung, deadline = marks.ring(), time.monotonic() + FOLLOW_SECONDS
        while not marks.has_followed(rung) and time.monotonic() < deadline and self.process.poll() is None:
            time.sleep(0.005)

    def _answers(self) -> bool:
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path, following nothing. `get("/", Accept_Language="fa")`."""
        return self.ask("GET", path, headers=headers)

    def ask(self, method: str, path: str, *, data: bytes | None = None, headers: dict[str, str]) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, data=data, method=method, headers=named)
        try:
            with _OPENER.open(request, timeout=60) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    @property
    def log(self) -> str:
        return (self.folder / "test-log").read_text("utf-8", "replace")

    def stop(self) -> int | None:
        """Stop as an operator does (SIGTERM), and return the exit status."""
        return self._end(signal.SIGTERM)

    def kill(self) -> None:
        """`kill -9`: the server and its workers, at once."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> int | None:
        if self.process is None:
            return None
        process, self.process = self.process, None
        if how == signal.SIGTERM:
            process.send_signal(how)
            try:
                return process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                pytest.fail(f"dateline serve did not stop in {STOP_SECONDS} s:\n{self.log[-4000:]}")
            finally:
                _kill_group(process)
        _kill_group(process)
        return process.wait()


def _kill_group(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


class _AsItIs(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _AsItIs())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# -- Fresh homes, quickly: `dateline init` takes seconds, a copy does not -------------------------------------------------


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """One home for all processes of this run, that nobody changes."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    server = os.environ.get("DATELINE_DATABASE_URL", "")
    name = f"{server.rpartition('/')[2]}_template"
    template = Home(shared / "template-home", f"{server.rpartition('/')[0]}/{name}" if server else "")
    with (shared / "template-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.folder.exists():
            if server:
                _administer(server.rpartition("/")[0], f'CREATE DATABASE "{name}"')
            making = Home(shared / "template-being-made", template.database_url)
            making.folder.mkdir()
            making.run("init")
            if not server:
                _settle(making.folder / "dateline.sqlite3")
            making.folder.rename(template.folder)
    yield template


def _administer(server: str, statement: str) -> None:
    """Run one statement on the server with this URL, in no database of ours."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement)


def _settle(database: Path) -> None:
    """Bring everything into the one file, so that it can be copied."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


class Homes:
    """Homes copied from the template, and ended when they are no longer needed."""

    def __init__(self, template: Home) -> None:
        self.template = template
        self.made: list[Home] = []

    def make(self, folder: Path, kind: type[Home] = Home, **settings: str) -> Any:
        shutil.copytree(self.template.folder, folder)
        home = kind(folder, settings=settings)
        if self.template.database_url:
            base, _, template = self.template.database_url.rpartition("/")
            database = f"dateline_home_{secrets.token_hex(6)}"
            _administer(base, f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
            home.database_url = f"{base}/{database}"
        self.made.append(home)
        return home

    def end(self) -> None:
        for home in self.made:
            if isinstance(home, Newsroom):
                home.kill()
            if home.database_url:
                base, _, database = home.database_url.rpartition("/")
                _administer(base, f'DROP DATABASE "{database}" WITH (FORCE)')


@pytest.fixture
def make_home(_template: Home, tmp_path: Path) -> Iterator[Any]:
    """Make further homes: `make_home("second")`, `make_home("third", kind=Newsroom)`."""
    homes = Homes(_template)
    yield lambda name="home", kind=Home, **settings: homes.make(tmp_path / name, kind, **settings)
    homes.end()


@pytest.fixture(scope="session")
def session_homes(_template: Home) -> Iterator[Homes]:
    """Homes that several tests look at and nobody changes."""
    homes = Homes(_template)
    yield homes
    homes.end()


@pytest.fixture(scope="session")
def sample_newsroom(session_homes: Homes, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """The sample newsroom as `dateline demo` makes it, served."""
    newsroom = session_homes.make(tmp_path_factory.mktemp("sample") / "home", Newsroom)
    newsroom.port = free_port()
    newsroom.settings["DATELINE_BIND"] = f"127.0.0.1:{newsroom.port}"
    newsroom.run("demo")
    newsroom.serve()
    return newsroom


@pytest.fixture
def home(make_home: Any) -> Home:
    """A fresh home: initialised, empty, not served."""
    return make_home()


@pytest.fixture
def newsroom(make_home: Any) -> Newsroom:
    """A fresh home that is being served."""
    newsroom = make_home(kind=Newsroom)
    newsroom.serve()
    return newsroom


# -- Real archives ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of real wires and archives: DATELINE_DATA, or shared/data beside the checkout."""
    named = os.environ.get("DATELINE_DATA")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    if not (folder / "newswire").is_dir():
        pytest.skip("DATELINE_DATA names no folder of real archives, and there is none beside the checkout")
    return folder

"""A PostgreSQL for the tests: the one that was named, or one that is made, used and thrown away."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

START_SECONDS = 60
# Nothing here must survive a power cut. A crash of the server under test is another matter, and is not changed by these.
OPTIONS = {
    "listen_addresses": "",  # its socket's folder is ours alone: no port to collide on
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
}


class NoServer(Exception):
    """There is no PostgreSQL to be had; the message says what would help."""


@contextmanager
def server(*, durable: bool = False) -> Iterator[tuple[str, str]]:
    """A server's version, and its URL without a database's name; one that keeps its word in a power cut if `durable`.

    Raises NoServer.
    """
    named = os.environ.get("DATELINE_TEST_POSTGRES", "").rstrip("/")
    if named:
        url = named if named.count("/") < 3 else named.rpartition("/")[0]
        yield _version(url), url
        return
    with _throw_away(_binaries(), durable) as url:
        yield _version(url), url


@dataclass
class Machine:
    """One PostgreSQL of a pair."""

    binaries: Path
    folder: Path
    account: dict[str, Any]
    process: Any = None

    @property
    def host(self) -> str:
        """As a URL has it."""
        return quote(str(self.folder), safe="")

    def start(self) -> None:
        self.process = _start(self.binaries, self.folder, self.account, durable=True)
        _wait_until_it_answers(f"postgresql://dateline@{self.host}", self.process, self.folder / "log")

    def kill(self) -> None:
        """As when the machine is lost: nothing is said to anybody."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        self.process.wait(10)

    def say(self, statement: str) -> Any:
        with psycopg.connect(f"postgresql://dateline@{self.host}/postgres", autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None


@contextmanager
def pair() -> Iterator[tuple[Machine, Machine]]:
    """A primary and its standby. What the primary acknowledged is on the standby's disk too. Raises NoServer."""
    with ExitStack() as stack:
        primary, standby = (stack.enter_context(_machine()) for _ in range(2))
        _make(primary.binaries, primary.folder, primary.account)
        primary.start()
        copying = [standby.binaries / "pg_basebackup", "-h", primary.folder, "-U", "dateline", "-c", "fast", "-R"]
        command = [*copying, "-D", standby.folder / "data"]
        made = subprocess.run(command, cwd=standby.folder, capture_output=True, text=True, **standby.account)
        if made.returncode:
            raise NoServer(f"pg_basebackup failed: {made.stderr.strip()}")
        standby.start()
        primary.say("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.say("SELECT pg_reload_conf()")
        yield primary, standby


@contextmanager
def _machine() -> Iterator[Machine]:
    folder, account = Path(tempfile.mkdtemp(prefix="dateline-pg-", dir="/tmp")), _account()
    machine = Machine(_binaries(), folder, account)
    if "user" in account:
        shutil.chown(folder, account["user"], account["group"])
    try:
        yield machine
    finally:
        if machine.process and machine.process.poll() is None:
            _stop(machine.process)
        shutil.rmtree(folder, ignore_errors=True)


def _version(url: str) -> str:
    with psycopg.connect(f"{url}/postgres", connect_timeout=10) as connection:
        return connection.execute("SHOW server_version").fetchone()[0].split()[0]


def _binaries() -> Path:
    """The folder of initdb and postgres, the newest of several. Raises NoServer."""
    folders = [Path(found).parent for name in ("postgres", "initdb") if (found := shutil.which(name))]
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name.zfill(4))
    for folder in [*reversed(debian), *folders]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServer("no initdb here. Install postgresql, or name a server: DATELINE_TEST_POSTGRES=postgresql://...")


@contextmanager
def _throw_away(binaries: Path, durable: bool) -> Iterator[str]:
    """Make a cluster in a folder of its own, serve it, and leave nothing of it behind."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-", dir="/tmp"))  # a socket's path has 107 bytes at most
    account = _account()
    if "user" in account:
        shutil.chown(folder, account["user"], account["group"])
    try:
        _make(binaries, folder, account)
        process = _start(binaries, folder, account, durable)
        try:
            url = f"postgresql://dateline@{quote(str(folder), safe='')}"
            _wait_until_it_answers(url, process, folder / "log")
            yield url
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> dict[str, Any]:
    """Whom to run it as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoServer("PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' to run it as.")


def _make(binaries: Path, folder: Path, account: dict[str, Any]) -> None:
    command = [binaries / "initdb", "-D", folder / "data", "-U", "dateline", "-A", "trust", "-E", "UTF8"]
    made = subprocess.run(
        [*command, "--locale=C.UTF-8", "--no-sync"], cwd=folder, capture_output=True, text=True, **account
    )
    if made.returncode:
        raise NoServer(f"initdb failed: {made.stderr.strip()}")


def _start(binaries: Path, folder: Path, account: dict[str, Any], durable: bool) -> subprocess.Popen:
    """The server, which stops by itself should this process be killed, and does not hear its Ctrl-C."""
    command: list[Any] = [binaries / "postgres", "-D", folder / "data", "-k", folder]
    for name, value in OPTIONS.items():
        if not (durable and value == "off"):
            command += ["-c", f"{name}={value}"]
    if shutil.which("setpriv"):
        command = ["setpriv", "--pdeathsig", "INT", "--", *command]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **account
        )


def _wait_until_it_answers(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(f"{url}/postgres", connect_timeout=5).close()
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise NoServer(f"PostgreSQL did not start: {log.read_text('utf-8', 'replace')[-2000:]}") from error
            time.sleep(0.05)


def _stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGINT)  # "fast": open connections are ended
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(10)

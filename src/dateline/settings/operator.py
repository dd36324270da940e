"""What an operator may set: each an environment variable DATELINE_<NAME>."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formataddr
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from . import machine


@dataclass(frozen=True, kw_only=True)
class Operator:
    """The operator's choices, each with a default that works at once."""

    home: Path  # where all state lives
    database_url: str  # postgres://user:password@host/name for PostgreSQL; SQLite in the home otherwise
    replica_url: str  # a streaming replica of that PostgreSQL, which public pages are read from
    bind: str  # HOST:PORT to serve on
    workers: int  # processes that answer: one for each core, as far as the memory goes
    edge_memory: int  # megabytes of finished pages that each worker keeps
    edge_disk: int  # megabytes of finished pages in HOME/edge, which all workers and nginx share; 0 for none
    metrics: str  # HOST:PORT where Prometheus may ask for /metrics; empty for nowhere
    log: str  # line, or json: JSON Lines
    access_log: bool  # a line for each answer: 1, or 0
    site_url: str  # the address that readers and subscribers know
    hosts: list[str]  # further host names the site answers to, with commas between them
    agency: str  # the agency's name, as the masthead shows it
    credit: str  # the source credit of a dateline: BAGHDAD (Dispatches) -
    provider_id: str  # the agency's domain name in its items' URNs (RFC 3085); never change it
    languages: list[str]  # the editions of the site; the first stands at /
    time_zone: str  # the newsroom's, for times that name no zone
    proxies: list[str]  # the proxies in front, whose X-Forwarded-For is believed: networks, or how many
    mail_url: str  # the mail server: smtps://user:password@host; files in the home's folder mail when empty
    mail_from: str  # whom mail is from: Dispatches <letters@news.example>
    former_readers: str  # what becomes of comments when their writer closes his account: keep or erase
    secret_key: str  # signs sessions; made and kept in the home when empty

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read DATELINE_* variables, and what is left unset from `HOME/newsroom.env` (NAME=value lines)."""
        home = Path(environ.get("DATELINE_HOME") or "var").absolute()
        kept = _read_lines(home / "newsroom.env")

        def value(name: str, default: str) -> str:
            return environ.get(f"DATELINE_{name}") or kept.get(f"DATELINE_{name}") or default

        bind = value("BIND", "127.0.0.1:8000")
        site_url = value("SITE_URL", f"http://{bind.replace('0.0.0.0', 'localhost')}").rstrip("/")  # noqa: S104
        agency = value("AGENCY", "Dispatches")
        return cls(
            home=home,
            database_url=value("DATABASE_URL", f"sqlite:///{home / 'dateline.sqlite3'}"),
            replica_url=value("REPLICA_URL", ""),
            bind=bind,
            workers=int(value("WORKERS", str(machine.workers(machine.cores(), machine.memory())))),
            edge_memory=int(value("EDGE_MEMORY", "32")),
            edge_disk=int(value("EDGE_DISK", "1000")),
            metrics=value("METRICS", ""),
            log=_one_of(("line", "json"), value("LOG", "line"), "DATELINE_LOG"),
            access_log=_one_of(("0", "1"), value("ACCESS_LOG", "0"), "DATELINE_ACCESS_LOG") == "1",
            site_url=site_url,
            hosts=_words(value("HOSTS", "")),
            agency=agency,
            credit=value("CREDIT", agency),
            provider_id=value("PROVIDER_ID", "dateline.example"),
            languages=_words(value("LANGUAGES", "en,ar,fa,fr,es")),
            time_zone=value("TIME_ZONE", "UTC"),
            proxies=_words(value("PROXIES", "")),
            mail_url=value("MAIL_URL", ""),
            mail_from=value("MAIL_FROM", formataddr((agency, f"no-reply@{urlsplit(site_url).hostname}"))),
            former_readers=_one_of(("keep", "erase"), value("FORMER_READERS", "keep"), "DATELINE_FORMER_READERS"),
            secret_key=value("SECRET_KEY", ""),
        )


def _one_of(choices: tuple[str, ...], chosen: str, name: str) -> str:
    if chosen not in choices:
        raise ValueError(f"{name} must be {' or '.join(choices)}, not {chosen!r}.")
    return chosen


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _read_lines(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    pairs = (line.partition("=") for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}

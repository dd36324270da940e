"""What an operator may set: each an environment variable DATELINE_<NAME>."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, kw_only=True)
class Operator:
    """The operator's choices, each with a default that works at once."""

    home: Path  # where all state lives
    database_url: str  # postgres://user:password@host/name for PostgreSQL; SQLite in the home otherwise
    bind: str  # HOST:PORT to serve on
    workers: int  # processes that answer, one for each core
    edge_memory: int  # megabytes of finished pages that each worker keeps
    edge_disk: int  # megabytes of finished pages in HOME/edge, which all workers and nginx share; 0 for none
    metrics: str  # HOST:PORT where Prometheus may ask for /metrics; empty for nowhere
    site_url: str  # the address that readers and subscribers know
    hosts: list[str]  # further host names the site answers to, with commas between them
    agency: str  # the agency's name, as the masthead shows it
    credit: str  # the source credit of a dateline: BAGHDAD (Dispatches) -
    provider_id: str  # the agency's domain name in its items' URNs (RFC 3085); never change it
    languages: list[str]  # the editions of the site; the first stands at /
    time_zone: str  # the newsroom's, for times that name no zone
    secret_key: str  # signs sessions; made and kept in the home when empty

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read DATELINE_* variables, and what is left unset from `HOME/newsroom.env` (NAME=value lines)."""
        home = Path(environ.get("DATELINE_HOME") or "var").absolute()
        kept = _read_lines(home / "newsroom.env")

        def value(name: str, default: str) -> str:
            return environ.get(f"DATELINE_{name}") or kept.get(f"DATELINE_{name}") or default

        bind = value("BIND", "127.0.0.1:8000")
        return cls(
            home=home,
            database_url=value("DATABASE_URL", f"sqlite:///{home / 'dateline.sqlite3'}"),
            bind=bind,
            workers=int(value("WORKERS", "2")),
            edge_memory=int(value("EDGE_MEMORY", "32")),
            edge_disk=int(value("EDGE_DISK", "1000")),
            metrics=value("METRICS", ""),
            site_url=value("SITE_URL", f"http://{bind.replace('0.0.0.0', 'localhost')}").rstrip("/"),  # noqa: S104
            hosts=_words(value("HOSTS", "")),
            agency=value("AGENCY", "Dispatches"),
            credit=value("CREDIT", value("AGENCY", "Dispatches")),
            provider_id=value("PROVIDER_ID", "dateline.example"),
            languages=_words(value("LANGUAGES", "en,ar,fa,fr,es")),
            time_zone=value("TIME_ZONE", "UTC"),
            secret_key=value("SECRET_KEY", ""),
        )


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _read_lines(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    pairs = (line.partition("=") for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}

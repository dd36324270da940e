"""DATELINE_DATABASE_URL and DATELINE_REPLICA_URL, as Django's own settings say them."""

from typing import Any

import dj_database_url

SQLITE = {
    # Writers queue at BEGIN instead of failing at their first write.
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    # FULL: what we acknowledged survives a power cut, not only a crash.
    # A small cache, and no file mapped into memory: the kernel's own cache serves as fast, and no process grows.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000;",
}
# A server that is gone without a word is given up in seconds, and not, as the kernel would have it, in minutes.
PATIENCE = {
    "connect_timeout": "2",  # for each host
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "9000",
}
_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def settings(url: str, replica_url: str = "") -> dict[str, dict[str, Any]]:
    """The database at `url`, and its replica where there is one. ValueError names the cure."""
    if not url.startswith(("postgres://", "postgresql://")):
        if replica_url:
            raise ValueError("DATELINE_REPLICA_URL needs a PostgreSQL in DATELINE_DATABASE_URL.")
        return {
            "default": {
                **dj_database_url.parse(url, engine="dateline.server.sqlite", conn_max_age=None),
                "OPTIONS": SQLITE,
            }
        }
    found = {"default": {**postgresql("DATELINE_DATABASE_URL", url), "CONN_HEALTH_CHECKS": True}}
    if replica_url:
        found["replica"] = postgresql("DATELINE_REPLICA_URL", replica_url)  # asked before each page: server/replica.py
    return found


def postgresql(name: str, url: str) -> dict[str, Any]:
    """As libpq itself reads the URL: with several hosts, and whatever it knows behind the question mark."""
    from psycopg import Error
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except Error as error:
        raise ValueError(f"{name} is no address of a PostgreSQL: {error}") from error
    if "dbname" not in parts:
        raise ValueError(f"{name} names no database: postgresql://user:password@host/name.")
    return {
        "ENGINE": "dateline.server.postgresql",
        **{ours: parts.pop(theirs, "") for theirs, ours in _NAMES.items()},
        # 0: whatever a planned cursor asks is prepared (server/postgresql); Django's own cursors prepare nothing.
        "OPTIONS": {**PATIENCE, **parts, "prepare_threshold": 0},
        "CONN_MAX_AGE": None,
    }

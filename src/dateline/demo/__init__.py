"""The sample newsroom: one day of an invented agency, Meridian."""

from pathlib import Path

HERE = Path(__file__).parent
NEWSROOM = """\
# The sample newsroom's settings. An environment variable of the same name wins.
DATELINE_AGENCY=Meridian
DATELINE_CREDIT=Meridian
DATELINE_PROVIDER_ID=meridian.example
"""


def prepare(home: Path) -> None:
    """Name the agency of a new home, before the settings are read. A home that has a name keeps it."""
    if not (home / "newsroom.env").exists() and not (home / "dateline.sqlite3").exists():
        (home / "newsroom.env").write_text(NEWSROOM, "utf-8")

"""What an operator sets, and what is then so."""

import os
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from dateline.settings import databases
from dateline.settings.operator import Operator


def test_everything_works_unset(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    operator = Operator.from_environment({})
    assert operator.home == tmp_path / "var"
    assert operator.database_url == f"sqlite:///{tmp_path / 'var' / 'dateline.sqlite3'}"
    assert operator.site_url == "http://127.0.0.1:8000"
    assert operator.languages[:3] == ["en", "ar", "fa"]


def test_a_line_in_the_home_is_as_good_as_a_variable_and_the_variable_wins(tmp_path):
    (tmp_path / "newsroom.env").write_text(
        "# ours\nDATELINE_AGENCY=Pelican\nDATELINE_HOSTS = a.example, b.example\n", "utf-8"
    )
    operator = Operator.from_environment({"DATELINE_HOME": str(tmp_path)})
    assert (operator.agency, operator.credit, operator.hosts) == ("Pelican", "Pelican", ["a.example", "b.example"])
    operator = Operator.from_environment({"DATELINE_HOME": str(tmp_path), "DATELINE_AGENCY": "Heron"})
    assert operator.agency == "Heron"


def test_an_address_keeps_no_slash_at_its_end(tmp_path):
    environ = {"DATELINE_HOME": str(tmp_path), "DATELINE_SITE_URL": "https://news.example/"}
    assert Operator.from_environment(environ).site_url == "https://news.example"


def test_tests_leave_the_checkout_alone():
    temporary = Path(tempfile.gettempdir())
    for folder in (settings.HOME, settings.MEDIA_ROOT, settings.STATIC_ROOT, settings.EMAIL_FILE_PATH):
        assert Path(folder).is_relative_to(temporary), folder
    assert os.environ["DATELINE_HOME"] == str(settings.HOME)


def test_a_database_may_be_on_one_of_several_servers():
    url = "postgresql://ed:p%40ss@db1:5433,db2:5434/news?target_session_attrs=read-write&connect_timeout=7"
    found = databases.settings(url, "postgres://ed@%2Frun%2Fpg/news")
    default = found["default"]
    assert (default["HOST"], default["PORT"], default["PASSWORD"]) == ("db1,db2", "5433,5434", "p@ss")
    assert default["OPTIONS"]["target_session_attrs"] == "read-write"
    assert default["OPTIONS"]["connect_timeout"] == "7"
    assert (found["replica"]["HOST"], found["replica"]["NAME"]) == ("/run/pg", "news")


@pytest.mark.parametrize(
    ("url", "replica", "cure"),
    [
        ("sqlite:////tmp/x", "postgresql://db/news", "needs a PostgreSQL"),
        ("postgresql://db1:x/", "", "names no database"),
        ("postgresql://db/news?colour=blue", "", "no address"),
    ],
)
def test_a_database_that_cannot_be_is_refused_with_its_cure(url, replica, cure):
    with pytest.raises(ValueError, match=cure):
        databases.settings(url, replica)

"""What stands in the log, and what never does."""

import json
import logging
import os
import signal

import pytest

from dateline.server.logs import Json, Line
from tests.homes import Newsroom
from tests.processes import children, wait_until

PRIVATE = [
    ("GET", "/search/?q=canary"),
    ("GET", "/readers/enter/canary/"),
    ("POST", "/readers/enter/canary/"),
    ("GET", "/ar/readers/replies/canary/"),
    ("GET", "/comments/ban/?receipt=canary"),
    ("GET", "/desk/password_reset/confirm/MQ/canary/"),
    ("GET", "/nowhere/canary@news.example/"),
]


@pytest.fixture
def talkative(make_home):
    newsroom = make_home(kind=Newsroom, DATELINE_LOG="json", DATELINE_ACCESS_LOG="1")
    newsroom.serve()
    return newsroom


def lines(newsroom):
    """Those of standard error that are whole; before them stand the two that say where the site and the desk are."""
    whole = newsroom.log.rpartition("\n")[0].splitlines()
    return [json.loads(line) for line in whole if not line.startswith(("Site  ", "Desk  "))]


def answers(newsroom):
    return [line for line in lines(newsroom) if line["logger"] == "dateline.access"]


@pytest.mark.server
def test_each_answer_is_a_line_and_no_line_tells_who_read_what(talkative):
    for method, path in PRIVATE:
        talkative.ask(method, path, data=b"mail=canary@news.example" if method == "POST" else None, headers={})
    talkative.ask("POST", "/readers/", data=b"mail=canary@news.example", headers={"User-Agent": "canary"})
    assert talkative.get("/").status == 200
    wait_until(lambda: [line for line in answers(talkative) if line["path"] == "/"], "no line")  # it follows the answer
    front = next(line for line in answers(talkative) if line["path"] == "/")
    assert (front["method"], front["status"], front["level"]) == ("GET", 200, "INFO")
    assert front["bytes"] > 1_000
    assert front["source"] in ("made", "memory")
    assert front["process"] == "dateline-worker"
    assert len(answers(talkative)) > len(PRIVATE)
    assert "canary" not in talkative.log
    assert "127.0.0.1" not in "".join(line["message"] for line in answers(talkative))


@pytest.mark.server
def test_what_granian_says_is_json_too(talkative):
    wait_until(lambda: children(talkative.process.pid, "dateline-worker"), "no worker")
    os.kill(children(talkative.process.pid, "dateline-worker")[0], signal.SIGKILL)
    wait_until(lambda: "_granian" in [line["logger"] for line in lines(talkative)], "Granian is silent")
    assert talkative.stop() == 0
    assert {line["process"] for line in lines(talkative)} >= {"dateline-serve", "dateline-worker"}


@pytest.mark.server
def test_nothing_is_logged_of_an_answer_unless_it_is_asked_for(newsroom):
    newsroom.get("/")
    assert "GET /" not in newsroom.log


def record(message, *arguments, **extra):
    return logging.getLogger("dateline.test").makeRecord(
        "dateline.test", logging.ERROR, __file__, 1, message, arguments, None, extra=extra
    )


def test_a_line_of_json_has_the_time_with_its_zone_and_what_the_call_named():
    said = json.loads(Json().format(record("Mail %s: given up.\nWhy?", 12, seconds=3, request=object())))
    assert said["message"] == "Mail 12: given up.\nWhy?"
    assert said["seconds"] == 3
    assert "request" not in said
    assert said["time"][-6] in "+-"
    assert (said["level"], said["logger"], said["pid"]) == ("ERROR", "dateline.test", os.getpid())


def test_an_exception_stands_in_its_line():
    try:
        raise ValueError("no such place: canary@news.example")
    except ValueError as error:
        broken = record("Broken")
        broken.exc_info = (type(error), error, error.__traceback__)
    assert "ValueError: no such place: ..." in json.loads(Json().format(broken))["exception"]
    assert "ValueError: no such place: ..." in Line().format(broken)


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("Gone: /readers/enter/MTI:1uX/", "Gone: /readers/enter/..."),
        ("Forbidden: /fa/readers/replies/MTI/", "Forbidden: /fa/readers/replies/..."),
        ("at /news/12/?receipt=abc&after=3 now", "at /news/12/?receipt=...&after=... now"),
        ("to Rana <rana.h+x@news.example>.", "to Rana <...>."),
        ("Story 12: what? 5@3", "Story 12: what? 5@3"),
    ],
)
def test_links_that_open_a_door_and_addresses_are_blacked_out(said, logged):
    assert Line().format(record(said)).endswith(f": {logged}")

"""`dateline serve`: what an operator sees when things go well, and when they do not."""

import os
import resource
import signal
import socket
import subprocess

import psycopg
import pytest

from tests.processes import alive, children, freeze, kill, wait_until

pytestmark = pytest.mark.server


def parts(newsroom):
    """The supervisor's workers, and its follower."""
    parent = newsroom.process.pid
    return children(parent, "dateline-worker"), children(parent, "dateline-follow")


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def test_it_says_where_the_site_and_the_desk_are_and_stops_when_told(newsroom):
    assert f"Site  {newsroom.url}/" in newsroom.log
    assert f"Desk  {newsroom.url}/desk/" in newsroom.log
    assert newsroom.get("/").status == 200
    assert newsroom.get("/desk/login/").status == 200
    assert newsroom.stop() == 0
    assert is_free(newsroom.port)


def test_ctrl_c_stops_it_as_quietly(newsroom):
    wait_until(lambda: all(parts(newsroom)), "no workers or no follower")
    workers, followers = parts(newsroom)
    os.killpg(newsroom.process.pid, signal.SIGINT)
    assert newsroom.process.wait(30) == 0
    assert not any(map(alive, workers + followers))
    assert "rror" not in newsroom.log


def test_a_supervisor_that_is_killed_takes_everything_with_it(newsroom):
    wait_until(lambda: len(parts(newsroom)[0]) == 2 and parts(newsroom)[1], "not two workers and a follower")
    workers, followers = parts(newsroom)
    kill(newsroom.process.pid)
    newsroom.process.wait()
    wait_until(lambda: not any(map(alive, workers + followers)), "a child outlives its supervisor")
    wait_until(lambda: is_free(newsroom.port), "something keeps the port")
    newsroom.serve()
    assert newsroom.get("/healthz").status == 200


@pytest.mark.parametrize("time", ["once", "again and again"])
def test_a_killed_worker_is_replaced(newsroom, time):
    for _ in range(1 if time == "once" else 3):
        wait_until(lambda: len(parts(newsroom)[0]) == 2, "not two workers")
        before = parts(newsroom)[0]
        kill(*before)
        wait_until(
            lambda before=before: len(set(parts(newsroom)[0]) - set(before)) == 2, "killed workers are not replaced"
        )
    wait_until(newsroom._answers, "the site does not answer")
    assert newsroom.stop() == 0


def test_who_waits_for_workers_that_are_killed_is_answered_by_the_next(newsroom):
    wait_until(lambda: len(parts(newsroom)[0]) == 2, "not two workers")
    workers = parts(newsroom)[0]
    freeze(*workers)
    waiting = [socket.create_connection(("127.0.0.1", newsroom.port), timeout=30) for _ in range(8)]
    for reader in waiting:
        reader.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    kill(*workers)
    for reader in waiting:
        with reader:
            assert reader.recv(12) == b"HTTP/1.1 200"


def test_a_killed_follower_is_replaced_and_reads_on(newsroom, make_story):
    wait_until(lambda: parts(newsroom)[1], "no follower")
    before = parts(newsroom)[1]
    kill(*before)
    news_id = make_story(newsroom, "Quokkas at the harbour")
    newsroom.run("publish", news_id)
    wait_until(lambda: parts(newsroom)[1] and parts(newsroom)[1] != before, "a killed follower is not replaced")
    wait_until(lambda: "Quokkas" in newsroom.get("/search/?q=quokkas").text, "search does not find it")


@pytest.fixture
def make_story():
    def make(home, headline):
        return int(
            home.python(
                "from dateline.stories.models import Section, Story; from wagtail.models import Locale\n"
                f"story = Story(headline={headline!r}, section=Section.objects.first(), locale=Locale.get_default(),"
                ' body=\'[{"id": "1", "type": "paragraph", "value": "<p>They came at noon.</p>"}]\')\n'
                "story.save(); story.save_revision(); print(story.pk)"
            )
        )

    return make


def test_a_taken_port_is_said_with_the_cure(newsroom, make_home):
    second = make_home("second", DATELINE_BIND=f"127.0.0.1:{newsroom.port}")
    done = second.run("serve", check=False)
    assert done.returncode == 1
    assert "running already" in done.stderr
    assert "--bind" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--bind", "8000"], "HOST:PORT"),
        (["--bind", "127.0.0.1:99999"], "HOST:PORT"),
        (["--bind", "203.0.113.7:8000"], "Cannot serve on 203.0.113.7:8000"),
        (["--workers", "0"], "1 or more"),
    ],
)
def test_what_cannot_be_served_is_refused_in_a_sentence(home, arguments, says):
    done = home.run("serve", *arguments, check=False)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_was_never_made_is_not_served(home, tmp_path):
    (tmp_path / "empty").mkdir()
    home.folder = tmp_path / "empty"
    home.database_url = ""
    done = home.run("serve", check=False)
    assert done.returncode == 1
    assert "dateline init" in done.stderr


def test_a_full_disk_refuses_a_publish_and_leaves_nothing_half_done(home, make_story):
    if home.database_url:
        pytest.skip("SQLite only: PostgreSQL's files are its own server's")
    news_id = make_story(home, "A long night at the harbour")
    home.run("verify")  # so that all is in place but the publish
    largest = max(path.stat().st_size for path in home.folder.glob("dateline.sqlite3*"))

    def no_file_grows():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))

    assert largest > 4096
    done = subprocess.run(
        home.command("publish", news_id), env=home.environ, capture_output=True, text=True, preexec_fn=no_file_grows
    )
    assert done.returncode == 1
    assert "Nothing was recorded" in done.stderr
    assert "Traceback" not in done.stderr
    assert "0 publications" in home.run("verify").stdout
    home.run("publish", news_id)
    assert "1 publications, 1 stories" in home.run("verify").stdout


def test_a_database_that_went_away_is_found_again(newsroom, make_story):
    if not newsroom.database_url:
        pytest.skip("PostgreSQL only: SQLite is in the house")
    newsroom.get("/")
    with psycopg.connect(newsroom.database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    newsroom.run("publish", make_story(newsroom, "Quokkas at the harbour"))
    wait_until(lambda: "Quokkas" in newsroom.get("/search/?q=quokkas").text, "the follower does not come back")
    assert newsroom.get("/").status == 200

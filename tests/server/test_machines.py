"""Two application machines, a primary and its standby: real servers, of which some are lost."""

import secrets
import threading
import time

import pytest
from django.db import connection

from tests import postgres
from tests.homes import Newsroom, free_port
from tests.processes import wait_until

pytestmark = pytest.mark.server
BACK_SECONDS = 30  # the desk writes again this soon after the promotion

PUBLISH = """
from dateline.stories import actions
from dateline.stories.models import Section, Story
from wagtail.models import Locale
story = Story(headline={headline!r}, section=Section.objects.first(), locale=Locale.get_default(),
    body='[{{"id": "1", "type": "paragraph", "value": "<p>They came at noon.</p>"}}]')
story.save()
actions.publish(story)
print(story.pk, story.get_absolute_url())
"""


@pytest.fixture(scope="module")
def pair():
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: SQLite is in the house")
    with postgres.pair() as machines:
        yield machines


@pytest.fixture(scope="module")
def machines(pair, tmp_path_factory):
    """Two newsrooms that are served, of one database; public pages are read from the standby."""
    primary, standby = pair
    primary.say("CREATE DATABASE newsroom")
    settings = {
        "DATELINE_SECRET_KEY": secrets.token_hex(),
        "DATELINE_WORKERS": "1",
        "DATELINE_REPLICA_URL": f"postgresql://dateline@{standby.host},{primary.host}/newsroom",
    }
    url = f"postgresql://dateline@{primary.host},{standby.host}/newsroom?target_session_attrs=read-write"
    made = []
    for name in ("one", "two"):
        newsroom = Newsroom(tmp_path_factory.mktemp(name), url, dict(settings))
        newsroom.run("init")
        newsroom.port = free_port()
        newsroom.serve()
        made.append(newsroom)
    yield made
    for newsroom in made:
        newsroom.kill()


def publish(newsroom, headline):
    news_id, address = newsroom.python(PUBLISH.format(headline=headline)).split()
    return int(news_id), address


def within_a_second(what, why):
    """After the command ended, which is later than the publish."""
    until = time.monotonic() + 1.0
    while not what():
        assert time.monotonic() < until, why
        time.sleep(0.02)


def test_what_one_machine_publishes_and_kills_the_other_shows_and_hides_within_a_second(machines):
    one, two = machines
    assert "Quokkas" not in two.get("/").text
    news_id, address = publish(one, "Quokkas at the harbour")
    within_a_second(lambda: "Quokkas" in two.get("/").text, "the other machine's front does not show it")
    assert two.get(address).status == 200
    one.run("kill", news_id, "--note", "There were none.")
    within_a_second(lambda: two.get(address).status == 410, "the other machine still shows what was killed")
    assert "harbour" not in two.get("/").text


def test_public_pages_are_read_from_the_replica_and_the_desk_from_the_primary(pair, machines):
    one = machines[0]
    primary, standby = pair
    read = "SELECT sum(tup_returned + tup_fetched) FROM pg_stat_database WHERE datname = 'newsroom'"
    assert one.get("/desk/login/").status == 200
    before = standby.say(read) or 0
    for number in range(3):
        assert one.get(f"/?n={number}").status == 200
    connected = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'newsroom'"
    assert standby.say(connected) > 0
    wait_until(lambda: standby.say(read) > before, "nothing was read from the replica")
    assert primary.say("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'") == 2


def test_a_replica_that_lags_keeps_nothing_stale_and_a_kill_does_not_wait_for_it(pair, machines):
    one, two = machines
    _, standby = pair
    wait_until(lambda: one.get("/").status == 200 and two.get("/").status == 200, "they do not answer")
    replay(standby, "pause")
    try:
        news_id, address = publish(one, "Numbats in the square")
        within_a_second(lambda: "Numbats" in two.get("/").text, "a lagging replica keeps the front from showing it")
        assert two.get(address).status == 200
        one.run("kill", news_id, "--note", "There were none.")
        within_a_second(lambda: two.get(address).status == 410, "a lagging replica keeps what was killed")
        assert "Numbats" not in one.get("/").text + two.get("/").text
    finally:
        replay(standby, "resume")
    assert two.get(address).status == 410


def replay(standby, what):
    with postgres.psycopg.connect(f"postgresql://dateline@{standby.host}/newsroom", autocommit=True) as session:
        session.execute(f"SELECT pg_wal_replay_{what}()")


def test_a_bell_that_was_cut_off_loses_nothing_and_is_heard_again(pair, machines):
    one, two = machines
    primary, _ = pair
    listening = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    primary.say("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    publish(one, "Bettongs by the river")
    within_a_second(lambda: "Bettongs" in two.get("/").text, "without the bell nothing is followed")
    wait_until(lambda: primary.say(listening) == 2, "the bell is not listened for again")


class Readers(threading.Thread):
    """Readers of pages that nothing keeps, one after the other."""

    def __init__(self, newsroom, address):
        super().__init__(daemon=True)
        self.newsroom, self.address = newsroom, address
        self.answers, self.stop = [], threading.Event()

    def run(self):
        while not self.stop.is_set():
            for path in ("/", f"/?n={secrets.token_hex(4)}", self.address):
                try:
                    self.answers.append((path, self.newsroom.get(path).status))
                except OSError as error:
                    self.answers.append((path, error))
            time.sleep(0.05)


def test_the_site_reads_on_and_the_desk_writes_again_when_the_standby_takes_over(pair, machines):
    one, two = machines
    primary, standby = pair
    acknowledged = [publish(one, "Potoroos on the hill")]
    publish(one, "Wombats at the gate")
    readers = [Readers(newsroom, acknowledged[0][1]) for newsroom in machines]
    for each in readers:
        each.start()
    primary.kill()
    time.sleep(1.0)
    assert one.run("kill", acknowledged[0][0], "--note", "No.", check=False, timeout=60).returncode != 0
    desk = one.get("/desk/login/")
    assert (desk.status, "Nothing can be written now" in desk.text) == (503, True)
    assert one.get("/healthz").text.startswith("reading only")
    standby.say("SELECT pg_promote()")
    until = time.monotonic() + BACK_SECONDS
    while one.run("kill", acknowledged[0][0], "--note", "No.", check=False).returncode:
        assert time.monotonic() < until, "the desk does not write again"
    wait_until(lambda: two.get(acknowledged[0][1]).status == 410, "the other machine does not follow the new primary")
    for each in readers:
        each.stop.set()
        each.join()
    answers = [answer for each in readers for answer in each.answers]
    assert len(answers) > 20
    assert not [answer for answer in answers if answer[1] not in (200, 410)]
    assert "Wombats" in one.get("/?after").text
    assert one.get("/healthz").text == "ok\n"
    one.run("verify")
    one.run("backup", one.folder / "after.tar.gz")

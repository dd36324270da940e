"""`kill -9`, twenty times at random moments: nothing that was acknowledged is lost, nothing is there twice."""

import http.cookiejar
import json
import random
import sqlite3
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing

import psycopg
import pytest

from tests.homes import Newsroom
from tests.newsroom.publishers import People
from tests.processes import children, kill, wait_until

pytestmark = pytest.mark.server

IMPORTS, PUBLISHES = 7, 13  # kills
DOCUMENTS = 1500
PASSWORD = "a long password for the tests"
LOOKED_AT = 40  # stories that are read on their pages, after the last kill


@pytest.fixture
def dice():
    seed = random.randrange(10**9)
    print(f"dice: {seed}")  # pytest shows it when the test fails
    return random.Random(seed)


@pytest.fixture
def served(make_home):
    newsroom = make_home(kind=Newsroom)
    newsroom.serve()
    return newsroom


def record(newsroom):
    """Every publication, as an outsider gets it: `dateline export`."""
    return [json.loads(line) for line in newsroom.run("export").stdout.splitlines()]


def count(newsroom):
    """The number of the newest publication, asked of the database itself."""
    if newsroom.database_url:
        connection = psycopg.connect(newsroom.database_url)
    else:
        connection = sqlite3.connect(newsroom.folder / "dateline.sqlite3")
    with closing(connection):
        return connection.execute("SELECT COALESCE(MAX(seq), 0) FROM stories_publication").fetchone()[0]


def check_numbers(rows):
    """No number is skipped or doubled, of the agency or of a story."""
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    versions = {}
    for row in rows:
        versions.setdefault(row["news_id"], []).append(row["version"])
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in versions.values())


# -- Import -------------------------------------------------------------------------------------------------------------


def test_an_import_goes_on_where_kill_9_stopped_it(served, tmp_path, dice):
    archive = tmp_path / "archive.jsonl"
    with archive.open("w", encoding="utf-8") as file:
        for number in range(1, DOCUMENTS + 1):
            document = {
                "news_id": 5000 + number, "headline": f"Report {number}", "place": "Harbour City",
                "published_at": f"2001-01-{number % 28 + 1:02}T12:00:00Z", "body": f"Ship unit{number:05} came in.",
            }  # fmt: skip
            file.write(json.dumps(document) + "\n")
    for number in range(IMPORTS):
        before = count(served)
        importing = served.start("import", archive)
        if number % 2 == 0:  # amid its writing
            wait_until(lambda: count(served) > before or importing.poll() is not None, "the import writes nothing")  # noqa: B023
            time.sleep(dice.uniform(0.0, 0.3))
        else:
            time.sleep(dice.uniform(0.0, 4.0))
        strike(served, dice.choice(["all", "worker", "follower", "nobody"]), importing.pid)
        importing.wait()
        if number % 3 == 0:
            assert "The record holds" in served.run("verify").stdout
    served.run("import", archive)
    rows = record(served)
    check_numbers(rows)
    assert sorted(row["news_id"] for row in rows) == list(range(5001, 5001 + DOCUMENTS))
    served.run("import", archive)
    assert len(record(served)) == DOCUMENTS, "a second run adds nothing"
    assert "The record holds" in served.run("verify").stdout
    for number in dice.sample(range(1, DOCUMENTS + 1), 10):
        assert f"unit{number:05}" in served.get(f"/news/{5000 + number}/report-{number}/").text
        assert f"/news/{5000 + number}/" in served.get(f"/search/?q=unit{number:05}").text


def strike(newsroom, who, *others):
    """`kill -9` part of the server, and others, at once; then start the server where it cannot mend itself."""
    parent = newsroom.process.pid
    victims = {
        "all": [parent, *children(parent)],
        "supervisor": [parent],
        "worker": children(parent, "dateline-worker")[:1],
        "follower": children(parent, "dateline-follow"),
        "nobody": [],
    }
    kill(*victims[who], *others)
    if parent in victims[who]:
        newsroom.process.wait()
        newsroom.serve()
    else:
        wait_until(newsroom._answers, f"the site does not answer after this was killed: {who}")


# -- Publishes ----------------------------------------------------------------------------------------------------------


class Corrector(threading.Thread):
    """An editor in a browser: corrects one story after another at the desk, and keeps each yes."""

    def __init__(self, newsroom, news_ids):
        super().__init__(daemon=True)
        self.newsroom, self.news_ids, self.heard = newsroom, news_ids, []
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        self.over = threading.Event()

    def run(self):
        """Logs in once: that too is kept, whoever is killed."""
        entered = False
        while not self.over.is_set() and self.news_ids:
            try:
                if not entered:
                    self.log_in()
                    entered = True
                self.correct(self.news_ids[0])
                self.heard.append(self.news_ids.pop(0))
            except OSError as error:
                nothing_was_sent = isinstance(getattr(error, "reason", None), ConnectionRefusedError)
                if entered and not nothing_was_sent:  # the server was killed: whether it was done, nobody said
                    self.news_ids.pop(0)
                time.sleep(0.1)

    def log_in(self):
        self.ask("/desk/login/")
        self.ask("/desk/login/", username="rana", password=PASSWORD, next="/desk/")

    def correct(self, news_id):
        answer = self.ask(f"/desk/stories/{news_id}/correct/", note=f"The time was wrong in {news_id}.")
        assert f"Story {news_id} is corrected" in answer, answer[:2000]

    def ask(self, path, **fields):
        jar = next(handler for handler in self.opener.handlers if hasattr(handler, "cookiejar")).cookiejar
        token = next((cookie.value for cookie in jar if cookie.name == "csrftoken"), "")
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode() if fields else None
        request = urllib.request.Request(self.newsroom.url + path, data=data, headers={"Referer": self.newsroom.url})
        with self.opener.open(request, timeout=30) as response:
            return response.read().decode()


def prepare(newsroom):
    """Stories that are out and have a corrected draft, and some that are scheduled for the seconds to come."""
    newsroom.run("user", "add", "rana", "--role", "chief", "--password-stdin", stdin=PASSWORD + "\n")
    said = newsroom.python(
        "import json\n"
        "from datetime import timedelta\n"
        "from django.utils import timezone\n"
        "from wagtail.models import Locale\n"
        "from dateline.stories import actions\n"
        "from dateline.stories.models import Section, Story\n"
        "def draft(headline):\n"
        "    body = [{'id': '1', 'type': 'paragraph', 'value': '<p>They came at noon.</p>'}]\n"
        "    story = Story(headline=headline, section=Section.objects.first(), locale=Locale.get_default())\n"
        "    story.body = json.dumps(body)\n"
        "    story.save()\n"
        "    return story\n"
        "right, later = [], []\n"
        "for number in range(60):\n"
        "    story = draft(f'Ferry {number}')\n"
        "    actions.publish(story)\n"
        "    story.headline = f'Ferry {number}, an hour later'\n"
        "    story.save_revision()\n"
        "    right.append(story.pk)\n"
        "for number in range(25):\n"
        "    story = draft(f'Tide {number}')\n"
        "    story.go_live_at = timezone.now() + timedelta(seconds=2 + number)\n"
        "    story.save_revision().publish()\n"
        "    later.append(story.pk)\n"
        "print(json.dumps([right, later]))"
    )
    return json.loads(said)


def test_no_acknowledged_publish_is_lost_by_kill_9(served, tmp_path, dice):
    to_correct, scheduled = prepare(served)
    last_due = time.monotonic() + 30
    yes = tmp_path / "yes.jsonl"
    people, corrector = People(served, yes), Corrector(served, to_correct)
    corrector.start()
    try:
        for number in range(PUBLISHES):
            people.hire(2 - len(people.pids))
            time.sleep(dice.uniform(0.2, 1.5))
            if number % 4 == 0:  # those who publish leave the desk little of the database
                wait_until(lambda: len(corrector.heard) > number // 4, "nothing is corrected at the desk", 60)  # noqa: B023
            fired = dice.sample(people.pids, dice.randint(0, 2))
            strike(served, dice.choice(["all", "supervisor", "worker", "follower"]), *fired)
            people.pids = [pid for pid in people.pids if pid not in fired]
            if number % 4 == 3:
                check_heard(read(yes), record(served))
    finally:
        people.end()
        corrector.over.set()
    corrector.join(60)
    heard = read(yes)
    time.sleep(max(0.0, last_due - time.monotonic()))
    rows = record(served)
    check_heard(heard, rows)
    assert len(heard) > PUBLISHES, "hardly anything was published: this showed nothing"
    assert all([row["kind"] for row in rows if row["news_id"] == news_id] == ["publish"] for news_id in scheduled)
    corrected = {row["news_id"] for row in rows if row["kind"] == "correct"}
    assert corrected >= set(corrector.heard)
    assert "The record holds" in served.run("verify").stdout
    check_the_site(served, rows, dice)


def read(file):
    return [json.loads(line) for line in file.read_text().splitlines() if line.endswith("}")]


def check_heard(heard, rows):
    """Each yes is in the record, once, as it was said."""
    check_numbers(rows)
    by_number = {row["seq"]: row for row in rows}
    for said in heard:
        row = by_number.get(said["seq"])
        assert row, f"publication {said['seq']} was acknowledged, and is lost"
        assert (row["news_id"], row["version"], row["kind"]) == (said["news_id"], said["version"], said["kind"])
        assert said["word"] in json.dumps(row)


def check_the_site(newsroom, rows, dice):
    """Pages, search and feeds say what the newest version of each story says."""
    newest = {row["news_id"]: row for row in rows}
    for news_id in dice.sample(sorted(newest), min(LOOKED_AT, len(newest))):
        row = newest[news_id]
        item = json.loads(newsroom.get(f"/news/{news_id}.json").text)
        assert item["version"] == str(row["version"])
        history = newsroom.get(f"/news/{news_id}/history/").text
        assert f"/news/{news_id}/v/{row['version']}/" in history or row["version"] == 1 or row["kind"] == "kill"
        if row["kind"] == "kill":
            answer = newsroom.get(f"/news/{news_id}/")
            assert answer.status == 410
            assert row["note"] in answer.text
            continue
        headline = next(entry["value"] for entry in row["item"]["headlines"] if entry["role"] == "main")
        slug = next(entry["value"] for entry in row["item"]["altids"] if entry["role"] == "slug")
        assert headline in newsroom.get(f"/news/{news_id}/{slug}/").text
        found = newsroom.get("/search/?" + urllib.parse.urlencode({"q": headline})).text
        assert f"/news/{news_id}/" in found
    for killed in dice.sample([row for row in newest.values() if row["kind"] == "kill"], 5):
        first = next(row for row in rows if row["news_id"] == killed["news_id"])
        word = first["item"]["headlines"][0]["value"].rpartition(" ")[2]
        assert f"/news/{killed['news_id']}/" not in newsroom.get(f"/search/?q={word}").text
    feed = json.loads(newsroom.get("/feeds/feed.json").text)
    out = sorted(
        (next(row["at"] for row in rows if row["news_id"] == news_id), news_id)
        for news_id, row in newest.items()
        if row["kind"] != "kill"
    )[::-1]
    in_feed = [int(entry["url"].partition("/news/")[2].split("/")[0]) for entry in feed["items"] if "url" in entry]
    assert in_feed == [news_id for _, news_id in out][: len(in_feed)]
    assert in_feed

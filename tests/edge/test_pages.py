"""What is kept, for how long, and what makes it go."""

import gzip
import os
import threading
import time

import brotli
import pytest
import zstandard

from dateline.edge import keys
from dateline.edge.kept import choose
from dateline.edge.pages import Pages
from dateline.server.asking import Answer

WORDS = b"<p>The mayor resigned on Monday.</p>" * 100


def answer(body=WORDS, *, shows="story-12 site", keep="86400", status=200, **more):
    headers = {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "public, max-age=5",
        "surrogate-key": shows,
        "x-edge-keep": keep,
        **more,
    }
    return Answer(status, list(headers.items()), body)


class Application:
    """Answers one page, and counts how often it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers) or [answer()]
        self.asked = 0

    def __call__(self):
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


@pytest.fixture
def pages(tmp_path):
    """A worker's pages, with somebody who follows the purges."""
    made = Pages(tmp_path / "edge", memory=1_000_000, disk=10_000_000)
    made.marks.beat()
    return made


@pytest.fixture
def another(pages):
    """Another worker on the same machine."""
    return Pages(pages.disk.root, memory=1_000_000, disk=10_000_000)


def ask(pages, application, address="/news/12/mayor/"):
    """What a reader gets, as the gateway goes about it."""
    kept, good = pages.find(address)
    if not good:
        kept = pages.make(address, application)
        if kept:
            pages.memory.keep(address, kept)
    return kept


def test_a_page_is_made_once(pages, another):
    application = Application()
    assert [ask(pages, application).body for _ in range(3)] == [WORDS] * 3
    assert ask(another, application).body == WORDS
    assert application.asked == 1


def test_a_purge_in_one_process_holds_in_all(pages, another):
    application = Application(answer(b"first" * 200), answer(b"second" * 200))
    ask(pages, application), ask(another, application)
    pages.disk.purge(["story-12"])
    assert ask(another, application).body == b"second" * 200
    assert ask(pages, application).body == b"second" * 200
    assert application.asked == 2


def test_a_purge_of_something_else_leaves_it(pages):
    application = Application()
    ask(pages, application)
    pages.disk.purge(["story-13", "front-en"])
    ask(pages, application)
    assert application.asked == 1


def test_everything_can_be_purged(pages):
    application = Application()
    ask(pages, application)
    pages.disk.purge([keys.EVERYTHING])
    assert not list(pages.disk.pages.rglob("*.html"))
    ask(pages, application)
    assert application.asked == 2


def test_what_changed_may_be_shown_once_more_for_a_moment_and_what_was_killed_may_not(pages):
    ask(pages, Application())
    pages.disk.purge(["story-12"])
    assert pages.find("/news/12/mayor/") == (pages.memory.get("/news/12/mayor/"), False)
    pages.disk.purge(["story-12"], hard=True)
    assert pages.find("/news/12/mayor/") == (None, False)


def test_a_kill_while_a_page_is_rendered_has_it_rendered_again(pages):
    asked = []

    def application():
        asked.append(1)
        if len(asked) == 1:
            pages.disk.purge(["story-12"], hard=True)
            return answer(b"the killed words" * 50)
        return answer(b"withdrawn" * 100, status=410)

    assert ask(pages, application).status == 410
    assert not (pages.disk.pages / "news/12/mayor/index.html").exists()


def test_a_page_that_changed_while_it_was_rendered_is_not_kept(pages):
    def application():
        pages.disk.purge(["story-12"])
        return answer()

    ask(pages, application)
    assert pages.find("/news/12/mayor/")[1] is False
    assert not (pages.disk.pages / "news/12/mayor/index.html").exists()


def test_when_nobody_follows_the_purges_nothing_kept_is_trusted(pages, monkeypatch):
    application = Application()
    ask(pages, application)
    monkeypatch.setattr("dateline.edge.pages.HEARTBEAT", 0)
    ask(pages, application), ask(pages, application)
    assert application.asked == 3


@pytest.mark.parametrize(
    "private",
    [
        {"cache-control": "no-store"},
        {"set-cookie": "a=b"},
        {"vary": "Cookie"},
        {"keep": "0"},
        {"content-encoding": "gzip"},
    ],
)
def test_what_is_for_one_reader_is_never_kept(pages, private):
    application = Application(answer(**private))
    assert ask(pages, application) is None
    assert ask(pages, application) is None
    assert application.asked == 2


def test_what_changes_with_time_is_kept_for_its_time_and_not_as_a_file(pages):
    ask(pages, Application(answer(keep="60")))
    kept = pages.memory.get("/news/12/mayor/")
    assert 59e9 < kept.until - kept.born <= 60e9
    assert not (pages.disk.pages / "news/12/mayor/index.html").exists()


def test_two_processes_ask_the_application_once(pages, another):
    began, go_on = threading.Event(), threading.Event()
    asked = []

    def slow():
        asked.append(1)
        began.set()
        go_on.wait(5)
        return answer()

    threads = [threading.Thread(target=each.make, args=("/", slow)) for each in (pages, another)]
    threads[0].start()
    began.wait(5)
    threads[1].start()
    time.sleep(0.1)
    go_on.set()
    [thread.join() for thread in threads]
    assert len(asked) == 1


class TestEncodings:
    def test_each_reads_the_same(self, pages):
        kept = ask(pages, Application())
        decode = {
            "": bytes,
            "gzip": gzip.decompress,
            "br": brotli.decompress,
            "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
        }
        for name, reading in decode.items():
            variant = kept.variant(name)
            assert reading(variant.body) == WORDS
            assert dict(variant.headers).get("content-encoding", "") == name
            assert dict(variant.headers)["vary"] == "Accept-Encoding"
        assert len({kept.variant(name).etag for name in decode}) == 4

    @pytest.mark.parametrize(
        ("accepted", "encoding"),
        [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip;q=1.0, br;q=0", "gzip"),
            ("identity", ""),
            ("*", "br"),
            ("br;q=0, *;q=0.1", "zstd"),
            ("GZIP", "gzip"),
            ("gzip;q=nonsense", ""),
            (",;,=;q", ""),
        ],
    )
    def test_the_asker_decides(self, accepted, encoding):
        assert choose(accepted) == encoding

    def test_pictures_are_left_as_they_are(self, pages):
        kept = ask(pages, Application(answer(os.urandom(5_000), **{"content-type": "image/webp"})))
        assert "content-encoding" not in dict(kept.variant("br").headers)


class TestMemory:
    def test_what_was_asked_for_least_lately_goes_first(self, tmp_path):
        pages = Pages(tmp_path, memory=200_000, disk=0)
        pages.marks.beat()
        for number in range(100):
            ask(pages, Application(), f"/news/{number}/x/")
            ask(pages, Application(), "/")
        assert pages.memory.bytes <= 200_000
        assert pages.memory.get("/") and pages.memory.get("/news/99/x/")
        assert pages.memory.get("/news/0/x/") is None

    def test_what_would_fill_it_alone_is_not_kept(self, tmp_path):
        pages = Pages(tmp_path, memory=200_000, disk=0)
        pages.marks.beat()
        ask(pages, Application(answer(b"x" * 100_000)))
        assert len(pages.memory) == 0


class TestDisk:
    def test_it_is_laid_out_as_addresses_are(self, pages):
        for address in ("/", "/news/12/mayor/", "/feeds/rss.xml", "/ar/news/7/الخبر/"):
            ask(pages, Application(), address)
        found = {str(path.relative_to(pages.disk.pages)) for path in pages.disk.pages.rglob("*") if path.is_file()}
        plain = {"index.html", "news/12/mayor/index.html", "feeds/rss.xml", "ar/news/7/الخبر/index.html"}
        assert found == plain | {f"{name}.gz" for name in plain}
        assert gzip.decompress((pages.disk.pages / "index.html.gz").read_bytes()) == WORDS

    @pytest.mark.parametrize(
        "address",
        [
            "/search/?q=a",
            "/../../etc/passwd",
            "/a//b/",
            "/a/./b/",
            "/a\0b/",
            f"/{'x' * 300}/",
            "/news/12/index.html",
            "*",
        ],
    )
    def test_no_address_leads_elsewhere(self, pages, address):
        assert pages.disk.path(address) is None
        ask(pages, Application(), address)
        assert not list(pages.disk.root.parent.rglob("*.html"))

    def test_a_purge_leaves_no_file_but_those_that_come_again(self, pages):
        ask(pages, Application(answer(shows="story-1 front-en site")), "/")
        ask(pages, Application(answer(shows="story-1 site")), "/news/1/x/")
        pages.disk.purge(["story-1"], spare=["/"])
        assert [path.name for path in pages.disk.pages.rglob("*") if path.is_file()] == ["index.html.gz", "index.html"]
        assert pages.disk.load("/") is None

    def test_it_never_takes_more_than_its_room(self, tmp_path):
        pages = Pages(tmp_path, memory=0, disk=len(WORDS) * 100)
        pages.marks.beat()
        for number in range(400):
            pages.marks.beat()
            ask(pages, Application(), f"/news/{number}/x/")
        files = list(pages.disk.pages.rglob("*.html"))
        assert 0 < len(files) <= 101
        assert (pages.disk.pages / "news/399/x/index.html").exists()

    def test_a_full_disk_costs_no_answer(self, pages, monkeypatch, caplog):
        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("dateline.edge.disk._replace", full)
        assert ask(pages, Application()).body == WORDS
        assert ask(pages, Application(), "/other/").body == WORDS
        assert caplog.text.count("No space left") == 1

    def test_a_broken_index_costs_no_answer_and_no_purge(self, pages):
        ask(pages, Application())
        (pages.disk.root / "index.sqlite3").write_bytes(b"not a database")
        fresh = Pages(pages.disk.root, memory=1_000_000, disk=1_000_000)
        assert ask(fresh, Application()).body == WORDS
        fresh.disk.purge(["story-12"])
        assert fresh.find("/news/12/mayor/")[1] is False

    def test_a_writer_who_hangs_cannot_bring_back_what_was_killed(self, pages, another, monkeypatch):
        hung, go_on = threading.Event(), threading.Event()
        write = another.disk._write

        def slow(*args):
            hung.set()
            go_on.wait(5)
            write(*args)

        monkeypatch.setattr(another.disk, "_write", slow)
        writer = threading.Thread(target=another.make, args=("/news/12/mayor/", Application()))
        writer.start()
        hung.wait(5)
        began = time.monotonic()
        pages.disk.purge(["story-12"], hard=True)
        assert time.monotonic() - began < 1
        go_on.set()
        writer.join()
        pages.disk.settle()
        assert not (pages.disk.pages / "news/12/mayor/index.html").exists()

"""Pages that are kept, through the whole server: when a publish shows, what a kill leaves, how many wait for one rendering."""

import concurrent.futures
import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from urllib.parse import quote, urlencode

import pytest

from tests.homes import Newsroom, free_port
from tests.processes import children, freeze, wait_until

pytestmark = pytest.mark.server

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@pytest.fixture
def desk(newsroom):
    """What an editor does: `desk("publish", headline="...")` makes a story and returns its News ID and address."""

    def make(headline):
        told = newsroom.python(
            "from dateline.stories import actions; from dateline.stories.models import Section, Story\n"
            "from wagtail.models import Locale\n"
            f"story = Story(headline={headline!r}, section=Section.objects.first(), locale=Locale.get_default(),"
            ' body=\'[{"id": "1", "type": "paragraph", "value": "<p>They came at noon.</p>"}]\')\n'
            "story.save(); actions.publish(story); print(story.pk, story.get_absolute_url())"
        )
        news_id, address = told.split()
        return int(news_id), address

    return make


class Front:
    """The newsroom, asked at another port."""

    def __init__(self, newsroom, port):
        self.newsroom, self.port = newsroom, port

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def post(self, path, form):
        return self.ask("POST", path, data=form, headers={"Content-Type": "application/x-www-form-urlencoded"})

    def ask(self, method, path, **sent):
        own, self.newsroom.port = self.newsroom.port, self.port
        try:
            return self.newsroom.ask(method, path, **sent)
        finally:
            self.newsroom.port = own

    def answers(self):
        try:
            return self.get("/").status
        except OSError:
            return 0


@pytest.fixture
def nginx(newsroom, tmp_path):
    """nginx in front of the newsroom, with the configuration that `dateline nginx` writes. Its address."""
    if NGINX is None:
        pytest.skip("nginx is not installed")
    port = free_port()
    (tmp_path / "dateline.conf").write_text(newsroom.run("nginx", "--listen", f"127.0.0.1:{port}").stdout)
    main = (
        f"{'user root; ' if os.geteuid() == 0 else ''}worker_processes 1; pid {tmp_path}/pid; error_log {tmp_path}/log;\n"
        "events { } http { access_log off;"
        + "".join(f" {name}_temp_path {tmp_path};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        + f" include {tmp_path}/dateline.conf; }}\n"
    )
    (tmp_path / "nginx.conf").write_text(main)
    command = [NGINX, "-c", f"{tmp_path}/nginx.conf", "-p", str(tmp_path), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    front = Front(newsroom, port)
    wait_until(front.answers, "nginx does not answer")
    yield front
    process.terminate()
    assert process.wait(10) == 0
    assert "emerg" not in (process.stderr.read() or "")


def count(newsroom, name):
    """The value of one of the server's figures."""
    import urllib.request

    with urllib.request.urlopen(f"http://{newsroom.settings['DATELINE_METRICS']}/metrics", timeout=10) as response:
        text = response.read().decode()
    return sum(float(value) for value in re.findall(rf"^{re.escape(name)} (\S+)$", text, re.M))


def test_a_publish_shows_everywhere_and_a_kill_leaves_nothing(newsroom, desk):
    news_id, address = desk("Quokkas at the harbour")
    places = [
        address,
        "/",
        "/feeds/rss.xml",
        "/feeds/atom.xml",
        "/feeds/feed.json",
        "/news-sitemap.xml",
        "/sitemap.xml",
    ]
    wait_until(lambda: "Quokkas" in newsroom.get("/").text, "the front never shows it")
    wait_until(lambda: "Quokkas" in newsroom.get("/search/?q=quokkas").text.split("<main")[1], "search never finds it")
    for place in places[:5]:
        assert "Quokkas" in newsroom.get(place).text, place
        assert newsroom.get(place).status == 200
    newsroom.run("kill", news_id, "--note", "There were none.")
    wait_until(lambda: newsroom.get(address).status == 410, "the page is still there")
    wait_until(lambda: "harbour" not in newsroom.get("/").text, "the front still shows it")
    for place in [*places, "/search/?q=quokkas"]:
        assert "at the harbour" not in newsroom.get(place).text, place
    kept = [path for path in (newsroom.folder / "edge/pages").rglob("*") if path.is_file() and path.suffix != ".gz"]
    assert not [path for path in kept if b"at the harbour" in path.read_bytes()]


def test_who_writes_something_finds_it_on_the_next_page_he_asks_for(newsroom, desk):
    news_id, _address = desk("Quokkas at the harbour")
    newsroom.python(
        "from dateline.comments.moderation import modes; from django.contrib.auth.models import User\n"
        "modes.set_mode(modes.SITE, 'open', None, by=User.objects.create_superuser('mona'))"
    )
    for words in ("Nobody saw them leave the quay.", "My daughter drew one yesterday", "Where do they sleep at night?"):
        form = urlencode({"comment": words}).encode()
        sent = newsroom.ask("POST", f"/news/{news_id}/comments/", data=form, headers={"Origin": newsroom.url})
        assert sent.status == 303, sent.text
        assert words in newsroom.get(f"/news/{news_id}/comments/").text


def test_a_section_that_is_renamed_or_new_is_on_whatever_page_any_worker_makes_next(newsroom):
    numbers = itertools.count()

    def names():
        pages = [newsroom.get(f"/search/?q={next(numbers)}").text for _ in range(20)]  # none of them was ever made
        return {name for page in pages for name in re.findall(r'<a href="/section/[^>]+>([^<]+)</a>', page)}

    before = newsroom.python(
        "from dateline.stories.models import Section; print(Section.objects.filter(in_navigation=True).first().name)"
    ).strip()
    assert before in names()
    newsroom.python(
        "from dateline.stories.models import Section\n"
        "first = Section.objects.filter(in_navigation=True).first(); first.name = 'The quay'; first.save()\n"
        "Section.objects.create(slug='night', name='By night')"
    )
    assert {"The quay", "By night"} <= names()
    assert before not in names()


def test_every_worker_says_the_same(newsroom, desk):
    _news_id, address = desk("Quokkas at the harbour")
    wait_until(lambda: newsroom.get(address).status == 200, "never published")
    assert len({newsroom.get(address).body for _ in range(30)}) == 1


def test_who_has_a_page_is_told_so_in_every_encoding(newsroom):
    tags = set()
    for encoding in ("gzip", "br", "zstd", "identity"):
        answer = newsroom.get("/", Accept_Encoding=encoding)
        assert answer.headers.get("Content-Encoding", "identity") == encoding
        tags.add(answer.headers["ETag"])
        again = newsroom.get("/", Accept_Encoding=encoding, If_None_Match=f'"x", W/{answer.headers["ETag"]}')
        assert (again.status, again.body) == (304, b"")
    assert len(tags) == 4


def test_head_says_what_get_does_and_sends_nothing(newsroom):
    full, head = newsroom.get("/"), newsroom.ask("HEAD", "/", headers={})
    assert head.body == b""
    for name in ("ETag", "Content-Length", "Content-Type", "Cache-Control", "Surrogate-Key"):
        assert head.headers[name] == full.headers[name]


def test_no_address_passes_for_another(newsroom):
    """A question mark that is part of a path is no query: nothing asked so is kept for who asks with one."""
    assert newsroom.get("/search/%3Fq=mayor").status == 404
    assert newsroom.get("/search/?q=mayor").status == 200
    assert newsroom.get("//evil.example/").status == 404
    assert newsroom.get("/" + quote("\n\r\0")).status == 404


def test_nothing_that_a_client_sends_is_answered_with_our_failure(newsroom):
    """Letters as they are, lone bytes, half an escape, NUL, more than anybody asks: in addresses and in headers."""
    odd = [
        "?q=بغداد".encode(), b"?q=\xff\xfe&before=\xd9", b"?q=%&after=%zz", b"?q=%00&language=%00", "?before=٩".encode(),
        b"?before=" + b"9" * 5_000, b"?q=" + b"%22" * 3_000, b"?q=%ED%A0%80&from=9999-12-31&to=9999-12-31",
    ]  # fmt: skip
    asked = [path + query for path in (b"/", b"/search/", b"/corrections/", b"/section/world/") for query in odd]
    asked += ["/topic/مدن/".encode(), b"/topic/%00/", b"/topic/\xff/", b"/%ff", b"/news/1/%00/"]
    headers = [
        b"",
        "Cookie: a=بغداد".encode(),
        b"User-Agent: \xff\xfe",
        b"If-None-Match: \xff",
        b"Accept-Encoding: \xff",
    ]
    for line, header in [*((path, b"") for path in asked), *((b"/search/?q=a", header) for header in headers)]:
        with socket.create_connection(("127.0.0.1", newsroom.port), timeout=30) as client:
            extra = header + b"\r\n" if header else b""
            client.sendall(b"GET " + line + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + extra + b"\r\n")
            answer = client.makefile("rb").readline()
        assert re.match(rb"HTTP/1.1 [2-4]\d\d ", answer), (line[:100], header, answer)
    assert newsroom.get("/search/?q=%D8%A8").status == 200


def test_what_a_reader_sends_has_its_measure(newsroom):
    answer = newsroom.ask("POST", "/news/1/comments/", data=b"x" * 2_000_000, headers={})
    assert answer.status == 413


def test_five_hundred_who_ask_for_a_purged_page_have_it_rendered_once(make_home):
    newsroom = make_home(kind=Newsroom, DATELINE_METRICS=f"127.0.0.1:{free_port()}")
    newsroom.serve()
    wait_until(lambda: newsroom.get("/feeds/atom.xml").status == 200, "no feed")
    newsroom.python("from dateline.edge.purging import purge; purge(['killed-en'])")
    time.sleep(1)
    before = count(newsroom, "dateline_render_seconds_count")
    with concurrent.futures.ThreadPoolExecutor(100) as readers:
        answers = list(readers.map(lambda _: newsroom.get("/feeds/atom.xml").status, range(500)))
    assert answers == [200] * 500
    assert count(newsroom, "dateline_render_seconds_count") - before <= 1
    assert count(newsroom, 'dateline_answers_total{source="memory"}') > 0


def test_a_worker_that_hangs_keeps_nothing_that_was_killed(newsroom, desk):
    news_id, address = desk("Quokkas at the harbour")
    wait_until(lambda: newsroom.get(address).status == 200, "never published")
    for _ in range(20):
        newsroom.get(address)
    workers = children(newsroom.process.pid, "dateline-worker")
    freeze(workers[0])
    try:
        newsroom.run("kill", news_id, "--note", "There were none.")
        wait_until(
            lambda: not (newsroom.folder / f"edge/pages{address}index.html").exists(), "the file outlived its story"
        )
    finally:
        os.kill(workers[0], signal.SIGCONT)
    assert {newsroom.get(address).status for _ in range(30)} == {410}


class TestNginx:
    def test_it_sends_the_same_words_and_headers_from_the_file(self, newsroom, nginx, desk):
        _news_id, address = desk("Quokkas at the harbour")
        for path in (address, "/", "/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "/ar/"):
            wait_until(lambda path=path: newsroom.get(path).status == 200, path)
            own, front = newsroom.get(path), nginx.get(path)
            wait_until(lambda path=path: nginx.get(path).headers.get("Last-Modified"), f"{path} is not kept as a file")
            front = nginx.get(path)
            assert front.body == own.body
            for name in own.headers:
                if name.lower() in ("etag", "surrogate-key", "cache-tag", "date", "server", "content-security-policy"):
                    continue
                assert front.headers[name] == own.headers[name], (path, name)
            policies = [set(each.headers["Content-Security-Policy"].split("; ")) for each in (own, front)]
            assert policies[0] == policies[1]
        packed = nginx.get("/", Accept_Encoding="gzip")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert nginx.get("/", If_None_Match=nginx.get("/").headers["ETag"]).status == 304

    def test_what_is_sent_to_a_page_that_is_a_file_arrives_whole(self, newsroom, nginx, desk):
        news_id, address = desk("Quokkas at the harbour")
        thread = f"/news/{news_id}/comments/"
        for path in (address, thread):
            nginx.get(path)
            wait_until(lambda path=path: nginx.get(path).headers.get("Last-Modified"), f"{path} is not kept as a file")
        words = "The harbour was empty when I came. " * 20
        sent = urlencode({"comment": words, "name": "Omar", "version": "1"}).encode()
        assert nginx.post(thread, sent).status == 303
        kept = "from dateline.comments.models import Comment; print(Comment.objects.get().text)"
        assert newsroom.python(kept).strip() == words.strip()
        assert (
            nginx.post(address, b"nothing=1").status
            == newsroom.ask("POST", address, data=b"nothing=1", headers={}).status
        )

    def test_what_is_no_page_goes_to_the_application(self, nginx):
        assert nginx.get("/index.html").status == 404
        assert nginx.get("/search/?q=mayor").status == 200
        assert nginx.get("/?before=nonsense").headers.get("Last-Modified") is None
        assert nginx.get("/desk/").status == 302
        assert nginx.get("/nothing-here/").status == 404

    def test_a_kill_is_gone_from_the_files_too(self, newsroom, nginx, desk):
        news_id, address = desk("Quokkas at the harbour")
        wait_until(lambda: nginx.get(address).headers.get("Last-Modified"), "it is not kept as a file")
        newsroom.run("kill", news_id, "--note", "There were none.")
        wait_until(lambda: nginx.get(address).status == 410, "nginx still shows it")
        assert "harbour" not in nginx.get(address).text
        wait_until(lambda: "harbour" not in nginx.get("/").text, "nginx's front still shows it")

    def test_what_was_pressed_stays_up_while_the_application_is_down(self, newsroom, nginx, desk):
        _news_id, address = desk("Quokkas at the harbour")
        pressed = [address, "/", "/feeds/rss.xml", "/ar/", "/fa/"]
        for path in pressed:
            wait_until(lambda path=path: nginx.get(path).headers.get("Last-Modified"), f"{path} was not pressed")
        newsroom.kill()
        for path in pressed:
            assert nginx.get(path).status == 200, path
        assert "Quokkas" in nginx.get("/").text
        away = nginx.get("/corrections/")
        assert (away.status, away.headers["Retry-After"]) == (503, "10")
        newsroom.run("kill", _news_id, "--note", "There were none.")
        assert nginx.get(address).status == 503
        assert "Quokkas" not in nginx.get("/").text
        newsroom.serve()
        wait_until(lambda: nginx.get("/corrections/").status == 200, "nginx does not see that it is back")

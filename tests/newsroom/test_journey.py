"""The main job, as people do it: in a real browser, against a real server."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.server]

PASSWORD = "a long password for the tests"
CANARY = "quokka"


@pytest.fixture
def desk(newsroom, browser_page):
    """A chief at the desk."""
    newsroom.run("user", "add", "rana", "--role", "chief", "--password-stdin", stdin=PASSWORD + "\n")
    return Desk(newsroom, browser_page)


class Desk:
    """What a person does at the desk, with the hands that a person has."""

    def __init__(self, newsroom, page):
        self.newsroom, self.page = newsroom, page

    def go(self, path):
        self.page.goto(self.newsroom.url + path)

    def log_in(self):
        self.go("/desk/")
        self.page.get_by_label("Username").fill("rana")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(self.newsroom.url + "/desk/")

    def write(self, headline, words, **fields):
        self.go("/desk/stories/add/")
        self.page.locator("[name=headline]").fill(headline)
        self.page.locator("[name=section]").select_option(index=1)
        self.page.locator("[name=place]").fill("Baghdad")
        for name, value in fields.items():
            if name in ("embargo", "go_live_at"):
                self.page.get_by_role("tab", name="When and whence").click()
            self.page.locator(f"[name={name}]").fill(value)
        if fields:
            self.page.get_by_role("tab", name="Copy").click()
        self.page.get_by_role("button", name="Insert a block").first.click()
        self.page.get_by_role("option", name="Paragraph").click()
        self.type(words)

    def type(self, words):
        editor = self.page.locator(".public-DraftEditor-content").first
        editor.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)
        # The editor hands over what was typed a quarter of a second later.
        value = "words => document.querySelector('[name=body-0-value]').value.includes(words)"
        self.page.wait_for_function(value, arg=words)

    def press(self, name):
        """A button below the form; all but the first are in the menu beside it."""
        button = self.page.locator(f"footer [name={name}], footer button.{name}").first
        if not button.is_visible():
            self.page.locator("footer").get_by_role("button", name="More actions").click()
        button.click()
        self.page.wait_for_load_state()

    @property
    def news_id(self):
        return int(re.search(r"/edit/(\d+)/", self.page.url)[1])

    def edit(self, news_id):
        self.go(f"/desk/stories/edit/{news_id}/")


def text_of(newsroom, path):
    answer = newsroom.get(path)
    return answer.status, answer.text


FEEDS = ("/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json")


def soon(said, seconds=15):
    """Wait until `said()` is true: search follows a moment behind, a cached page for seconds."""
    deadline = time.monotonic() + seconds
    while not said():
        assert time.monotonic() < deadline, "It did not come."
        time.sleep(0.1)


def test_a_story_is_written_previewed_published_read_corrected_and_killed(desk, newsroom):
    desk.log_in()
    news_id = write_and_preview(desk, newsroom)
    address = f"/news/{news_id}/mayor-opens-the-bridge/"
    publish_and_read(desk, newsroom, address)
    correct_and_see_the_change(desk, newsroom, address)
    kill_and_see_it_gone(desk, newsroom, address)
    list_on_a_phone(desk)


def list_on_a_phone(desk):
    """It has no room for all columns; whether a story is out is to be seen."""
    desk.page.set_viewport_size({"width": 390, "height": 800})
    desk.go("/desk/stories/")
    desk.page.locator("tbody .desk-state").first.wait_for()
    headers = desk.page.locator("#listing-results th").all()
    assert [header.inner_text().strip() for header in headers if header.is_visible()] == [
        "",
        "Headline",
        "State",
        "Changed",
    ]


def write_and_preview(desk, newsroom):
    desk.write("Mayor opens the bridge", f"The {CANARY} crossed the new bridge on Monday.")
    desk.press("action-save")
    desk.page.locator(".messages").get_by_text(re.compile("created|updated")).wait_for()
    assert newsroom.get(f"/news/{desk.news_id}/").status == 404
    desk.page.get_by_role("button", name="Toggle preview").click()
    frame = desk.page.frame_locator("iframe#w-preview-iframe").first
    frame.get_by_text(f"The {CANARY} crossed").wait_for()
    frame.get_by_text("BAGHDAD (").wait_for()
    return desk.news_id


def publish_and_read(desk, newsroom, address):
    desk.edit(int(address.split("/")[2]))
    desk.press("action-publish")
    soon(lambda: newsroom.get(address).status == 200)
    desk.go(address)
    assert desk.page.locator("h1").inner_text() == "Mayor opens the bridge"
    assert CANARY in desk.page.locator(".body").inner_text()
    for feed in FEEDS:
        assert CANARY in text_of(newsroom, feed)[1], feed
    soon(lambda: address in text_of(newsroom, f"/search/?q={CANARY}")[1])
    assert "Mayor opens the bridge" in text_of(newsroom, "/")[1]


def correct_and_see_the_change(desk, newsroom, address):
    page = desk.page
    desk.edit(int(address.split("/")[2]))
    desk.type(f"The {CANARY} crossed the new bridge on Tuesday.")
    desk.press("action-correct")
    page.wait_for_url("**/correct/")
    assert (page.locator("del").inner_text(), page.locator("ins").inner_text()) == ("Monday.", "Tuesday.")
    page.get_by_label("Note to readers").fill("The bridge opened on Tuesday, not Monday.")
    page.get_by_role("button", name="Correct the story").click()
    page.wait_for_url("**/edit/*/")
    time.sleep(6)  # her own browser keeps the page for five seconds
    desk.go(address)
    assert "on Tuesday, not Monday" in page.locator(".corrections").inner_text()
    page.get_by_role("link", name="see what changed").click()
    assert page.locator("del").inner_text().strip() == "Monday."
    assert "on Tuesday, not Monday" in text_of(newsroom, "/corrections/")[1]


def kill_and_see_it_gone(desk, newsroom, address):
    news_id = address.split("/")[2]
    desk.go(f"/desk/stories/{news_id}/kill/")
    desk.page.get_by_label("Advisory").fill("The bridge has not opened.")
    desk.page.get_by_label("News ID").fill(news_id)
    desk.page.get_by_role("button", name="Kill the story").click()
    desk.page.wait_for_url("**/versions/")
    status, text = text_of(newsroom, f"/news/{news_id}/")
    assert status == 410
    atom = text_of(newsroom, "/feeds/atom.xml")[1]
    assert "deleted-entry" in atom
    for said in (text, atom):
        assert "The bridge has not opened." in said
        assert CANARY not in said
    assert '"canceled"' in text_of(newsroom, f"/news/{news_id}.json")[1]
    soon(lambda: address not in text_of(newsroom, f"/search/?q={CANARY}")[1])


def test_a_story_under_embargo_is_nowhere_until_its_second(desk, newsroom):
    desk.log_in()
    ends = (datetime.now(UTC) + timedelta(seconds=25)).replace(microsecond=0)
    desk.write("Institute publishes its findings", f"The {CANARY} is well.", embargo=ends.strftime("%Y-%m-%d %H:%M:%S"))
    desk.press("action-publish")
    desk.page.get_by_text("under embargo until").wait_for()
    desk.page.get_by_role("link", name="Schedule for the end of the embargo").click()
    desk.page.get_by_role("button", name="Schedule it").click()
    news_id = desk.news_id
    address = f"/news/{news_id}/institute-publishes-its-findings/"
    public = ["/", "/sitemap.xml", "/news-sitemap.xml", f"/search/?q={CANARY}", *FEEDS]
    hidden = [
        address,
        f"/news/{news_id}/",
        f"/news/{news_id}.json",
        f"/news/{news_id}/history/",
        f"/news/{news_id}/v/1/",
    ]
    looked = 0
    while datetime.now(UTC) < ends - timedelta(seconds=1):
        assert [path for path in public if "its findings" in text_of(newsroom, path)[1]] == []
        assert {newsroom.get(path).status for path in hidden} == {404}
        looked += 1
        time.sleep(0.5)
    assert looked
    soon(lambda: newsroom.get(address).status == 200, seconds=8)
    assert datetime.now(UTC) - ends < timedelta(seconds=8)
    published = newsroom.get(f"/news/{news_id}.json").text
    first = datetime.fromisoformat(re.search(r'"firstcreated":"([^"]+)"', published)[1])
    assert timedelta(0) <= first - ends <= timedelta(seconds=3)

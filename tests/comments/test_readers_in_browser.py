"""The readers' door in a real browser without JavaScript: from a guest's comment to the closed account."""

import json
import re
import time
from email import message_from_bytes, policy

import pytest

from tests.comments.test_in_browser import PEOPLE
from tests.newsroom import checkers

pytestmark = [pytest.mark.browser, pytest.mark.server]

CHIEF = """
from django.contrib.auth.models import User
User.objects.create_superuser("rana", "rana@newsroom.example", "a long password")
"""


@pytest.fixture
def served(newsroom):
    newsroom.python(PEOPLE + CHIEF)
    return newsroom


@pytest.fixture(params=[(390, "light"), pytest.param((1440, "dark"), marks=pytest.mark.drawn)], ids=["phone", "desk"])
def page(request, browser):
    """A page that runs no script of the site's; axe is let in by the browser, not by the page."""
    width, scheme = request.param
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.width = width
    yield page
    context.close()


def mailed(newsroom, number):
    """The text of the mail with this number, counted from 1, once the follower has written it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        files = sorted((newsroom.folder / "mail").glob("*.eml"))
        if len(files) >= number:
            parsed = message_from_bytes(files[number - 1].read_bytes(), policy=policy.default)
            return parsed.get_body(("plain",)).get_content()
        time.sleep(0.1)
    pytest.fail("no mail was written")


def is_in_order(page, scripted, direction):
    """The layout holds, in its direction, and axe finds nothing in the same bytes."""
    assert page.locator("html").get_attribute("dir") == direction
    scripted.set_viewport_size(page.viewport_size)
    scripted.set_content(page.content().replace('href="/', f'href="{re.match(r"https?://[^/]+", page.url)[0]}/'))
    assert scripted.evaluate("document.documentElement.scrollWidth") <= page.width
    assert [found for found in checkers.axe(scripted) if "main-content" not in found] == []


@pytest.mark.parametrize(
    ("prefix", "story", "direction"),
    [pytest.param("", 1, "ltr", id="en"), pytest.param("/ar", 2, "rtl", id="ar", marks=pytest.mark.drawn)],
)
def test_a_reader_goes_through_the_whole_door(served, page, browser_page, prefix, story, direction):
    site = f"{served.url}{prefix}"
    thread = f"{site}/news/{story}/comments/"
    write(page, thread, "كتب ضيف: a guest wrote.")
    sign_in(served, page, lambda: is_in_order(page, browser_page, direction), thread)
    write(page, thread, "First words.")
    write(page, thread, "كلام ثانٍ.")
    page.goto(f"{site}/readers/me/")
    letters = page.locator("article.own")
    assert letters.count() == 2

    letters.nth(1).get_by_role("link").last.click()
    page.locator("#reader-words").fill("Better words.")
    is_in_order(page, browser_page, direction)
    press(page, ".reader-form button", "**/readers/me/?changed*")
    assert "Better words." in letters.nth(1).inner_text()

    letters.first.get_by_role("link").last.click()
    press(page, "[name=delete]", "**/readers/me/?deleted*")
    assert letters.count() == 1
    is_in_order(page, browser_page, direction)

    data = downloaded(page)
    assert [row["text"] for row in data["comments"]] == ["Better words."]
    assert data["reader"]["name"] == "سناء Sana"

    page.locator("a[href$='/close/']").click()
    is_in_order(page, browser_page, direction)
    page.locator("#reader-sure").check()
    press(page, ".reader-form button", "**/readers/?closed*")
    page.goto(f"{site}/readers/me/")
    assert page.url == f"{site}/readers/"


def write(page, thread, words):
    page.goto(thread)
    page.locator("#write-comment").fill(words)
    press(page, "form#write button", "**/comments/?thanks=*")


def press(page, button, address):
    """Press the first such button, and be where it leads."""
    page.locator(button).first.click()
    page.wait_for_url(address)


def sign_in(served, page, look, thread):
    """By the mailed link, from the thread on; `look` at each page."""
    page.goto(thread)
    page.locator(".door a").click()
    page.locator("#reader-email").fill("Sana@readers.example")
    look()
    press(page, ".reader-form button", "**/readers/?sent*")
    page.get_by_role("status").wait_for()
    page.goto(re.search(r"http\S+", mailed(served, 1))[0])
    page.locator("#reader-name").fill("سناء Sana")
    look()
    press(page, ".reader-form button", "**/readers/me/")
    look()


def downloaded(page):
    with page.expect_download() as download:
        page.locator("a[href$='data.json']").click()
    return json.loads(download.value.path().read_text("utf-8"))


def test_a_newcomer_finds_the_mail_at_the_desk_and_signs_in_by_it(served, browser_page):
    page = browser_page
    page.goto(f"{served.url}/readers/")
    page.locator("#reader-email").fill("newcomer@readers.example")
    page.get_by_role("button", name="Mail me a link").click()
    mailed(served, 1)
    page.get_by_role("link", name="Read the mail").click()
    page.locator("[name=username]").fill("rana")
    page.locator("[name=password]").fill("a long password")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.url}/desk/mail/")
    assert [found for found in checkers.axe(page) if "sidebar" not in found] == []
    page.locator(".desk-mail a").first.click()
    page.locator("#reader-name").fill("Newcomer")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/readers/me/")
    page.goto(f"{served.url}/news/1/comments/")
    page.locator("#write-comment").focus()
    page.locator("#write-name[readonly]").wait_for()
    assert page.locator("#write-name").input_value() == "Newcomer"
    assert page.get_by_text("You are signed in: the name of your account stands under it.").is_visible()
    assert page.complaints == []

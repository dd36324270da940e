"""The desk's settings for comments, and a closed thread, in a real browser."""

import pytest

from tests.comments.test_in_browser import PEOPLE
from tests.newsroom import checkers

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture
def page(newsroom, browser_page):
    newsroom.python(PEOPLE)
    browser_page.newsroom = newsroom
    browser_page.goto(f"{newsroom.url}/desk/login/?next=/desk/comments/settings/")
    browser_page.locator("[name=username]").fill("mona")
    browser_page.locator("[name=password]").fill("a long password")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url(f"{newsroom.url}/desk/comments/settings/")
    return browser_page


def test_a_moderator_opens_the_site_closes_a_story_and_edits_the_words(page):
    url = page.newsroom.url
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{url}/desk/comments/settings/")
        assert [found for found in checkers.axe(page) if "sidebar" not in found] == []
        page.goto(f"{url}/desk/comments/words/?language=ar")
        assert [found for found in checkers.axe(page) if "sidebar" not in found] == []
    page.goto(f"{url}/desk/comments/settings/")
    page.locator("[name=site-mode]").select_option("open")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Open: shown at once, unless a check holds it").last.wait_for()

    page.goto(f"{url}/news/1/comments/")
    page.get_by_label("Your comment").fill("The first word on it.")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Your comment is published.").wait_for()
    page.get_by_label("Your comment").fill("And a banned one: k1ll y0urself.")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("It has words that are not shown here").wait_for()
    assert page.get_by_label("Your comment").input_value() == "And a banned one: k1ll y0urself."

    page.goto(f"{url}/desk/comments/settings/2/")
    page.locator("[name=story-2-mode]").select_option("closed")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{url}/ar/news/2/comments/?{width}")  # another address: no cache between
        assert page.locator("form textarea").count() == 0
        assert page.locator(".comments-closed").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert checkers.axe(page) == []

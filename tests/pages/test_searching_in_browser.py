"""Suggestions in a real browser, by keyboard and by mouse."""

import pytest

from tests.homes import Newsroom
from tests.newsroom import checkers

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.drawn]

STORIES = """
import json, uuid
from wagtail.models import Locale
from dateline.stories import actions
from dateline.stories.models import Section, Story, Topic

section = Section.objects.get_or_create(slug="world", defaults={"name": "World"})[0]
topic = Topic.objects.create(slug="harbours", name="Harbours", names={"fa": "بندرها"})
told = [("en", "Harbour opens again"), ("en", "Harbour strike ends"), ("fa", "بندر دوباره باز شد"), ("he", "Harbour: הנמל נפתח")]
for language, headline in told:
    body = json.dumps([{"id": str(uuid.uuid4()), "type": "paragraph", "value": f"<p>{headline}.</p>"}])
    story = Story(headline=headline, body=body, locale=Locale.objects.get_or_create(language_code=language)[0], section=section)
    story.save()
    story.topics.set([topic])
    story.save()
    actions.publish(story)
"""


@pytest.fixture(scope="module")
def served(session_homes, tmp_path_factory):
    newsroom = session_homes.make(tmp_path_factory.mktemp("searching") / "home", Newsroom)
    newsroom.python(STORIES)
    newsroom.run("reindex")
    newsroom.serve()
    yield newsroom
    newsroom.stop()


def test_a_reader_chooses_a_suggestion_by_keyboard(served, browser_page):
    page = browser_page
    page.goto(f"{served.url}/")
    field = page.get_by_role("combobox", name="Search the news")
    field.press_sequentially("harb")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    options.first.wait_for()
    texts = [text.strip() for text in options.all_inner_texts()]
    assert [text.splitlines()[0] for text in texts] == [
        "Harbours",
        "Harbour: הנמל נפתח",
        "Harbour strike ends",
        "Harbour opens again",
    ]
    assert options.nth(1).locator("span").first.get_attribute("lang") == "he"
    assert field.get_attribute("aria-expanded") == "true"
    assert page.get_by_role("status").filter(has_text="Suggestions: 4").count() == 1
    for key, chosen in (
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("ArrowUp", 0),
        ("ArrowUp", None),
        ("ArrowUp", 3),
        ("ArrowUp", 2),
    ):
        field.press(key)
        active = field.get_attribute("aria-activedescendant")
        assert active == (None if chosen is None else options.nth(chosen).get_attribute("id"))
        assert page.get_by_role("option", selected=True).count() == (chosen is not None)
    assert checkers.axe(page) == []
    field.press("Enter")
    page.wait_for_url("**/harbour-strike-ends/")
    assert page.complaints == []


def test_no_late_answer_takes_a_choice_away(served, browser_page):
    page = browser_page
    page.goto(f"{served.url}/")
    page.route("**q=harb", lambda route: None)  # the answer stays on its way
    field = page.get_by_role("combobox", name="Search the news")
    field.press_sequentially("har")
    page.get_by_role("option").first.wait_for()
    with page.expect_request("**q=harb"):
        field.press("b")
    with page.expect_event("requestfailed", lambda request: request.url.endswith("q=harb")):
        field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == page.get_by_role("option").first.get_attribute("id")


def test_escape_closes_what_is_suggested_and_enter_searches_for_what_was_typed(served, browser_page):
    page = browser_page
    page.goto(f"{served.url}/search/?q=harbour")
    field = page.get_by_role("combobox", name="Words")
    field.press("End")
    field.press_sequentially(" str")
    listbox = page.locator(".query").get_by_role("listbox")
    listbox.wait_for()
    field.press("Escape")
    assert not listbox.is_visible()
    assert (field.input_value(), field.get_attribute("aria-expanded")) == ("harbour str", "false")
    field.press("ArrowDown")
    listbox.wait_for()
    field.press("Enter")
    page.wait_for_url("**/search/?q=harbour+str*")


def test_a_suggestion_is_taken_by_mouse_and_the_list_goes_with_the_focus(served, browser_page):
    page = browser_page
    page.goto(f"{served.url}/")
    field = page.get_by_role("combobox", name="Search the news")
    field.press_sequentially("harb")
    page.get_by_role("option").first.wait_for()
    field.press("Tab")
    assert not page.get_by_role("listbox").is_visible()
    field.press("End")
    field.press_sequentially("o")
    page.get_by_role("option").filter(has_text="opens again").click()
    page.wait_for_url("**/harbour-opens-again/")


@pytest.mark.parametrize("width", [390, 1440])
def test_suggestions_stand_within_the_page_from_right_to_left_too(served, browser_page, width):
    page = browser_page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{served.url}/fa/")
    page.locator(".sections input").press_sequentially("بندر")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert [text.splitlines()[0] for text in options.all_inner_texts()] == ["بندرها", "بندر دوباره باز شد"]
    box = page.get_by_role("listbox").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert checkers.axe(page) == []


def test_without_an_answer_the_form_works_as_ever(served, browser_page):
    page = browser_page
    page.route("**/search/suggest/**", lambda route: route.abort())
    page.goto(f"{served.url}/")
    field = page.get_by_role("combobox", name="Search the news")
    with page.expect_request("**/search/suggest/**"):
        field.press_sequentially("harbour")
    field.press("Enter")
    page.wait_for_url("**/search/?q=harbour")
    assert page.get_by_role("article").count() == 3

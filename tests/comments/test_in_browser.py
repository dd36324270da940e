"""Writing, moderating and reading comments in a real browser, on a served newsroom."""

import json

import pytest

from tests.homes import Newsroom
from tests.newsroom import checkers

pytestmark = [pytest.mark.browser, pytest.mark.server]

PEOPLE = """
import json, uuid
from django.contrib.auth.models import Group, User
from wagtail.models import Locale
from dateline.stories import actions
from dateline.stories.models import Section, Story

moderator = User.objects.create_user("mona", "mona@newsroom.example", "a long password")
moderator.groups.add(Group.objects.get(name="Moderators"))
section = Section.objects.get_or_create(slug="world", defaults={"name": "World"})[0]
for language, headline in (("en", "Harbour opens again"), ("ar", "الميناء يفتح أبوابه")):
    body = json.dumps([{"id": str(uuid.uuid4()), "type": "paragraph", "value": f"<p>{headline}.</p>"}])
    locale = Locale.objects.get_or_create(language_code=language)[0]
    story = Story(headline=headline, body=body, locale=locale, section=section)
    story.save()
    actions.publish(story)
"""

HOSTILE = {
    "en": [
        "<script>document.title='run'</script><img src=/x onerror=\"document.title='run'\">",
        "\u202eright to left override, not closed \u2066",
        "W" * 5_000,
        "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!" * 5,
        "a\n" * 60,
    ],
    "ar": ["تقرير جيد (2014–2019) with English in it.", "ط" * 5_000, "English only, with a full stop."],
}
APPROVED = """
import json
from dateline.comments import actions
from dateline.comments.models import Comment
from dateline.stories.models import Current
from django.contrib.auth.models import User
mona = User.objects.get(username="mona")
for language, texts in json.loads({!r}).items():
    current = Current.objects.get(language=language)
    for number, text in enumerate(texts):
        made = actions.accept(current.pk, name=text[:80], text=text, address=f"192.0.2.{{number}}")
        actions.decide(made.pk, "approved", by=mona, was="held")
"""


@pytest.fixture
def served(newsroom):
    newsroom.python(PEOPLE)
    return newsroom


def test_a_reader_writes_a_moderator_approves_by_keyboard_and_everybody_reads(served, browser_page):
    page = browser_page
    page.goto(f"{served.url}/news/1/")
    page.get_by_label("Your comment").fill("First line.\n\nA second paragraph.")
    page.get_by_label("Your name").fill("Sana")
    page.keyboard.press("Enter")
    page.locator("#thanks").get_by_text("held until a moderator has read it").wait_for()

    page.goto(f"{served.url}/desk/login/?next=/desk/comments/")
    page.locator("[name=username]").fill("mona")
    page.locator("[name=password]").fill("a long password")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.url}/desk/comments/")
    assert [found for found in checkers.axe(page) if "sidebar" not in found] == []  # the menu is the desk's own
    tab_to(page, "Approve")
    page.keyboard.press("Enter")
    page.get_by_text("No comment waits to be read.").wait_for()

    page.goto(f"{served.url}/news/1/comments/")
    letter = page.get_by_role("article").filter(has_text="Sana")
    assert letter.locator("p").all_inner_texts() == ["First line.", "A second paragraph."]
    assert page.complaints == []


def tab_to(page, name, *, within=100):
    for _ in range(within):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText.trim()") == name:
            return
    pytest.fail(f"no way to {name!r} by keyboard")


@pytest.mark.drawn
def test_a_reader_without_javascript_is_told_what_is_wrong_where_it_is_wrong(served, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{served.url}/news/1/comments/")
    page.get_by_label("Your comment").fill("x" * 5_001)
    page.get_by_role("button", name="Send").click()
    box = page.get_by_label("Your comment")
    assert box.get_attribute("aria-invalid") == "true"
    assert "Shorten it." in page.locator(f"#{box.get_attribute('aria-describedby')}").inner_text()
    assert box.input_value() == "x" * 5_001
    box.fill("Now shorter.")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/comments/?thanks=*")
    context.close()


@pytest.mark.drawn
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", ["/news/1/comments/", "/ar/news/2/comments/", "/news/1/"])
def test_hostile_and_endless_words_run_nothing_and_break_no_layout(thread, browser_page, path, width):
    page = browser_page
    elsewhere = []
    page.on("request", lambda request: request.url.startswith(thread.url) or elsewhere.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(thread.url + path)
    assert page.title() != "run"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_role("article").filter(has_text="<script>").count() == ("ar" not in path)
    assert (page.complaints, elsewhere) == ([], [])
    assert checkers.axe(page) == []


@pytest.fixture(scope="module")
def thread(session_homes, tmp_path_factory):
    """A served newsroom whose threads are full of hostile words."""
    newsroom = session_homes.make(tmp_path_factory.mktemp("thread") / "home", Newsroom)
    newsroom.serve()
    newsroom.python(PEOPLE)
    newsroom.python(APPROVED.format(json.dumps(HOSTILE)))
    return newsroom

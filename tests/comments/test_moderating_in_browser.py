"""Moderators in a real browser, on a served newsroom: by keyboard alone, two at once, right to left."""

import json
import os
import time

import pytest

from tests.comments.test_in_browser import HOSTILE, PEOPLE
from tests.newsroom import checkers

pytestmark = [pytest.mark.browser, pytest.mark.server]

HELD = """
import json
from dateline.comments import actions
from dateline.stories.models import Current
for language, texts in json.loads({!r}).items():
    current = Current.objects.get(language=language)
    for number, text in enumerate(texts):
        actions.accept(current.pk, name=text[:80], text=text, address=f"192.0.{{number // 250}}.{{number % 250}}")
"""
SECOND = """
from django.contrib.auth.models import Group, User
milo = User.objects.create_user("milo", "milo@newsroom.example", "a long password")
milo.groups.add(Group.objects.get(name="Moderators"))
"""
DECIDED = """
import json
from collections import Counter
from dateline.comments.models import Comment, Decision
print(json.dumps({"states": Counter(Comment.objects.values_list("state", flat=True)),
                  "by": Counter(Decision.objects.values_list("by__username", flat=True)),
                  "most": max(Counter(Decision.objects.values_list("comment", flat=True)).values(), default=0)}))
"""
ARABIC = """
from wagtail.users.models import UserProfile
from django.contrib.auth.models import User
profile = UserProfile.get_for_user(User.objects.get(username="mona"))
profile.preferred_language = "ar"
profile.save()
"""


@pytest.fixture
def served(newsroom):
    newsroom.python(PEOPLE)
    return newsroom


def hold(newsroom, texts):
    newsroom.python(HELD.format(json.dumps(texts)))


def sign_in(page, newsroom, name, path="/desk/comments/read/"):
    page.goto(f"{newsroom.url}/desk/login/?next={path}")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill("a long password")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{newsroom.url}{path}")


def shown(page):
    """The number of the comment that is shown; None where none is."""
    return page.evaluate("document.querySelector('article.reading:not([hidden])')?.dataset.comment ?? null")


def until(page, holds):
    """Wait until `holds()`, the page running meanwhile."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, page.locator("main").inner_text()
        page.wait_for_timeout(10)


def nothing(page):
    return page.locator(".reading-nothing").is_visible()


def decided(newsroom):
    return json.loads(newsroom.python(DECIDED))


def wait_until_nothing_waits(page, newsroom):
    page.get_by_text("No comment waits to be read.").wait_for()
    until(page, lambda: page.locator("#reading").get_attribute("data-unsent") == "0")


def picture(page, name):
    """Keep what the page looks like, where somebody asked for it."""
    if os.environ.get("PICTURES"):
        page.screenshot(path=f"{os.environ['PICTURES']}/{name}.png", full_page=True)


def test_a_moderator_clears_a_hundred_by_keyboard_alone(served, browser_page):
    hold(served, {"en": [f"Comment number {number}, with its own words." for number in range(100)]})
    page = browser_page
    sign_in(page, served, "mona")
    page.evaluate("for (const kind of ['mousedown', 'click']) addEventListener(kind, (event) => {"
                  " if (event.isTrusted) document.title = 'a mouse was used'; }, true)")  # fmt: skip
    assert [found for found in checkers.axe(page) if "sidebar" not in found] == []
    picture(page, "reading")
    keys = {0: ["a"], 1: ["r", "2"], 2: ["a"], 3: ["r", "6"], 4: ["b", "1", "2"]}
    seen = []
    for turn in range(100):
        until(page, lambda: shown(page))
        seen.append(shown(page))
        for key in keys[turn % 5]:
            page.keyboard.press(key)
    wait_until_nothing_waits(page, served)
    assert len(set(seen)) == 100
    assert decided(served) == {"states": {"approved": 40, "rejected": 60}, "by": {"mona": 100}, "most": 1}
    assert page.title() != "a mouse was used"
    assert page.complaints == []


def test_skip_undo_and_looking_ahead_by_keyboard(served, browser_page):
    hold(served, {"en": ["One.", "Two.", "Three.", "Four."]})
    page = browser_page
    sign_in(page, served, "mona")
    until(page, lambda: page.locator("article.reading").count() == 4)
    assert shown(page) == "1"
    for key, wanted in (("j", "2"), ("k", "1"), ("s", "2"), ("a", "3")):
        page.keyboard.press(key)
        assert shown(page) == wanted
    page.keyboard.press("u")
    until(page, lambda: shown(page) == "2")
    assert "Taken back." in page.locator(".reading-said").inner_text()
    page.keyboard.press("r")
    page.keyboard.press("7")  # against the law: which?
    page.keyboard.type("Press act, 8. a r s")  # while one types, letters are letters
    assert shown(page) == "2"
    page.keyboard.press("Enter")
    for key in ("a", "a", "a"):
        until(page, lambda: shown(page) not in (None, "2"))
        page.keyboard.press(key)
    wait_until_nothing_waits(page, served)
    assert decided(served)["states"] == {"approved": 3, "rejected": 1}
    assert page.complaints == []


def test_two_moderators_at_once_decide_nothing_twice_and_see_nothing_twice(served, browser):
    served.python(SECOND)
    hold(served, {"en": [f"Comment number {number}." for number in range(40)]})
    pages, seen = {}, {"mona": [], "milo": []}
    for name in seen:
        pages[name] = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB").new_page()
        sign_in(pages[name], served, name)
    one, other = pages.values()
    ends = time.monotonic() + 180
    while not (nothing(one) and nothing(other)):
        assert time.monotonic() < ends, seen
        for name, page in pages.items():
            number = shown(page)
            if number:
                seen[name].append(number)
                page.keyboard.press("a")
            page.wait_for_timeout(20)
    assert not set(seen["mona"]) & set(seen["milo"])
    assert min(map(len, seen.values())) > 5
    for page in pages.values():
        wait_until_nothing_waits(page, served)
        page.context.close()
    after = decided(served)
    assert (after["states"], after["most"]) == ({"approved": 40}, 1)
    assert after["by"] == {name: len(numbers) for name, numbers in seen.items()}


@pytest.mark.drawn
def test_without_javascript_the_same_buttons_lead_on(served, browser):
    hold(served, {"en": ["One.", "Two.", "Three."]})
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, served, "mona")
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Skip").click()
    assert "Three." in page.locator(".reading .words").inner_text()
    page.get_by_role("button", name="It advertises.").click()
    assert "Two." in page.locator(".reading .words").inner_text()
    page.get_by_role("button", name="Take back my last decision").click()
    assert decided(served)["states"] == {"approved": 1, "held": 2}
    context.close()


@pytest.mark.drawn
def test_an_arabic_desk_reads_from_the_right(served, browser_page):
    served.python(ARABIC)
    hold(served, HOSTILE | {"ar": ["تقرير جيد (2014–2019) with English in it.", "ط" * 3_000]})
    page = browser_page
    for path in ("/desk/comments/read/", "/desk/comments/"):
        sign_in(page, served, "mona", path) if path.endswith("read/") else page.goto(served.url + path)
        assert page.evaluate("getComputedStyle(document.querySelector('main')).direction") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        assert [found for found in checkers.axe(page) if "sidebar" not in found] == []
        picture(page, f"arabic-{'read' if 'read' in path else 'list'}")
    for _ in range(3):
        page.goto(f"{served.url}/desk/comments/read/")
        page.keyboard.press("j")
    page.set_viewport_size({"width": 390, "height": 900})
    picture(page, "arabic-read-390")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.complaints == []


REPORTED = """
import json
from dateline.comments import actions
from dateline.comments.moderation import reports
from dateline.comments.models import Comment
from django.contrib.auth.models import User
mona = User.objects.get(username="mona")
for comment in Comment.objects.all():
    actions.decide(comment.pk, "approved", by=mona, was="held")
    reports.report(comment, reason="illegal", words=comment.text, name=comment.name or "x", mail="x@readers.example",
                   good_faith=True, address="10.0.0.1", language="en")
"""


def hostile_strings(folder):
    """Some of each collection, so that one page holds them."""
    naughty = json.loads((folder / "hostile/naughty-strings/blns.json").read_text("utf-8"))
    xss = (folder / "hostile/xss-payloadbox/xss-payload-list.txt").read_text("utf-8", "replace").splitlines()
    vectors = json.loads((folder / "hostile/dompurify-expect/expect.json").read_text("utf-8"))
    strings = [*naughty[::6], *xss[::60], *(vector["payload"] for vector in vectors[::4])]
    return [text for text in strings if text.strip() and len(text) < 3_000 and "\0" not in text]


def assert_inert(page, newsroom, path):
    elsewhere, ran = [], []
    page.on("request", lambda request: request.url.startswith(newsroom.url) or elsewhere.append(request.url))
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.goto(newsroom.url + path)
    page.wait_for_load_state("networkidle")
    assert (elsewhere, ran, page.complaints) == ([], [], [])
    assert (
        page.evaluate("document.querySelectorAll('main :is(script, img, iframe, object, embed, svg[onload])').length")
        == 0
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.drawn
@pytest.mark.parametrize("queue", ["held", "reported"])
def test_hostile_words_do_nothing_in_the_queues(served, browser_page, queue):
    hold(served, {"en": HOSTILE["en"], "ar": HOSTILE["ar"]})
    if queue == "reported":
        served.python(REPORTED)
    sign_in(browser_page, served, "mona")
    assert_inert(browser_page, served, f"/desk/comments/read/?queue={queue}")
    for _ in range(5):
        browser_page.keyboard.press("j")
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert_inert(browser_page, served, f"/desk/comments/?state={queue}")
    assert "run" not in browser_page.title()


@pytest.mark.data
@pytest.mark.drawn
def test_every_kind_of_hostile_string_that_was_collected_does_nothing_as_comment_or_report(
    served, browser_page, data_folder
):
    hold(served, {"en": hostile_strings(data_folder)})
    served.python(REPORTED)
    sign_in(browser_page, served, "mona")
    path = "/desk/comments/?state=reported"
    pages = 0
    while path:
        assert_inert(browser_page, served, path)
        pages += 1
        after = browser_page.locator("a[rel=next]")
        path = f"/desk/comments/{after.get_attribute('href')}" if after.count() else ""
    assert pages > 3


def test_reporting_works_without_javascript_from_right_to_left_and_on_a_phone(served, browser_page):
    hold(served, {"en": ["Well said."], "ar": ["تقرير جيد"]})
    served.python(
        "from dateline.comments import actions\nfrom django.contrib.auth.models import User\n"
        "mona = User.objects.get(username='mona')\n"
        "for number in (1, 2): actions.decide(number, 'approved', by=mona, was='held')"
    )
    page = browser_page
    for path, width in (("/news/1/comments/1/report/", 1280), ("/ar/news/2/comments/2/report/", 390)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(served.url + path)
        assert checkers.axe(page) == []
        picture(page, f"report-{width}")
        page.locator("input[value=illegal]").check()
        page.locator("#report button").click()
        assert page.locator("#report .error").count() == 4
        assert checkers.axe(page) == []
        page.locator("input[value=hate]").check()
        page.locator("#report button").click()
        page.wait_for_url("**/report/?receipt=*")
        assert checkers.axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        picture(page, f"receipt-{width}")
    for path in ("/news/1/comments/log/", "/ar/comments/log/"):
        page.goto(served.url + path)
        assert checkers.axe(page) == []
        picture(page, f"log-{'ar' if 'ar' in path else 'en'}")
    assert [found for found in page.complaints if "422" not in found] == []


OUTSIDE = """[...document.querySelectorAll('.queue-comment')].flatMap(card => {
  const {left, right} = card.getBoundingClientRect();
  return [...card.querySelectorAll('*')].filter(each => each.getClientRects().length)
    .filter(each => each.getBoundingClientRect().right > right + 1 || each.getBoundingClientRect().left < left - 1)
    .map(each => each.outerHTML.slice(0, 60));
})"""


@pytest.mark.drawn
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_lists_cards_hold_all_that_is_in_them_on_a_phone(served, browser_page, language):
    hold(served, {"en": ["An insult."]})
    if language == "ar":
        served.python(ARABIC)
    browser_page.set_viewport_size({"width": 390, "height": 844})
    sign_in(browser_page, served, "mona", "/desk/comments/?state=held")
    assert browser_page.evaluate(OUTSIDE) == []

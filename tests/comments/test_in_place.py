"""Writing, answering, voting and reading on in a real browser, in both directions, with a script and without."""

import json

import pytest

from tests.comments.test_in_browser import APPROVED, PEOPLE
from tests.homes import Newsroom
from tests.newsroom import checkers

pytestmark = [pytest.mark.browser, pytest.mark.server]

THREADS = {
    "en": [
        "The pier was closed for a year.\n\n> Nobody was asked.\n\nSee https://harbour.example/plan *first*.",
        "Second.",
    ],
    "ar": ["تقرير جيد (2014–2019) with English in it.", "تعليق ثان."],
}
APPROVE = """
from dateline.comments import actions
from dateline.comments.models import Comment
from django.contrib.auth.models import User
for comment in Comment.objects.filter(state="held").order_by("id"):
    actions.decide(comment.pk, "approved", by=User.objects.get(username="mona"), was="held")
"""
# A Persian story under which twelve readers answer each other, in every way that could break a page.
DEEP = r"""
import json, uuid
from django.contrib.auth.models import User
from wagtail.models import Locale
from dateline.comments import actions as verbs
from dateline.stories import actions
from dateline.stories.models import Current, Section, Story
body = json.dumps([{"id": str(uuid.uuid4()), "type": "paragraph", "value": "<p>بندر باز شد.</p>"}])
story = Story(headline="بندر باز شد", body=body, section=Section.objects.get(slug="world"),
              locale=Locale.objects.get_or_create(language_code="fa")[0])
story.save()
actions.publish(story)
texts = ["می‌خواهم بدانم.", "English, with a full stop (and a bracket).", "W" * 5000, "ط" * 5000, "Z\u0351\u036b\u0313\u036a" * 900,
         "\u202eturned around, not closed \u2066", "https://harbour.example/" + "a" * 4000, "> " * 2000, "۱۴۰۵/۰۹/۰۲ and 2026-11-23",
         "👩🏽‍🚀" * 600, "a\n" * 40, "بله."]
parent = None
for number, text in enumerate([*texts, "last"]):
    made = verbs.accept(story.pk, name=text[:80], text=text, address=f"203.0.113.{number}", parent_id=parent)
    parent = verbs.decide(made.pk, "approved", by=User.objects.get(username="mona"), was="held").pk
"""
PLACES = [("/news/1/comments/", "en"), ("/ar/news/2/comments/", "ar")]
SECOND = {"en": "#comment-2", "ar": "#comment-4"}


@pytest.fixture(scope="module")
def threads(session_homes, tmp_path_factory):
    """A served newsroom with a short thread in each direction."""
    newsroom = session_homes.make(tmp_path_factory.mktemp("in-place") / "home", Newsroom)
    newsroom.serve()
    newsroom.python(PEOPLE)
    newsroom.python(APPROVED.format(json.dumps(THREADS)))
    newsroom.python(DEEP)
    return newsroom


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request, browser, threads):
    """A page of a phone, with a script and without."""
    context = browser.new_context(
        java_script_enabled=request.param, viewport={"width": 390, "height": 800}, base_url=threads.url
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.scripted = request.param
    yield page
    context.close()


@pytest.mark.parametrize(("path", "language"), PLACES)
def test_a_reader_writes_and_answers(threads, page, path, language):
    page.goto(path)
    texts = [f"{language} {page.scripted}: a letter", f"{language} {page.scripted}: an answer"]
    page.locator("#write-comment").fill(texts[0])
    page.locator("#write .send button").first.click()
    page.locator("#thanks").get_by_text(texts[0]).wait_for()
    assert page.locator("#write-comment").input_value() == ""
    page.goto(path)
    page.locator(".letter .answer").first.click()
    page.locator("#write [name=parent]").wait_for(state="attached")
    assert page.url.endswith(path) == page.scripted  # in place, or on the comment's own page
    page.locator("#write-comment").fill(texts[1])
    page.locator("#write .send button").first.click()
    page.locator("#thanks").get_by_text(texts[1]).wait_for()
    threads.python(APPROVE)
    page.goto(path)
    assert page.locator(".letter:not(.reply)", has_text=texts[0]).count() == 1
    assert page.locator(".letter.reply", has_text=texts[1]).count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("path", "language"), PLACES)
def test_a_reader_calls_a_comment_valuable_and_takes_it_back(threads, page, path, language):
    page.goto(path)
    letter = page.locator(SECOND[language])
    letter.locator(".value button").click()
    if page.scripted:
        letter.locator("[aria-pressed=true]").wait_for()
        assert letter.locator(".count").inner_text() in ("1", "١")
        page.reload()
        letter.locator("[aria-pressed=true]").click()
        letter.locator("[aria-pressed=false]").wait_for()
        assert page.url.endswith(path)
    else:
        page.locator("#told button").click()
    page.goto(f"{path}?order=valued")
    assert page.locator(SECOND[language]).locator(".count").inner_text() == ""


def test_what_is_wrong_is_said_at_the_field_and_a_flood_of_bytes_is_refused(page):
    page.goto("/news/1/comments/")
    page.locator("#write-comment").fill("x" * 5_001)
    page.get_by_role("button", name="Send").click()
    box = page.get_by_label("Your comment")
    page.locator("#write-comment-error").wait_for()
    assert box.get_attribute("aria-invalid") == "true"
    assert box.input_value() == "x" * 5_001
    assert page.evaluate("document.activeElement.id") == "write-comment" or not page.scripted
    box.fill("x" * 120_000)
    page.get_by_role("button", name="Send").click()
    page.locator("#refused").get_by_text("too long to read").wait_for()


def test_what_came_out_since_is_shown_in_place_when_the_reader_asks(threads, browser_page):
    page = browser_page
    page.clock.install()
    page.goto(f"{threads.url}/news/1/comments/")
    before = page.locator(".letter").count()
    more = {"en": ["Fresh from the quay.", "And another."]}
    threads.python(APPROVED.format(json.dumps(more)))
    fresh = page.get_by_role("button", name="New comments: 2")
    assert not fresh.is_visible()
    page.clock.fast_forward(31_000)
    fresh.wait_for()
    assert checkers.axe(page) == []
    fresh.click()
    page.locator(".letter.new", has_text="Fresh from the quay.").wait_for()
    page.locator(".letter.new", has_text="And another.").wait_for()
    assert page.locator(".letter").count() == before + 2
    assert page.evaluate("document.activeElement.innerText").startswith("And another.")
    assert not fresh.is_visible()
    assert page.complaints == []


def test_an_answer_that_came_out_since_is_placed_below_what_it_answers(threads, browser_page):
    page = browser_page
    page.clock.install()
    page.goto(f"{threads.url}/news/1/comments/")
    oldest = page.locator(".letter", has_text="The pier was closed")
    page.request.post(
        f"{threads.url}/news/1/comments/",
        form={"comment": "Since today it is open.", "parent": oldest.get_attribute("id").removeprefix("comment-")},
    )
    threads.python(APPROVE)
    page.clock.fast_forward(31_000)
    page.get_by_role("button", name="New comments: 1").click()
    page.locator(".letter.new.reply", has_text="Since today it is open.").wait_for()
    order = [text.strip() for text in page.locator(".letter .words").all_inner_texts()]
    assert order.index("Since today it is open.") > next(
        n for n, text in enumerate(order) if text.startswith("The pier")
    )


def test_a_retry_after_a_broken_connection_adds_nothing_and_the_words_survive_a_reload(threads, browser_page):
    page = browser_page
    page.goto(f"{threads.url}/news/1/")
    box = page.get_by_label("Your comment")
    box.fill("Sent twice, there once.")
    broken = []

    def breaks(route):  # the server takes it in, and the answer is lost
        route.fetch()
        broken.append(route.request.post_data)
        route.abort()

    page.route("**/comments/", breaks)
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").get_by_text("the connection failed").wait_for()
    assert box.input_value() == "Sent twice, there once."
    assert "form=" in broken[0]
    page.unroute("**/comments/")
    page.get_by_role("button", name="Send").click()
    page.locator("#thanks").wait_for()
    code = "from dateline.comments.models import Comment; print(Comment.objects.filter(text__startswith='Sent twice').count())"
    assert threads.python(code).strip() == "1"
    box.fill("Half a thought")
    page.reload()
    assert box.input_value() == "Half a thought"
    assert page.locator("#thanks").count() == 0


@pytest.mark.drawn
def test_a_reply_is_given_up_by_keyboard_and_each_draft_stays_where_it_was(threads, browser_page):
    page = browser_page
    page.goto(f"{threads.url}/news/1/comments/")
    box = page.get_by_label("Your comment")
    box.fill("To the story.")
    reply = page.locator("#comment-2 .answer")
    reply.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "write-comment"
    assert page.locator("#write-title").inner_text().startswith("Reply to")
    assert box.input_value() == ""
    page.keyboard.type("To the reader.")
    page.get_by_role("button", name="Cancel").press("Enter")
    assert page.evaluate("document.activeElement.className") == "answer"
    assert box.input_value() == "To the story."
    assert page.locator("#write-title").inner_text() == "Write a comment"
    reply.click()
    assert box.input_value() == "To the reader."
    assert checkers.axe(page) == []


def test_the_newsroom_answers_and_picks_at_the_desk_and_readers_see_its_badge(threads, browser_page):
    page = browser_page
    page.goto(f"{threads.url}/desk/login/?next=/desk/comments/on/2/")
    page.locator("[name=username]").fill("mona")
    page.locator("[name=password]").fill("a long password")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{threads.url}/desk/comments/on/2/")
    letter = page.locator("#comment-4")
    letter.get_by_text("Answer as the newsroom").click()
    letter.get_by_role("textbox").fill("نعم، يوم الاثنين.")
    assert [found for found in checkers.axe(page) if "sidebar" not in found] == []  # the menu is the desk's own
    letter.get_by_role("button", name="Publish").click()
    page.get_by_text("Your comment is published.").wait_for()
    letter.get_by_role("button", name="Pick", exact=True).click()
    letter.get_by_text("Picked by the editors").wait_for()
    page.goto(f"{threads.url}/ar/news/2/")
    page.locator(".letter.reply", has_text="نعم، يوم الاثنين.").locator(".staff-badge").wait_for()
    assert page.locator(".picks .pick").count() == 1
    assert checkers.axe(page) == []


@pytest.mark.drawn
def test_a_very_long_letter_is_cut_in_the_thread_and_whole_on_its_own_page_and_by_keyboard(threads, browser_page):
    page = browser_page
    threads.python(APPROVED.format(json.dumps({"en": ["Word. " * 700 + "https://harbour.example/end"]})))
    page.goto(f"{threads.url}/news/1/comments/")
    letter = page.locator(".letter", has=page.locator(".words.cut"))
    assert letter.bounding_box()["height"] < 800
    letter.locator(".words a").focus()
    assert letter.bounding_box()["height"] > 800
    letter.get_by_role("link", name="Read the whole letter").click()
    page.wait_for_url("**/comments/*/")
    assert page.locator(".letter").first.bounding_box()["height"] > 800


LETTERS = """[...document.querySelectorAll(".letter")].map((letter) => {
    const words = letter.querySelector(".words"), box = words.getBoundingClientRect();
    const foot = letter.querySelector("footer").getBoundingClientRect();
    return {depth: +letter.dataset.depth, width: box.width, start: Math.min(box.left, foot.left), end: Math.max(box.right, foot.right),
            below: foot.top >= box.bottom - 1, size: parseFloat(getComputedStyle(words).fontSize)};
})"""


@pytest.mark.drawn
@pytest.mark.parametrize("width", [390, 1440])
def test_twelve_readers_who_answer_each_other_can_be_read_on_a_phone(threads, browser_page, width):
    page = browser_page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{threads.url}/fa/news/3/comments/5/")
    letters = page.evaluate(LETTERS)
    assert [letter["depth"] for letter in letters] == [*range(13)]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for letter in letters:
        assert letter["width"] >= 270
        assert letter["size"] >= 16
        assert letter["below"]
        assert 0 <= letter["start"] < letter["end"] <= width
    directions = page.evaluate(
        "[...document.querySelectorAll('.words')].map((words) => getComputedStyle(words.querySelector('p') ?? words).direction)"
    )
    assert directions[:2] == ["rtl", "ltr"]
    assert page.locator("#write-comment").get_attribute("dir") == "auto"
    assert page.complaints == []


@pytest.mark.drawn
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "path",
    ["/news/1/comments/", "/ar/news/2/comments/", "/news/1/", "/fa/news/3/comments/", "/news/1/comments/?order=valued"],
)
def test_threads_are_accessible_and_keep_to_the_page(threads, browser_page, path, width):
    page = browser_page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(threads.url + path)
    assert checkers.axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []
    assert checkers.inline(page.content()) == []

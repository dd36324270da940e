"""Whatever is typed is shown as words."""

import json
import re

import html5lib
import pytest

from dateline.comments import actions
from dateline.comments.models import Comment
from tests.comments.test_formatting import bare, said
from tests.comments.test_thread import post

pytestmark = pytest.mark.django_db

HOSTILE = [
    '<script>alert(1)</script><img src=x onerror="alert(1)">',
    "</textarea><script>alert(1)</script>",
    '" onfocus="alert(1)" autofocus="',
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "\u202eright to left override\u202c \u2066unclosed",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "x" * 5_000,
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_shown_as_words(client, published, moderator, hostile):
    story = published()
    assert post(client, story, comment=hostile, name=hostile[:80]).status_code == 303
    comment = Comment.objects.get()
    actions.decide(comment.pk, "approved", by=moderator, was="held")
    assert comment.text == hostile
    for page in (client.get(f"/news/{story.pk}/comments/").text, client.get(f"/news/{story.pk}/", follow=True).text):
        assert_only_words(page, comment)


@pytest.mark.data
@pytest.mark.drawn
def test_every_hostile_string_that_was_collected_is_shown_as_words(client, published, data_folder, moderator):
    story = published()
    naughty = json.loads((data_folder / "hostile/naughty-strings/blns.json").read_text("utf-8"))
    xss = (data_folder / "hostile/xss-payloadbox/xss-payload-list.txt").read_text("utf-8", "replace").splitlines()
    vectors = json.loads((data_folder / "hostile/dompurify-expect/expect.json").read_text("utf-8"))
    strings = [*naughty, *xss[::20], *(vector["payload"] for vector in vectors)]
    answered = {post(client, story, comment=string, name=string[:80]).status_code for string in strings}
    assert answered == {303, 422}  # 422 for those in which there is nothing to be seen, or too much
    for comment in Comment.objects.all():
        actions.decide(comment.pk, "approved", by=moderator, was="held")
    assert Comment.objects.count() > 500
    pages = 0
    address = f"/news/{story.pk}/comments/"
    kept = {comment.pk: comment for comment in Comment.objects.all()}
    while address:
        address, seen = read_page(client, address, kept)
        pages += 1
        assert seen
    assert pages > 10


def read_page(client, address, kept):
    text = client.get(address).text
    seen = [kept[int(number)] for number in re.findall(r'id="comment-(\d+)"', text)]
    for comment in seen:
        assert_only_words(text, comment)
    link = re.search(r'<a rel="next" href="([^"]+)"', text)
    return (link[1] if link else None), seen


def assert_only_words(page, comment):
    """A browser's parser finds nothing in the comment but its formatting and our signature; no word is lost."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    letter = tree.find(f".//article[@id='comment-{comment.pk}']")
    words = next(element for element in letter.iter("div") if "words" in element.get("class").split())
    assert not {element.tag for element in letter.iter()} & {"script", "style", "img", "svg", "iframe", "textarea"}
    names = {name for element in letter.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name in ("style", "src", "srcset", "formaction")}
    assert {element.tag for element in words.iter()} <= {"div", "p", "br", "blockquote", "em", "a"}
    assert {name for element in words.iter() for name in element.attrib} <= {"class", "dir", "href", "rel"}
    assert all(link.get("href").lower().startswith(("http://", "https://")) for link in words.iter("a"))
    assert bare(said(words)) == bare(comment.text)

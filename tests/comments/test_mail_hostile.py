"""Whatever was typed is words in a mail, too, and never a header."""

import json
from email import message_from_bytes, policy

import html5lib
import pytest

from dateline.comments import actions
from dateline.comments.mail import replies
from dateline.comments.mail import writing as mail
from dateline.comments.models import Comment, Mail, Reader
from dateline.comments.threads.forms import CommentForm

from .doors import sign_in
from .test_hostile import HOSTILE

pytestmark = pytest.mark.django_db
TAGS = {"html", "head", "meta", "title", "body", "p", "bdi", "blockquote", "br", "a", "hr"}
ATTRIBUTES = {"lang", "dir", "charset", "name", "content", "href"}
HEADERS = {
    "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
    "Content-Language", "List-Unsubscribe", "List-Unsubscribe-Post",
}  # fmt: skip


@pytest.fixture
def mails(client, published, moderator):
    """The mails of answers with these words, by somebody of this name."""
    story = published()
    sign_in(client)
    client.post(f"/news/{story.pk}/comments/", {"comment": "My letter."})
    mine = actions.decide(Comment.objects.get().pk, "approved", by=moderator, was="held")

    def make(text):
        Reader.objects.update(replies_mailed_at=None)  # as if an hour lay between two mails
        reply = actions.accept(story.pk, name=text[:80], text=text, address="", parent_id=mine.pk)
        actions.decide(reply.pk, "approved", by=moderator, was="held")
        replies.write_due()
        return Mail.objects.latest("pk")

    return make


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_words_in_a_mail(mails, hostile):
    assert_only_words(mails(hostile), hostile)


@pytest.mark.data
@pytest.mark.drawn
def test_every_hostile_string_that_was_collected_is_words_in_a_mail(client, mails, data_folder):
    naughty = json.loads((data_folder / "hostile/naughty-strings/blns.json").read_text("utf-8"))
    vectors = json.loads((data_folder / "hostile/dompurify-expect/expect.json").read_text("utf-8"))
    strings = dict.fromkeys([*naughty, *(vector["payload"] for vector in vectors)])
    forms = [CommentForm({"comment": string, "name": string[:80]}) for string in strings]
    cleaned = {form.cleaned_data["comment"] for form in forms if form.is_valid()}
    assert len(cleaned) > 400
    for text in cleaned:
        assert_only_words(mails(text), text)


def assert_only_words(written, text):
    tree = html5lib.parse(written.html, namespaceHTMLElements=False)
    assert {element.tag for element in tree.iter()} <= TAGS
    assert {name for element in tree.iter() for name in element.attrib} <= ATTRIBUTES
    assert len(list(tree.iter("a"))) == 3  # to the thread, the site, and the end of it
    quoted = "".join(tree.find(".//blockquote").itertext())
    assert "".join(quoted.split()) == "".join(text.split())
    sent = message_from_bytes(mail.message(written).message().as_bytes(), policy=policy.default)
    assert set(sent.keys()) == HEADERS
    assert sent["To"] == "sana@readers.example"
    assert not {"\n", "\r", "\u202e", "\u202d"} & set(written.subject)

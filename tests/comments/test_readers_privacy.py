"""A reader's mail address, and his address on the internet, leave the server in no way."""

import logging
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from dateline.comments import actions
from dateline.comments.mail import delivery
from dateline.comments.models import Comment, Mail, Reader

from .doors import link_mailed, sign_in

pytestmark = pytest.mark.django_db

CANARY = "canary-7f3a"
MAILBOX = f"{CANARY}@readers.example"
ADDRESS = "203.0.113.77"
PUBLIC = [
    "/", "/section/world/", "/corrections/", "/search/?q=canary", "/feeds/rss.xml", "/feeds/atom.xml",
    "/feeds/feed.json", "/section/world/feeds/rss.xml", "/sitemap.xml", "/sitemap-0.xml", "/sitemap-pages.xml",
    "/news-sitemap.xml", "/news/{story}.json", "/news/{story}/", "/news/{story}/history/", "/news/{story}/v/1/",
    "/news/{story}/comments/", "/news/{story}/comments/?order=oldest", "/news/{story}/comments/{comment}/",
    "/readers/", "/readers/?sent", "/ar/readers/",
]  # fmt: skip
HIS_OWN = ["/readers/me/", "/readers/me/{comment}/", "/readers/me/close/"]
DESK = ["/desk/", "/desk/comments/", *(f"/desk/comments/?state={state}" for state in Comment.State), "/desk/mail/"]


@pytest.fixture
def told(settings, tmp_path, caplog, client, published, approved, moderator):
    """All that a newsroom does with a reader, and what it logged meanwhile."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    story = published()
    sign_in(client, MAILBOX, name="Sana")
    client.defaults["REMOTE_ADDR"] = ADDRESS
    client.post(f"/news/{story.pk}/comments/", {"comment": "A letter."})
    comment = Comment.objects.latest("pk")
    actions.decide(comment.pk, "approved", by=moderator, was="held")
    for words in ("It waits.", "It is not about it."):
        client.post(f"/news/{story.pk}/comments/", {"comment": words})
    actions.decide(Comment.objects.latest("pk").pk, "rejected", by=moderator, was="held", reason="off-topic")
    client.post(f"/readers/me/{comment.pk + 1}/", {"comment": "It waits, changed."})
    approved(story, "An answer.", name="Tariq", parent_id=comment.pk)
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "dateline.comments.mail.folder.Folder", tmp_path / "mail"
    delivery.send_due()
    return {"story": story.pk, "comment": comment.pk}


def test_no_page_feed_item_export_queue_or_log_line_tells_who_he_is(told, client, editor, tmp_path, caplog):
    chief = Client()
    chief.force_login(editor)
    asked = (
        [(Client(), path) for path in PUBLIC] + [(client, path) for path in HIS_OWN] + [(chief, path) for path in DESK]
    )
    for asker, path in asked:
        answer = asker.get(path.format(**told), follow=True)
        assert answer.status_code == 200, path
        whole = f"{answer.headers}{b''.join(answer).decode('utf-8', 'replace')}"
        assert CANARY not in whole, path
        assert ADDRESS not in whole, path
    call_command("export", str(tmp_path / "out.jsonl"))
    assert CANARY not in (tmp_path / "out.jsonl").read_text("utf-8")
    assert CANARY not in caplog.text
    assert ADDRESS not in caplog.text


def test_what_goes_wrong_is_logged_without_him(client, settings, caplog):
    caplog.set_level(logging.INFO)
    link_mailed(MAILBOX)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1,
    )  # fmt: skip
    Client().post("/readers/", {"email": MAILBOX})
    delivery.send_due()
    Client().post("/readers/", {"email": f"{MAILBOX} x"})
    Client().get(f"/readers/?email={MAILBOX}")
    assert "No mail can be sent" in caplog.text
    assert CANARY not in caplog.text


def test_the_addresses_he_wrote_from_are_kept_only_as_keyed_hashes(told):
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            assert ADDRESS not in str(cursor.fetchall()), table


def test_his_own_file_alone_holds_his_address_and_nothing_does_once_he_is_gone(told, client):
    assert MAILBOX in client.get("/readers/me/data.json").text
    assert MAILBOX not in Client().get("/readers/me/data.json", follow=True).text
    Client().post("/readers/", {"email": MAILBOX})
    assert Mail.objects.filter(to=MAILBOX).exists()
    client.post("/readers/me/close/", {"sure": "on"})
    assert not Reader.objects.filter(email=MAILBOX).exists()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert CANARY not in str(cursor.fetchall()), table


def test_the_mail_of_an_answer_names_nobody_but_who_gets_it(told, settings):
    sent = "".join(mail.read_text() for mail in settings.EMAIL_FILE_PATH.glob("*.eml"))
    assert "An answer." in sent
    found = set(re.findall(r"[\w.+-]+@[\w.-]+", sent))
    assert {each for each in found if each.endswith("readers.example")} == {MAILBOX}

"""Readers come in by a mailed link, and leave."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from dateline.comments.mail import delivery
from dateline.comments.models import Comment, Mail, Reader, SignIn
from dateline.comments.readers import sessions, signing_in

from .doors import link_mailed, sign_in

pytestmark = pytest.mark.django_db


def test_a_reader_asks_for_a_link_presses_its_button_and_is_in(client):
    page = client.get("/readers/")
    assert 'type="email"' in page.text
    answer = client.post("/readers/", {"email": "Sana@Readers.example"})
    assert (answer.status_code, answer["Location"]) == (303, "/readers/?sent")
    assert "Look into your mail." in client.get("/readers/?sent").text
    delivery.send_due()
    (sent,) = mail.outbox
    link = re.search(r"http\S+", sent.body)[0]
    opened = client.get(link)
    assert opened.status_code == 200
    assert "The link is good." in opened.text
    assert not Reader.objects.exists()
    assert client.post(link, {"name": "Sana"})["Location"] == "/readers/me/"
    reader = Reader.objects.get()
    assert (reader.email, reader.name, reader.language) == ("sana@readers.example", "Sana", "en")
    page = client.get("/readers/me/")
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert {"CDN-Cache-Control", "Surrogate-Key", "ETag", "x-edge-keep"} & set(page.headers) == set()


def test_the_cookie_is_signed_and_no_script_can_read_it(client):
    sign_in(client)
    cookie = client.cookies[sessions.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    client.cookies[sessions.COOKIE] = cookie.value[:-1] + ("a" if cookie.value[-1] != "a" else "b")
    assert client.get("/readers/me/")["Location"] == "/readers/"


def test_a_link_that_a_mail_scanner_opened_still_works_and_works_once(client):
    link = link_mailed("sana@readers.example")
    for _ in range(3):
        assert Client().get(link).status_code == Client().head(link).status_code == 200
    assert client.post(link).status_code == 303
    again = Client().post(link)
    assert again.status_code == 410
    assert sessions.COOKIE not in again.cookies
    assert "It was used" in Client().get(link).text


def test_a_link_of_half_an_hour_ago_and_one_we_never_sent_are_gone(client, monkeypatch):
    link = link_mailed("sana@readers.example")
    monkeypatch.setattr(signing_in, "LIFE", timedelta(seconds=0))
    assert client.get(link).status_code == client.post(link).status_code == 410
    monkeypatch.undo()
    forged = link[:-3] + ("AAA" if link[-3:] != "AAA/" else "BBB") + "/"
    assert client.post(forged).status_code == 410
    assert client.post("/readers/enter/nothing/").status_code == 410
    assert not Reader.objects.exists()


def test_nobody_learns_whether_an_address_is_known(client):
    sign_in(Client(), "known@readers.example")
    answers = []
    for mailbox in ("known@readers.example", "unknown@readers.example"):
        answer = client.post("/readers/", {"email": mailbox})
        answers.append((answer.status_code, dict(answer.headers), answer.content, answer.cookies.output()))
    assert answers[0] == answers[1]
    assert Mail.objects.count() == 2


def test_the_fourth_link_to_a_mailbox_in_half_an_hour_is_not_sent_and_answered_alike(client):
    answers = {client.post("/readers/", {"email": "sana@readers.example"})["Location"] for _ in range(5)}
    assert answers == {"/readers/?sent"}
    assert Mail.objects.count() == 3
    SignIn.objects.update(created_at=timezone.now() - timedelta(minutes=31))
    client.post("/readers/", {"email": "sana@readers.example"})
    assert Mail.objects.count() == 4


def test_one_address_asks_for_ten_links_and_then_waits(client):
    asked = [
        client.post("/readers/", {"email": f"sana{number}@readers.example"}, REMOTE_ADDR="8.8.8.8").status_code
        for number in range(11)
    ]
    assert asked == [303] * 10 + [429]
    assert client.post("/readers/", {"email": "new@readers.example"}, REMOTE_ADDR="8.8.4.4").status_code == 303


@pytest.mark.parametrize("typed", ["", "sana", "sana@", "a@b.example\nBcc: c@d.example", "x" * 250 + "@d.example"])
def test_what_is_no_mail_address_is_refused_at_the_field(client, typed):
    answer = client.post("/readers/", {"email": typed})
    assert answer.status_code == 422
    assert 'aria-invalid="true" aria-describedby="reader-email-error"' in answer.text
    assert not Mail.objects.exists()


def test_the_story_and_its_thread_are_the_same_bytes_for_everybody(client, published, approved):
    story = published()
    approved(story)
    sign_in(client)
    for path in (f"/news/{story.pk}/comments/", story.get_absolute_url(), "/readers/"):
        signed_in, guest = client.get(path, follow=True), Client().get(path, follow=True)
        assert signed_in.content == guest.content
        assert signed_in["Cache-Control"].startswith("public")
        assert "Cookie" not in signed_in.get("Vary", "")
        assert not signed_in.cookies


def test_who_is_signed_in_writes_under_the_name_of_his_account(client, published):
    story = published()
    reader = sign_in(client)
    client.post(f"/news/{story.pk}/comments/", {"name": "Somebody else", "comment": "Well said."})
    comment = Comment.objects.get()
    assert (comment.reader, comment.name) == (reader, "Sana")
    assert "Well said." in client.get("/readers/me/").text
    assert "Well said." not in Client().get("/readers/me/", follow=True).text


def test_a_guest_of_the_same_name_is_somebody_else(client, published):
    story = published()
    reader = sign_in(client)
    Client().post(f"/news/{story.pk}/comments/", {"name": "Sana", "comment": "Well said."}, REMOTE_ADDR="")
    client.post(f"/news/{story.pk}/comments/", {"comment": "Well said."}, REMOTE_ADDR="")
    assert Comment.objects.count() == 2
    assert Comment.objects.filter(reader=reader).count() == 1


def test_two_readers_behind_one_address_say_the_same_and_both_are_heard(published):
    story = published()
    for mailbox in ("one@readers.example", "two@readers.example"):
        client = Client()
        sign_in(client, mailbox, name="Sana")
        for _ in range(2):  # the connection broke
            client.post(f"/news/{story.pk}/comments/", {"comment": "Well said."})
    assert Comment.objects.count() == 2


def test_signing_out_ends_it_here_and_everywhere_ends_it_on_all_devices(client):
    phone = Client()
    sign_in(client)
    sign_in(phone)
    assert client.post("/readers/leave/")["Location"] == "/readers/"
    assert client.get("/readers/me/").status_code == 303
    assert phone.get("/readers/me/").status_code == 200
    sign_in(client)
    client.post("/readers/leave/", {"everywhere": "yes"})
    assert phone.get("/readers/me/").status_code == 303


@pytest.mark.parametrize("path", ["/readers/", "/readers/leave/", "/readers/me/", "/readers/me/close/"])
def test_another_site_can_do_nothing_in_his_name(client, path):
    reader = sign_in(client)
    answer = client.post(path, {"email": "a@b.example", "sure": "yes"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 403
    assert answer["Cache-Control"] == "private, no-store"
    assert client.get("/readers/me/").status_code == 200
    assert Reader.objects.get().generation == reader.generation


def test_an_arabic_reader_gets_an_arabic_door_and_mail(client):
    link = link_mailed("sana@readers.example", prefix="/ar")
    (sent,) = mail.outbox
    html = sent.alternatives[0][0]
    assert link.startswith("/ar/readers/enter/")
    assert 'lang="ar" dir="rtl"' in html
    assert sent.extra_headers["Content-Language"] == "ar"
    assert 'dir="rtl"' in client.get(link).text


def test_he_changes_his_name_and_a_name_that_is_too_long_is_refused(client):
    sign_in(client)
    assert client.post("/readers/me/", {"name": "Sana of Basra"}).status_code == 303
    reader = Reader.objects.get()
    assert (reader.name, reader.wants_replies) == ("Sana of Basra", False)
    answer = client.post("/readers/me/", {"name": "x" * 81})
    assert answer.status_code == 422
    assert "this one has 81" in answer.text
    assert Reader.objects.get().name == "Sana of Basra"


def test_who_is_signed_in_is_told_to_his_browser_alone_and_the_page_says_what_will_stand(client, published):
    story = published()
    sign_in(client, name="Sana <b>")
    answer = client.get("/readers/who")
    assert answer.json() == {"signed_in": True, "name": "Sana <b>"}
    assert answer["Cache-Control"] == "private, no-store"
    assert Client().get("/readers/who").json() == {"signed_in": False, "name": ""}
    page = client.get(f"/news/{story.pk}/comments/")
    assert page.content == Client().get(f"/news/{story.pk}/comments/").content
    assert 'data-who="/readers/who"' in page.text
    assert "If you are signed in, the name of your account stands under it instead." in page.text

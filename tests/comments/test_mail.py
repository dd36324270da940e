"""Mail: written with what it tells, sent beside it, never lost, and to nobody else."""

import logging
import time
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail as django_mail
from django.db import transaction
from django.utils import timezone

from dateline.comments.mail import delivery
from dateline.comments.mail import folder as mail_folder
from dateline.comments.mail import writing as mail
from dateline.comments.models import Mail
from dateline.settings import mail as mail_settings

from .mail_server import postbox  # noqa: F401

pytestmark = pytest.mark.django_db


def put(to="sana@readers.example", subject="Your link", *, until=timedelta(hours=1), **options):
    return mail.put(
        "mail_sign_in", to=to, subject=subject, language=options.pop("language", "en"),
        until=timezone.now() + until, link="http://news.example/readers/enter/x/", **options,
    )  # fmt: skip


def due_again():
    """As if the time to try again had come."""
    Mail.objects.update(due_at=timezone.now())


def test_a_mail_reaches_a_real_server_and_no_copy_is_kept(postbox):  # noqa: F811
    put()
    assert delivery.send_due() == 1
    (came,) = postbox.came
    assert came["To"] == "sana@readers.example"
    assert came["Subject"] == "Your link"
    assert came["Auto-Submitted"] == "auto-generated"
    assert came["Message-ID"].endswith("@127.0.0.1>")
    assert [part.get_content_type() for part in came.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert "http://news.example/readers/enter/x/" in came.get_body(("plain",)).get_content()
    assert not Mail.objects.exists()
    assert delivery.send_due() == 0


def test_an_arabic_mail_arrives_in_arabic_and_from_right_to_left(postbox):  # noqa: F811
    put(subject="رابط الدخول إلى \u2067Dispatches\u2069", language="ar")
    delivery.send_due()
    (came,) = postbox.came
    assert came["Subject"].strip() == "رابط الدخول إلى \u2067Dispatches\u2069"
    assert came["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in came.get_body(("html",)).get_content()


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x00"])
def test_nothing_in_a_subject_becomes_a_header(postbox, break_):  # noqa: F811
    put(subject=f"Sana{break_}Bcc: all@readers.example{break_}{break_}Body")
    assert delivery.send_due() == 1
    (came,) = postbox.came
    assert came["Bcc"] is None
    assert set(came.keys()) == {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
        "Content-Language", "X-Peer", "X-MailFrom", "X-RcptTo",
    } - {"X-Peer", "X-MailFrom", "X-RcptTo"}  # fmt: skip


def test_what_is_rolled_back_is_never_mailed(postbox):  # noqa: F811
    with pytest.raises(KeyError), transaction.atomic():
        put()
        raise KeyError
    assert delivery.send_due() == 0
    assert postbox.came == []


def test_mail_waits_for_a_server_that_is_not_there_and_goes_out_when_it_is_back(postbox, settings, caplog):  # noqa: F811
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    first, second = put(), put("tariq@readers.example")
    assert delivery.send_due() == 0
    first.refresh_from_db(), second.refresh_from_db()
    assert first.due_at == second.due_at > timezone.now() + timedelta(seconds=25)
    assert (first.tries, second.tries) == (1, 0)
    assert "No mail can be sent: ConnectionRefusedError" in caplog.text
    assert delivery.send_due() == 0  # it rests
    settings.EMAIL_PORT = port
    due_again()
    assert delivery.send_due() == 2
    assert {came["To"] for came in postbox.came} == {"sana@readers.example", "tariq@readers.example"}


def test_each_failure_makes_the_rest_longer_up_to_an_hour(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    row, rests = put(until=timedelta(days=3)), []
    for _ in range(10):
        due_again()
        delivery.send_due()
        row.refresh_from_db()
        rests.append(round((row.due_at - timezone.now()).total_seconds()))
    assert rests == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_a_wrong_password_keeps_the_mail_and_says_where_to_look(postbox, settings, caplog):  # noqa: F811
    settings.EMAIL_HOST_PASSWORD = "wrong"
    put()
    assert delivery.send_due() == 0
    assert Mail.objects.count() == 1
    assert "SMTPAuthenticationError 535" in caplog.text
    assert "DATELINE_MAIL_URL" in caplog.text


def test_a_mailbox_that_is_gone_keeps_no_other_waiting_and_is_named_in_no_log(postbox, caplog):  # noqa: F811
    caplog.set_level(logging.INFO)
    postbox.answers = {"gone@readers.example": "550 no gone@readers.example", "full@readers.example": "452 full"}
    put("gone@readers.example"), put("full@readers.example"), put("sana@readers.example")
    assert delivery.send_due() == 1
    assert [came["To"] for came in postbox.came] == ["sana@readers.example"]
    assert list(Mail.objects.values_list("to", flat=True)) == ["full@readers.example"]
    assert "for good (550)" in caplog.text
    assert "for now (452)" in caplog.text
    assert "readers.example" not in "".join(
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith("mail.log")  # the test's server
    )


def test_what_could_not_be_sent_in_time_is_not_sent_late(postbox, caplog):  # noqa: F811
    put(until=timedelta(seconds=-1))
    assert delivery.send_due() == 0
    assert postbox.came == []
    assert not Mail.objects.exists()


def test_a_mail_that_somebody_else_is_sending_is_left_to_him(postbox):  # noqa: F811
    put()
    assert delivery._claim() is not None  # and dies there
    assert delivery.send_due() == 0
    Mail.objects.update(due_at=timezone.now())  # minutes later
    assert delivery.send_due() == 1


@pytest.mark.django_db(transaction=True)
def test_a_slow_mail_server_keeps_the_follower_from_nothing(postbox):  # noqa: F811
    postbox.slowly = 1.0
    put()
    began = time.monotonic()
    assert [delivery.deliver(), delivery.deliver()] == [False, False]
    assert time.monotonic() - began < 0.8
    delivery._postman.join(10)
    assert len(postbox.came) == 1


def test_without_a_server_mail_lies_in_the_home_and_only_its_owner_can_read_it(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = mail_settings.FOLDER, tmp_path / "mail"
    put(subject="رابطك"), put(subject="Second")
    assert delivery.send_due() == 2
    files = sorted((tmp_path / "mail").iterdir())
    assert {(file.suffix, file.stat().st_mode & 0o777) for file in files} == {(".eml", 0o600)}
    assert message_from_bytes(files[0].read_bytes(), policy=policy.default)["Subject"] == "رابطك"
    assert [each["Subject"] for each in mail_folder.newest(1)] == ["Second"]


def test_a_chief_reads_the_folder_at_the_desk_and_follows_the_link(client, settings, tmp_path, editor):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = mail_settings.FOLDER, tmp_path / "mail"
    put(subject="<b>Yours</b>")
    delivery.send_due()
    client.force_login(editor)
    page = client.get("/desk/mail/")
    assert "&lt;b&gt;Yours&lt;/b&gt;" in page.text
    assert '<a href="http://news.example/readers/enter/x/"' in page.text
    assert "sana@readers.example" not in page.text
    assert "/desk/mail/" in client.get("/readers/?sent").text
    assert "/desk/mail/" in client.get("/desk/").text


def test_a_moderator_sees_no_mail_and_nobody_does_once_there_is_a_server(client, settings, tmp_path, moderator, editor):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = mail_settings.FOLDER, tmp_path / "mail"
    client.force_login(moderator)
    assert client.get("/desk/mail/").status_code in (302, 403)
    assert "/desk/mail/" not in client.get("/desk/").text
    client.force_login(editor)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert client.get("/desk/mail/").status_code == 404
    assert "/desk/mail/" not in client.get("/readers/?sent").text


def test_mail_is_from_the_agency(settings):
    put()
    delivery.send_due()
    assert django_mail.outbox[0].from_email == "Dispatches <no-reply@127.0.0.1>"


@pytest.mark.parametrize(("url", "host", "port", "user", "password", "tls", "ssl"), [
    ("smtp://mail.example", "mail.example", 25, "", "", False, False),
    ("starttls://news%40room:p%25ss@mail.example", "mail.example", 587, "news@room", "p%ss", True, False),
    ("smtps://u:p@[::1]:2465", "::1", 2465, "u", "p", False, True),
])  # fmt: skip
def test_the_setting_names_server_port_login_and_encryption(tmp_path, url, host, port, user, password, tls, ssl):
    made = mail_settings.settings(url, tmp_path)
    assert (made["EMAIL_HOST"], made["EMAIL_PORT"], made["EMAIL_HOST_USER"]) == (host, port, user)
    assert (made["EMAIL_HOST_PASSWORD"], made["EMAIL_USE_TLS"], made["EMAIL_USE_SSL"]) == (password, tls, ssl)


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp:///x"])
def test_a_setting_that_names_no_server_is_refused_with_the_cure(tmp_path, url):
    with pytest.raises(ValueError, match="DATELINE_MAIL_URL must be smtp://, starttls:// or smtps://"):
        mail_settings.settings(url, tmp_path)

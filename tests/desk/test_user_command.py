"""`dateline user`: people come, change and go."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def say(*words):
    out = io.StringIO()
    call_command("user", *words, stdout=out)
    return out.getvalue()


def test_somebody_is_added_with_a_password_that_works(client):
    said = say("add", "rana", "--role", "chief", "--email", "rana@news.example")
    password = said.rpartition(": ")[2].strip()
    assert client.login(username="rana", password=password)
    assert client.get("/desk/").status_code == 200
    assert "rana" in say("list")
    assert "chief" in say("list")


def test_somebody_reads_the_desk_in_a_language_and_changes_it_without_saying_a_name(client):
    password = say("add", "rana", "--role", "editor", "--language", "fa").rpartition(": ")[2].strip()
    client.login(username="rana", password=password)
    assert '<html lang="fa" dir="rtl"' in client.get("/desk/").text
    account = client.get("/desk/account/").text
    assert 'value="localtime"' not in account
    assert 'value="Asia/Baghdad"' in account
    sent = {"locale-preferred_language": "ar", "theme-theme": "system", "theme-density": "default"}
    sent |= {
        "theme-contrast": "system",
        "name_email-first_name": "",
        "name_email-last_name": "",
        "name_email-email": "",
    }
    assert client.post("/desk/account/", sent).status_code == 302
    assert '<html lang="ar" dir="rtl"' in client.get("/desk/").text


def test_a_password_may_be_given_and_a_weak_one_is_refused(client, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("a long password of mine\n"))
    assert "Password" not in say("add", "omar", "--role", "editor", "--password-stdin")
    assert client.login(username="omar", password="a long password of mine")
    monkeypatch.setattr("sys.stdin", io.StringIO("1234\n"))
    with pytest.raises(CommandError, match="too short"):
        say("add", "lina", "--role", "editor", "--password-stdin")
    assert not User.objects.filter(username="lina").exists()


def test_the_same_name_twice_is_refused_with_the_cure():
    say("add", "rana", "--role", "reporter")
    with pytest.raises(CommandError, match="dateline user role rana editor"):
        say("add", "rana", "--role", "editor")
    assert "editor" in say("role", "rana", "editor")


def test_who_is_off_is_out_at_once(client):
    password = say("add", "rana", "--role", "editor").rpartition(": ")[2].strip()
    client.login(username="rana", password=password)
    assert client.get("/desk/").status_code == 200
    say("off", "rana")
    assert client.get("/desk/").status_code == 302
    assert say("list").rstrip().endswith("off")


def test_nobody_is_said():
    with pytest.raises(CommandError, match="nobody called 'ghost'"):
        say("off", "ghost")

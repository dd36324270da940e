"""What is forgotten by itself, and what a reader takes with him."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from dateline.comments import actions
from dateline.comments.mail import folder as mail_folder
from dateline.comments.models import Reader
from dateline.comments.moderation import bans, forgetting, reports
from dateline.comments.moderation.objections import Report
from tests.comments.doors import sign_in
from tests.comments.test_reports import NOTICE, report
from tests.comments.test_telling import minutes_pass

pytestmark = pytest.mark.django_db
CANARY = "canary-51c2"
DAY = 24 * 60
ILSE = NOTICE | {"name": f"Ilse {CANARY}", "mail": f"{CANARY}@readers.example"}


def days_pass(days):
    minutes_pass(days * DAY)
    for row in Report.objects.all():
        Report.objects.filter(pk=row.pk).update(created_at=row.created_at - timedelta(days=days))


def rows_with(words):
    """The tables that hold them."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [table] if words in str(cursor.fetchall()) else []
    return found


def test_who_reported_is_forgotten_when_nobody_can_appeal_any_more(client, published, approved, moderator):
    comment = approved(published())
    receipt = report(client, comment, **ILSE)["Location"]
    days_pass(400)
    assert forgetting.forget_reporters() == 0  # it waits for its answer
    actions.decide(comment.pk, "approved", by=moderator, was="approved")
    days_pass(180)
    assert forgetting.forget_reporters() == 0
    assert "comments_report" in rows_with(CANARY)
    days_pass(5)
    assert forgetting.forget_reporters() == 1
    assert forgetting.forget_reporters() == 0
    assert "comments_report" not in rows_with(CANARY)
    assert NOTICE["words"] in client.get(receipt).text


def test_who_appealed_is_not_forgotten_before_his_answer(client, published, approved, moderator):
    comment = approved(published())
    receipt = report(client, comment, **ILSE)["Location"]
    actions.decide(comment.pk, "approved", by=moderator, was="approved")
    client.post(receipt, {"words": "Read it again."})
    days_pass(200)
    assert forgetting.forget_reporters() == 0


def test_an_hour_lies_between_two_times(monkeypatch, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    monkeypatch.setattr(forgetting, "_due", 0.0)
    times = []
    monkeypatch.setattr(forgetting, "forget_reporters", lambda: times.append(1) or 0)
    assert [forgetting.forget(), forgetting.forget()] == [False, False]
    assert len(times) == 1


def test_mail_in_the_folder_is_deleted_after_thirty_days(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    for days in (0, 29, 31, 400):
        when = timezone.now() - timedelta(days=days)
        (tmp_path / f"{when:%Y%m%d-%H%M%S-%f}-{days}.eml").write_text("Subject: Yours\n\n")
    (tmp_path / "20200101-000000-notes.txt").write_text("The operator's own.")
    assert mail_folder.forget() == 2
    assert sorted(path.name.rpartition("-")[2] for path in tmp_path.iterdir()) == ["0.eml", "29.eml", "notes.txt"]


def test_a_closed_account_leaves_no_name_in_reports_either(client, published, approved):
    sign_in(client, ILSE["mail"], name="Ilse")
    report(client, approved(published()), **ILSE | {"mail": ILSE["mail"].upper()})
    client.post("/readers/me/close/", {"sure": "on"})
    assert rows_with(CANARY) == []
    assert Report.objects.get().erased_at


def test_a_reader_takes_along_what_was_decided_about_him_and_what_he_objected_to(
    client, published, approved, write, moderator
):
    reader = sign_in(client)
    story = published()
    mine = write(story, "A word too much.", reader=reader, address="198.51.100.3")
    ban = bans.ban(mine.pk, "week", by=moderator, was="held", reason="insult", words="The third word.")
    mine.refresh_from_db()
    reports.appeal_by_writer(mine, "It was meant kindly.")
    reports.appeal_against_ban(ban, "A week is long.")
    report(client, approved(story, "Theirs."), words="Read it.", mail="Sana@readers.example")
    report(client, approved(story, "Theirs, too."), words="Somebody else's.", mail="omar@readers.example")
    text = client.get("/readers/me/data.json").text
    data = json.loads(text)
    (statement,), (banned,), (reported,) = data["statements_of_reasons"], data["bans"], data["reports"]
    assert (statement["comment"], statement["words"]) == (mine.pk, "The third word.")
    assert (banned["comment"], banned["reason"]) == (mine.pk, "It attacks a person.")
    assert reported["words"] == "Read it."
    assert [appeal["words"] for appeal in data["appeals"]] == ["It was meant kindly.", "A week is long."]
    assert moderator.username not in text
    assert "omar" not in text
    assert Reader.objects.get(email="sana@readers.example") == reader

"""What readers are told by mail of what moderators decided: once, and only what held."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.utils import timezone

from dateline.comments import actions, refusals
from dateline.comments.mail import delivery
from dateline.comments.models import Decision, Mail, Reader
from dateline.comments.moderation import bans, reports
from dateline.stories import actions as verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(moderator):
    user = User.objects.create_user("milo", "milo@newsroom.example", "a long password")
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


@pytest.fixture
def sana(db):
    return Reader.objects.create(email="sana@readers.example", name="Sana", confirmed_at=timezone.now())


def minutes_pass(minutes):
    """As if all that was decided and put into the outbox had been so that much earlier."""
    for decision in Decision.objects.all():
        Decision.objects.filter(pk=decision.pk).update(at=decision.at - timedelta(minutes=minutes))
    for waiting in Mail.objects.all():
        Mail.objects.filter(pk=waiting.pk).update(due_at=waiting.due_at - timedelta(minutes=minutes))


def came():
    """The subjects that came since the last time, and to whom."""
    mail.outbox.clear()
    delivery.send_due()
    return [(sent.to[0], sent.subject) for sent in mail.outbox]


NOT_SHOWN = ("sana@readers.example", "Your comment is not shown")


def test_a_rejection_that_was_taken_back_is_mailed_to_nobody(published, write, moderator, sana):
    comment = write(published(), reader=sana)
    for _ in range(2):
        actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
        assert came() == []
        actions.undo(by=moderator)
    minutes_pass(30)
    assert came() == []
    assert not Mail.objects.exists()


def test_a_rejection_is_mailed_once_when_it_cannot_be_taken_back_any_more(published, write, moderator, sana):
    comment = write(published(), reader=sana)
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
    minutes_pass(10.5)
    assert came() == []
    with pytest.raises(refusals.NothingToUndo):
        actions.undo(by=moderator)
    minutes_pass(1)
    assert came() == [NOT_SHOWN]
    assert came() == []


def test_who_reported_learns_what_held_and_not_what_was_taken_back(published, approved, moderator):
    comment = approved(published())
    reports.report(comment, reason="hate", address="8.8.8.8", language="en", mail="ilse@readers.example")
    mail.outbox.clear(), Mail.objects.all().delete()
    actions.decide(comment.pk, "rejected", by=moderator, was="approved", reason="hate")
    actions.undo(by=moderator)
    actions.decide(comment.pk, "approved", by=moderator, was="approved")
    minutes_pass(12)
    assert came() == [("ilse@readers.example", "Your report was decided on")]
    assert "The comment stays." in mail.outbox[0].body


def test_what_another_moderator_shows_before_it_was_told_is_not_said_to_be_hidden(
    published, write, moderator, second, sana
):
    comment = write(published(), reader=sana)
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
    actions.decide(comment.pk, "approved", by=second, was="rejected")
    minutes_pass(12)
    assert came() == []


def test_taking_back_and_telling_are_one_transaction(published, write, moderator, sana, monkeypatch):
    comment = write(published(), reader=sana)
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")

    def stop(*_args, **_options):
        raise KeyError

    monkeypatch.setattr("dateline.comments.moderation.leases.hold", stop)
    with pytest.raises(KeyError):
        actions.undo(by=moderator)
    comment.refresh_from_db()
    assert (comment.state, Mail.objects.count()) == ("rejected", 1)


def test_the_mail_of_a_rejection_says_which_comment_it_is_and_why(published, write, moderator, sana, editor):
    story = published("Harbour opens")
    comment = write(story, f"They <b>lie</b> https://spam.example {'again ' * 80}", reader=sana)
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
    other = write(story, "One more.", reader=sana)
    verbs.kill(story, by=editor, note="The harbour is closed.")
    actions.decide(other.pk, "rejected", by=moderator, was="held", reason="insult")
    minutes_pass(12)
    assert len(came()) == 2
    first, second = mail.outbox
    for words in ("Harbour opens", "> They <b>lie</b>", "It attacks a person.", f"/comments/{comment.pk}/decision/"):
        assert words in first.body, words
    assert len(first.body) < 800
    html = first.alternatives[0][0]
    assert "They &lt;b&gt;lie&lt;/b&gt; https://spam.example again" in html
    assert 'href="https://spam.example' not in html
    assert "Harbour opens" not in second.body  # it was withdrawn
    assert "> One more." in second.body


def test_a_writer_who_appealed_is_mailed_how_it_ended(published, write, moderator, second, sana):
    for outcome, state in (("The decision stands.", "rejected"), ("The decision was reversed.", "approved")):
        comment = write(published(), f"A word. {outcome}", reader=sana)
        actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
        comment.refresh_from_db()
        reports.appeal_by_writer(comment, "It was meant kindly.")
        Mail.objects.all().delete()
        actions.decide(comment.pk, state, by=second, was="rejected", reason="insult")
        minutes_pass(12)
        assert came() == [("sana@readers.example", "Your appeal was decided on")]
        assert outcome in mail.outbox[0].body
        assert f"/comments/{comment.pk}/decision/?receipt=" in mail.outbox[0].body


def test_who_was_banned_and_appealed_is_mailed_how_it_ended(published, write, moderator, second, sana):
    for deed, outcome in ((bans.keep, "The decision stands."), (bans.lift, "The decision was reversed.")):
        comment = write(published(), reader=sana)
        ban = bans.ban(comment.pk, "week", by=moderator, was="held", reason="insult")
        Mail.objects.all().delete()
        reports.appeal_against_ban(ban, "It was meant kindly.")
        deed(ban.pk, by=second)
        assert came() == [("sana@readers.example", "Your appeal was decided on")]
        assert outcome in mail.outbox[0].body
        assert "/comments/ban/?receipt=" in mail.outbox[0].body
        bans.standing().update(lifted_at=timezone.now())

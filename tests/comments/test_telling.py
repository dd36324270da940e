"""What readers are told by mail of what moderators decided: once, and only what held."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from dateline.comments import actions, refusals
from dateline.comments.mail import delivery
from dateline.comments.models import Answer, Decision, Mail, Reader
from dateline.comments.moderation import bans, reports
from dateline.stories import actions as verbs

pytestmark = pytest.mark.django_db


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


def mailed():
    """The words that came by mail since the last time."""
    mail.outbox.clear()
    minutes_pass(12)
    delivery.send_due()
    return [sent.body for sent in mail.outbox]


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


@pytest.fixture
def answered(published, approved, moderator, sana):
    """Answer Sana's letter: `answered("Tariq")`."""
    story = published("Harbour opens")
    letter = approved(story, "My letter.", reader=sana)

    def make(name, text=None):
        return approved(story, text or f"{name} agrees.", name=name, parent_id=letter.pk)

    return make


def an_hour_passes():
    for row in Reader.objects.exclude(replies_mailed_at=None):
        Reader.objects.filter(pk=row.pk).update(replies_mailed_at=row.replies_mailed_at - timedelta(hours=1))
    Answer.objects.update(due_at=timezone.now())


def test_the_first_answer_is_mailed_at_once_and_the_next_ones_together_an_hour_later(answered):
    answered("Tariq")
    assert came() == [("sana@readers.example", "\u2068Tariq\u2069 answered your comment")]
    second, third = answered("Layla"), answered("Omar")
    assert came() == []
    an_hour_passes()
    assert came() == [("sana@readers.example", "New answers to your comments: 2")]
    (sent,) = mail.outbox
    for reply in (second, third):
        assert f"> {reply.name} agrees." in sent.body
        assert f"/comments/{reply.pk}/" in sent.body
        assert f"/comments/{reply.pk}/" in sent.alternatives[0][0]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert came() == []
    answered("Noor")
    assert came() == []


def test_answers_that_came_at_the_same_moment_are_one_mail(answered):
    answered("Tariq"), answered("Layla")
    assert came() == [("sana@readers.example", "New answers to your comments: 2")]


def test_what_is_not_shown_any_more_is_not_mailed(answered, moderator, editor, sana):
    hidden, shown = answered("Tariq"), answered("Layla")
    actions.decide(hidden.pk, "rejected", by=moderator, was="approved", reason="insult")
    assert came() == [("sana@readers.example", "\u2068Layla\u2069 answered your comment")]
    answered("Omar")
    an_hour_passes()
    verbs.kill(shown.story, by=editor, note="The harbour is closed.")
    assert came() == []
    assert not Answer.objects.exists()


def test_who_wants_no_more_mail_gets_none_of_what_waits(answered, sana):
    answered("Tariq")
    Reader.objects.filter(pk=sana.pk).update(wants_replies=False)
    assert came() == []
    assert not Answer.objects.exists()


def test_what_was_put_together_is_in_the_outbox_or_waits_still(answered, monkeypatch):
    answered("Tariq")

    def stop(*_args, **_options):
        raise KeyError

    with monkeypatch.context() as patch:
        patch.setattr("dateline.comments.mail.writing.put", stop)
        with pytest.raises(KeyError):
            delivery.send_due()
    assert (Answer.objects.count(), Mail.objects.count()) == (1, 0)
    assert len(came()) == 1

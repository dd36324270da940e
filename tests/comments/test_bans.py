"""A reader who may not write for a time."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from dateline.comments import actions, refusals
from dateline.comments.moderation import bans
from dateline.comments.moderation.objections import Appeal, Ban
from tests.comments.test_thread import post

pytestmark = pytest.mark.django_db


@pytest.fixture
def banned(published, write, moderator):
    """A story, and the ban of who wrote under it from 127.0.0.1, for a week."""

    def make(term="week"):
        story = published()
        comment = write(story, "An insult.", name="Sana", address="127.0.0.1")
        return story, bans.ban(comment.pk, term, by=moderator, was="held", reason="insult")

    return make


def test_the_desk_bans_and_rejects_in_one_deed(client, published, write, moderator):
    comment = write(published())
    client.force_login(moderator)
    asked = {"decision": "reject", "was": "held", "reason": "insult", "term": "week"}
    assert "Rejected, and its reader banned." in client.post(f"/desk/comments/{comment.pk}/", asked, follow=True).text
    comment.refresh_from_db()
    ban = Ban.objects.get()
    assert (comment.state, ban.reader, ban.by, (ban.until - ban.at).days) == ("rejected", comment.reader, moderator, 7)
    assert "Sana" in client.get("/desk/comments/bans/").text


def test_a_banned_reader_is_told_until_when_and_where_to_appeal(client, banned, second):
    story, ban = banned()
    page = post(client, story, comment="Another insult.", name="Sana")
    assert page.status_code == 403
    assert "You may not comment until" in page.text
    link = unescape(re.search(r"/comments/ban/\?receipt=[^\s<&]+", page.text)[0])
    told = client.get(link)
    assert "It attacks a person." in told.text
    assert "An insult." not in told.text  # who shares the address is told nothing of what another wrote
    assert client.post(link, {"words": "It was my brother."}).status_code == 303
    assert client.post(link, {"words": "Again."}).status_code == 422
    client.force_login(ban.by)
    answered = client.post(f"/desk/comments/bans/{ban.pk}/", {"decision": "keep"}, follow=True).text
    assert "another moderator answers it" in answered
    client.force_login(second)
    assert "It was my brother." in client.get("/desk/comments/bans/").text
    client.post(f"/desk/comments/bans/{ban.pk}/", {"decision": "lift"})
    assert Appeal.objects.get().outcome == "reversed"
    assert "You may comment again" in client.get(link).text
    assert post(client, story, comment="Thank you.", name="Sana").status_code == 303


def test_a_ban_that_is_kept_answers_the_appeal(client, banned, second):
    from dateline.comments.moderation import reports

    _story, ban = banned()
    reports.appeal_against_ban(ban, "It was my brother.")
    assert bans.keep(ban.pk, by=second).lifted_at is None
    assert Appeal.objects.get().outcome == "upheld"
    with pytest.raises(refusals.AlreadyDecided):
        bans.keep(ban.pk, by=second)


def test_another_name_from_the_same_address_is_banned_too_and_another_address_is_not(client, banned, write):
    story, _ban = banned()
    assert post(client, story, comment="Under another name.", name="Omar").status_code == 403
    assert write(story, "Somebody else.", name="Sana", address="198.51.100.1").state == "held"


def test_a_ban_ends_by_itself_and_one_for_good_does_not(client, banned):
    story, ban = banned("day")
    Ban.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert post(client, story, comment="A day later.", name="Sana").status_code == 303
    Ban.objects.update(until=None)
    assert "You may not comment any more." in post(client, story, comment="And later.", name="Sana").text
    assert not bans.standing().exclude(pk=ban.pk).exists()


def test_taking_back_the_decision_lifts_its_ban(client, banned, moderator):
    story, ban = banned()
    actions.undo(by=moderator)
    ban.refresh_from_db()
    assert (ban.lifted_by, ban.comment.state) == (moderator, "held")
    assert post(client, story, comment="Good day.", name="Sana").status_code == 303


def test_neither_or_both(published, write, moderator, editor):
    comment = write(published())
    with pytest.raises(refusals.ReasonMissing, match="how long"):
        bans.ban(comment.pk, "century", by=moderator, was="held", reason="insult")
    with pytest.raises(refusals.ReasonMissing):
        bans.ban(comment.pk, "day", by=moderator, was="held", reason="")
    comment.refresh_from_db()
    assert (comment.state, Ban.objects.count()) == ("held", 0)


def test_a_ban_on_an_appealed_comment_answers_the_appeal(published, write, moderator, second):
    from dateline.comments.moderation import reports

    comment = write(published())
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
    comment.refresh_from_db()
    reports.appeal_by_writer(comment, "It was meant kindly.")
    ban = bans.ban(comment.pk, "day", by=second, was="rejected", reason="hate")
    assert (ban.reason, Appeal.objects.get().outcome) == ("hate", "upheld")

"""Readers report a comment; both sides are told why, and may appeal."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.utils import timezone

from dateline.comments import actions, refusals
from dateline.comments.mail import delivery
from dateline.comments.models import Comment, Decision, Reader
from dateline.comments.moderation.objections import Appeal, Report, Statement
from dateline.comments.readers import own_words
from dateline.comments.threads import receipts
from dateline.stories import actions as verbs

from .test_telling import mailed, minutes_pass

pytestmark = pytest.mark.django_db

NOTICE = {
    "reason": "illegal",
    "words": "It names a minor who is accused, against section 8 of the press act.",
    "name": "Ilse Marchand",
    "mail": "ilse@readers.example",
    "good_faith": "1",
}


def report(client, comment, *, address="8.8.8.8", headers=None, **fields):
    path = f"/news/{comment.story_id}/comments/{comment.pk}/report/"
    return client.post(path, {"reason": "hate", **fields}, REMOTE_ADDR=address, headers=headers)


def told(client, response):
    """What its receipt tells who reported."""
    assert response.status_code == 303
    return client.get(response["Location"]).text


def test_every_comment_can_be_reported_without_javascript_and_its_sender_finds_the_answer(
    client, published, approved, moderator
):
    story = published()
    comment = approved(story, "Those people again.")
    link = re.search(r'href="([^"]+/report/)"', client.get(f"/news/{story.pk}/comments/").text)[1]
    page = client.get(link)
    assert "Those people again." in page.text
    assert "Incites" in page.text or "incites hatred" in page.text
    receipt = report(client, comment, words="Read the second word.")
    assert "We received your report." in told(client, receipt)
    client.force_login(moderator)
    queue = client.get("/desk/comments/read/?queue=reported").text
    assert "Read the second word." in queue
    actions.decide(comment.pk, "rejected", by=moderator, was="approved", reason="hate")
    assert "The comment is not shown any more." in told(client, receipt)
    assert client.get("/desk/comments/read/?queue=reported").text.count("Those people again.") == 0


def test_a_comment_that_is_kept_is_out_of_the_queue_and_its_sender_may_appeal_to_another(
    client, published, approved, moderator, second
):
    comment = approved(published(), "A sharp word.")
    receipt = report(client, comment)["Location"]
    actions.decide(comment.pk, "approved", by=moderator, was="approved")
    page = client.get(receipt).text
    assert "The comment stays." in page
    form = unescape(re.search(r'id="appeal" method="post" action="([^"]+)"', page)[1])
    assert "Say why you object" in client.post(form, {"words": " "}).text
    assert client.post(form, {"words": "It is worse than sharp."}).status_code == 303
    assert "It waits for another moderator" in client.get(receipt).text
    client.force_login(moderator)
    assert "A sharp word." not in client.get("/desk/comments/read/?queue=appealed").text
    with pytest.raises(refusals.DecidedByOneself):
        actions.decide(comment.pk, "approved", by=moderator, was="approved")
    client.force_login(second)
    assert "It is worse than sharp." in client.get("/desk/comments/read/?queue=appealed").text
    actions.decide(comment.pk, "rejected", by=second, was="approved", reason="insult")
    assert Appeal.objects.get().outcome == "reversed"
    page = client.get(receipt).text
    assert "The decision was reversed." in page
    assert 'id="appeal"' not in page


def test_a_notice_of_illegal_content_needs_what_the_regulation_names(client, published, approved):
    comment = approved(published())
    page = report(client, comment, reason="illegal")
    assert page.status_code == 422
    for field in ("words", "name", "mail", "good_faith"):
        assert re.search(rf'aria-describedby="report-{field}-error"', page.text), field
    assert report(client, comment, **{**NOTICE, "name": "", "mail": ""}).status_code == 422
    assert report(client, comment, **{**NOTICE, "name": "", "mail": "", "nameless": "1"}).status_code == 303
    assert report(client, comment, **NOTICE, address="8.8.4.4").status_code == 303
    assert Report.objects.count() == 2


def test_a_notice_is_confirmed_and_answered_by_mail_and_the_address_is_shown_nowhere(
    client, published, approved, moderator, settings, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    comment = approved(published())
    receipt = report(client, comment, **NOTICE)
    delivery.send_due()
    assert [(found.to, found.subject) for found in mail.outbox] == [
        (["ilse@readers.example"], "We received your report")
    ]
    assert receipt["Location"] in mail.outbox[0].body
    client.force_login(moderator)
    queue = client.get("/desk/comments/read/?queue=reported").text
    assert "Ilse Marchand" in queue
    shown = queue + client.get("/desk/comments/?state=reported").text + told(client, receipt) + caplog.text
    assert "ilse@readers" not in shown
    words = "Press act, 8: it names a minor."
    actions.decide(comment.pk, "rejected", by=moderator, was="approved", reason="illegal", words=words)
    minutes_pass(12)
    delivery.send_due()
    assert mail.outbox[1].subject == "Your report was decided on"
    statement = Statement.objects.get()
    assert (statement.ground, statement.words, statement.notice) == ("law", words, Report.objects.get())


def test_nobody_floods_a_mailbox_from_here(client, published, approved):
    """Not even through a proxy of our own network, whose visitors no rate limit can tell apart."""
    story = published()
    comments = [approved(story, f"Number {number}.") for number in range(6)]
    for number, comment in enumerate(comments):
        case = str.upper if number % 2 else str.lower
        notice = NOTICE | {"mail": case(NOTICE["mail"])}
        assert report(client, comment, address="127.0.0.1", **notice).status_code == 303
        other = {"reason": "hate", "mail": NOTICE["mail"], "words": "No notice."}
        assert report(client, comment, address="127.0.0.1", **other).status_code == 303
    delivery.send_due()
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [([NOTICE["mail"]], "We received your report")] * 3
    assert Report.objects.count() == 12
    Report.objects.update(created_at=timezone.now() - timedelta(minutes=31))
    report(client, comments[0], **NOTICE)
    delivery.send_due()
    assert len(mail.outbox) == 4


def test_the_writer_reads_the_reasons_at_his_receipt_and_appeals_to_another(
    client, published, write, moderator, second
):
    story = published()
    comment = write(story, "A word too much.")
    thanks = receipts.address(comment, "en").partition("#")[0]
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult", words="The third word.")
    link = unescape(re.search(r'href="([^"]+/decision/[^"]+)"', client.get(thanks).text)[1])
    page = client.get(link)
    for words in ("Statement of reasons", "It attacks a person.", "The third word.", "in any country", "to a court",
                  "We looked ourselves", "None found it, and none decided.", "A word too much."):  # fmt: skip
        assert words in page.text, words
    assert page["Cache-Control"] == "no-store"
    assert moderator.username not in page.text
    assert client.post(link, {"words": "It was meant kindly."}).status_code == 303
    assert client.post(link, {"words": "Again."}).status_code == 422
    with pytest.raises(refusals.DecidedByOneself):
        actions.decide(comment.pk, "approved", by=moderator, was="rejected")
    actions.decide(comment.pk, "approved", by=second, was="rejected")
    assert "The decision was reversed." in client.get(link).text
    assert "A word too much." in client.get(f"/news/{story.pk}/comments/").text


@pytest.mark.parametrize(("words", "found"), [
    ("A first word.", "None found it, and none decided."),
    ("https://a.example https://b.example https://c.example https://d.example", "A program pointed the moderator to it."),
])  # fmt: skip
def test_that_it_is_somebodys_first_is_no_finding_of_a_program(client, published, write, moderator, words, found):
    comment = write(published(), words)
    assert "first" in comment.concerns
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
    assert found in client.get(receipts.of_decision(comment, "en")).text


def test_who_deleted_his_own_comment_is_not_told_that_a_moderator_did(client, published, write, approved):
    reader = Reader.objects.create(email="sana@readers.example", confirmed_at=timezone.now())
    story = published()
    for comment in (write(story, "Held.", reader=reader), approved(story, "Shown.", reader=reader)):
        own_words.delete(comment.pk, reader=reader)
        for address in (receipts.of_decision(comment, "en"), receipts.address(comment, "en").partition("#")[0]):
            page = client.get(address).text
            assert "You deleted your comment." in page
            assert "No moderator decided so." in page
            for told in ("A moderator decided not to", "Statement of reasons", "Appeal here", 'id="appeal"'):
                assert told not in page, told


def test_an_appeal_that_is_turned_down_is_not_heard_a_second_time(client, published, write, moderator, second):
    comment = write(published())
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
    link = receipts.of_decision(comment, "en")
    client.post(link, {"words": "It was meant kindly."})
    actions.decide(comment.pk, "rejected", by=second, was="rejected", reason="insult")
    page = client.get(link).text
    assert "The decision stands." in page
    assert 'id="appeal"' not in page
    assert "may hear you" in client.post(link, {"words": "Again."}).text


def test_an_appeal_is_heard_within_six_months(client, published, write, moderator):
    comment = write(published())
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
    Decision.objects.update(at=timezone.now() - timedelta(days=184))
    page = client.post(receipts.of_decision(comment, "en"), {"words": "Only now I saw it."})
    assert page.status_code == 422
    assert "within six months" in page.text
    assert not Appeal.objects.exists()


def test_who_reports_is_answered_the_same_whatever_others_did(client, published, approved, moderator):
    story = published()
    comment = approved(story)
    first, again = report(client, comment), report(client, comment)
    assert first["Location"] == again["Location"]
    other = report(client, comment, address="8.8.4.4")
    actions.decide(comment.pk, "approved", by=moderator, was="approved")
    after = report(client, comment, address="9.9.9.9")
    assert {told(client, other).count("The comment stays."), told(client, after).count("We received")} == {1}
    assert Report.objects.count() == 3


def test_ten_reports_in_ten_minutes_are_enough_for_one_address(client, published, approved):
    comment = approved(published())
    answered = [report(client, comment, words=f"Number {number}.").status_code for number in range(11)]
    assert answered == [303] * 10 + [429]
    assert report(client, comment, address="8.8.4.4").status_code == 303
    assert report(client, comment, address="10.0.0.1", words="A proxy.").status_code == 303


def test_another_site_reports_nothing_through_its_visitors(client, published, approved):
    comment = approved(published())
    page = report(client, comment, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403
    assert "another site" in page.text
    assert not Report.objects.exists()


def test_nobody_reads_what_is_not_his(client, published, approved, write, moderator):
    story = published()
    comment, held = approved(story), write(story, "Held.", name="Omar", address="192.0.2.8")
    other = published("Another story")
    receipt = report(client, comment)["Location"]
    path = f"/news/{story.pk}/comments/{comment.pk}"
    for address in (
        f"{path}/report/?receipt=1:x", f"{path}/decision/", f"{path}/decision/?receipt=1", "/comments/ban/",
        f"/news/{story.pk}/comments/{held.pk}/report/", f"/news/{story.pk}/comments/999999/report/",
        receipt.replace(f"/comments/{comment.pk}/", f"/comments/{held.pk}/"),
        receipt.replace(f"/news/{story.pk}/", f"/news/{other.pk}/"),
        receipt.replace("/report/", "/decision/"),
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_the_reasons_outlive_the_story(client, published, write, approved, moderator, editor):
    story = published()
    comment, reported = write(story), approved(story, "Well.", name="Omar", address="192.0.2.8")
    receipt = report(client, reported)["Location"]
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="insult")
    verbs.kill(story, by=editor, note="The mayor has not resigned.")
    assert client.get(f"/news/{story.pk}/comments/{reported.pk}/report/").status_code == 410
    assert "Statement of reasons" in client.get(receipts.of_decision(comment, "en")).text
    assert client.get(receipt).status_code == 200


def test_taking_back_a_decision_opens_the_report_and_the_appeal_again(
    client, published, write, approved, moderator, second
):
    story = published()
    comment = approved(story)
    receipt = report(client, comment)["Location"]
    actions.decide(comment.pk, "approved", by=moderator, was="approved")
    actions.undo(by=moderator)
    comment.refresh_from_db()
    assert (comment.state, comment.reported_at is not None) == ("approved", True)
    assert "We received your report." in client.get(receipt).text
    actions.decide(comment.pk, "approved", by=moderator, was="approved")
    client.post(receipt, {"words": "No."})
    actions.decide(comment.pk, "rejected", by=second, was="approved", reason="hate")
    actions.undo(by=second)
    comment.refresh_from_db()
    assert (comment.state, comment.appealed_at is not None, Appeal.objects.get().outcome) == ("approved", True, "")


def test_both_sides_read_the_same_reasons(client, published, write, moderator):
    reader = Reader.objects.create(email="sana@readers.example", name="Sana Karim", confirmed_at=timezone.now())
    comment = write(published(), "They are all thieves.", name="Sana Karim", reader=reader)
    actions.decide(comment.pk, "approved", by=moderator, was="held")
    receipt = report(client, comment, mail="ilse@readers.example")["Location"]
    delivery.send_due()
    client.force_login(moderator)
    assert "Who reported it reads your reasons, too" in client.get("/desk/comments/?state=reported").text
    words = "Penal code, 130: it incites hatred."
    actions.decide(comment.pk, "rejected", by=moderator, was="approved", reason="illegal", words=words)
    theirs, its_writers = client.get(receipt).text, client.get(receipts.of_decision(comment, "en")).text
    for told in (words, "It is against the law.", "The law, and why", "None found it, and none decided."):
        assert told in theirs, told
        assert told in its_writers, told
    (said,) = [body for body in mailed() if "not shown any more" in body]
    assert words in said
    assert "It is against the law." in said
    for text in (theirs, said):
        for private in ("Sana", "thieves", "mona"):
            assert private not in text


def test_whoever_reported_a_comment_often_is_told_once(client, published, approved, moderator):
    comment = approved(published())
    for reason in ("hate", "insult", "private"):
        report(client, comment, reason=reason, mail="ilse@readers.example")
    mailed()
    actions.decide(comment.pk, "approved", by=moderator, was="approved")
    assert len(mailed()) == 1


def test_the_database_keeps_no_notice_that_is_not_whole(published, approved):
    from django.db import IntegrityError

    comment = approved(published())
    with pytest.raises(IntegrityError):
        Report.objects.create(
            comment=comment,
            reason="illegal",
            words="Because.",
            language="en",
            submission="x",
            created_at=timezone.now(),
        )


def test_a_report_is_read_in_the_language_of_its_edition(client, published, approved):
    story = published("الميناء يفتح أبوابه", language="ar")
    comment = approved(story, "تقرير جيد")
    page = client.get(f"/ar/news/{story.pk}/comments/{comment.pk}/report/").text
    assert 'dir="rtl"' in page
    response = client.post(f"/ar/news/{story.pk}/comments/{comment.pk}/report/", {"reason": "hate"})
    assert response["Location"].startswith("/ar/news/")
    assert Comment.objects.get().reported_at

"""What was deleted or withdrawn before anybody decided: nobody has to, and whoever waits is told."""

import pytest
from django.utils import timezone

from dateline.comments import actions, refusals
from dateline.comments.mail import delivery
from dateline.comments.models import Reader
from dateline.comments.moderation import modes, recounting
from dateline.comments.readers import own_words
from dateline.comments.record import following
from dateline.comments.threads import receipts
from dateline.stories import actions as verbs

from .test_reports import report
from .test_telling import mailed

pytestmark = pytest.mark.django_db


def test_who_reported_what_was_killed_since_is_told_so_and_no_moderator_has_to(
    client, published, approved, write, moderator, editor
):
    story = published()
    comment, held = approved(story), write(story, "Held.", name="Omar", address="192.0.2.8")
    modes.set_mode(modes.SITE, "open", None, by=editor)
    write(story, "Let through.", name="Layla", address="192.0.2.9")
    receipt = report(client, comment, mail="ilse@readers.example")["Location"]
    delivery.send_due()
    verbs.kill(story, by=editor, note="The mayor has not resigned.")
    following.catch_up()
    with pytest.raises(refusals.NothingToUndo, match="withdrawn"):
        actions.undo(by=moderator)
    client.force_login(moderator)
    for queue in ("held", "reported", "new"):
        assert "queue-comment" not in client.get(f"/desk/comments/?state={queue}").text, queue
    page = client.get(receipt).text
    assert "its story was withdrawn." in page
    assert "The comment stays." not in page
    assert 'id="appeal"' not in page
    (said,) = mailed()
    assert "its story was withdrawn." in said
    held.refresh_from_db()
    assert (held.state, held.reason) == ("rejected", "withdrawn")
    assert "No moderator decided on your comment before" in client.get(receipts.of_decision(held, "en")).text
    assert recounting.verify() == []


def test_who_reported_what_its_writer_deleted_is_told_so_and_no_moderator_has_to(
    client, published, write, moderator, second
):
    reader = Reader.objects.create(email="sana@readers.example", confirmed_at=timezone.now())
    comment = write(published(), reader=reader)
    actions.decide(comment.pk, "approved", by=moderator, was="held")
    first = report(client, comment, mail="ilse@readers.example")["Location"]
    actions.decide(comment.pk, "approved", by=moderator, was="approved")
    client.post(first, {"words": "It is hateful."})
    receipt = report(client, comment, address="8.8.4.4", mail="omar@readers.example")["Location"]
    mailed()
    own_words.delete(comment.pk, reader=reader)
    client.force_login(second)
    for queue in ("reported", "appealed", "new"):
        assert "queue-comment" not in client.get(f"/desk/comments/?state={queue}").text, queue
    assert "Its writer deleted it." in client.get("/desk/comments/?state=approved").text
    assert "its writer deleted it." in client.get(receipt).text
    assert "No moderator had decided on your report before." in client.get(receipt).text
    assert "there is nothing left to decide" in client.get(first).text
    assert "The comment stays." not in client.get(first).text
    assert sorted("its writer deleted it." in said for said in mailed()) == [False, True]
    assert recounting.verify() == []

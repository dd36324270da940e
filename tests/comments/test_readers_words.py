"""What a reader who signed in does with his own letters, and what is left of them when he goes."""

import dataclasses
import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from dateline.comments import actions
from dateline.comments.mail import delivery
from dateline.comments.models import Answer, Comment, Decision, FormerWords, Reader
from dateline.comments.readers import own_words
from dateline.comments.refusals import ParentNotShown
from dateline.comments.threads import newsroom
from dateline.stories import actions as verbs

from .doors import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    return sign_in(client)


@pytest.fixture
def said(client, published, reader, moderator):
    """Send a comment as `reader`: `said("Words.", state="approved")`."""

    def make(text="Well said.", *, story=None, state="held", reason="", parent=None):
        story = story or published()
        data = {"comment": text} | ({"parent": parent.pk} if parent else {})
        assert client.post(f"/news/{story.pk}/comments/", data).status_code == 303
        comment = Comment.objects.latest("pk")
        if state == "held":
            return comment
        return actions.decide(comment.pk, state, by=moderator, was="held", reason=reason)

    return make


def thread_of(comment):
    return Client().get(f"/news/{comment.story_id}/comments/").text


def test_he_sees_each_letter_and_what_became_of_it(client, said):
    said("It waits."), said("It is out.", state="approved")
    said("It is not.", state="rejected", reason="insult")
    page = client.get("/readers/me/").text
    assert "Waits for a moderator" in page
    assert "Where it stands" in page
    assert "It attacks a person." in page
    assert page.index("It is not.") < page.index("It is out.") < page.index("It waits.")


def test_his_letters_are_paged_and_each_page_costs_the_same(client, said, published, django_assert_max_num_queries):
    comment = said()
    Comment.objects.bulk_create(
        Comment(
            story_id=comment.story_id, version=1, reader=comment.reader, text=f"Letter {number}.", language="en",
            submission=f"letter {number}", created_at=comment.created_at - timedelta(minutes=number + 1),
        )
        for number in range(45)
    )  # fmt: skip
    seen, address = [], "/readers/me/"
    while address:
        with django_assert_max_num_queries(5):  # who he is, his letters, their stories, the sections
            page = client.get(address).text
        seen += [int(number) for number in re.findall(r">Letter (\d+)\.<", page)]
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older[1].replace("&amp;", "&") if older else None
    assert seen == list(range(45))


def test_a_letter_that_he_changes_goes_back_to_the_moderator_with_what_it_said(client, said, moderator):
    comment = said("First words.", state="approved")
    assert "First words." in thread_of(comment)
    assert client.post(f"/readers/me/{comment.pk}/", {"comment": "Second words."})["Location"] == "/readers/me/?changed"
    comment.refresh_from_db()
    assert (comment.state, comment.text, comment.decided_by) == ("held", "Second words.", None)
    assert "words." not in thread_of(comment)
    client.force_login(moderator)
    queue = client.get("/desk/comments/").text
    assert "First words." in queue
    assert "Second words." in queue
    assert "its writer changed it" in queue
    actions.decide(comment.pk, "approved", by=moderator, was="held")
    assert "Second words." in thread_of(comment)
    assert "First words." not in thread_of(comment)
    assert Reader.objects.get(pk=comment.reader_id).approved == 1


def test_a_moderator_decides_on_no_words_that_he_did_not_read(client, said, moderator):
    comment = said("First words.")
    desk = Client()
    desk.force_login(moderator)
    page = desk.get("/desk/comments/").text
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    client.post(f"/readers/me/{comment.pk}/", {"comment": "Quite other words."})
    data = {"decision": "approve", "was": "held", "seen": seen}
    answer = desk.post(f"/desk/comments/{comment.pk}/", data, follow=True)
    assert "changed this comment" in answer.text
    comment.refresh_from_db()
    assert comment.state == "held"
    assert not Decision.objects.exists()


def test_after_a_quarter_of_an_hour_its_words_stay(client, said):
    comment = said("First words.", state="approved")
    Comment.objects.update(created_at=timezone.now() - own_words.EDITABLE)
    assert "<textarea" not in client.get(f"/readers/me/{comment.pk}/").text
    answer = client.post(f"/readers/me/{comment.pk}/", {"comment": "Second words."})
    assert answer.status_code == 422
    assert "for 15 minutes" in answer.text
    assert Comment.objects.get().text == "First words."


def test_what_was_answered_or_rejected_keeps_its_words(client, said, approved, published):
    story = published()
    comment = said("First words.", story=story, state="approved")
    approved(story, "I agree.", name="Tariq", parent_id=comment.pk)
    rejected = said("Rude words.", state="rejected", reason="insult")
    for each, why in ((comment, "Somebody has answered"), (rejected, "unless it was rejected")):
        answer = client.post(f"/readers/me/{each.pk}/", {"comment": "Second words."})
        assert answer.status_code == 422
        assert why in answer.text


def test_a_reply_that_he_changes_is_counted_out_of_its_thread_and_in_again(
    client, said, approved, published, moderator
):
    story = published()
    parent = approved(story, name="Tariq")
    reply = said("A reply.", story=story, state="approved", parent=parent)
    parent.refresh_from_db()
    assert parent.replies == 1
    client.post(f"/readers/me/{reply.pk}/", {"comment": "Another reply."})
    parent.refresh_from_db()
    assert parent.replies == 0
    actions.decide(reply.pk, "approved", by=moderator, was="held")
    parent.refresh_from_db()
    assert (parent.replies, parent.places) == (1, 1)


def test_a_letter_that_he_deletes_keeps_its_place_and_no_words(client, said, approved, published):
    story = published()
    comment = said("Never again.", story=story, state="approved")
    approved(story, "I agree.", name="Tariq", parent_id=comment.pk)
    assert client.post(f"/readers/me/{comment.pk}/", {"delete": "yes"})["Location"] == "/readers/me/?deleted"
    page = thread_of(comment)
    assert "Deleted by its writer." in page
    assert "I agree." in page
    assert "Never again." not in page
    assert "Sana" not in page
    comment.refresh_from_db()
    assert (comment.text, comment.name) == ("", "")
    assert client.get(f"/readers/me/{comment.pk}/").status_code == 404


def test_a_deleted_letter_leaves_the_queue_and_cannot_be_approved(client, said, moderator):
    comment = said("Never mind.")
    client.post(f"/readers/me/{comment.pk}/", {"comment": "Never mind that."})
    client.post(f"/readers/me/{comment.pk}/", {"delete": "yes"})
    assert not FormerWords.objects.exists()
    client.force_login(moderator)
    for state in ("held", "rejected"):
        assert "Never mind" not in client.get(f"/desk/comments/?state={state}").text
    with pytest.raises(ParentNotShown, match="nothing left to show"):
        actions.decide(comment.pk, "approved", by=moderator, was="rejected")


def test_the_words_that_he_deleted_can_be_sent_again(said, published, client):
    story = published()
    comment = said("Well said.", story=story)
    client.post(f"/readers/me/{comment.pk}/", {"delete": "yes"})
    assert said("Well said.", story=story).pk != comment.pk


def test_nobody_touches_the_letters_of_others(said):
    comment = said("Mine.")
    other, guest = Client(), Client()
    sign_in(other, "tariq@readers.example", name="Tariq")
    for data in ({"delete": "yes"}, {"comment": "Yours."}):
        assert other.post(f"/readers/me/{comment.pk}/", data).status_code == 404
        assert guest.post(f"/readers/me/{comment.pk}/", data)["Location"] == "/readers/"
    assert other.get(f"/readers/me/{comment.pk}/").status_code == 404
    assert Comment.objects.get().text == "Mine."


def test_he_takes_all_his_data_with_him_and_nobody_elses(client, said, published, approved):
    story = published()
    parent = approved(story, "Somebody else's words.", name="Tariq")
    comment = said("Mine. “العربية”", story=story, parent=parent)
    client.post(f"/readers/me/{comment.pk}/", {"comment": "Mine, changed."})
    answer = client.get("/readers/me/data.json")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    data = json.loads(answer.content)
    assert data["reader"]["mail_address"] == "sana@readers.example"
    (row,) = data["comments"]
    assert (row["text"], row["in_reply_to"], row["state"]) == ("Mine, changed.", parent.pk, "held")
    assert [former["text"] for former in row["former_texts"]] == ["Mine. “العربية”"]
    assert "Somebody else" not in answer.text


@pytest.mark.parametrize("policy", ["keep", "erase"])
def test_an_account_is_closed_and_its_letters_are_kept_or_erased_as_the_site_chose(client, said, settings, policy):
    settings.DATELINE = dataclasses.replace(settings.DATELINE, former_readers=policy)
    comment = said("Still here?", state="approved")
    assert client.post("/readers/me/close/").status_code == 422
    assert client.post("/readers/me/close/", {"sure": "on"}).status_code == 303
    assert client.get("/readers/me/").status_code == 303
    reader = Reader.objects.get()
    assert (reader.email, reader.name, reader.closed_at is None) == (None, "", False)
    page = thread_of(comment)
    assert "Sana" not in page
    assert ("Still here?" in page, "Former reader" in page) == ((policy == "keep"),) * 2
    assert ("Deleted by its writer." in page) == (policy == "erase")
    assert sign_in(Client()).pk != reader.pk  # the same mailbox, somebody new


def test_he_is_mailed_when_he_is_answered_and_ends_it_with_one_click(said, approved, published, write, moderator):
    story = published(headline="Harbour opens")
    mine = said("My letter.", story=story, state="approved")
    reply = write(story, "I <b>agree</b>.", name="Tariq", parent_id=mine.pk)
    assert not Answer.objects.exists()  # nobody has read it yet
    actions.decide(reply.pk, "approved", by=moderator, was="held")
    mail.outbox.clear()
    delivery.send_due()
    (sent,) = mail.outbox
    assert sent.to == ["sana@readers.example"]
    assert sent.subject == "\u2068Tariq\u2069 answered your comment"
    assert f"/news/{story.pk}/comments/{reply.pk}/" in sent.body
    assert "> I <b>agree</b>." in sent.body
    assert "I &lt;b&gt;agree&lt;/b&gt;." in sent.alternatives[0][0]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert "No more mail" in Client().get(stop).text
    assert Reader.objects.get(email="sana@readers.example").wants_replies  # a scanner opened it
    one_click = Client(enforce_csrf_checks=True).post(
        stop, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded",
        headers={"Origin": "https://mail.example"},
    )  # fmt: skip
    assert one_click.status_code == 200
    approved(story, "So do I.", name="Layla", parent_id=mine.pk)
    assert not Answer.objects.exists()


def test_nobody_is_mailed_of_his_own_reply_nor_twice_of_one(said, approved, published, moderator):
    story = published()
    mine = said("My letter.", story=story, state="approved")
    said("And another thing.", story=story, state="approved", parent=mine)
    assert not Answer.objects.exists()
    reply = approved(story, "I agree.", name="Tariq", parent_id=mine.pk)
    actions.decide(reply.pk, "rejected", by=moderator, was="approved", reason="off-topic")
    actions.decide(reply.pk, "approved", by=moderator, was="rejected")
    assert Answer.objects.count() == 1


def test_a_forged_address_to_end_the_mail_is_nobodys(client, reader):
    for token in ("1:forged", "nothing", str(reader.pk)):
        assert client.post(f"/readers/replies/{token}/").status_code == 404
    assert Reader.objects.get().wants_replies


def test_a_letter_on_a_killed_story_is_still_his_to_delete(client, said, published, editor):
    story = published()
    comment = said("Mine.", story=story, state="approved")
    verbs.kill(story, note="It was wrong.", by=editor)
    assert "On a story that was withdrawn" in client.get("/readers/me/").text
    client.post(f"/readers/me/{comment.pk}/", {"delete": "yes"})
    assert Comment.objects.get().text == ""


# -- Changed, and changed again ---------------------------------------------------------------------------------------------


def test_he_cannot_change_his_letters_for_ever(client, said):
    letters = [said(f"Number {number} of my letters.") for number in range(2)]
    address = "/readers/me/{}/"
    answers = [
        client.post(address.format(letters[number % 2].pk), {"comment": f"Changed {number}, as I like it."})
        for number in range(12)
    ]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429] * 2
    assert "Wait ten minutes, then change this one." in answers[-1].text
    assert FormerWords.objects.count() == 10


def test_a_change_that_repeats_what_he_said_elsewhere_is_pointed_out(client, said):
    said("The bridge was never as safe as they told us it was.")
    other = said("Something else altogether.")
    client.post(f"/readers/me/{other.pk}/", {"comment": "The bridge was never as safe as they told us it was!"})
    other.refresh_from_db()
    assert "repeats" in other.concerns


def test_a_pick_is_picked_for_its_words_and_an_edit_is_no_secret(client, said, moderator):
    letter = said("What was picked.", state="approved")
    newsroom.pick(letter.pk, by=moderator)
    assert "Picked by the editors" in thread_of(letter)
    client.post(f"/readers/me/{letter.pk}/", {"comment": "What nobody picked."})
    letter.refresh_from_db()
    assert (letter.picked_at, letter.picked_by) == (None, None)
    actions.decide(letter.pk, "approved", by=moderator, was="held")
    text = thread_of(letter)
    assert "What nobody picked." in text
    assert "Picked by the editors" not in text
    (moment,) = re.findall(r'<span class="edited">edited <time datetime="([^"]+)">', text)
    assert moment == letter.edited_at.isoformat(timespec="seconds")

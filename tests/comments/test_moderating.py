"""Moderators at work: one comment after another, many at once, taking back, and never two on the same."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone

from dateline.comments import actions, refusals
from dateline.comments.models import Comment, Decision
from dateline.comments.moderation import leases, queues
from dateline.comments.moderation.objections import Lease, Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(moderator):
    """Another moderator."""
    user = User.objects.create_user("milo", "milo@newsroom.example", "a long password")
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def reading(client, **asked):
    return client.get("/desk/comments/read/", {"queue": "held", **asked}).text


def act(client, comment, decision, **fields):
    fields = {"was": comment.state, "seen": comment.decided_times, "back": "read", "here": "queue=held"} | fields
    return client.post(f"/desk/comments/{comment.pk}/", {"decision": decision, **fields}, follow=True).text


def test_one_comment_stands_large_with_its_story_its_parent_and_its_readers_history(
    client, published, approved, write, moderator
):
    story = published("Mayor resigns", summary="After nine years in office.")
    parent = approved(story, "What of the bridge?", name="Omar", address="192.0.2.1")
    approved(story, "An earlier word of mine.")
    write(story, "The bridge will be built.", parent_id=parent.pk)
    client.force_login(moderator)
    page = reading(client)
    for words in ("The bridge will be built.", "What of the bridge?", "Mayor resigns", "After nine years in office.",
                  "An earlier word of mine.", "1 approved, 0 rejected"):  # fmt: skip
        assert words in page


def test_a_decision_leads_to_the_next_comment_without_javascript(client, published, write, moderator):
    story = published()
    first, _second = write(story, "First."), write(story, "Second.")
    client.force_login(moderator)
    assert "First." in reading(client)
    page = act(client, first, "approve")
    assert "Second." in page
    assert "Approved." in page


def test_what_one_skips_is_left_to_others_and_comes_again_at_the_end(client, published, write, moderator, second):
    story = published()
    first, other = write(story, "First."), write(story, "Second.")
    client.force_login(moderator)
    reading(client)
    page = client.post(f"/desk/comments/{first.pk}/skip/", {"queue": "held"}, follow=True).text
    assert f'data-comment="{other.pk}"' in page
    assert f'data-comment="{first.pk}"' in reading(client, skipped=f"{first.pk},{other.pk}")
    leases.release(first.pk, by=moderator)
    client.force_login(second)
    assert f'data-comment="{first.pk}"' in reading(client)


def test_two_moderators_are_never_given_the_same(client, published, write, moderator, second):
    story = published()
    written = [write(story, f"Number {number}.") for number in range(20)]
    given = [
        [comment.pk for comment in leases.take(queues.QUEUES["held"].ordered(who), by=who, limit=8)]
        for who in (moderator, second, moderator)
    ]
    assert given[0] == given[2] == [comment.pk for comment in written[:8]]
    assert given[1] == [comment.pk for comment in written[8:16]]


def test_what_lies_before_another_is_kindly_refused_until_his_lease_ends(client, published, write, moderator, second):
    comment = write(published(), "First.")
    leases.hold([comment.pk], by=second)
    client.force_login(moderator)
    assert "milo is reading it just now." in client.get("/desk/comments/").text
    assert "milo is reading this comment just now." in act(client, comment, "approve")
    assert "First." not in reading(client)
    Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert "First." in reading(client)
    assert leases.renew([comment.pk], by=second) == set()
    assert "Approved." in act(client, comment, "approve")
    assert not Lease.objects.exists()


def test_a_script_is_given_the_next_comments_and_says_which_it_keeps(client, published, write, moderator, second):
    story = published()
    numbers = [write(story, f"Number {number}.").pk for number in range(12)]
    client.force_login(moderator)
    page = client.get("/desk/comments/read/more/", {"queue": "held", "have": f"{numbers[0]}", "skipped": numbers[1]})
    assert [number for number in numbers if f'data-comment="{number}"' in page.text] == numbers[2:10]
    Lease.objects.filter(comment=numbers[3]).update(by=second)
    asked = {"have": f"{numbers[2]},{numbers[3]},x,{numbers[11]}"}
    assert client.post("/desk/comments/read/renew/", asked).json() == {"held": [numbers[2]]}


def test_one_takes_back_ones_last_decision_and_both_stay_written_down(client, published, write, moderator):
    story = published()
    comment = write(story, "A good report.")
    client.force_login(moderator)
    act(client, comment, "approve")
    page = client.post("/desk/comments/undo/", {"back": "read", "here": "queue=held"}, follow=True).text
    assert "Taken back." in page
    assert "A good report." in page
    assert "A good report." not in client.get(f"/news/{story.pk}/comments/").text
    comment.refresh_from_db()
    assert (comment.state, comment.decided_at, comment.decided_by) == ("held", None, None)
    comment.reader.refresh_from_db()
    assert (comment.reader.approved, comment.reader.rejected) == (0, 0)
    first, back = Decision.objects.order_by("id")
    assert (back.was, back.state, back.undoes, back.by) == ("approved", "held", first, moderator)


def test_taking_back_a_rejection_restores_who_had_approved_it_and_its_place(published, approved, moderator, editor):
    story = published()
    top = approved(story)
    reply = approved(story, "A reply.", address="192.0.2.9", parent_id=top.pk)
    actions.decide(reply.pk, "rejected", by=editor, was="approved", reason="hate")
    actions.undo(by=editor)
    reply.refresh_from_db()
    assert (reply.state, reply.reason, reply.decided_by, reply.place) == ("approved", "", moderator, 1)
    top.refresh_from_db()
    assert top.replies == 1


def test_nobody_takes_back_what_is_long_ago_or_was_decided_again(published, write, moderator, editor):
    comment = write(published())
    with pytest.raises(refusals.NothingToUndo):
        actions.undo(by=moderator)
    actions.decide(comment.pk, "approved", by=moderator, was="held")
    actions.decide(comment.pk, "rejected", by=editor, was="approved", reason="hate")
    with pytest.raises(refusals.NothingToUndo, match="after you"):
        actions.undo(by=moderator)
    Decision.objects.update(at=timezone.now() - timedelta(minutes=11))
    with pytest.raises(refusals.NothingToUndo, match="last ten minutes"):
        actions.undo(by=editor)
    assert Decision.objects.count() == 2


def test_one_decides_only_on_what_one_saw(published, write, moderator, editor):
    comment = write(published())
    actions.decide(comment.pk, "approved", by=editor, was="held", seen=0)
    actions.undo(by=editor)
    leases.release(comment.pk, by=editor)
    with pytest.raises(refusals.AlreadyDecided):
        actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="hate", seen=0)
    assert actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="hate", seen=2).reason == "hate"


def test_many_are_rejected_at_once_with_a_line_for_each(client, published, write, moderator, second):
    story = published()
    free, taken, done = (write(story, f"Number {number}.") for number in range(3))
    leases.hold([taken.pk], by=second)
    actions.decide(done.pk, "approved", by=second, was="held")
    client.force_login(moderator)
    ticked = [f"{comment.pk}.held.0" for comment in (free, taken, done)]
    asked = {"comment": [*ticked, "x.y.z", "999999.held.0"], "decision": "reject", "reason": "advertising"}
    page = client.post("/desk/comments/many/", asked).text
    assert page.count('<li class="done">') + page.count('<li class="refused">') == 3
    for words in ("Rejected.", "milo is reading this comment", "milo decided on this comment before you"):
        assert words in page
    assert [*Comment.objects.order_by("id").values_list("state", flat=True)] == ["rejected", "held", "approved"]


def test_what_is_against_the_law_is_rejected_by_naming_the_law(published, write, moderator):
    comment = write(published())
    with pytest.raises(refusals.ReasonMissing, match="Name the law"):
        actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="illegal", words=" ")
    actions.decide(comment.pk, "rejected", by=moderator, was="held", reason="illegal", words="Criminal code, 130.")
    statement = Statement.objects.get()
    assert (statement.ground, statement.words, statement.notice) == ("law", "Criminal code, 130.", None)


def test_what_the_checks_let_through_is_read_once(client, published, write, moderator):
    comment = write(published(), "Let through.")
    Comment.objects.update(state="approved", decided_at=timezone.now())
    client.force_login(moderator)
    assert "Let through." in reading(client, queue="new")
    comment.refresh_from_db()
    assert "All that was let through was read." in act(client, comment, "approve", here="queue=new")
    with pytest.raises(refusals.AlreadyDecided):
        actions.decide(comment.pk, "approved", by=moderator, was="approved")


@pytest.mark.parametrize("queue", ["held", "reported", "appealed", "new"])
def test_the_next_is_found_by_an_index_however_many_wait(client, moderator, plans, queue):
    def take():
        list(queues.QUEUES[queue].ordered(moderator)[:8])

    (plan,) = plans(take)
    assert "comment_" in plan
    assert "SCAN comments_comment\n" not in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_reading_on_costs_the_same_however_many_wait(
    client, published, write, moderator, django_assert_max_num_queries
):
    story = published()
    client.force_login(moderator)
    for number in range(30):
        write(story, f"Number {number}.", name=f"Reader {number}")
    client.get("/desk/comments/read/more/")
    with django_assert_max_num_queries(17):  # of which six say who asks, and make the lease one transaction
        client.get("/desk/comments/read/more/", {"queue": "held"})


def test_who_may_not_moderate_is_given_nothing(client, published, write):
    comment = write(published(), "A good report.")
    client.force_login(User.objects.create_user("rita", "rita@newsroom.example", "a long password"))
    for path in ("read/", "read/more/", "bans/"):
        assert "A good report." not in client.get(f"/desk/comments/{path}", follow=True).text
    for path in ("many/", "undo/", "read/renew/", f"{comment.pk}/skip/", "bans/1/"):
        client.post(f"/desk/comments/{path}", {"have": comment.pk, "comment": f"{comment.pk}.held.0"})
    assert not Lease.objects.exists()
    assert not Decision.objects.exists()

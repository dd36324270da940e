"""The moderators' queue at the desk."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, User

from dateline.comments import actions, refusals
from dateline.comments.models import Comment, Decision
from dateline.stories import actions as verbs

pytestmark = pytest.mark.django_db


def decide(client, comment, decision, **fields):
    return client.post(f"/desk/comments/{comment.pk}/", {"decision": decision, "was": "held", **fields}, follow=True)


def test_the_oldest_held_comment_stands_first(client, published, write, moderator):
    story = published("Mayor resigns")
    first, second = write(story, "First."), write(story, "Second.")
    client.force_login(moderator)
    page = client.get("/desk/comments/").text
    assert page.index("First.") < page.index("Second.")
    assert "Mayor resigns" in page
    assert page.index(f'id="comment-{first.pk}"') < page.index(f'id="comment-{second.pk}"')


def test_an_approved_comment_is_on_the_site_at_once_and_the_decision_is_written_down(
    client, published, write, moderator
):
    story = published()
    comment = write(story, "A good report.")
    client.force_login(moderator)
    assert "Approved." in decide(client, comment, "approve").text
    assert "A good report." in client.get(f"/news/{story.pk}/comments/").text
    decision = Decision.objects.get()
    assert (decision.by, decision.was, decision.state) == (moderator, "held", "approved")
    comment.refresh_from_db()
    assert (comment.decided_by, comment.decided_at is not None) == (moderator, True)


def test_a_rejection_needs_its_reason(client, published, write, moderator):
    comment = write(published())
    client.force_login(moderator)
    assert "A rejection needs a reason" in decide(client, comment, "reject").text
    assert "A rejection needs a reason" in decide(client, comment, "reject", reason="because").text
    decide(client, comment, "reject", reason="off-topic")
    comment.refresh_from_db()
    assert (comment.state, comment.reason) == ("rejected", "off-topic")
    assert "It is not about the story." in client.get("/desk/comments/?state=rejected").text


def test_the_second_of_two_moderators_is_told_who_was_first(client, published, write, moderator, editor):
    comment = write(published())
    actions.decide(comment.pk, "rejected", by=editor, was="held", reason="insult")
    client.force_login(moderator)
    assert "edna decided on this comment before you: it is rejected." in decide(client, comment, "approve").text
    comment.refresh_from_db()
    assert comment.state == "rejected"
    assert Decision.objects.count() == 1


def test_a_decision_can_be_taken_back_and_both_stay_written_down(client, published, write, moderator):
    story = published()
    comment = write(story, "A good report.")
    client.force_login(moderator)
    decide(client, comment, "approve")
    decide(client, comment, "reject", was="approved", reason="false")
    assert "A good report." not in client.get(f"/news/{story.pk}/comments/").text
    assert [*Decision.objects.order_by("id").values_list("was", "state")] == [
        ("held", "approved"),
        ("approved", "rejected"),
    ]
    comment.reader.refresh_from_db()
    assert (comment.reader.approved, comment.reader.rejected) == (0, 1)


def test_the_queue_shows_how_a_guest_fared_before(client, published, approved, write, moderator):
    story = published()
    approved(story, "One.")
    approved(story, "Two.")
    write(story, "Three.")
    client.force_login(moderator)
    assert "2 approved, 0 rejected" in client.get("/desk/comments/").text


def test_nothing_under_a_killed_story_is_approved(client, published, write, moderator, editor):
    story = published("Mayor resigns")
    comment = write(story)
    verbs.kill(story, by=editor, note="The mayor has not resigned.")
    client.force_login(moderator)
    page = client.get("/desk/comments/").text
    assert "which was withdrawn" in page
    assert "resigns" not in page
    assert "The story was withdrawn" in decide(client, comment, "approve").text
    comment.refresh_from_db()
    assert (comment.state, comment.decided_at, Decision.objects.count()) == ("held", None, 0)
    with pytest.raises(refusals.ThreadClosed, match="Nobody can comment on it any more"):
        write(story, "Too late.")


def test_the_desks_home_says_how_many_wait_and_since_when(client, published, write, moderator, editor):
    story = published()
    for user in (moderator, editor):
        client.force_login(user)
        assert "Comments that wait" not in client.get("/desk/").text
    first = write(story, "First.")
    Comment.objects.filter(pk=first.pk).update(created_at=datetime(2026, 1, 31, 23, 30, tzinfo=UTC))
    write(story, "Second.")
    for user in (moderator, editor):
        client.force_login(user)
        page = client.get("/desk/").text
        assert ">Held: 2</a>" in page
        assert "31 January 2026, 23:30" in page
        assert "queue=reported" not in page


def test_who_may_not_moderate_sees_no_queue_and_decides_nothing(client, published, write):
    comment = write(published(), "A good report.")
    reporter = User.objects.create_user("rita", "rita@newsroom.example", "a long password")
    client.force_login(reporter)
    assert "A good report." not in client.get("/desk/comments/", follow=True).text
    decide(client, comment, "approve")
    client.logout()
    decide(client, comment, "approve")
    comment.refresh_from_db()
    assert comment.state == "held"


def test_a_decision_forged_by_another_site_is_refused(published, write, moderator):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    comment = write(published())
    client.force_login(moderator)
    assert decide(client, comment, "approve").status_code == 403
    comment.refresh_from_db()
    assert comment.state == "held"


@pytest.mark.parametrize("name", ["Moderators", "Editors", "Chiefs"])
def test_moderators_editors_and_chiefs_may_moderate_after_migrating_and_after_doing_it_again(name):
    from django.core.management import call_command

    group = Group.objects.get(name=name)
    assert group.permissions.filter(codename="moderate_comment").count() == 1
    group.permissions.clear()
    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)
    assert group.permissions.filter(codename="moderate_comment").count() == 1


def test_hostile_words_do_nothing_at_the_desk(client, published, write, moderator):
    write(published(), "</p><script>alert(1)</script>", name='"><img src=x onerror=alert(1)>')
    client.force_login(moderator)
    page = client.get("/desk/comments/").text
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_the_queue_costs_the_same_however_long_it_is(client, published, write, moderator, django_assert_num_queries):
    story = published()
    client.force_login(moderator)
    client.get("/desk/comments/")
    counts = []
    for more in (1, 40):
        for number in range(more):
            write(story, f"Number {more} {number}.")
        counts.append(_queries(client))
    assert counts[0] == counts[1]
    page = client.get("/desk/comments/").text
    assert page.count('class="queue-comment"') == 25
    assert 'rel="next"' in page


def _queries(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get("/desk/comments/")
    assert not any("COUNT(" in query["sql"] and "comments_" in query["sql"] for query in queries)
    return len(queries)


def fill(first, moderator, number=300):
    """So many comments like the first, a third of them held, approved and rejected: of an empty table any plan will do."""
    same = {name: getattr(first, name) for name in ("story_id", "version", "reader_id", "name", "created_at")}
    ends = [
        {},
        {"state": "approved", "decided_at": first.created_at, "decided_by": moderator},
        {"state": "rejected", "decided_at": first.created_at, "decided_by": moderator, "reason": "off-topic"},
    ]
    Comment.objects.bulk_create(
        Comment(text="Said.", submission=f"like it {each}", **same, **ends[each % 3]) for each in range(number)
    )


@pytest.mark.parametrize(
    ("state", "index"), [("held", "comment_held"), ("approved", "comment_decided"), ("rejected", "comment_decided")]
)
@pytest.mark.parametrize("place", ["", "after=6.7", "before=6.7"])
def test_each_list_is_read_from_its_index_in_order(client, moderator, published, write, plans, state, index, place):
    fill(write(published()), moderator)
    client.force_login(moderator)
    (plan,) = [
        plan
        for plan in plans(lambda: client.get(f"/desk/comments/?state={state}&{place}"))
        if "comments_comment" in plan
    ]
    assert index in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_the_database_keeps_no_rejection_without_a_reason(published, write, moderator):
    from django.db import IntegrityError, transaction
    from django.utils import timezone

    comment = write(published())
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(state="rejected", decided_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(state="approved")

"""How comments are taken: open, held, closed; on the site, in a section, on a story."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from dateline.comments import actions, refusals
from dateline.comments.models import Comment, Decision, ModeSet
from dateline.comments.moderation import modes, rules
from dateline.comments.threads import before
from dateline.edge import headers, marks
from dateline.edge.models import Purge
from dateline.stories.models import Current, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(editor):
    """Say how comments are taken: `take("open")` on the site, `take("closed", story)`, `take("open", section)`."""

    def make(mode, at=None, days=None):
        place = modes.SITE
        if at is not None:
            place = modes.of_section(at.pk) if isinstance(at, Section) else modes.of_story(at.pk)
        modes.set_mode(place, mode, days, by=editor)

    return make


def post(client, story, text="Well said.", **fields):
    return client.post(f"/news/{story.pk}/comments/", {"comment": text, "name": "Sana", **fields}, follow=True)


def test_a_new_site_holds_every_comment(client, published):
    story = published()
    assert "It is held until a moderator has read it." in post(client, story).text
    assert Comment.objects.get().state == "held"


def test_where_comments_are_open_one_is_on_the_site_at_once_and_nobody_decided_it(client, published, take):
    story = published()
    take("open")
    assert "Your comment is published." in post(client, story).text
    assert "Well said." in client.get(f"/news/{story.pk}/comments/").text
    assert "Well said." in client.get(story.current.get_absolute_url()).text
    decision = Decision.objects.get()
    assert (decision.by, decision.was, decision.state) == (None, "held", "approved")
    assert Comment.objects.get().reader.approved == 1


def test_the_desk_reads_that_the_checks_let_it_through(client, published, take, write, moderator):
    take("open")
    comment = write(published())
    client.force_login(moderator)
    assert "the checks" in client.get("/desk/comments/?state=approved").text
    with pytest.raises(refusals.AlreadyDecided, match="The checks decided on this comment before you"):
        actions.decide(comment.pk, "approved", by=moderator, was="held")
    actions.decide(comment.pk, "rejected", by=moderator, was="approved", reason="insult")
    assert Comment.objects.get().state == "rejected"


def test_an_open_thread_still_holds_what_a_check_holds(published, take, write):
    take("open")
    comment = write(published(), "https://a.example https://b.example https://c.example")
    assert (comment.state, comment.concerns) == ("held", ["links", "first"])


def test_replies_in_an_open_thread_get_their_places(client, published, take, write):
    take("open")
    story = published()
    first = write(story, "A question.")
    answers = [write(story, f"Answer {number}.", parent_id=first.pk) for number in range(3)]
    write(story, "A doubt.", parent_id=answers[0].pk)
    first.refresh_from_db()
    assert (first.replies, first.places) == (4, 4)
    assert sorted(Comment.objects.exclude(parent=None).values_list("place", flat=True)) == [1, 2, 3, 4]
    page = client.get(f"/news/{story.pk}/comments/").text
    assert page.index("A question.") < page.index("Answer 0.") < page.index("A doubt.") < page.index("Answer 1.")


def test_first_timers_are_held_until_one_of_theirs_was_approved(published, take, write, approved):
    story = published()
    take("first")
    assert write(story, "My first.").state == "held"
    assert write(story, "My second.").state == "held"
    approved(story, "My third.")
    assert write(story, "My fourth.").state == "approved"
    assert write(story, "Somebody else's first.", name="Omar", address="192.0.2.8").state == "held"


def test_a_closed_thread_can_be_read_and_the_form_is_a_sentence(client, published, take, approved):
    story = published()
    approved(story, "A good report.")
    take("closed", story)
    for address in (f"/news/{story.pk}/comments/", story.current.get_absolute_url()):
        page = client.get(address).text
        assert "A good report." in page
        assert "The comments on this story are closed." in page
        assert "<textarea" not in page
    answer = post(client, story, "Too <late>.")
    assert answer.status_code == 403
    assert "Too &lt;late&gt;." in answer.text
    assert Comment.objects.count() == 1


def test_a_retry_of_what_was_taken_in_is_answered_after_the_thread_was_closed(client, published, take):
    story = published()
    post(client, story)
    take("closed")
    assert "Thank you. Your comment has arrived." in post(client, story).text


def test_the_most_specific_mode_wins(published, take, section):
    story, other = published(), published()
    take("closed")
    take("open", section)
    assert _standing(story) == modes.Standing(modes.Mode.OPEN)
    take("first", story)
    assert _standing(story).mode == modes.Mode.FIRST
    assert _standing(other).mode == modes.Mode.OPEN
    take("", story)
    take("", section)
    assert _standing(story).closed


def _standing(story):
    """As what takes in a comment finds it."""
    return before.attempt(
        story.pk, None, name="Sana", text="Hello.", at=timezone.now(), address="", limited=False
    ).standing


def test_a_thread_closes_when_its_story_is_so_many_days_old(published, take, write):
    story = published()
    take("open", days=14)
    assert write(story).state == "approved"
    Current.objects.update(published_at=timezone.now() - timedelta(days=14, minutes=1))
    with pytest.raises(refusals.ThreadClosed, match="are closed"):
        write(story, "Too late.")
    take("", story, days=0)  # never
    assert write(story, "In time.").state == "approved"


def test_showing_the_mode_costs_no_query(published, take, django_assert_num_queries):
    current = Current.objects.get(pk=published().pk)
    take("open")
    modes.shown(current)
    with django_assert_num_queries(0):
        assert modes.shown(current).mode == modes.Mode.OPEN


def test_another_process_that_set_a_mode_is_noticed_within_seconds(published, take, editor, monkeypatch):
    current = Current.objects.get(pk=published().pk)
    take("open")
    assert modes.shown(current).mode == modes.Mode.OPEN
    ModeSet.objects.filter(in_force=True).update(in_force=False)
    ModeSet.objects.create(mode="closed", by=editor)
    assert modes.shown(current).mode == modes.Mode.OPEN
    now = time.monotonic()
    monkeypatch.setattr(rules.time, "monotonic", lambda: now + rules.SECONDS + 1)
    assert modes.shown(current).closed


def test_the_desk_sets_the_modes_of_the_site_and_its_sections_and_says_who_did(client, published, moderator, section):
    published()
    client.force_login(moderator)
    place = modes.of_section(section.pk)
    sent = {"site-mode": "open", "site-days": "30", f"{place}-mode": "closed", f"{place}-days": ""}
    for other in Section.objects.exclude(pk=section.pk):
        sent |= {f"section-{other.pk}-mode": "", f"section-{other.pk}-days": ""}
    page = client.post("/desk/comments/settings/", sent, follow=True).text
    assert modes.in_force() == {"": ("open", 30), place: ("closed", None)}
    assert "days until it closes: 30" in page
    assert "mona" in page
    client.post("/desk/comments/settings/", sent)
    assert ModeSet.objects.count() == 2  # nothing changed


def test_the_desk_closes_one_story_from_the_queue(client, published, write, moderator):
    story = published("Mayor resigns")
    write(story)
    client.force_login(moderator)
    address = f"/desk/comments/settings/{story.pk}/"
    assert address in client.get("/desk/comments/").text
    assert "Mayor resigns" in client.get(address).text
    place = modes.of_story(story.pk)
    client.post(address, {f"{place}-mode": "closed", f"{place}-days": ""})
    change = ModeSet.objects.get()
    assert (change.place, change.mode, change.by) == (place, "closed", moderator)
    assert "The comments on this story are closed." in client.get(f"/news/{story.pk}/comments/").text


@pytest.mark.parametrize("days", ["-1", "many", "99999"])
def test_days_that_are_none_are_refused_at_the_field(client, published, moderator, days):
    place = modes.of_story(published().pk)
    client.force_login(moderator)
    answer = client.post(f"/desk/comments/settings/{place[6:]}/", {f"{place}-mode": "open", f"{place}-days": days})
    assert "w-field__errors" in answer.text
    assert not ModeSet.objects.exists()


def test_who_may_not_moderate_sets_nothing(client, published):
    client.force_login(User.objects.create_user("rita", "rita@newsroom.example", "a long password"))
    client.post("/desk/comments/settings/", {"site-mode": "open"})
    assert not ModeSet.objects.exists()


def test_a_page_is_kept_no_longer_than_until_its_thread_closes(client, published, take):
    story = published()
    take("open", days=1)
    Current.objects.update(published_at=timezone.now() - timedelta(hours=23, minutes=59))
    address = Current.objects.get(pk=story.pk).get_absolute_url()
    for path in (f"/news/{story.pk}/comments/", address):
        assert 0 < int(client.get(path)[headers.KEEP]) <= 60
    take("open", days=0)
    assert int(client.get(address)[headers.KEEP]) == headers.LASTING


def test_what_the_desk_sets_is_purged_where_it_shows(published, take, section):
    story = published()
    Purge.objects.all().delete()
    take("closed", story)
    take("open", section)
    take("first")
    purged = [*Purge.objects.order_by("id").values_list("keys", flat=True)]
    assert purged == [f"comments-rules thread-{story.pk}", "comments-rules site", "comments-rules site"]


def test_a_comment_that_is_shown_at_once_is_on_every_kept_page_at_once(published, take, write):
    story = published()
    take("open")
    Purge.objects.all().delete()
    write(story)
    assert Purge.objects.get().keys == f"thread-{story.pk}"


def test_a_page_that_is_made_after_the_purge_knows_the_new_mode(published, take, editor):
    current = Current.objects.get(pk=published().pk)
    take("open")
    assert modes.shown(current).mode == modes.Mode.OPEN
    ModeSet.objects.filter(in_force=True).update(mode="closed")  # another process
    marks.here().purge([rules.KEY])
    assert modes.shown(current).closed

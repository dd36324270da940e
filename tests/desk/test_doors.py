"""Every address of the desk that has to do with a story, and everybody who may not go there."""

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import Revision

from dateline.desk import roles
from dateline.stories import actions
from dateline.stories.models import Picture, Publication, Story

pytestmark = pytest.mark.django_db

CANARY = "Quokka crosses the river"


@pytest.fixture
def secret(draft, people):
    """An editor's draft, locked, scheduled and sent for approval as far as that goes together."""
    story = draft(CANARY, owner=people["editor"].user)
    story.save_revision(user=people["editor"].user)
    return story


def addresses(story):
    """Every address of the stories' screens and of the chooser, for this story and its revision."""
    revision = story.latest_revision_id
    found = {reverse("wagtailadmin_home"), reverse("desk_versions", args=[story.pk])}
    viewset = Story.snippet_viewset
    for screens in (viewset, viewset.chooser_viewset):
        for pattern in screens.get_urlpatterns():
            for arguments in ([], [story.pk], [story.pk, revision], [story.pk, revision, revision]):
                try:
                    found.add(reverse(screens.get_url_name(pattern.name), args=arguments))
                except NoReverseMatch:
                    continue
    for deed in ("correct", "kill", "spike", "schedule"):
        found.add(reverse(f"desk_{deed}", args=[story.pk]))
    for name in ("workflow", "workflow_tasks", "site_history", "locked_pages", "aging_pages", "page_types_usage"):
        found.add(reverse(f"wagtailadmin_reports:{name}"))
    return sorted(found)


def state_of(story):
    """All that a visitor might have changed."""
    story = Story.objects.get(pk=story.pk)
    revisions = Revision.objects.filter(object_id=str(story.pk)).values_list("pk", "approved_go_live_at")
    return (
        story.headline, story.state, story.live, story.locked, story.latest_revision_id, story.owner_id,
        list(revisions), Publication.objects.filter(story_id=story.pk).count(),
    )  # fmt: skip


def test_there_are_many_doors(secret):
    assert len(addresses(secret)) > 25


def test_a_moderator_sees_no_word_of_a_draft_at_any_address(people, secret):
    before = state_of(secret)
    for address in addresses(secret):
        for response in (people["moderator"].get(address), people["moderator"].post(address, {})):
            assert CANARY not in response.content.decode(), address
    assert state_of(secret) == before


@pytest.mark.parametrize("role", ["reporter", "moderator"])
def test_nobody_changes_anothers_story_through_any_door(people, secret, section, role):
    before = state_of(secret)
    sent = {
        "headline": "Changed",
        "section": section.pk,
        "urgency": 5,
        "body-count": 0,
        "news_id": secret.pk,
        "note": "x",
    }
    for address in addresses(secret):
        for action in ("", "action-publish", "action-submit", "action-correct", "action-unpublish"):
            people[role].post(address, sent | ({action: "on"} if action else {}))
        assert state_of(secret) == before, address


@pytest.mark.parametrize("role", list(roles.ROLES))
def test_a_killed_story_stays_as_it_was_whoever_knocks(people, published, section, role):
    story = published(CANARY, owner=people["reporter"].user)
    actions.kill(story, note="Forged.")
    before = state_of(story)
    sent = {
        "headline": "Changed",
        "section": section.pk,
        "urgency": 5,
        "body-count": 0,
        "news_id": story.pk,
        "note": "x",
    }
    for address in addresses(story):
        for action in ("", "action-publish", "action-correct"):
            people[role].post(address, sent | ({action: "on"} if action else {}))
    after = state_of(story)
    locked = 3  # a lock hurts nobody
    assert [*before[:locked], *before[locked + 1 :]] == [*after[:locked], *after[locked + 1 :]]


def test_a_reporter_may_look_at_the_list_and_at_versions(people, published):
    story = published("Mayor resigns")
    assert people["reporter"].get(reverse("desk_story:list")).status_code == 200
    assert "Mayor resigns" in people["reporter"].get(reverse("desk_version", args=[story.pk, 1])).content.decode()


def test_who_may_not_is_told_why(people, published):
    story = published("Mayor resigns")
    page = people["editor"].get(reverse("desk_kill", args=[story.pk]), follow=True).content.decode()
    assert "Your role may not do this" in page


@pytest.mark.parametrize("role", ["reporter", "editor", "moderator"])
def test_only_chiefs_manage_people(people, role):
    for name in ("index", "add"):
        assert people[role].get(reverse(f"wagtailusers_users:{name}")).status_code == 302
    sent = {"username": "eve", "email": "e@newsroom.example", "first_name": "Eve", "role": "chief"}
    sent |= {"password1": "some long words", "password2": "some long words"}
    people[role].post(reverse("wagtailusers_users:add"), sent)
    assert not roles.User.objects.filter(username="eve").exists()


def test_a_chief_employs_somebody_and_changes_the_role(people):
    sent = {"username": "nour", "email": "n@newsroom.example", "first_name": "Nour", "role": "reporter"}
    sent |= {"password1": "some long words", "password2": "some long words"}
    people["chief"].post(reverse("wagtailusers_users:add"), sent | {"is_superuser": "on"})
    nour = roles.User.objects.get(username="nour")
    assert (roles.role_of(nour), nour.is_superuser) == ("reporter", False)
    edit = reverse("wagtailusers_users:edit", args=[nour.pk])
    assert people["chief"].get(edit).status_code == 200
    people["chief"].post(edit, sent | {"role": "editor", "is_active": "on", "password1": "", "password2": ""})
    assert roles.role_of(nour) == "editor"


def test_a_chief_cannot_become_the_operator(people, editor):
    superuser = editor
    edit = reverse("wagtailusers_users:edit", args=[superuser.pk])
    sent = {
        "username": "edna",
        "email": "x@newsroom.example",
        "first_name": "E",
        "is_active": "on",
        "is_superuser": "on",
    }
    people["chief"].post(edit, sent | {"password1": "taken over now", "password2": "taken over now"})
    superuser.refresh_from_db()
    assert superuser.check_password("a long password")
    chief = people["chief"].user
    own = reverse("wagtailusers_users:edit", args=[chief.pk])
    people["chief"].post(own, sent | {"username": "chief", "role": "chief"})
    chief.refresh_from_db()
    assert not chief.is_superuser
    for kind in ("assign_role", "delete", "set_active_state"):
        bulk = reverse("wagtail_bulk_action", args=["auth", "user", kind])
        people["chief"].post(f"{bulk}?id={superuser.pk}", {"role": 1, "mark_as_active": "False"})
    superuser.refresh_from_db()
    assert superuser.is_active


def test_nobody_is_deleted_since_what_they_wrote_keeps_their_name(people):
    reporter = people["reporter"].user
    people["chief"].post(reverse("wagtailusers_users:delete", args=[reporter.pk]))
    assert roles.User.objects.filter(pk=reporter.pk).exists()


def test_wagtails_own_groups_of_the_same_name_open_nothing(people):
    moderator = roles.User.objects.get(username="moderator")
    assert not Picture.objects.exists()
    assert people["moderator"].get(reverse("wagtailimages:index")).status_code == 302
    assert people["moderator"].get(reverse("wagtailadmin_explore_root")).status_code in (302, 403)
    assert not moderator.has_perm("wagtailimages.add_image")


def test_an_editor_takes_off_anothers_lock_and_a_reporter_does_not(people, draft):
    story = draft("Mayor resigns", owner=people["reporter"].user)
    story.locked, story.locked_by, story.locked_at = True, people["chief"].user, timezone.now()
    story.save()
    url = reverse("desk_story:unlock", args=[story.pk])
    people["reporter"].post(url)
    story.refresh_from_db()
    assert story.locked
    people["editor"].post(url)
    story.refresh_from_db()
    assert not story.locked


def test_a_locked_story_is_not_corrected_by_others(people, published):
    story = published("Mayor resigns")
    story.headline = "Mayor stays"
    story.save_revision()
    Story.objects.filter(pk=story.pk).update(locked=True, locked_by=people["chief"].user, locked_at=timezone.now())
    response = people["editor"].post(reverse("desk_correct", args=[story.pk]), {"note": "Wrong."})
    assert response.status_code == 302
    assert Publication.objects.count() == 1

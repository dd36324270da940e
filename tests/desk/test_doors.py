"""Every address of the desk that has to do with a story, and everybody who may not go there."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Revision

from dateline.desk import roles
from dateline.stories import actions
from dateline.stories.models import Picture, Publication, Story

pytestmark = pytest.mark.django_db

CANARY = "Quokka crosses the river"
FILE = "quokkafile"


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


@pytest.fixture
def shown(secret, people):
    """The secret under embargo, with a picture, waiting for its approval, and open at an editor's desk."""
    picture = Picture.objects.create(title=CANARY, file=get_test_image_file(f"{FILE}.png"))
    secret.lead_image, secret.embargo = picture, timezone.now() + timedelta(days=1)
    secret.save()
    secret.save_revision(user=people["editor"].user)
    secret.get_workflow().start(secret, people["editor"].user)
    people["editor"].get(reverse("desk_story:edit", args=[secret.pk]))
    return secret


def every_address(story):
    """Every pattern below /desk/, with the numbers and names of this story in each place that takes one."""
    state = story.current_workflow_state
    sessions = EditingSession.objects.values_list("pk", flat=True)
    names = {
        "pk": [story.pk, story.lead_image_id], "revision_id": [story.latest_revision_id],
        "revision_id_a": ["earliest"], "revision_id_b": ["latest"], "image_id": [story.lead_image_id],
        "task_state_id": [state.current_task_state_id], "task_id": [state.current_task_state.task_id],
        "workflow_state_id": [state.pk], "session_id": [*sessions, 1], "filter_spec": ["max-165x165"],
        "app_label": ["stories"], "model_name": ["story", "picture"], "object_id": [story.pk], "action_name": ["approve"],
        "action": ["delete", "lock"],
    }  # fmt: skip

    def walk(resolver, before=""):
        for pattern in resolver.url_patterns:
            route = before + str(pattern.pattern)
            yield from walk(pattern, route) if isinstance(pattern, URLResolver) else [route]

    for route in walk(get_resolver()):
        if not route.startswith("desk/") or "logout" in route:
            continue
        route = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route).replace("\\.", ".").replace("^", "").replace("$", "")
        parts = re.findall(r"<(?:\w+:)?(\w+)>", route)
        for values in product(*(names.get(part, [story.pk]) for part in parts)):
            filled = iter(values)
            yield "/" + re.sub(r"<[^>]*>", lambda _, filled=filled: str(next(filled)), route)


def said(response):
    return "" if response.streaming else response.content.decode()


def test_no_page_that_wagtail_brings_shows_a_draft_to_who_may_not_see_stories(people, shown):
    stranger, user = Client(), roles.User.objects.create_user("stranger", password="a long password")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    stranger.force_login(user)
    addresses = list(every_address(shown))
    assert len(addresses) > 250
    asked = f"?id={shown.pk}&q=Quokka&mode=&object_id={shown.pk}"
    for client in (people["moderator"], stranger):
        client.raise_request_exception = False
        for address in addresses:
            for response in (client.get(address + asked), client.post(address + asked, {"q": "Quokka"})):
                assert CANARY not in said(response), address
                assert FILE not in said(response), address
                assert response.status_code < 500, address


def test_the_same_walk_finds_the_draft_where_it_may_be_seen(people, shown):
    people["chief"].raise_request_exception = False
    asked = f"?id={shown.pk}&q=Quokka"
    found = [address for address in every_address(shown) if CANARY in said(people["chief"].get(address + asked))]
    assert f"/desk/images/usage/{shown.lead_image_id}/" in found
    assert "/desk/reports/site-history/" in found
    assert len(found) > 12


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

"""What each person of the desk may do, and what happens then."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from dateline.stories import actions
from dateline.stories.models import Current, Publication, Story

pytestmark = pytest.mark.django_db


def form(section, **changes):
    """What the editor's form sends."""
    body = changes.pop("body", ["The mayor resigned on Monday."])
    fields = {
        "headline": "Mayor resigns",
        "section": section.pk,
        "urgency": 5,
        "place": "Baghdad",
        "body-count": len(body),
    }
    for number, text in enumerate(body):
        draftail = {
            "blocks": [
                {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
            ],
            "entityMap": {},
        }
        fields |= {
            f"body-{number}-deleted": "",
            f"body-{number}-order": number,
            f"body-{number}-type": "paragraph",
            f"body-{number}-id": "",
            f"body-{number}-value": json.dumps(draftail),
        }
    return {name: "" if value is None else value for name, value in (fields | changes).items()}


@pytest.fixture
def write(section):
    def write(client, **changes):
        Locale.objects.get_or_create(language_code="en")
        response = client.post(reverse("desk_story:add"), form(section, **changes))
        assert response.status_code == 302, response.context and response.context["form"].errors
        return Story.objects.latest("news_id")

    return write


def test_a_reporter_writes_a_draft_that_is_not_out(people, write):
    story = write(people["reporter"])
    assert story.owner == people["reporter"].user
    assert story.state == "draft"
    assert not Current.objects.exists()


def test_a_reporter_may_not_publish(people, write):
    write(people["reporter"], **{"action-publish": "on"})
    assert not Publication.objects.exists()


def test_a_reporter_submits_and_an_editor_approves(people, write):
    story = write(people["reporter"], **{"action-submit": "on"})
    assert not Publication.objects.exists()
    state = story.current_workflow_state.current_task_state
    url = reverse("desk_story:workflow_action", args=[story.pk, "approve", state.pk])
    assert people["editor"].post(url, {}).status_code in (200, 302)
    assert Publication.objects.get().kind == "publish"


def rejected(people, write, section):
    """A story that its reporter submitted, that an editor sent back, and that was submitted anew."""
    story = write(people["reporter"], **{"action-submit": "on"})
    decide(people["editor"], story, "reject", comment="Name the mayor.")
    changed = form(section, headline="Mayor Adil resigns", **{"action-submit": "on"})
    people["reporter"].post(reverse("desk_story:edit", args=[story.pk]), changed)
    return story


def decide(client, story, action, **sent):
    state = story.current_workflow_state.current_task_state
    url = reverse("desk_story:workflow_action", args=[story.pk, action, state.pk])
    assert client.post(url, sent).status_code in (200, 302)


def test_one_approval_publishes_what_was_submitted_anew(people, write, section):
    story = rejected(people, write, section)
    assert not Publication.objects.exists()
    decide(people["editor"], story, "approve")
    assert Current.objects.get(pk=story.pk).headline == "Mayor Adil resigns"
    assert not Story.objects.get(pk=story.pk).workflow_in_progress


def test_who_submitted_reads_at_home_why_the_story_came_back(people, write):
    story = write(people["reporter"], **{"action-submit": "on"})
    decide(people["editor"], story, "reject", comment="Name <the> mayor.")
    assert "Name &lt;the&gt; mayor." in people["reporter"].get(reverse("wagtailadmin_home")).text
    assert "Name &lt;the&gt; mayor." not in people["chief"].get(reverse("wagtailadmin_home")).text


@pytest.mark.parametrize("sent", [{}, {"body-count": "x"}, {"body-count": "3"}])
def test_a_form_without_its_body_changes_nothing_and_says_why(people, write, section, sent):
    story = write(people["editor"])
    fields = {"headline": "Mayor stays", "section": section.pk, "urgency": 5, **sent}
    for address in (reverse("desk_story:edit", args=[story.pk]), reverse("desk_story:add")):
        page = people["editor"].post(address, fields)
        assert page.status_code == 200
        assert "The body of the story did not arrive" in page.text
    assert Story.objects.get().get_latest_revision_as_object().headline == "Mayor resigns"


def test_what_an_editor_changed_before_the_approval_is_what_is_approved(people, write, section):
    story = rejected(people, write, section)
    url = reverse("desk_story:edit", args=[story.pk])
    people["editor"].post(url, form(section, headline="Mayor Adil steps down"))
    assert not Publication.objects.exists()
    decide(people["editor"], story, "approve")
    assert Current.objects.get(pk=story.pk).headline == "Mayor Adil steps down"


def test_an_approval_of_words_that_were_changed_meanwhile_is_asked_for_again(people, write, section):
    story = write(people["reporter"], **{"action-submit": "on"})
    seen = story.current_workflow_state.current_task_state
    people["chief"].post(reverse("desk_story:edit", args=[story.pk]), form(section, headline="Mayor is a thief"))
    url = reverse("desk_story:workflow_action", args=[story.pk, "approve", seen.pk])
    assert "changed meanwhile" in people["editor"].post(url, {}, follow=True).content.decode()
    assert not Publication.objects.exists()
    decide(people["editor"], story, "approve")
    assert Current.objects.get(pk=story.pk).headline == "Mayor is a thief"


def test_an_editor_changes_and_approves_in_one_step(people, write, section):
    story = write(people["reporter"], **{"action-submit": "on"})
    sent = {"action-workflow-action": "on", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
    changed = form(section, headline="Mayor steps down", **sent)
    people["editor"].post(reverse("desk_story:edit", args=[story.pk]), changed)
    assert Current.objects.get(pk=story.pk).headline == "Mayor steps down"
    assert Publication.objects.count() == 1


def test_a_reporter_changes_nothing_between_the_submission_and_the_approval(people, write, section):
    story = rejected(people, write, section)
    people["reporter"].post(reverse("desk_story:edit", args=[story.pk]), form(section, headline="Mayor is a thief"))
    decide(people["editor"], story, "approve")
    assert Current.objects.get(pk=story.pk).headline == "Mayor Adil resigns"


def test_an_editor_publishes_and_it_is_out(people, write):
    story = write(people["editor"], **{"action-publish": "on"})
    assert Current.objects.get(pk=story.pk).headline == "Mayor resigns"
    assert Publication.objects.get().by == people["editor"].user


def test_a_reporter_may_not_touch_anothers_story_nor_one_that_is_out(people, write):
    story = write(people["editor"])
    assert people["reporter"].get(reverse("desk_story:edit", args=[story.pk])).status_code in (302, 403)
    own = write(people["reporter"])
    actions.publish(own)
    assert people["reporter"].get(reverse("desk_story:edit", args=[own.pk])).status_code in (302, 403)


def test_a_correction_shows_the_change_and_asks_for_the_note(people, write, section):
    editor = people["editor"]
    story = write(editor, **{"action-publish": "on"})
    changed = form(section, body=["The mayor resigned on Tuesday."], **{"action-correct": "on"})
    response = editor.post(reverse("desk_story:edit", args=[story.pk]), changed)
    assert response.url == reverse("desk_correct", args=[story.pk])
    page = editor.get(response.url).content.decode()
    assert "<del>Monday.</del><ins>Tuesday.</ins>" in page
    assert "This field is required" in editor.post(response.url, {"note": " "}).content.decode()
    editor.post(response.url, {"note": "It was Tuesday."})
    newest = Publication.objects.latest("seq")
    assert (newest.kind, newest.note, newest.version) == ("correct", "It was Tuesday.", 2)


def test_a_correction_of_the_byline_and_the_note_shows_them(people, write, section):
    editor = people["editor"]
    story = write(editor, byline="Rana Okafor", **{"action-publish": "on"})
    changed = form(section, byline="Tomás Ilić", editors_note="We asked her.", **{"action-correct": "on"})
    editor.post(reverse("desk_story:edit", args=[story.pk]), changed)
    url = reverse("desk_correct", args=[story.pk])
    page = editor.get(url).content.decode()
    assert "<del>Rana Okafor</del><ins>Tomás Ilić</ins>" in page
    assert "<ins>We asked her.</ins>" in page
    editor.post(url, {"note": "Another reporter wrote it."})
    compared = editor.get(reverse("desk_versions", args=[story.pk])).content.decode()
    assert "<del>Rana Okafor</del><ins>Tomás Ilić</ins>" in compared
    assert "<del>Another" not in compared
    assert "<ins>Another" not in compared


def test_a_correction_that_changes_nothing_says_what_to_do(people, write):
    story = write(people["editor"], **{"action-publish": "on"})
    page = people["editor"].post(reverse("desk_correct", args=[story.pk]), {"note": "Wrong."}).content.decode()
    assert "Change it, then correct it" in page


def test_only_a_chief_kills_and_types_the_number(people, write):
    story = write(people["editor"], **{"action-publish": "on"})
    url = reverse("desk_kill", args=[story.pk])
    advisory = {"note": "The statement was forged.", "news_id": story.pk}
    for role in ("reporter", "editor", "moderator"):
        assert people[role].post(url, advisory).status_code in (302, 403)
    assert "Type that number" in people["chief"].post(url, advisory | {"news_id": 999}).content.decode()
    assert not Publication.objects.filter(kind="kill").exists()
    people["chief"].post(url, advisory)
    assert Publication.objects.filter(kind="kill").exists()


def test_a_killed_story_is_nobodys(people, write, section):
    story = write(people["editor"], **{"action-publish": "on"})
    actions.kill(story, note="Forged.")
    response = people["chief"].post(
        reverse("desk_story:edit", args=[story.pk]), form(section, headline="Back", **{"action-publish": "on"})
    )
    assert response.status_code == 302
    assert Publication.objects.count() == 2


def test_an_embargo_refuses_and_offers_the_schedule(people, write):
    until = timezone.now() + timezone.timedelta(hours=2)
    stamp = timezone.localtime(until).strftime("%Y-%m-%d %H:%M:%S")
    story = write(people["editor"], embargo=stamp, **{"action-publish": "on"})
    assert not Publication.objects.exists()
    page = people["editor"].get(reverse("desk_story:edit", args=[story.pk])).content.decode()
    assert "under embargo until" in page
    people["editor"].post(reverse("desk_schedule", args=[story.pk]))
    scheduled = story.revisions.get(approved_go_live_at__isnull=False)
    assert abs((scheduled.approved_go_live_at - until).total_seconds()) < 1.5


def test_a_draft_is_spiked_and_what_is_out_is_not(people, write):
    draft = write(people["editor"])
    people["editor"].post(reverse("desk_spike", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.state == "spiked"
    out = write(people["editor"], **{"action-publish": "on"})
    assert people["editor"].post(reverse("desk_spike", args=[out.pk])).status_code in (302, 403)
    assert Current.objects.get(pk=out.pk).killed is False


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_no_story_is_deleted_or_unpublished(people, write, action):
    story = write(people["chief"], **{"action-publish": "on"})
    people["chief"].post(reverse(f"desk_story:{action}", args=[story.pk]))
    assert Current.objects.get(pk=story.pk).killed is False
    assert Story.objects.get(pk=story.pk).live


def test_every_screen_opens(people, write):
    story = write(people["chief"], **{"action-publish": "on"})
    for url in (
        reverse("wagtailadmin_home"),
        reverse("desk_story:list"),
        reverse("desk_story:add"),
        reverse("desk_story:edit", args=[story.pk]),
        reverse("desk_story:history", args=[story.pk]),
        reverse("desk_versions", args=[story.pk]),
        reverse("desk_correct", args=[story.pk]),
        reverse("desk_kill", args=[story.pk]),
    ):
        assert people["chief"].get(url).status_code == 200, url


def test_the_preview_is_the_readers_page(people, write, section):
    story = write(people["editor"])
    url = reverse("desk_story:preview_on_edit", args=[story.pk])
    assert people["editor"].post(url, form(section, headline="As readers see it")).json()["is_valid"]
    page = people["editor"].get(url + "?mode=").content.decode()
    assert "As readers see it" in page
    assert "BAGHDAD (" in page
    assert not Publication.objects.exists()


def test_the_button_says_what_it_does(people, write):
    def button(story):
        page = people["editor"].get(reverse("desk_story:edit", args=[story.pk])).content.decode()
        return re.search(r'name="action-publish".*?<em[^>]*>(.*?)</em>', page, re.S)[1]

    assert button(write(people["editor"])) == "Publish"
    out = write(people["editor"], **{"action-publish": "on"})
    assert button(out) == "Update"
    later = timezone.now() + timezone.timedelta(days=1)
    scheduled = write(people["editor"], go_live_at=later.strftime("%Y-%m-%d %H:%M:%S"))
    assert button(scheduled) == "Schedule"


def test_an_update_is_a_new_version_of_what_is_out(people, write, section):
    story = write(people["editor"], **{"action-publish": "on"})
    changed = form(section, headline="Mayor resigns, council meets", **{"action-publish": "on"})
    people["editor"].post(reverse("desk_story:edit", args=[story.pk]), changed)
    assert list(Publication.objects.values_list("kind", "version")) == [("publish", 1), ("update", 2)]
    assert Current.objects.get(pk=story.pk).headline == "Mayor resigns, council meets"


def test_an_approval_under_embargo_says_why_and_offers_the_schedule(people, write):
    until = (timezone.now() + timezone.timedelta(hours=2)).strftime("%Y-%m-%d %H:%M:%S")
    story = write(people["reporter"], embargo=until, **{"action-submit": "on"})
    state = story.current_workflow_state.current_task_state
    url = reverse("desk_story:workflow_action", args=[story.pk, "approve", state.pk])
    page = people["editor"].post(url, {}, follow=True).content.decode()
    assert "under embargo until" in page
    assert reverse("desk_schedule", args=[story.pk]) in page
    assert not Publication.objects.exists()
    state.refresh_from_db()
    assert state.status == "in_progress"


def test_a_new_story_under_embargo_is_kept_as_a_draft(people, write):
    until = (timezone.now() + timezone.timedelta(hours=2)).strftime("%Y-%m-%d %H:%M:%S")
    story = write(people["editor"], embargo=until, headline="Budget speech", **{"action-publish": "on"})
    assert story.get_latest_revision_as_object().headline == "Budget speech"
    assert story.state == "draft"


def chosen(client, deed, *stories):
    """Choose stories in the list, look at what comes, and press the button."""
    url = reverse("desk_many")
    page = client.get(url, {"deed": deed, "story": [story.pk for story in stories]})
    sent = {name: re.findall(rf'name="{name}" value="([^"]+)"', page.text) for name in ("story", "seen")}
    return page.text, client.post(url, sent | {"deed": deed}, follow=True).text


def test_an_editor_approves_those_of_the_chosen_that_wait(people, write):
    waiting = [write(people["reporter"], headline=f"Waits {n}", **{"action-submit": "on"}) for n in range(2)]
    draft = write(people["editor"], headline="A draft")
    shown, told = chosen(people["editor"], "approve", *waiting, draft)
    assert shown.rindex("Waits 0") < shown.index("Not these") < shown.rindex("A draft")
    assert "Done for 2 stories" in told
    assert set(Current.objects.values_list("pk", flat=True)) == {story.pk for story in waiting}
    assert reverse("desk_many") in people["editor"].get(reverse("desk_story:list")).text


def test_what_cannot_go_out_or_was_changed_meanwhile_is_told_and_the_others_go(people, write, section):
    until = (timezone.now() + timezone.timedelta(hours=2)).strftime("%Y-%m-%d %H:%M:%S")
    early, changed, good = (
        write(people["reporter"], embargo=embargo, **{"action-submit": "on"}) for embargo in (until, "", "")
    )
    url, sent = reverse("desk_many"), {"deed": "approve", "story": [early.pk, changed.pk, good.pk]}
    seen = re.findall(r'name="seen" value="([^"]+)"', people["editor"].get(url, sent).text)
    people["chief"].post(reverse("desk_story:edit", args=[changed.pk]), form(section, headline="Changed"))
    told = people["editor"].post(url, sent | {"seen": seen}, follow=True).text
    assert "under embargo until" in told
    assert "changed meanwhile" in told
    assert list(Current.objects.values_list("pk", flat=True)) == [good.pk]


def test_drafts_are_spiked_together_and_what_is_out_is_not(people, write):
    drafts = [write(people["editor"]) for _ in range(2)]
    out = write(people["editor"], **{"action-publish": "on"})
    chosen(people["editor"], "spike", *drafts, out)
    assert [Story.objects.get(pk=story.pk).state for story in (*drafts, out)] == ["spiked", "spiked", "published"]


@pytest.mark.parametrize("role", ["reporter", "moderator"])
def test_only_editors_do_anything_to_several_stories(people, write, role):
    story = write(people["editor"])
    people[role].post(
        reverse("desk_many"), {"deed": "spike", "story": story.pk, "seen": f"{story.pk}.{story.latest_revision_id}"}
    )
    story.refresh_from_db()
    assert story.state == "draft"
    assert reverse("desk_many") not in people[role].get(reverse("desk_story:list"), follow=True).text

"""The editor: Wagtail's, with our rules about whom it lets in and what its buttons do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CreateView, EditView, UnpublishView, WorkflowActionView

from dateline.stories.models import Story
from dateline.stories.refusals import Refused

from . import approval
from .permissions import may


def refused(request: HttpRequest, story: Story, refusal: Refused) -> HttpResponse:
    """Say why, keep the draft, and offer the way on where there is one."""
    messages.error(request, str(refusal), buttons=_ways_on(story))
    return redirect("desk_story:edit", story.pk)


def _ways_on(story: Story) -> list:
    if story.embargo and story.embargo > timezone.now():
        return [messages.button(reverse("desk_schedule", args=[story.pk]), _("Schedule for the end of the embargo"))]
    return []


class Deeds:
    """What the buttons below the form do, for a new story and for one that is there."""

    request: HttpRequest
    object: Story

    def get_side_panels(self) -> Any:
        """Without Wagtail's dialog for the schedule: "Publish at" stands among the fields."""
        panels = super().get_side_panels()  # type: ignore[misc]
        for panel in panels:
            if hasattr(panel, "show_schedule_publishing_toggle"):
                panel.show_schedule_publishing_toggle = False
        return panels

    def save_instance(self) -> Story:
        """Wagtail keeps the approval that it read before, with the story as it was before."""
        story: Story = super().save_instance()  # type: ignore[misc]
        approval.start_anew(story)
        self.__dict__.pop("workflow_state", None)
        return story

    def get_available_actions(self) -> list[str]:
        return [*super().get_available_actions(), "correct"]  # type: ignore[misc]

    def publish_action(self) -> HttpResponse | None:
        try:
            return super().publish_action()  # type: ignore[misc]
        except Refused as refusal:
            return refused(self.request, self.object, refusal)

    def workflow_action_action(self) -> HttpResponse | None:
        try:
            return super().workflow_action_action()  # type: ignore[misc]
        except Refused as refusal:
            return refused(self.request, self.object, refusal)

    def correct_action(self) -> HttpResponse:
        """The draft is saved; the correction asks for its note on a page of its own."""
        return redirect("desk_correct", self.object.pk)


class NewStory(Deeds, CreateView):
    def save_instance(self) -> Story:
        self.form.instance.owner = self.request.user
        return super().save_instance()


class EditStory(Deeds, EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may(request.user, "change", self.live_object) and not self._approves():
            if self.live_object.state == Story.State.KILLED:
                messages.warning(
                    request, _("Story %(id)s was killed. It is kept as it was.") % {"id": self.live_object.pk}
                )
                return redirect("desk_versions", self.live_object.pk)
            messages.error(request, _("A reporter changes own stories, until they are out."))
            return redirect("desk_story:list" if may(request.user, "view", self.live_object) else "wagtailadmin_home")
        return super().dispatch(request, *args, **kwargs)

    def _approves(self) -> bool:
        task = self.current_workflow_task
        return bool(task and task.user_can_access_editor(self.object, self.request.user))

    def get_page_subtitle(self) -> str:
        return format_html("{} {}", self.object.news_id, super().get_page_subtitle())


class ApproveStory(WorkflowActionView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if approval.is_overtaken(self.task_state):
            messages.error(request, _("The story was changed meanwhile. Look at it once more, then decide."))
            return redirect("desk_story:edit", self.object.pk)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except Refused as refusal:
            return refused(request, self.object, refusal)


class NeverUnpublish(UnpublishView):
    """Wagtail's way to take a story down without a word. Ours is the kill."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        messages.error(request, _("A story that is out is never unpublished. Kill it, with an advisory."))
        return redirect("desk_story:edit", self.object.pk)

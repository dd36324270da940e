"""The desk's home: what waits. Each panel is a handful of rows that an index finds; nothing is counted."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Revision, TaskState, WorkflowState

from dateline.stories import languages
from dateline.stories.models import Publication, Story

from . import indexes
from .models import Missed

ROWS = 8


class Start(Component):
    """The search, and a new story in each language of the site."""

    template_name = "desk/home_start.html"
    order = 0

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        write = [(code, languages.own_name(code), languages.direction(code)) for code in settings.EDITIONS]
        user = parent_context["request"].user
        return {"editions": write if user.has_perm("stories.add_story") else []}


class Panel(Component):
    """A heading and up to eight stories, each with when and a word."""

    template_name = "desk/home_panel.html"
    order = 0
    heading: Any = ""
    empty: Any = _("Nothing.")
    more = ""  # what the list shows when it is asked for all of them

    def rows(self, request: Any) -> list[tuple[Story, Any, str]]:
        """Each panel has its own: there is no Panel as such."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        rows = self.rows(parent_context["request"])
        return {
            "heading": self.heading,
            "rows": rows,
            "empty": self.empty,
            "name": type(self).__name__,
            "more": self.more if len(rows) == ROWS else "",
        }


def _stories() -> QuerySet:
    return Story.objects.select_related("section", "locale").defer("body")


def _rows(found: list[tuple[Any, Any, str]]) -> list[tuple[Story, Any, str]]:
    stories = _stories().in_bulk([int(news_id) for news_id, _when, _word in found])
    return [(stories[int(key)], when, word) for key, when, word in found if int(key) in stories]


class NotPublished(Panel):
    """What was scheduled and could not go out; there only where there is something."""

    heading = _("Not published as scheduled")
    empty = ""

    def rows(self, request):
        missed = Missed.objects.filter(story__state__in=(Story.State.DRAFT, Story.State.PUBLISHED))
        return _rows([(row.story_id, row.due_at, row.reason) for row in missed.order_by("-due_at")[:ROWS]])


class ToApprove(Panel):
    heading = _("To approve")

    def rows(self, request):
        states = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, revision__content_type__model="story"
        ).select_related("revision__user")
        return _rows(
            [
                (state.revision.object_id, state.started_at, str(state.revision.user or ""))
                for state in states.order_by("-pk")[:ROWS]
            ]
        )


class SentBack(Panel):
    """What the reader of this page submitted and an editor did not take, with what the editor said."""

    heading = _("Sent back to you")
    empty = ""

    def rows(self, request):
        mine = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=request.user)
        states = TaskState.objects.filter(
            pk__in=mine.values("current_task_state"), revision__content_type__model="story"
        )
        found = states.select_related("revision").order_by("-pk")[:ROWS]
        return _rows([(state.revision.object_id, state.finished_at, state.comment) for state in found])


class Scheduled(Panel):
    heading = _("Scheduled")

    def rows(self, request):
        due = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")[:ROWS]
        return _rows([(revision.object_id, revision.approved_go_live_at, "") for revision in due])


class UnderEmbargo(Panel):
    heading = _("Under embargo")

    def rows(self, request):
        stories = _stories().filter(embargo__gt=timezone.now(), state=Story.State.DRAFT).order_by("embargo")[:ROWS]
        return [(story, story.embargo, "") for story in stories]


class LastHour(Panel):
    heading = _("Published in the last hour")

    def rows(self, request):
        newest = Publication.objects.order_by("-seq")[:40]
        since = timezone.now() - timedelta(hours=1)
        recent = [publication for publication in newest if publication.at >= since][:ROWS]
        return _rows([(p.story_id, p.at, p.get_kind_display()) for p in recent])


class InWork(Panel):
    heading = _("Your stories in work")
    more = "whose=mine&state=draft"

    def rows(self, request):
        mine = _stories().filter(owner=request.user, state=Story.State.DRAFT).order_by("-touched_at")[:ROWS]
        return [(story, story.touched_at, "") for story in mine]


class Flagged(Panel):
    heading = _("To look at")
    more = "whose=flagged"

    def rows(self, request):
        flagged = _stories().extra(where=[indexes.FLAGGED]).order_by("-touched_at", "-news_id")[:ROWS]  # noqa: S610
        return [(story, story.touched_at, story.flag) for story in flagged]


PANELS: list[Any] = [Start, NotPublished, SentBack, ToApprove, Scheduled, UnderEmbargo, LastHour, InWork, Flagged]
for _order, _panel in enumerate(PANELS):
    _panel.order = _order  # Wagtail sorts by it

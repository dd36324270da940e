"""The desk's home: what waits. Each panel is a handful of rows that an index finds; nothing is counted."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Revision, TaskState

from dateline.stories.models import Publication, Story

ROWS = 8


class Panel(Component):
    """A heading and up to eight stories, each with when and a word."""

    template_name = "desk/home_panel.html"
    heading: Any = ""
    empty = _("Nothing.")

    def rows(self, request: Any) -> list[tuple[Story, Any, str]]:
        raise NotImplementedError

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        rows = self.rows(parent_context["request"])
        return {"heading": self.heading, "rows": rows, "empty": self.empty, "name": type(self).__name__}


def _stories() -> QuerySet:
    return Story.objects.select_related("section", "locale").defer("body")


def _rows(found: list[tuple[Any, Any, str]]) -> list[tuple[Story, Any, str]]:
    stories = _stories().in_bulk([int(news_id) for news_id, _when, _word in found])
    return [(stories[int(key)], when, word) for key, when, word in found if int(key) in stories]


class ToApprove(Panel):
    order = 10
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


class Scheduled(Panel):
    order = 20
    heading = _("Scheduled")

    def rows(self, request):
        due = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")[:ROWS]
        return _rows([(revision.object_id, revision.approved_go_live_at, "") for revision in due])


class UnderEmbargo(Panel):
    order = 30
    heading = _("Under embargo")

    def rows(self, request):
        stories = _stories().filter(embargo__gt=timezone.now(), state=Story.State.DRAFT).order_by("embargo")[:ROWS]
        return [(story, story.embargo, "") for story in stories]


class LastHour(Panel):
    order = 40
    heading = _("Published in the last hour")

    def rows(self, request):
        newest = Publication.objects.order_by("-seq")[:40]
        since = timezone.now() - timedelta(hours=1)
        recent = [publication for publication in newest if publication.at >= since][:ROWS]
        return _rows([(p.story_id, p.at, p.get_kind_display()) for p in recent])


class InWork(Panel):
    order = 50
    heading = _("Your stories in work")

    def rows(self, request):
        mine = _stories().filter(owner=request.user, state=Story.State.DRAFT).order_by("-touched_at")[:ROWS]
        return [(story, story.touched_at, "") for story in mine]


class Flagged(Panel):
    order = 60
    heading = _("To look at")

    def rows(self, request):
        flagged = _stories().exclude(flag="").order_by("-news_id")[:ROWS]
        return [(story, story.touched_at, story.flag) for story in flagged]


PANELS = [ToApprove, Scheduled, UnderEmbargo, LastHour, InWork, Flagged]

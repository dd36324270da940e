"""The desk announces a correction at the head of the story's thread, and takes the notice down again."""

import logging
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.edge import keys
from dateline.edge.purging import purge
from dateline.stories.models import Current, Publication
from dateline.stories.models.publications import CORRECTIONS_KEPT
from dateline.stories.prepared import prepared

from ..models import Announcement
from ..refusals import NotCorrected
from ..roles import PERMISSION

PAGE = 25  # corrections
log = logging.getLogger(__name__)


@transaction.atomic
def announce(news_id: int, version: int, *, by: Any = None) -> Announcement:
    """Announce the correction that made `version`; a second time changes nothing. Refuses what is none (NotCorrected)."""
    made = Publication.objects.filter(story_id=news_id, version=version, kind=Publication.Kind.CORRECT)
    if not (made.exists() and Current.objects.filter(pk=news_id, killed=False).exists()):
        raise NotCorrected(_("Version %(version)s is no correction of a story that is out.") % {"version": version})
    announcement, _new = Announcement.objects.get_or_create(story_id=news_id, version=version, defaults={"by": by})
    purge([keys.thread(news_id)])
    return announcement


@transaction.atomic
def take_down(news_id: int, *versions: int) -> None:
    """Take these notices down, or all where none is named; harmless where there is none."""
    made = Announcement.objects.filter(story_id=news_id)
    (made.filter(version__in=versions) if versions else made).delete()
    purge([keys.thread(news_id)])


def of(current: Current) -> list[Publication]:
    """The corrections that are announced, as many as stand at a story, the newest first. No query where none was made."""
    return list(_of(current.pk)) if current.corrections else []


@prepared(int)
def _of(news_id: int) -> QuerySet[Publication]:
    announced = Announcement.objects.filter(story_id=news_id).values("version")
    return Publication.objects.filter(story_id=news_id, version__in=announced).order_by("-version")[:CORRECTIONS_KEPT]


# -- At the desk ----------------------------------------------------------------------------------------------------------


@require_safe
@permission_required(PERMISSION)
def corrections(request: HttpRequest) -> HttpResponse:
    """The newest corrections of stories that are out, each with a button that announces it or takes it down."""
    made = Publication.objects.filter(kind=Publication.Kind.CORRECT).order_by("-seq")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        made = made.filter(seq__lt=int(before))
    rows: list[Any] = list(made[: PAGE + 1])
    stories = Current.objects.filter(killed=False).in_bulk({row.story_id for row in rows})
    announced = _announced(rows)
    for row in rows:
        row.out, row.announced = stories.get(row.story_id), (row.story_id, row.version) in announced
    context = {
        "rows": [row for row in rows[:PAGE] if row.out],
        "older": rows[PAGE - 1].seq if len(rows) > PAGE else None,
        "header_title": _("Corrections in threads"),
        "breadcrumbs_items": [{"url": reverse("comments_corrections"), "label": _("Corrections in threads")}],
        "header_icon": "comment",
    }
    return render(request, "comments/corrections.html", context)


def _announced(rows: list[Any]) -> set[tuple[int, int]]:
    wanted = Q(pk=None)
    for row in rows:
        wanted |= Q(story_id=row.story_id, version=row.version)
    return set(Announcement.objects.filter(wanted).values_list("story_id", "version"))


@require_POST
@permission_required(PERMISSION)
def decide(request: HttpRequest, news_id: int, version: int) -> HttpResponse:
    """Announce a correction, or take its notice down, and go back to the list."""
    get_object_or_404(Publication, story_id=news_id, version=version)
    back = HttpResponseRedirect(reverse("comments_corrections"))
    if request.POST.get("deed") == "take-down":
        take_down(news_id, version)
        messages.success(request, _("The notice is down."))
    else:
        try:
            announce(news_id, version, by=request.user)
        except NotCorrected as refused:
            messages.error(request, str(refused))
            return back
        messages.success(request, _("The correction is announced in the thread."))
    log.info("Correction %s of story %s: %s by %s.", version, news_id, request.POST.get("deed"), request.user)
    return back

"""The bans at the desk: who may not write, until when and why; lifting one, and answering an appeal against it."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from ..refusals import Refused
from ..roles import PERMISSION
from ..threads import paging
from . import bans, queues
from .objections import Appeal, Ban
from .queue import PAGE, frame


@require_safe
@permission_required(PERMISSION)
def standing(request: HttpRequest) -> HttpResponse:
    """The bans that hold, the newest first. Two queries beside the desk's own."""
    appeals = Prefetch("appeals", Appeal.objects.filter(outcome=""), to_attr="open_appeals")
    rows = bans.standing().select_related("reader", "comment", "by").prefetch_related(appeals)
    listed: Any = paging.page(rows, request.GET, oldest_first=False, limit=PAGE, time="at")
    context = frame(queues.asked(None)) | {"listed": listed, "state": "bans", "header_title": _("Bans")}
    return render(request, "comments/bans.html", context)


@require_POST
@permission_required(PERMISSION)
def answer(request: HttpRequest, ban_id: int) -> HttpResponse:
    """Lift a ban, or keep it against an appeal."""
    get_object_or_404(Ban, pk=ban_id)
    lifting = request.POST.get("decision") != "keep"
    try:
        (bans.lift if lifting else bans.keep)(ban_id, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The ban is lifted.") if lifting else _("The ban stands."))
    return HttpResponseRedirect(reverse("comments_bans"))

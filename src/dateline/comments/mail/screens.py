"""The mail of a newsroom that has no mail server yet, at the desk: so that a newcomer can try the readers' door."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from . import folder as mail_folder

SHOWN = 50


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """What was mailed last, its links to be followed; never to whom. 404 once a mail server is named."""
    if not may_read(request):
        raise PermissionDenied
    if not mail_folder.is_used():
        raise Http404("Mail goes to a mail server: DATELINE_MAIL_URL.")
    context = {
        "mails": [_shown(each) for each in mail_folder.newest(SHOWN)],
        "header_title": _("Mail"),
        "header_icon": "mail",
        "breadcrumbs_items": [{"url": reverse("comments_mail"), "label": _("Mail")}],
    }
    return render(request, "comments/mail.html", context)


def may_read(request: HttpRequest) -> bool:
    """Those alone who may set passwords anyhow: a mail may hold a link that does."""
    user: Any = request.user
    return user.has_perm("auth.change_user")


def _shown(parsed: Any) -> dict[str, Any]:
    text = parsed.get_body(("plain",))
    return {
        "subject": parsed["Subject"],
        "language": parsed["Content-Language"] or "",
        "at": parsed["Date"].datetime if parsed["Date"] else None,
        "text": text.get_content() if text else "",
    }

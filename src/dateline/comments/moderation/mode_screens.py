"""Where the desk says how comments are taken: on the site, in each section, on one story."""

import logging
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.stories.models import Current, Section

from ..roles import PERMISSION
from . import modes
from .modes import Mode

log = logging.getLogger(__name__)
LONGEST_DAYS = 3650


class PlaceForm(forms.Form):
    """The mode at one place, and the days after which its threads close."""

    mode = forms.ChoiceField(label=gettext_lazy("How they are taken"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Closed so many days after publication"), required=False, min_value=0, max_value=LONGEST_DAYS
    )

    def __init__(self, place: str, name: str, now: modes.Set, data: Any = None) -> None:
        mode, days = now
        super().__init__(data, prefix=place or "site", initial={"mode": mode, "days": days})
        self.place, self.name = place, name
        above = [] if place == modes.SITE else [("", _("As above it"))]
        self.fields["mode"].choices = above + list(Mode.choices)  # type: ignore[attr-defined]
        if place == modes.SITE:
            self.initial["mode"] = mode or Mode.ALL

    def save(self, by: Any) -> None:
        modes.set_mode(self.place, self.cleaned_data["mode"], self.cleaned_data["days"], by=by)
        log.info("Comments at %s: %s by %s.", self.place or "the site", self.cleaned_data, by)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PERMISSION)
def site(request: HttpRequest) -> HttpResponse:
    """The site's mode, and each section's."""
    named = [(modes.SITE, _("The site"))]
    named += [(modes.of_section(section.pk), str(section)) for section in Section.objects.all()]
    return _screen(request, named, reverse("comments_settings"))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PERMISSION)
def story(request: HttpRequest, news_id: int) -> HttpResponse:
    """One story's mode: it goes before its section's and the site's."""
    current = get_object_or_404(Current, pk=news_id, killed=False)
    named = [(modes.of_story(current.pk), current.headline)]
    return _screen(request, named, reverse("comments_story_settings", args=[current.pk]), current)


def _screen(
    request: HttpRequest, named: list[tuple[str, str]], address: str, current: Current | None = None
) -> HttpResponse:
    names = dict(named)
    sets = modes.in_force(list(names))
    places = [PlaceForm(place, name, sets.get(place, ("", None)), request.POST or None) for place, name in named]
    if request.method == "POST" and all(form.is_valid() for form in places):
        for form in places:
            if form.has_changed():
                form.save(request.user)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(address)
    context = {
        "places": places,
        "story": current,
        "history": [(names[change.place], change) for change in modes.history(list(names))],
        "header_title": _("How comments are taken"),
        "breadcrumbs_items": [
            {"url": reverse("comments_queue"), "label": _("Comments")},
            {"url": address, "label": _("How comments are taken")},
        ],
        "header_icon": "comment",
    }
    return render(request, "comments/modes.html", context)

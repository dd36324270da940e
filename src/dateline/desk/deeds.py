"""The pages of the deeds that need a second look: correct, kill, spike, schedule; and the versions of a story."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from dateline.stories import actions, bodies, differences, items
from dateline.stories.models import Current, Publication, Story
from dateline.stories.refusals import Refused

from .permissions import may

Changes = list[tuple[str, list[differences.Change]]]


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note to readers"),
        help_text=gettext_lazy(
            "What was wrong, and what is right. It stands at the story and on the corrections page."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=5000,
    )


class KillForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Advisory"),
        help_text=gettext_lazy("Why the story is withdrawn. It takes the story's place, everywhere and for good."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=5000,
    )
    news_id = forms.IntegerField(
        label=gettext_lazy("News ID"), help_text=gettext_lazy("Type the story's number, to be sure which one it is.")
    )

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.story = story

    def clean_news_id(self) -> int:
        if self.cleaned_data["news_id"] != self.story.pk:
            raise forms.ValidationError(_("This is story %(id)s. Type that number.") % {"id": self.story.pk})
        return self.story.pk


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, news_id: int) -> HttpResponse:
    """Show what would change, ask for the note, and correct."""
    story = _story(request, news_id, "correct")
    draft = story.get_latest_revision_as_object()
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(draft, by=request.user, note=form.cleaned_data["note"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Story %(id)s is corrected.") % {"id": story.pk})
            return redirect("desk_story:edit", story.pk)
    changes = _changes(_words_out(story), _words_of(draft))
    return render(request, "desk/correct.html", {"story": story, "form": form, "changes": changes})


@require_http_methods(["GET", "POST"])
def kill(request: HttpRequest, news_id: int) -> HttpResponse:
    """Ask for the advisory and for the number, and kill. One step more than anything else."""
    story = _story(request, news_id, "kill")
    form = KillForm(request.POST or None, story=story)
    if request.method == "POST" and form.is_valid():
        try:
            actions.kill(story, by=request.user, note=form.cleaned_data["note"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Story %(id)s is killed.") % {"id": story.pk})
            return redirect("desk_versions", story.pk)
    return render(request, "desk/kill.html", {"story": story, "form": form})


@require_http_methods(["GET", "POST"])
def spike(request: HttpRequest, news_id: int) -> HttpResponse:
    """Put a draft aside."""
    story = _story(request, news_id, "spike")
    if request.method == "POST":
        try:
            actions.spike(story, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Story %(id)s is spiked.") % {"id": story.pk})
            return redirect("desk_story:list")
    return render(request, "desk/spike.html", {"story": story})


@require_http_methods(["GET", "POST"])
def schedule(request: HttpRequest, news_id: int) -> HttpResponse:
    """Schedule the newest draft for the second in which its embargo ends."""
    story = _story(request, news_id, "publish")
    draft = story.get_latest_revision_as_object()
    if not draft.embargo:
        messages.error(request, _("Story %(id)s has no embargo.") % {"id": story.pk})
        return redirect("desk_story:edit", story.pk)
    if request.method == "POST":
        draft.go_live_at = draft.embargo
        try:
            draft.save_revision(user=request.user).publish(user=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Story %(id)s goes out when its embargo ends.") % {"id": story.pk})
        return redirect("desk_story:edit", story.pk)
    return render(request, "desk/schedule.html", {"story": draft})


@require_http_methods(["GET"])
def versions(request: HttpRequest, news_id: int) -> HttpResponse:
    """Every version that left the building, and the words that differ between any two."""
    if not request.user.has_perm("stories.view_story"):
        raise PermissionDenied
    story = get_object_or_404(Story.objects.select_related("locale", "section"), pk=news_id)
    publications = list(
        Publication.objects.filter(story_id=news_id).select_related("by", "item").order_by("-version")[:200]
    )
    numbers = {publication.version: publication for publication in publications}
    new = numbers.get(_number(request, "to")) or (publications[0] if publications else None)
    old = numbers.get(_number(request, "from")) or (publications[1] if len(publications) > 1 else None)
    changes = _changes(_words_in(old), _words_in(new)) if old and new else []
    return render(
        request,
        "desk/versions.html",
        {
            "story": story,
            "publications": publications,
            "old": old,
            "new": new,
            "changes": changes,
            "may_kill": may(request.user, "kill", story),
        },
    )


def _story(request: HttpRequest, news_id: int, deed: str) -> Story:
    story = get_object_or_404(Story.objects.select_related("locale", "section"), pk=news_id)
    if not may(request.user, deed, story):
        raise PermissionDenied(_("Your role may not do this, or the story is not in a state for it."))
    return story


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _words_out(story: Story) -> dict[str, str]:
    return _words_in(Current.objects.select_related("publication__item").get(pk=story.pk).publication)


def _words_in(publication: Publication) -> dict[str, str]:
    item = items.read(publication.item.json or "{}")
    return {
        "headline": items.value(item, "headlines", "main"),
        "kicker": items.value(item, "headlines", "kicker"),
        "summary": items.value(item, "descriptions", "summary"),
        "body": items.value(item, "bodies", "text"),
    }


def _words_of(draft: Story) -> dict[str, str]:
    body = bodies.text(bodies.html(list(draft.body.raw_data)))
    return {"headline": draft.headline, "kicker": draft.kicker, "summary": draft.summary, "body": body}


def _changes(old: dict[str, str], new: dict[str, str]) -> Changes:
    names = {"headline": _("Headline"), "kicker": _("Kicker"), "summary": _("Summary"), "body": _("Body")}
    return [(names[part], differences.words(old[part], new[part])) for part in names if old[part] != new[part]]

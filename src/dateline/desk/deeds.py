"""The pages of the deeds that need a second look: correct, kill, spike, schedule."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.models import Revision

from dateline.stories import actions, parts
from dateline.stories.models import Story
from dateline.stories.refusals import Refused

from . import words
from .permissions import may


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note to readers"),
        help_text=gettext_lazy(
            "What was wrong, and what is right. It stands at the story and on the corrections page."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        max_length=5000,
    )
    revision = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, revision: Revision | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = str(revision.pk) if revision else ""
        self.initial["revision"] = self.seen

    def clean(self) -> dict[str, Any] | None:
        """What the editor saw is what goes out: a draft that was saved meanwhile is looked at first."""
        if self.data.get("revision") not in (None, self.seen):
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data["revision"] = self.seen
            self.data = data
            raise forms.ValidationError(_("The draft was changed meanwhile. Look at what would change now."))
        return super().clean()


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


def deed(name: str) -> Callable:
    """A page for those who may do `name` to the story in its address; the others are told so, in the list."""

    def wrap(view: Callable[[HttpRequest, Story], HttpResponse]) -> Callable[[HttpRequest, int], HttpResponse]:
        @wraps(view)
        @require_http_methods(["GET", "POST"])
        def page(request: HttpRequest, news_id: int) -> HttpResponse:
            story = get_object_or_404(Story.objects.select_related("locale", "section"), pk=news_id)
            if not may(request.user, name, story):
                messages.error(request, _("Your role may not do this, or the story is not in a state for it."))
                return redirect("desk_story:list" if may(request.user, "view", story) else "wagtailadmin_home")
            return view(request, story)

        return page

    return wrap


@deed("correct")
def correct(request: HttpRequest, story: Story) -> HttpResponse:
    """Show what would change, ask for the note, and correct."""
    revision = story.latest_revision if story.has_unpublished_changes else None
    draft = revision.as_object() if revision else story
    form = NoteForm(request.POST or None, revision=revision)
    if locked := _locked(request, story):
        messages.error(request, locked)
        return redirect("desk_story:edit", story.pk)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(draft, by=request.user, note=form.cleaned_data["note"], revision=revision)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Story %(id)s is corrected.") % {"id": story.pk})
            return redirect("desk_story:edit", story.pk)
    changes = parts.changes(words.out(story), words.of(draft))
    return render(request, "desk/correct.html", {"story": story, "form": form, "changes": changes})


@deed("kill")
def kill(request: HttpRequest, story: Story) -> HttpResponse:
    """Ask for the advisory and for the number, and kill. One step more than anything else."""
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


@deed("spike")
def spike(request: HttpRequest, story: Story) -> HttpResponse:
    """Put a draft aside."""
    if request.method == "POST":
        try:
            actions.spike(story, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Story %(id)s is spiked.") % {"id": story.pk})
            return redirect("desk_story:list")
    return render(request, "desk/spike.html", {"story": story})


@deed("publish")
def schedule(request: HttpRequest, story: Story) -> HttpResponse:
    """Schedule the newest draft for the second in which its embargo ends."""
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


def _locked(request: HttpRequest, story: Story) -> str:
    """Why somebody's lock is in the way; "" where none is."""
    lock = story.get_lock()
    return str(lock.get_message(request.user)) if lock and lock.for_user(request.user) else ""

"""Choosing a story for another's body: the same pages and the same search as the list."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from dateline.stories.models import Story

from . import cells, finding
from .cells import DrawnColumn
from .listing import Uncounted
from .permissions import gated

ROWS = 25


class SearchForm(BaseFilterForm):
    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"dir": "auto"}))

    def clean(self) -> Any:
        cleaned = super().clean()
        self.search_query = (cleaned or {}).get("q") or ""
        self.is_searching = bool(self.search_query)
        return cleaned


class _Uncounted:
    """A killed story is nobody's to point to."""

    filter_form_class = SearchForm
    results_template_name = "desk/chooser_results.html"

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,  # type: ignore[attr-defined]
            DrawnColumn("state", label=_("State"), accessor=cells.state),
            DrawnColumn("language", label=_("Language"), accessor=cells.language),
            DrawnColumn("news_id", label=_("News ID")),
        ]

    def get_results_page(self, request: HttpRequest) -> list[Story]:
        self.paginator = Uncounted()
        searched = self.filter_form.cleaned_data.get("q", "") if self.filter_form.is_valid() else ""  # type: ignore[attr-defined]
        self.page = finding.page(Story.objects.all(), request.GET, limit=ROWS, searched=searched)
        return [story for story in self.page.rows if story.state != Story.State.KILLED]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        beside = {"older": ("before", self.page.older), "newer": ("after", self.page.newer)}
        return context | {name: self._beside(*cursor) for name, cursor in beside.items()}

    def _beside(self, name: str, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        asked = {key: value for key, value in self.request.GET.items() if key not in ("before", "after")}  # type: ignore[attr-defined]
        return "?" + urlencode(asked | {name: cursor})


class ChooseStory(_Uncounted, ChooseView):
    pass


class ChooseStoryResults(_Uncounted, ChooseResultsView):
    pass


class StoryChooser(SnippetChooserViewSet):
    choose_view_class = ChooseStory
    choose_results_view_class = ChooseStoryResults

    def get_urlpatterns(self) -> list[URLPattern]:
        return gated(super().get_urlpatterns())

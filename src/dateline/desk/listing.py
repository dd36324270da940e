"""The list of stories that an editor lives in: newest first, filtered, searched, and as quick at a million."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Locale
from wagtail.snippets.views.snippets import IndexView

from dateline.stories.models import Provider, Section, Story

from . import cells, finding
from .cells import DrawnColumn

ROWS = 50
WIDE = "desk-wide"  # a column that a phone has no room for


class StoryFilters(WagtailFilterSet):
    section = django_filters.ModelChoiceFilter(label=_("Section"), queryset=Section.objects.all())
    # Wagtail reads it too, as a code: "Add story" then offers one in this language.
    locale = django_filters.ModelChoiceFilter(
        label=_("Language"), queryset=Locale.objects.all(), to_field_name="language_code"
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=Story.State.choices)
    provider = django_filters.ModelChoiceFilter(label=_("Provider"), queryset=Provider.objects.all())
    since = django_filters.DateFilter(label=_("Changed since"), widget=forms.DateInput(attrs={"type": "date"}))
    until = django_filters.DateFilter(label=_("Changed until"), widget=forms.DateInput(attrs={"type": "date"}))
    whose = django_filters.ChoiceFilter(label=_("Whose"), choices=[("mine", _("Mine")), ("flagged", _("Flagged"))])

    class Meta:
        model = Story
        fields: list[str] = []

    def filter_queryset(self, rows: QuerySet) -> QuerySet:
        asked = self.form.cleaned_data
        if since := asked.get("since"):
            rows = rows.filter(touched_at__gte=_midnight(since))
        if until := asked.get("until"):
            rows = rows.filter(touched_at__lt=_midnight(until + timedelta(days=1)))
        return finding.narrow(
            rows,
            state=asked.get("state") or "",
            mine=self.request.user if asked.get("whose") == "mine" else None,
            flagged=asked.get("whose") == "flagged",
            section=asked.get("section"),
            locale=asked.get("locale"),
            provider=asked.get("provider"),
        )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


class StoryList(IndexView):
    """Keyset pages of the stories, newest change first; a search by News ID descending. Never counts."""

    paginate_by = ROWS
    is_searchable = True

    @cached_property
    def columns(self) -> list[DrawnColumn]:
        may_choose = self.request.user.has_perm("stories.publish_story")
        return [
            *([DrawnColumn("choose", label="", accessor=cells.choose)] if may_choose else []),
            DrawnColumn("headline", label=_("Headline"), accessor=self._linked, classname="title"),
            DrawnColumn("state", label=_("State"), accessor=cells.state),
            DrawnColumn("section", label=_("Section"), classname=WIDE),
            DrawnColumn("language", label=_("Language"), accessor=cells.language, classname=WIDE),
            DrawnColumn("touched_at", label=_("Changed"), accessor=lambda story: cells.moment(story.touched_at)),
            DrawnColumn("news_id", label=_("News ID"), classname=WIDE),
        ]

    def _linked(self, story: Story) -> str:
        return cells.headline(story, self.get_edit_url(story))

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = False  # a spreadsheet of the whole archive is what `dateline export` is for

    def get_queryset(self) -> QuerySet:
        return self.filter_queryset(Story.objects.all())

    def paginate_queryset(self, rows: QuerySet, page_size: int) -> tuple:
        searched = (self.search_query or "") if self.is_searching else ""
        self.page = finding.page(rows, self.request.GET, limit=page_size, searched=searched)
        return Uncounted(), None, self.page.rows, True

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        return context | {
            "older": self._beside("before", self.page.older),
            "newer": self._beside("after", self.page.newer),
            "may_choose": self.request.user.has_perm("stories.publish_story"),
        }

    def _beside(self, name: str, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        asked = self.request.GET.copy()
        for key in ("before", "after", "_w_filter_fragment"):
            asked.pop(key, None)
        asked[name] = cursor
        return f"{reverse(self.index_url_name)}?{asked.urlencode()}"


class Uncounted:
    """Stands where Wagtail expects a paginator, which would count."""

    count = 0

    def get_elided_page_range(self, *args: Any, **kwargs: Any) -> list:
        return []

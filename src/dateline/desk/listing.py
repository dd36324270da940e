"""The list of stories that an editor lives in: newest first, filtered, searched, and as quick at a million."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.models import Locale
from wagtail.snippets.views.snippets import IndexView

from dateline.stories import folding, keyset
from dateline.stories.models import Provider, Section, Story

ROWS = 50


class StoryFilters(WagtailFilterSet):
    section = django_filters.ModelChoiceFilter(label=_("Section"), queryset=Section.objects.all())
    locale = django_filters.ModelChoiceFilter(label=_("Language"), queryset=Locale.objects.all())
    state = django_filters.ChoiceFilter(label=_("State"), choices=Story.State.choices)
    provider = django_filters.ModelChoiceFilter(label=_("Provider"), queryset=Provider.objects.all())
    since = django_filters.DateFilter(
        label=_("Changed since"), method="from_day", widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        label=_("Changed until"), method="to_day", widget=forms.DateInput(attrs={"type": "date"})
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"), method="only", choices=[("mine", _("Mine")), ("flagged", _("Flagged"))]
    )

    class Meta:
        model = Story
        fields: list[str] = []

    def from_day(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        return rows.filter(touched_at__gte=_midnight(value))

    def to_day(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        return rows.filter(touched_at__lt=_midnight(value + timedelta(days=1)))

    def only(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(owner=self.request.user) if value == "mine" else rows.exclude(flag="")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


class StateColumn(Column):
    cell_template_name = "desk/cells/state.html"


class StoryList(IndexView):
    """Keyset pages of the stories, newest change first; a search by News ID descending. Never counts."""

    results_template_name = "desk/story_list_results.html"
    paginate_by = ROWS
    is_searchable = True

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("headline", label=_("Headline"), get_url=self.get_edit_url, accessor=str),
            StateColumn("state", label=_("State")),
            Column("section", label=_("Section")),
            Column("language", label=_("Language"), accessor=lambda story: story.locale.language_code),
            Column("touched_at", label=_("Changed"), accessor=lambda story: _moment(story.touched_at)),
            Column("news_id", label=_("News ID"), accessor=lambda story: story.news_id),
        ]

    def get_queryset(self) -> QuerySet:
        rows = Story.objects.select_related("section", "locale").defer("body")
        return self.search_queryset(self.filter_queryset(rows))

    def search_queryset(self, rows: QuerySet) -> QuerySet:
        return search(rows, self.search_query) if self.is_searching else rows

    def paginate_queryset(self, rows: QuerySet, page_size: int) -> tuple:
        number = {"time": "news_id", "number": "news_id"} if self.is_searching else None
        if number:
            self.page = _by_news_id(rows, self.request.GET.get("before"))
        else:
            self.page = keyset.page(rows, self.request.GET, time="touched_at", number="news_id", limit=page_size)
        return _Uncounted(), None, self.page.rows, True

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        return context | {
            "older": self._beside("before", self.page.older),
            "newer": self._beside("after", self.page.newer),
        }

    def _beside(self, name: str, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        asked = self.request.GET.copy()
        for key in ("before", "after", "_w_filter_fragment"):
            asked.pop(key, None)
        asked[name] = cursor
        return f"{reverse(self.index_url_name)}?{asked.urlencode()}"


class _Uncounted:
    """Stands where Wagtail expects a paginator, which would count."""

    count = 0

    def get_elided_page_range(self, *args: Any, **kwargs: Any) -> list:
        return []


def _by_news_id(rows: QuerySet, before: str | None) -> keyset.Page:
    if before and before.isdecimal():
        rows = rows.filter(news_id__lt=min(int(before), 2**62))
    found = list(rows.order_by("-news_id")[: ROWS + 1])
    return keyset.Page(found[:ROWS], str(found[ROWS - 1].news_id) if len(found) > ROWS else None, None)


def search(rows: QuerySet, text: str) -> QuerySet:
    """Those of `rows` whose words hold all of `text`'s, the last one perhaps unfinished; or the one of that News ID."""
    if text.strip().isdecimal() and int(text) < 2**62:
        return rows.filter(news_id=int(text))
    words = folding.words(text)[:16]
    if not words:
        return rows.none()
    if connection.vendor == "postgresql":
        question = " & ".join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"])
        return rows.extra(where=["to_tsvector('simple', stories_story.words) @@ %s::tsquery"], params=[question])
    question = " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}" *'])
    found = RawSQL("SELECT rowid FROM desk_words WHERE desk_words MATCH %s", [question])
    return rows.filter(news_id__in=found)


def _moment(value: datetime) -> str:
    local = timezone.localtime(value)
    when = f"{local:%H:%M:%S}" if local.date() == timezone.localdate() else f"{local:%Y-%m-%d %H:%M}"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), when)


def title_of(story: Story) -> str:
    return str(story) or gettext("(no headline)")

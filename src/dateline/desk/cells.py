"""The cells of the stories' list: a page has 350, and a template for each took a quarter of the page's time."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.admin.ui.tables import Column

from dateline.stories.models import Story


class DrawnColumn(Column):
    """A column whose cells are drawn without a template. `accessor` gives HTML, or anything to be shown as text."""

    def render_cell_html(self, instance: Any, parent_context: Any) -> SafeString:
        return format_html('<td class="{}">{}</td>', self.classname or "", self.get_value(instance))


def choose(story: Story) -> SafeString:
    """A box for the deeds that are done to several stories (many.py)."""
    return format_html(
        '<input type="checkbox" name="story" value="{}" form="many-stories" aria-label="{}">',
        story.pk,
        gettext("Choose story %(id)s") % {"id": story.pk},
    )


def headline(story: Story, url: str) -> SafeString:
    """In the direction of its own letters, in a list that has the editor's."""
    return format_html('<div class="title-wrapper"><a href="{}"><bdi>{}</bdi></a></div>', url, str(story))


def state(story: Story) -> SafeString:
    """Its state, whether there is more than what is out, and its flag."""
    named = format_html(
        '<span class="desk-state desk-state--{}">{}</span>', story.state, Story.State(story.state).label
    )
    if story.has_unpublished_changes and story.live:
        named += format_html(' <span class="desk-state">{}</span>', "+")
    if story.flag:
        named += format_html(' <span class="desk-flag" title="{}">⚑</span>', story.flag)
    return named


def language(story: Story) -> str:
    return story.locale.language_code


def moment(value: datetime) -> SafeString:
    """The time of today, or the day and the time, in the reader's zone."""
    local = timezone.localtime(value)
    when = f"{local:%H:%M:%S}" if local.date() == timezone.localdate() else f"{local:%Y-%m-%d %H:%M}"
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), when)

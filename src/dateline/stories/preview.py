"""A draft as it would go out now, without writing anything down."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from . import items, publishing
from .models import Current, Publication, Section, Story


def page(story: Story, request: HttpRequest) -> Any:
    """The draft's public page, made by whoever `settings.DATELINE_PREVIEW` names."""
    current, item = rows(story)
    return import_string(settings.DATELINE_PREVIEW)(request, current, item)


def rows(story: Story) -> tuple[Current, items.Item]:
    """The rows that a publication would write, unsaved. What is still missing in the draft is left empty."""
    if story.section_id is None:
        story.section = Section.objects.first() or Section(slug="news", name="News")
    story.prepare()
    previous = Current.objects.filter(pk=story.pk).first() if story.pk else None
    built = publishing.build(
        story,
        list(story.topics.all()),
        seq=0,
        version=previous.version + 1 if previous else 1,
        kind=Publication.Kind.UPDATE if previous else Publication.Kind.PUBLISH,
        at=timezone.now(),
        previous=previous,
    )
    assert built.current is not None
    return built.current, items.read(built.item.json or "{}")

"""The words of a story, part by part: as they went out, and as they would go out now."""

from dateline.stories import items, parts, publishing
from dateline.stories.models import Current, Publication, Story


def out(story: Story) -> parts.Parts:
    """What readers see now."""
    return within(Current.objects.select_related("publication__item").get(pk=story.pk).publication)


def within(publication: Publication) -> parts.Parts:
    """What a version said; nothing where its words were erased."""
    return parts.of(items.read(publication.item.json or "{}"), note=publication.note)


def of(draft: Story) -> parts.Parts:
    """What a draft of a story that is out would say."""
    current = Current.objects.select_related("publication").get(pk=draft.pk)
    return parts.of(publishing.would_go_out(draft, current), note=current.publication.note)

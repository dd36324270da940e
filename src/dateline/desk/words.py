"""The words of a story, part by part: as they went out, as they would go out now, and what differs."""

from django.utils.translation import gettext as _

from dateline.stories import bodies, differences, items
from dateline.stories.models import Current, Publication, Story

Words = dict[str, str]
Changes = list[tuple[str, list[differences.Change]]]


def out(story: Story) -> Words:
    """What readers see now."""
    return within(Current.objects.select_related("publication__item").get(pk=story.pk).publication)


def within(publication: Publication) -> Words:
    """What a version said; nothing where its words were erased."""
    item = items.read(publication.item.json or "{}")
    return {
        "headline": items.value(item, "headlines", "main"),
        "kicker": items.value(item, "headlines", "kicker"),
        "summary": items.value(item, "descriptions", "summary"),
        "body": items.value(item, "bodies", "text"),
    }


def of(draft: Story) -> Words:
    """What a draft would say."""
    body = bodies.text(bodies.html(list(draft.body.raw_data)))
    return {"headline": draft.headline, "kicker": draft.kicker, "summary": draft.summary, "body": body}


def changes(old: Words, new: Words) -> Changes:
    """The parts that differ, each with its runs of words."""
    names = {"headline": _("Headline"), "kicker": _("Kicker"), "summary": _("Summary"), "body": _("Body")}
    return [(names[part], differences.words(old[part], new[part])) for part in names if old[part] != new[part]]

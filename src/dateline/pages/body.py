"""A story's body on its page: the dateline run in, and the related stories under their present headlines."""

from markupsafe import Markup, escape

from dateline.stories import bodies, items
from dateline.stories.models import Current


def html(story: Current, item: items.Item, out: dict[int, Current]) -> Markup:
    """The stored body, which was cleaned when it was published."""
    stored = items.value(item, "bodies", "html")
    filled = bodies.RELATED.sub(lambda found: _link(out.get(int(found[1]))), stored)
    if not story.dateline:
        return Markup(filled)  # noqa: S704
    dateline = f'<span class="dateline">{escape(story.dateline)}</span> '
    if filled.startswith("<p>"):
        return Markup("<p>" + dateline + filled[3:])  # noqa: S704
    return Markup(f"<p>{dateline}</p>{filled}")  # noqa: S704


def without_related(body: str) -> Markup:
    """The stored body without its links to other stories, for an old version."""
    return Markup(bodies.RELATED.sub("", body))  # noqa: S704


def _link(target: Current | None) -> str:
    """The related story as it is called now; nothing where it is not out."""
    if target is None:
        return ""
    return (
        f'<aside class="related"><a href="{target.get_absolute_url()}" lang="{target.language}" dir="auto">'
        f"{escape(target.headline)}</a></aside>"
    )

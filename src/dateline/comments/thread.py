"""The thread of a story as readers see it: what was approved, and nothing else."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from dateline.stories import languages

from .forms import CommentForm
from .models import Comment

BENEATH = 20  # comments under the story itself; the rest is on the thread's own page


def address(news_id: int, edition: str) -> str:
    """Where the thread of a story is read, and where comments on it are sent to."""
    return f"{languages.prefix(edition)}/news/{news_id}/comments/"


def approved(news_id: int) -> QuerySet[Comment]:
    return Comment.objects.filter(story_id=news_id, state=Comment.State.APPROVED)


def beneath_story(request: HttpRequest, news_id: int, killed: bool, version: int) -> SafeString:
    """The newest comments and the form, to be placed under a story; nothing under a killed one. One query.

    The same for every reader, so that the page can be cached. `version` is the one that the page shows.
    """
    if killed:
        return mark_safe("")
    edition = translation.get_language() or "en"
    newest = list(approved(news_id).order_by("-created_at", "-id")[: BENEATH + 1])
    context = {
        "edition": edition,
        "dir": languages.direction(edition),
        "action": address(news_id, edition),
        "comments": newest[:BENEATH],
        "more": len(newest) > BENEATH,
        "version": version,
        "form": CommentForm(),
    }
    return mark_safe(render_to_string("comments/beneath_story.html", context, using="jinja2"))

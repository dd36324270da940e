"""The thread of a story as readers see it: what was approved, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from dateline.stories import languages
from dateline.stories.models import Current

from . import modes
from .forms import CommentForm
from .models import Comment

BENEATH = 20  # comments under the story itself; the rest is on the thread's own page
REPLIES_BENEATH = 3  # of each of them
REPLIES = 10  # of each comment on the thread's own page; the rest is on the comment's


def address(news_id: int, edition: str) -> str:
    """Where the thread of a story is read, and where comments on it are sent to."""
    return f"{languages.prefix(edition)}/news/{news_id}/comments/"


def approved(news_id: int) -> QuerySet[Comment]:
    """The comments that answer the story itself."""
    return Comment.objects.filter(story_id=news_id, state=Comment.State.APPROVED, parent=None)


def beneath_story(request: HttpRequest, current: Current) -> SafeString:
    """The newest comments and the form, to be placed under a story; nothing under a killed one. One query.

    The same for every reader, so that the page can be cached.
    """
    if current.killed:
        return mark_safe("")
    edition = translation.get_language() or "en"
    newest = _newest(current.pk)
    context = {
        "edition": edition,
        "dir": languages.direction(edition),
        "story": current,
        "action": address(current.pk, edition),
        "comments": newest[:BENEATH],
        "more": len(newest) > BENEATH,
        "form": CommentForm(),
        "standing": modes.show(request, current),
    }
    return mark_safe(render_to_string("comments/beneath_story.html", context, using="jinja2"))


def _newest(news_id: int) -> list[Comment]:
    """The newest comments on the story, one more than are shown, each with its first replies."""
    newest = approved(news_id).order_by("-created_at", "-id").values("pk")[: BENEATH + 1]
    chosen = Comment.objects.filter(pk__in=newest).select_related("parent")
    rows = list(chosen.union(_replies(newest, REPLIES_BENEATH), all=True))
    first = sorted((row for row in rows if row.parent_id is None), key=_when, reverse=True)
    return _hang(first, [row for row in rows if row.parent_id is not None])


def with_replies(comments: Sequence[Comment]) -> list[Comment]:
    """Give each comment its first replies, as `shown`. One query, none where nothing was answered."""
    answered = [comment.pk for comment in comments if comment.replies]
    return _hang(comments, _replies(answered, REPLIES) if answered else ())


def page_of_replies(comment: Comment, page: int, size: int) -> list[Comment]:
    """The replies in one thread that have the places of a page, counted from 0, as a tree is read."""
    rows = _replies([comment.pk], (page + 1) * size).filter(place__gt=page * size)
    return in_order(comment, rows)


def _replies(comments: Iterable[int] | QuerySet, places: int) -> QuerySet[Comment]:
    """The first replies in each thread, by the index on thread and place alone.

    Those that were approved once and rejected since are among them, and left out by `in_order`: a condition on the
    state would have a planner read all that is approved instead.
    """
    return Comment.objects.filter(thread__in=comments, place__lte=places).select_related("parent")


def _hang(comments: Sequence[Comment], replies: Iterable[Comment]) -> list[Comment]:
    by_thread = defaultdict(list)
    for reply in replies:
        by_thread[reply.thread_id].append(reply)
    for comment in comments:
        comment.shown = in_order(comment, by_thread[comment.pk])
    return list(comments)


def in_order(comment: Comment, replies: Iterable[Comment]) -> list[Comment]:
    """The replies in `comment`'s thread as a tree is read: each after what it answers, the older first.

    One whose parent is not among them follows the others of the thread's beginning.
    """
    replies = sorted(filter(lambda reply: reply.is_shown, replies), key=_when)
    known = {reply.pk for reply in replies}
    answers = defaultdict(list)
    for reply in replies:
        answers[reply.parent_id if reply.parent_id in known else comment.pk].append(reply)
    ordered, waiting = [], answers[comment.pk][::-1]
    while waiting:  # not by recursion: a thread may be deeper than Python's stack
        reply = waiting.pop()
        ordered.append(reply)
        waiting += answers[reply.pk][::-1]
    return ordered


def _when(comment: Comment) -> tuple:
    return comment.created_at, comment.pk

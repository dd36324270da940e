"""The thread of a story as readers see it: what was approved, and the places of what is gone where it was answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from dateline.stories import languages
from dateline.stories.models import Current
from dateline.stories.prepared import prepared

from ..models import STANDS, Comment
from ..moderation import modes
from .letters import Letters

PAGE = 50  # comments on one page of a thread
BENEATH = 20  # comments under the story itself; the rest is on the thread's own page
REPLIES_BENEATH = 3  # of each of them
REPLIES = 10  # of each comment on the thread's own page; the rest is on the comment's
# Of a comment, what no thread shows: to read a moment or a list from a row costs more than the rest of it.
UNSEEN = (
    "reader", "language", "concerns", "score", "sketch", "address", "submission", "places",
    "decided_at", "decided_by", "decided_times", "reported_at", "appealed_at", "picked_by",
)  # fmt: skip
DEEPER = 100  # replies beneath those that answer a reply on its own page
_DEEPER = (
    "WITH RECURSIVE beneath(id) AS ("
    "SELECT id FROM comments_comment WHERE id IN ({0})"
    " UNION ALL SELECT reply.id FROM comments_comment AS reply JOIN beneath ON reply.parent_id = beneath.id"
    " WHERE (reply.state = 'approved' OR reply.keeps_place)) SELECT id FROM beneath LIMIT %s"
)
PICKS = 3  # of the editors' picks, at the head of the thread; the others only carry the badge


@dataclass(frozen=True)
class Thread:
    """A first page: the comments in order, each with its first replies; the picks; and which came out last."""

    comments: Sequence[Comment]
    picks: Sequence[Comment] = field(default=())
    last: int = 0  # its number, 0 where there is none: `since` asks what came out after it


def address(news_id: int, edition: str) -> str:
    """Where the thread of a story is read, and where comments on it are sent to."""
    return f"{languages.prefix(edition)}/news/{news_id}/comments/"


def standing(news_id: int) -> QuerySet[Comment]:
    """The comments that answer the story itself: those that are shown, and the places of those that were answered."""
    return Comment.objects.filter(STANDS, story_id=news_id, parent=None).defer("concerns")


def beneath_story(request: HttpRequest, current: Current) -> SafeString:
    """The newest comments and the form, to be placed under a story; nothing under a killed one. One query.

    The same for every reader, so that the page can be cached.
    """
    if current.killed:
        return mark_safe("")
    edition = translation.get_language() or "en"
    newest, action = _BENEATH(current.pk), address(current.pk, current.edition)
    context = {
        "edition": edition,
        "dir": languages.direction(edition),
        "story": current,
        "action": action,
        "comments": newest.comments[:BENEATH],
        "letters": Letters(current, action),
        "picks": newest.picks,
        "last": newest.last,
        "more": len(newest.comments) > BENEATH,
        "form": None,
        "standing": modes.show(request, current),
    }
    return mark_safe(render_to_string("comments/beneath_story.html", context, using="jinja2"))


class Newest:
    """The newest comments on a story, one more than `size`, each with its first `replies`. One query."""

    def __init__(self, size: int, replies: int) -> None:
        self.size, self.replies = size, replies
        self._rows = prepared(int)(self._query)

    def __call__(self, news_id: int) -> Thread:
        rows: list[Any] = self._rows(news_id)
        for row in rows:
            if row.parent_id:
                values = row.parent_id, row.parent_name, row.parent_state
                row.parent = Comment.from_db(row._state.db, ("id", "name", "state"), values)
        first = sorted((row for row in rows if row.parent_id is None), key=_when, reverse=True)
        return _thread(first[: self.size + 1], rows, self.replies)

    def _query(self, news_id: int) -> QuerySet[Comment]:
        newest = standing(news_id).order_by("-created_at", "-id").values("pk")[: self.size + 1]
        numbers = _numbers(Comment.objects.filter(pk__in=newest), _replies(newest, self.replies), _picks(news_id))
        rows = with_last(Comment.objects.filter(pk__in=numbers), news_id)
        return rows.annotate(parent_name=F("parent__name"), parent_state=F("parent__state")).defer(*UNSEEN)


_BENEATH = Newest(BENEATH, REPLIES_BENEATH)
newest = Newest(PAGE, REPLIES)


def first_page(news_id: int, comments: Sequence[Comment], *, whole: bool = False) -> Thread:
    """The first page of a thread, of which `comments` were found: their first replies and the picks. One query.

    None where they are the whole thread, and nothing was answered.
    """
    answered = [comment.pk for comment in comments if comment.replies]
    if whole and not answered:
        return _thread(comments, comments, REPLIES)
    return _thread(comments, _rows(_replies(answered, REPLIES), _picks(news_id)), REPLIES)


def later_page(comments: Sequence[Comment]) -> Thread:
    """Another page: its comments' first replies. One query, none where nothing was answered."""
    answered = [comment.pk for comment in comments if comment.replies]
    replies = _replies(answered, REPLIES).select_related("parent") if answered else ()
    return replace(_thread(comments, replies, REPLIES), picks=())


def with_last(rows: QuerySet[Comment], news_id: int) -> QuerySet[Comment]:
    """`rows`, each of them with the number of the comment on the story that came out last."""
    return rows.annotate(last=Subquery(came_out(news_id).values("pk")[:1]))


def came_out(news_id: int) -> QuerySet[Comment]:
    """The comments on the story that readers see, in the order in which they came out: the last first."""
    return _seen(news_id).order_by("-decided_at", "-id")


def _seen(news_id: int) -> QuerySet[Comment]:
    return Comment.objects.filter(story_id=news_id, state=Comment.State.APPROVED)


def _picks(news_id: int) -> QuerySet[Comment]:
    picks = _seen(news_id).filter(picked_at__isnull=False).order_by("-picked_at", "-id")
    return Comment.objects.filter(pk__in=picks.values("pk")[:PICKS])


def _rows(*parts: QuerySet[Comment]) -> QuerySet[Comment]:
    """Every comment of the parts, once, and what it answers."""
    return Comment.objects.filter(pk__in=_numbers(*parts)).select_related("parent")


def _numbers(*parts: QuerySet[Comment]) -> QuerySet:
    """The numbers of the comments of the parts. Each part is found by an index of its own."""
    first, *others = (part.values("pk") for part in parts)
    return first.union(*others, all=True)


def _thread(comments: Sequence[Comment], rows: Iterable[Comment], places: int) -> Thread:
    """Sort out what was read: a pick may also be listed, and a reply that is picked may stand further down."""
    rows = list(rows)
    picks = [row for row in rows if row.picked_at and row.is_shown]
    picks.sort(key=lambda pick: (pick.picked_at, pick.pk), reverse=True)
    return Thread(
        comments=_hang(comments, [row for row in rows if row.parent_id and (row.place or 0) <= places]),
        picks=picks[:PICKS],
        last=getattr(comments[0], "last", 0) if comments else 0,
    )


def page_of_replies(comment: Comment, page: int, size: int) -> list[Comment]:
    """The replies in one thread that have the places of a page, counted from 0, as a tree is read."""
    rows = _replies([comment.pk], (page + 1) * size).filter(place__gt=page * size).select_related("parent")
    return in_order(comment, rows)


@dataclass(frozen=True)
class Beneath:
    """What stands beneath a reply: in order; and the numbers of those that have answers which are not among these."""

    replies: Sequence[Comment]
    further: Collection[int]


def beneath(comment: Comment, answers: Sequence[Comment]) -> Beneath:
    """All that stands beneath `comment`, of which `answers` answer it directly. One query; none where there are none.

    At most DEEPER beside `answers`: what stands nearest. An index on the parent finds them, level by level.
    """
    if not answers:
        return Beneath((), ())
    numbers = [answer.pk for answer in answers]
    deeper = RawSQL(_DEEPER.format(",".join(["%s"] * len(numbers))), [*numbers, len(numbers) + DEEPER])  # noqa: S611  (numbers only)
    last = Comment.objects.filter(STANDS, parent=OuterRef("pk")).order_by("-created_at", "-id").values("pk")[:1]
    rows = Comment.objects.filter(pk__in=deeper).annotate(answered_last=Subquery(last))
    shown = {row.pk: row for row in rows.select_related("parent")}
    further = {pk for pk, row in shown.items() if row.answered_last and row.answered_last not in shown}
    return Beneath(in_order(comment, shown.values()), further)


def _replies(comments: Iterable[int] | QuerySet, places: int) -> QuerySet[Comment]:
    """The first replies in each thread, by the index on thread and place alone.

    Those that were approved once and rejected since are among them, and sorted out by `in_order`: a condition on the
    state would have a planner read all that is approved instead.
    """
    return Comment.objects.filter(thread__in=comments, place__lte=places)


def _hang(comments: Sequence[Comment], replies: Iterable[Comment]) -> list[Comment]:
    by_thread = defaultdict(list)
    for reply in replies:
        by_thread[reply.thread_id].append(reply)
    for comment in comments:
        comment.shown = in_order(comment, by_thread[comment.pk]) if comment.pk in by_thread else []
    return list(comments)


def in_order(comment: Comment, replies: Iterable[Comment]) -> list[Comment]:
    """The replies in `comment`'s thread as a tree is read: each after what it answers, the older first.

    One whose parent is not among them follows the others of the thread's beginning. Of those that are not shown the
    ones that are answered here keep their places.
    """
    replies = sorted(_with_places({reply.pk: reply for reply in replies}), key=_when)
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


def _with_places(replies: dict[int, Comment]) -> Iterable[Comment]:
    """Those that are shown, and whatever stands between them and the thread's beginning."""
    wanted: dict[int, Comment] = {}
    for reply in replies.values():
        above: Comment | None = reply if reply.is_shown else None
        while above is not None and above.pk not in wanted:
            wanted[above.pk] = above
            above = replies.get(above.parent_id or 0)
    return wanted.values()


def _when(comment: Comment) -> tuple:
    return comment.created_at, comment.pk

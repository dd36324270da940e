"""The letters of a thread, in HTML.

Written here and not in a template, since a thread shows dozens of them and is made anew for each that comes in: a
template took more than twice as long (docs/decisions/0012-queries-made-once.md). What was typed goes through `escape`; a
comment's `words` were cleaned when it came in.
"""

from collections.abc import Container, Iterable
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dateline.stories import calendars
from dateline.stories.models import Current

from ..models import Comment

DEEPEST = 4  # steps by which a reply is moved in: on a phone no more can be told apart


class Letters:
    """Makes the letters under one story, in the edition that is active; `action` is the thread's address.

    Replies are moved in from `depth` on, that of the comment whose own page it is.
    """

    def __init__(self, story: Current, action: str, depth: int = 0) -> None:
        self.story, self.action, self.depth = story, action, depth
        self.edition = translation.get_language() or "en"
        self.said = _said(self.edition)

    def all(self, comments: Iterable[Comment]) -> SafeString:
        """Each with the replies that this page shows beneath it, and the way to the others."""
        return SafeString("\n".join(line for comment in comments for line in self._with_replies(comment)))

    def one(self, comment: Comment, *, linked: bool = True, held: bool = False) -> SafeString:
        """A letter; on its own page not `linked` to itself, and whole. Nothing can be done to one that is `held`."""
        deeper = min(comment.depth - self.depth, DEEPEST)
        reply = f" reply indent-{deeper}" if deeper > 0 else ""
        parent = f' data-parent="{comment.parent_id}"' if comment.parent_id else ""
        return SafeString(
            f'<article class="letter{reply}" id="comment-{comment.pk}" data-depth="{comment.depth}"{parent}>'
            f"{self._head(comment, held)}{self._inside(comment, linked, held)}</article>"
        )

    def above(self, comment: Comment) -> SafeString:
        """What the comment on its own page answers, so that a conversation can be read from there."""
        if (parent := comment.parent) is None:
            return SafeString("")
        if gone := parent.gone:
            return SafeString(f'<blockquote class="above"><p class="deleted">{escape(gone)}</p></blockquote>')
        cut = " cut" if parent.is_long else ""
        return SafeString(
            f'<blockquote class="above"><div class="words{cut}">{parent.words}</div>'
            f"<footer>{self.signature(parent)}</footer></blockquote>"
        )

    def tree(self, replies: Iterable[Comment], further: Container[int]) -> SafeString:
        """Each reply; and where it has others than those shown here, in `further`, the way to them."""
        return SafeString(
            "\n".join(self.one(reply) + (self._more(reply) if reply.pk in further else "") for reply in replies)
        )

    def _more(self, comment: Comment) -> str:
        words = f'{self.said.more}<span class="unseen"> {self.said.to.format(self._name(comment))}</span>'
        return f'<p class="more-replies"><a href="{self.action}{comment.pk}/">{words}</a></p>'

    def signature(self, comment: Comment) -> SafeString:
        """Who wrote it, and when."""
        badge = ""
        if comment.staff_id:
            badge = f' <strong class="badge staff-badge">{self.said.staff}</strong>'
        elif comment.signed_in:
            badge = f' <span class="signed-in">{self.said.signed_in}</span>'
        at = comment.created_at
        return SafeString(
            f'<span class="signature"><bdi class="name">{escape(comment.name) or self.said.a_reader}</bdi>{badge} '
            f'<time datetime="{at.isoformat(timespec="seconds")}">{calendars.moment(at, self.edition)}</time>'
            f"{self._edited(comment)}</span>"
        )

    def blank_form(self, mode: str, level: int) -> SafeString:
        """The form that nobody has filled in yet, under a heading of this level."""
        form = _blank_form(self.edition, mode, level)
        return SafeString(form.replace("{action}", self.action).replace("{version}", str(self.story.version)))

    def _edited(self, comment: Comment) -> str:
        if not (at := comment.edited_at):
            return ""
        time = f'<time datetime="{at.isoformat(timespec="seconds")}">{calendars.moment(at, self.edition)}</time>'
        return f' <span class="edited">{self.said.edited} {time}</span>'

    def _with_replies(self, comment: Comment) -> Iterable[str]:
        if not (comment.is_shown or comment.replies):
            return  # it was answered once; what answered it is gone, too
        yield self.one(comment)
        yield from map(self.one, comment.shown)
        if comment.replies and comment.replies > sum(reply.is_shown for reply in comment.shown):
            number = calendars.number(comment.replies, self.edition)
            to = self.said.to.format(self._name(comment))
            words = f'{self.said.all_replies.format(number)}<span class="unseen"> {to}</span>'
            yield f'<p class="more-replies"><a href="{self.action}{comment.pk}/">{words}</a></p>'

    def _head(self, comment: Comment, held: bool) -> str:
        if comment.picked_at and comment.is_shown and not held:
            return f'<p class="badge pick-badge">{self.said.picked}</p>{self._answers(comment)}'
        return self._answers(comment)

    def _answers(self, comment: Comment) -> str:
        if not comment.parent_id or (parent := comment.parent) is None:
            return ""
        if not parent.is_shown:
            return f'<p class="answers">{self.said.answers_nothing}</p>'
        to = f"{self.said.answers} <bdi>{self._name(parent)}</bdi>"
        return f'<p class="answers"><a href="{self.action}{parent.pk}/">{to}</a></p>'

    def _inside(self, comment: Comment, linked: bool, held: bool) -> str:
        if (gone := comment.gone) and (comment.deleted_at or not held):
            return f'<p class="deleted">{escape(gone)}</p>'
        cut, whole = (" cut", self._whole(comment)) if linked and comment.is_long else ("", "")
        return (
            f'{self._corrected(comment)}<div class="words{cut}">{comment.words}</div>{whole}'
            f"<footer>{self.signature(comment)}{self._deeds(comment, linked) if not held else ''}</footer>"
        )

    def _whole(self, comment: Comment) -> str:
        words = f'{self.said.whole}<span class="unseen">: {self._name(comment)}</span>'
        return f'<p class="whole"><a href="{self.action}{comment.pk}/">{words}</a></p>'

    def _deeds(self, comment: Comment, linked: bool) -> str:
        """To value it leads, without a script, to the comment's own page, where that can be taken back."""
        own, name, said = f"{self.action}{comment.pk}/", self._name(comment), self.said
        count = calendars.number(comment.valued, self.edition) if comment.valued else ""
        value = (
            f'<form class="value" method="post" action="{own}valued/"><button>{said.valuable}'
            f'<span class="unseen"> {said.is_by.format(name)}</span> <span class="count">{count}</span></button></form>'
        )
        links = (
            f' <a class="answer" href="{own}">{said.reply}<span class="unseen"> {said.to.format(name)}</span></a>'
            f' <a class="report" href="{own}report/">{said.report}<span class="unseen"> {said.by.format(name)}</span></a>'
        )
        return f'<div class="deeds">{value}{links if linked else ""}</div>'

    def _corrected(self, comment: Comment) -> str:
        """Once, quietly: what the writer read was corrected since. An update is not: the news only went on."""
        later = [each["version"] for each in self.story.corrections if each["version"] > comment.version]
        if not later:
            return ""
        address = f"{reverse('history', args=[self.story.pk])}?from={comment.version}&amp;to={later[-1]}"
        return f'<p class="corrected-since">{self.said.corrected} <a href="{address}">{self.said.changed}</a></p>'

    def _name(self, comment: Comment) -> str:
        return escape(comment.name) if comment.name and comment.is_shown else self.said.a_reader


@lru_cache
def _blank_form(edition: str, mode: str, level: int) -> str:
    """Of any story: its thread's address and its version go where `{action}` and `{version}` stand."""
    context = {"action": "{action}", "level": level, "story": {"version": "{version}"}, "standing": {"mode": mode}}
    with translation.override(edition):
        return render_to_string("comments/blank_form.html", context, using="jinja2").strip()


class _Said(NamedTuple):
    """What letters say in one language, escaped; a name or a number goes where `{}` stands."""

    a_reader: str
    staff: str
    signed_in: str
    edited: str
    picked: str
    answers: str
    answers_nothing: str
    corrected: str
    changed: str
    whole: str
    valuable: str
    reply: str
    report: str
    is_by: str
    to: str
    by: str
    all_replies: str
    more: str


@lru_cache
def _said(language: str) -> _Said:
    with translation.override(language):
        name = {"name": "{}"}
        return _Said(
            a_reader=escape(_("A reader")),
            staff=escape(_("Staff")),
            signed_in=escape(_("signed in")),
            edited=escape(_("edited")),
            picked=escape(_("Picked by the editors")),
            answers=escape(_("In reply to")),
            answers_nothing=escape(_("In reply to a comment that is no longer shown")),
            corrected=escape(_("Written before the story was corrected.")),
            changed=escape(_("What changed")),
            whole=escape(_("Read the whole letter")),
            valuable=escape(_("Valuable")),
            reply=escape(_("Reply")),
            report=escape(_("Report")),
            is_by=escape(_("is the comment by %(name)s") % name),
            to=escape(_("to %(name)s") % name),
            by=escape(_("the comment by %(name)s") % name),
            more=escape(_("More replies")),
            all_replies=escape(_("All replies: %(number)s") % {"number": "{}"}),
        )

"""What readers wrote under a story, and what moderators decided about it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from dateline.stories.models.rows import Read

from .mail.outbox import Answer as Answer
from .mail.outbox import Mail as Mail
from .moderation.rules import ModeSet as ModeSet
from .moderation.rules import WordList as WordList
from .moving.left_behind import LeftBehind as LeftBehind
from .readers.former import FormerWords as FormerWords
from .readers.sign_ins import SignIn as SignIn
from .record import quotes
from .record.withdrawals import Announcement as Announcement
from .record.withdrawals import Fingerprint as Fingerprint
from .record.withdrawals import WithdrawnWords as WithdrawnWords
from .threads import formatting
from .threads.address_keys import AddressKey as AddressKey


class Reader(Read):
    """Somebody who comments. Never a user of the desk.

    A guest is known by the name he gives and the keyed hash of his address (`threads/addresses.py`), so for a month at most.
    Who signed in through a mailed link (`readers/signing_in.py`) is known by his mail address, which nothing shows but the
    file with his own data; it is gone when he closes his account.
    """

    name = models.CharField(_("name"), max_length=80, blank=True)
    address = models.CharField(max_length=32, blank=True)
    email = models.CharField(max_length=254, null=True, unique=True, help_text="Never shown.")
    language = models.CharField(max_length=100, blank=True, help_text="Of the edition that he gets mail from.")
    confirmed_at = models.DateTimeField(null=True, help_text="None: a guest.")
    closed_at = models.DateTimeField(null=True)
    generation = models.PositiveIntegerField(default=0, help_text="One more, and he is signed out everywhere.")
    wants_replies = models.BooleanField(default=True, help_text="Mail, when somebody answers him.")
    # Of who signed in: his name as it looks (checks/names.py), which no guest may have. None: not worked out yet.
    looks = models.CharField(max_length=80, null=True)
    replies_mailed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Of his comments, so that nothing has to be counted where a moderator waits.
    approved = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True  # else each one saved costs Wagtail a search through its fields

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        indexes = [
            models.Index(fields=["looks"], condition=models.Q(confirmed_at__isnull=False), name="reader_looks"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "name"], condition=models.Q(confirmed_at=None), name="reader_guest_once"
            ),
            models.CheckConstraint(
                condition=models.Q(email=None, confirmed_at=None)
                | models.Q(email=None, closed_at__isnull=False)
                | models.Q(email__isnull=False, confirmed_at__isnull=False, closed_at=None),
                name="reader_mail_of_the_signed_in",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("A reader"))


# What has a place in its thread: what readers see, and what only says that it is gone, for the sake of its answers.
STANDS = models.Q(state="approved") | models.Q(keeps_place=True)


class Comment(Read):
    """A reader's words under a story, shown as they were written, or not at all.

    Nobody else edits them. Their writer, if he signed in, may for a quarter of an hour, and may erase them for ever
    (`readers/own_words.py`): the comment then keeps its place, and says so.
    """

    shown: "list[Comment]"  # its replies on the page that is being made (threads/thread.py)

    class State(models.TextChoices):
        HELD = "held", _("held")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")

    class Reason(models.TextChoices):
        """Why a comment is not shown, as its writer is told."""

        OFF_TOPIC = "off-topic", _("It is not about the story.")
        INSULT = "insult", _("It attacks a person.")
        HATE = "hate", _("It incites hatred.")
        FALSE = "false", _("It states as fact what is known to be false.")
        PRIVATE = "private", _("It tells what is private to somebody.")
        ADVERTISING = "advertising", _("It advertises.")
        ILLEGAL = "illegal", _("It is against the law.")
        REPEATED = "repeated", _("It says again what was said.")
        BEFORE = "before", _("It was not shown where it came from.")
        DELETED = "deleted", _("Its writer deleted it.")
        WITHDRAWN = "withdrawn", _("Its story was withdrawn.")

    class Concern(models.TextChoices):
        """What a check found that the moderator should look at (checks.py)."""

        REPEATS = "repeats", _("much the same came from this address before")
        LINKS = "links", _("many links")
        DIRECTION = "direction", _("characters that turn the text around")
        MARKS = "marks", _("marks piled on letters")
        FIRST = "first", _("this guest's first")
        SCORE = "score", _("much like what is usually rejected")
        WORDS = "words", _("words on the list of suspect words")
        ECHOES = "echoes", _("much the same was said in this thread before")
        BUSY = "busy", _("many comments at once in this thread")
        EDITED = "edited", _("its writer changed it")
        NAME = "name", _("a guest with the name of a signed-in reader")

    story = models.ForeignKey(
        "stories.Story", models.PROTECT, related_name="+", db_index=False, verbose_name=_("story")
    )
    version = models.PositiveIntegerField(_("version"), help_text=_("Of the story, as its writer read it."))
    # A reply: what it answers, and the comment without a parent that its thread began with.
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    thread = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    depth = models.PositiveIntegerField(default=0)
    # Given at the first approval, from 1 in each thread: below a parent's, since only what is approved is answered.
    place = models.PositiveIntegerField(null=True)
    # Of a comment that began a thread: how many places were given, and how many replies are shown now.
    places = models.PositiveIntegerField(default=0)
    replies = models.PositiveIntegerField(default=0)
    # Of one that is not shown: its place stays, and says so, since it may have answers that are.
    keeps_place = models.BooleanField(default=False, db_default=False)
    reader = models.ForeignKey(Reader, models.PROTECT, related_name="comments", verbose_name=_("reader"))
    name = models.CharField(_("name"), max_length=80, blank=True)
    text = models.TextField(_("comment"))
    html = models.TextField(blank=True)  # made from the text by threads/formatting.py, since a thread shows it often
    language = models.CharField(max_length=100, help_text=_("Of the edition in which it was written."))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.HELD)
    reason = models.CharField(_("reason"), max_length=11, choices=Reason, blank=True)
    concerns = models.JSONField(default=list, help_text=_("What checks.py found, in its order."))
    score = models.PositiveSmallIntegerField(null=True, help_text=_("0 to 100: see checks/score.py."))
    sketch = models.BinaryField(default=b"", help_text=_("Of its words: see checks/sketches.py."))
    address = models.CharField(max_length=32, blank=True, help_text="A keyed hash: see threads/addresses.py.")
    submission = models.CharField(max_length=32, unique=True, help_text="See threads/submissions.py.")
    withdrawn = models.JSONField(default=list, help_text="Runs of it that are not shown: see record/quotes.py.")
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)  # by its writer: what it was before is in readers/former.py
    deleted_at = models.DateTimeField(null=True)  # by its writer: it has no words any more
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    # What moderators wait for beside the held: since when somebody's report, or appeal, is open.
    reported_at = models.DateTimeField(null=True)
    appealed_at = models.DateTimeField(null=True)
    decided_times = models.PositiveIntegerField(
        default=0, help_text=_("So that nobody decides on what he did not see.")
    )

    # Whether its writer was signed in: the name under it is then his own, and no guest has that mark.
    signed_in = models.BooleanField(default=False, db_default=False)
    # A comment by the newsroom: who wrote it. Nothing that a guest sends can set it.
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    valued = models.PositiveIntegerField(default=0)  # by how many readers (threads/votes.py)
    picked_at = models.DateTimeField(null=True)
    picked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ()  # nobody adds, changes or deletes one at the desk
        permissions = [("moderate_comment", _("Can moderate comments"))]
        indexes = [
            models.Index(
                fields=["story", "created_at", "id"], condition=models.Q(parent=None) & STANDS, name="comment_stands"
            ),
            models.Index(
                fields=["story", "valued", "id"], condition=models.Q(parent=None) & STANDS, name="comment_stands_valued"
            ),
            models.Index(
                fields=["story", "picked_at", "id"],
                condition=models.Q(state="approved", picked_at__isnull=False),
                name="comment_picked",
            ),
            # What came out since a page was made: by the moment of its approval, whenever it was written.
            models.Index(
                fields=["story", "decided_at", "id"], condition=models.Q(state="approved"), name="comment_since"
            ),
            models.Index(fields=["address", "-created_at"], name="comment_address"),
            models.Index(fields=["story", "-id"], name="comment_newest"),
            models.Index(fields=["reader", "-created_at", "-id"], name="comment_of_reader"),
            models.Index(fields=["parent", "created_at", "id"], condition=STANDS, name="comment_beneath"),
            # What moderators wait for shares no order with the thread's index: no planner can take one for the other.
            models.Index(fields=["created_at", "id"], condition=models.Q(decided_at=None), name="comment_held"),
            models.Index(fields=["state", "decided_at", "id"], name="comment_decided"),
            models.Index(
                fields=["reported_at", "id"], condition=models.Q(reported_at__isnull=False), name="comment_reported"
            ),
            models.Index(
                fields=["appealed_at", "id"], condition=models.Q(appealed_at__isnull=False), name="comment_appealed"
            ),
            models.Index(
                fields=["decided_at", "id"],
                condition=models.Q(state="approved", decided_by=None),
                name="comment_unread",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["thread", "place"], name="comment_place_once"),
            models.CheckConstraint(
                condition=models.Q(parent=None, thread=None, depth=0)
                | models.Q(parent__isnull=False, thread__isnull=False, depth__gt=0),
                name="comment_reply_in_a_thread",
            ),
            models.CheckConstraint(
                condition=models.Q(state="rejected", reason__gt="")
                | (~models.Q(state="rejected") & models.Q(reason="")),
                name="comment_reason_where_due",
            ),
            models.CheckConstraint(
                condition=models.Q(state="held", decided_at=None)
                | (~models.Q(state="held") & ~models.Q(decided_at=None)),
                name="comment_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(picked_at=None, picked_by=None)
                | models.Q(picked_at__isnull=False, picked_by__isnull=False),
                name="comment_picked_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(deleted_at=None) | models.Q(text="", name=""), name="comment_erased"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:50]}"

    @property
    def looked_at(self) -> list[str]:
        """Its concerns in words. One that a later version of Dateline no longer knows is left out."""
        return [str(self.Concern(concern).label) for concern in self.concerns if concern in self.Concern.values]

    @property
    def is_long(self) -> bool:
        """Whether it would push every other letter off the page: there it is cut, and whole on its own."""
        return len(self.text) > 1_800 or self.text.count("\n") > 30

    @property
    def is_shown(self) -> bool:
        return self.state == self.State.APPROVED

    @property
    def is_taken_back(self) -> bool:
        """Whether it is its writer alone who hides it: no moderator had rejected it."""
        return bool(self.deleted_at) and (self.state == self.State.APPROVED or self.reason == self.Reason.DELETED)

    @property
    def gone(self) -> str:
        """What its place says where its words are not shown; "" where they are."""
        if self.is_shown and not self.deleted_at:
            return ""
        if self.is_shown or self.reason == self.Reason.DELETED:
            return str(_("Deleted by its writer."))
        return str(_("Deleted.") if self.reason == self.Reason.BEFORE else _("A moderator took this comment off."))

    @property
    def words(self) -> SafeString:
        """What readers see of its text, formatted."""
        return mark_safe(
            formatting.html(self.shown_text) if self.withdrawn else self.html or formatting.html(self.text)
        )

    @property
    def shown_text(self) -> str:
        """Its words as readers see them: without what it quotes of a story that was withdrawn."""
        return quotes.masked(self.text, self.withdrawn)

    @property
    def paragraphs(self) -> list[list[str]]:
        """The lines that readers see, in the paragraphs that blank lines make."""
        return self._paragraphs(self.shown_text)

    @property
    def as_typed(self) -> list[list[str]]:
        """All its lines, for the moderator."""
        return self._paragraphs(self.text)

    @staticmethod
    def _paragraphs(text: str) -> list[list[str]]:
        lines = [line.strip() for line in text.split("\n")]
        paragraphs: list[list[str]] = [[]]
        for line in lines:
            if line:
                paragraphs[-1].append(line)
            elif paragraphs[-1]:
                paragraphs.append([])
        return [paragraph for paragraph in paragraphs if paragraph]


class Vote(models.Model):
    """That somebody called a comment valuable: once each. Taken back, it is gone."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="votes", db_index=False)
    voter = models.CharField(max_length=32)  # a keyed hash: see threads/votes.py
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["comment", "voter"], name="vote_once")]
        indexes = [models.Index(fields=["voter", "-at"], name="vote_often")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.at:%Y-%m-%d}"


class Decision(models.Model):
    """That a moderator decided on a comment: what, when, and why. By nobody: the checks let it through. Only added to."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="decisions")
    was = models.CharField(max_length=8, choices=Comment.State)
    state = models.CharField(max_length=8, choices=Comment.State)
    reason = models.CharField(max_length=11, choices=Comment.Reason, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    # What it replaced, so that it can be taken back; and the decision that this one takes back.
    was_reason = models.CharField(max_length=11, choices=Comment.Reason, blank=True)
    was_at = models.DateTimeField(null=True)
    was_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone")

    UNDO_WITHIN = timedelta(minutes=10)
    TOLD_AFTER = timedelta(minutes=11)  # nobody is told what may still be taken back; two machines' clocks may differ

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        indexes = [models.Index(fields=["by", "-id"], name="decision_by")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.state}"


from .moderation import objections as moderation  # noqa: E402, F401  (the nouns beside these; they name the ones above)

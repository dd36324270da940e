"""What moderators work with beside the comments: leases, notices from readers, statements, bans, appeals, numbers."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dateline.stories.models import Current

from ..models import Comment, Decision, Reader

Reason = Comment.Reason


class Lease(models.Model):
    """That a comment lies before one moderator, so that no other is given it. It ends by itself (leases.py)."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="lease")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.comment_id} until {self.until:%H:%M:%S}"


class Report(models.Model):
    """That a reader asks us to look at a comment again.

    With the reason `illegal` it is a notice as Article 16 of Regulation (EU) 2022/2065 has it: why it is against the
    law, where it stands (the comment itself), name and mail address unless the matter is one of those that need
    neither, and that it was written in good faith.
    """

    class Gone(models.TextChoices):
        """Why nobody had to decide on it."""

        DELETED = "deleted", _("The comment is not there any more: its writer deleted it.")
        WITHDRAWN = "withdrawn", _("The comment is not there any more: its story was withdrawn.")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="reports", verbose_name=_("comment"))
    reason = models.CharField(_("reason"), max_length=11, choices=Reason)
    words = models.TextField(_("explanation"), blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    mail = models.EmailField(_("mail address"), blank=True, help_text=_("For the answer. Shown nowhere."))
    nameless = models.BooleanField(default=False, help_text=_("Offences of Articles 3 to 7 of Directive 2011/93/EU."))
    good_faith = models.BooleanField(default=False)
    language = models.CharField(max_length=100, help_text=_("Of the edition in which it was sent."))
    address = models.CharField(max_length=32, blank=True, help_text="A keyed hash: see threads/addresses.py.")
    submission = models.CharField(max_length=32, unique=True, help_text="See threads/submissions.py.")
    created_at = models.DateTimeField()
    answer = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="reports", help_text=_("What was decided on it.")
    )
    ended = models.CharField(max_length=9, choices=Gone, blank=True, default="", db_default="")
    ended_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True, help_text="Since then nobody knows who sent it: see forgetting.py.")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ()
        indexes = [
            models.Index(fields=["comment"], condition=models.Q(answer=None), name="report_open"),
            models.Index(fields=["address", "-created_at"], name="report_address"),
            models.Index(fields=["mail", "-created_at"], name="report_mailbox"),
            models.Index(fields=["created_at"], condition=models.Q(erased_at=None), name="report_kept"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason="illegal")
                | models.Q(erased_at__isnull=False)
                | models.Q(nameless=True, good_faith=True, words__gt="")
                | models.Q(good_faith=True, words__gt="", name__gt="", mail__gt=""),
                name="report_notice_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.reason}"

    @property
    def is_notice(self) -> bool:
        return self.reason == Reason.ILLEGAL

    @property
    def gone(self) -> str:
        """Why the comment is not there any more, in words; "" where it is, and where a moderator rejected it."""
        if self.ended:
            return str(self.get_ended_display())
        if self.comment.is_taken_back:
            return str(self.Gone.DELETED.label)
        rejected = self.comment.state == Comment.State.REJECTED and self.comment.reason != Reason.WITHDRAWN
        killed = not rejected and Current.objects.filter(pk=self.comment.story_id, killed=True).exists()
        return str(self.Gone.WITHDRAWN.label) if killed else ""


class Statement(models.Model):
    """Why a comment is not shown, as its writer may ask: what Article 17(3) of Regulation (EU) 2022/2065 names.

    What is the same for all (that it is shown nowhere and for good, and the ways to object) stands on the page.
    """

    class Ground(models.TextChoices):
        LAW = "law", _("It is against the law.")
        RULES = "rules", _("It breaks the rules of this site.")

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="statement")
    ground = models.CharField(max_length=5, choices=Ground)
    words = models.TextField(blank=True, help_text=_("The facts, or the law, in the moderator's words."))
    notice = models.ForeignKey(
        Report, models.PROTECT, null=True, related_name="+", help_text=_("What it followed; none: we looked ourselves.")
    )
    found_by_program = models.BooleanField(help_text=_("A check pointed to it. No program decides."))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("statement of reasons")
        verbose_name_plural = _("statements of reasons")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.decision_id} {self.ground}"


class Ban(models.Model):
    """That a reader may not comment for a time, or for good (`until` is empty).

    He is known as the Reader, and by the keyed hash of his address for as long as its month lasts.
    """

    reader = models.ForeignKey(Reader, models.PROTECT, related_name="bans", verbose_name=_("reader"))
    address = models.CharField(max_length=32, blank=True, db_index=True, help_text=_("A keyed hash."))
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="+", verbose_name=_("comment"))
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="bans")
    reason = models.CharField(_("reason"), max_length=11, choices=Reason)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ban")
        verbose_name_plural = _("bans")
        default_permissions = ()
        indexes = [models.Index(fields=["at", "id"], condition=models.Q(lifted_at=None), name="ban_standing")]

    def __str__(self) -> str:
        return f"{self.reader_id} until {self.until}"


class Appeal(models.Model):
    """That the writer, or who reported, objects to a decision: the internal complaint of Article 20.

    Another moderator than the one who decided answers it. Each side may appeal once against one decision or ban.
    """

    class Side(models.TextChoices):
        WRITER = "writer", _("the writer")
        REPORTER = "reporter", _("who reported it")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("The decision stands.")
        REVERSED = "reversed", _("The decision was reversed.")
        MOOT = "moot", _("The comment is not there any more: there is nothing left to decide.")

    side = models.CharField(max_length=8, choices=Side)
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="appeals")
    against = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="appeals")
    ban = models.ForeignKey(Ban, models.PROTECT, null=True, related_name="appeals")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="appeals")
    words = models.TextField(_("explanation"))
    created_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="answers")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["against"], condition=models.Q(report=None), name="appeal_once_by_writer"),
            models.UniqueConstraint(fields=["against", "report"], name="appeal_once_a_report"),
            models.UniqueConstraint(fields=["ban"], name="appeal_once_a_ban"),
            models.CheckConstraint(
                condition=models.Q(against=None, ban__isnull=False) | models.Q(against__isnull=False, ban=None),
                name="appeal_against_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} on {self.comment_id}"


class Tally(models.Model):
    """How often something happened, for the public log (log.py): in one story, or in one month.

    Spread over a few rows, so that readers who write at once do not wait for each other.
    """

    scope = models.CharField(max_length=110, help_text="story-12, or month-en-2026-11.")
    what = models.CharField(max_length=30)
    part = models.PositiveSmallIntegerField()
    number = models.IntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["scope", "what", "part"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.what}: {self.number}"

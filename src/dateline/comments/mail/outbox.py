"""Mail that waits to be sent.

It is written in the transaction of what it tells, so there is none about what never happened, and none is lost;
`delivery.py` sends it from there. A mail that was sent is gone from here: no list of who got what is kept.
"""

from django.db import models


class Mail(models.Model):
    """One mail to one reader, complete."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    until = models.DateTimeField()  # not sent later: nobody could use it
    due_at = models.DateTimeField(db_index=True)  # not tried before
    tries = models.PositiveIntegerField(default=0)
    about = models.ForeignKey("comments.Decision", models.CASCADE, null=True, related_name="mails")  # what it tells

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Mail {self.pk}"


class Answer(models.Model):
    """That a reader is to be mailed of a comment that answers him; gone once it stands in a mail (replies.py)."""

    reader = models.ForeignKey("comments.Reader", models.CASCADE, related_name="+")
    reply = models.OneToOneField("comments.Comment", models.CASCADE, related_name="+")
    due_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Reply {self.reply_id}"

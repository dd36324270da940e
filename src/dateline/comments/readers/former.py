"""What a comment said before its writer changed it: for the moderator, and for nobody else."""

from django.db import models


class FormerWords(models.Model):
    """The words that an edit replaced. Erased with the comment's own."""

    comment = models.ForeignKey("comments.Comment", models.CASCADE, related_name="former")
    text = models.TextField()
    until = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.comment_id} {self.until:%Y-%m-%d}"

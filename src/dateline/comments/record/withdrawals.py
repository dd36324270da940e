"""What a kill and a correction leave in threads: words that were withdrawn, and notices of the desk."""

from django.conf import settings
from django.db import models


class WithdrawnWords(models.Model):
    """Eight words in a row of a story that was killed, as a hash (quotes.py): the words themselves are not kept."""

    story = models.ForeignKey("stories.Story", models.PROTECT, related_name="+", db_index=False)
    hash = models.BigIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["hash", "story"], name="withdrawn_words_once")]

    def __str__(self) -> str:
        return f"{self.story_id} {self.hash}"


class Fingerprint(models.Model):
    """Some of the words of a comment that was shown, as hashes (quotes.py): by them a quote is found without a search."""

    comment = models.ForeignKey("comments.Comment", models.CASCADE, related_name="+")
    hash = models.BigIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["hash", "comment"], name="fingerprint_once")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.hash}"


class Announcement(models.Model):
    """That the desk announces a correction at the head of the story's thread. Its words are the correction's note."""

    story = models.ForeignKey("stories.Story", models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField(help_text="Which the correction made.")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["story", "version"], name="announcement_once")]

    def __str__(self) -> str:
        return f"{self.story_id} version {self.version}"

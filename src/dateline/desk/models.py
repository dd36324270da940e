"""What the desk remembers: what was scheduled and did not go out, and who failed to log in."""

from django.db import models
from wagtail.models import Revision


class Missed(models.Model):
    """A draft that was to go out by itself and did not, and why. It stands on the desk's home until the story goes out."""

    story: models.OneToOneField = models.OneToOneField(
        "stories.Story", models.CASCADE, primary_key=True, related_name="+"
    )
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    reason = models.TextField()
    tries = models.PositiveIntegerField(default=1)
    next_try_at = models.DateTimeField(null=True, db_index=True, help_text="Empty where trying again is no use.")

    def __str__(self) -> str:
        return f"{self.story_id}: {self.reason}"


class FailedLogin(models.Model):
    """How often in a row somebody at an address gave a wrong password for a name."""

    key = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of name and address.")
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key

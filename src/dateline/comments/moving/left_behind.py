"""Comments that could not move in, kept until they can."""

import hashlib

from django.db import models

from dateline.stories import cleaning

KEPT = 200_000  # characters


class LeftBehind(models.Model):
    """A comment that was not taken in: where it stood, why, and what it was, without its writer's addresses.

    `dateline comments import --failed` lists them as JSON Lines, which can be mended and imported. What is taken in
    later goes from here.
    """

    file = models.TextField()
    position = models.TextField()
    reason = models.TextField()
    raw = models.TextField()
    key = models.CharField(max_length=32, blank=True, db_index=True)
    digest = models.CharField(max_length=64, unique=True, help_text="Of file, position and key.")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.file}, {self.position}"

    @classmethod
    def keep(cls, file: str, position: str, reason: str, raw: str, key: str) -> None:
        """Keep it once, however often it fails; the newest reason stands."""
        name = f"{file}\0{position}\0{key}".encode("utf-8", "replace")
        said = {"reason": cleaning.text(reason), "raw": cleaning.text(raw)[:KEPT], "key": key}
        cls.objects.update_or_create(
            digest=hashlib.sha256(name).hexdigest(),
            defaults={"file": cleaning.text(file), "position": cleaning.text(position), **said},
        )

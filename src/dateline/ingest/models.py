"""What could not be taken in, kept until somebody has looked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT = 1_000_000  # bytes of a document that are kept


class Quarantined(models.Model):
    """A document that was not taken in: where it stood, why, and what it was."""

    file = models.TextField(_("file"))
    position = models.CharField(_("position"), max_length=200)
    reason = models.TextField(_("reason"))
    raw = models.BinaryField(_("document"))
    size = models.PositiveBigIntegerField(_("size in bytes"))
    digest = models.CharField(_("SHA-256"), max_length=64, unique=True, help_text=_("Of file, position and document."))
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("document in quarantine")
        verbose_name_plural = _("quarantine")

    def __str__(self) -> str:
        return f"{self.file}, {self.position}"

    @property
    def document(self) -> str:
        """What can be read of it."""
        return bytes(self.raw[:20_000]).decode("utf-8", "replace")

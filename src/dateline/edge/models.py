"""What pages change for that is no publication: a comment that was approved, a section that was renamed."""

from django.db import models


class Purge(models.Model):
    """That what shows one of `keys` has changed. Written in the transaction that changed it (`purging.purge`)."""

    keys = models.TextField(help_text="With spaces between them: see keys.py.")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["at"], name="purge_at")]

    def __str__(self) -> str:
        return self.keys

"""A mailed link by which somebody signs in: asked for, not yet used."""

from django.db import models


class SignIn(models.Model):
    """That a link was mailed. Kept a day, so that it can be counted how often somebody asked for one."""

    key = models.CharField(max_length=32, unique=True)  # an HMAC of what is in the link, never that itself
    email = models.CharField(max_length=254)
    language = models.CharField(max_length=100)
    address = models.CharField(max_length=32, blank=True)  # a keyed hash: see threads/addresses.py
    created_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["email", "-created_at"], name="sign_in_mailbox"),
            models.Index(fields=["address", "-created_at"], name="sign_in_address"),
        ]

    def __str__(self) -> str:
        return f"Sign-in {self.pk}"

"""Where a story belongs: its section, its topics, and the provider it came from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import cleaning
from .rows import Read


class Named(Read):
    """Something with a name in each of the agency's languages."""

    name = models.CharField(_("name"), max_length=200)
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)

    class Meta(Read.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name, self.names = cleaning.line(self.name), cleaning.every_text(self.names)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """A slug stays as it was made: it is an address, and published items name it."""
        same = type(self)._default_manager.filter(pk=self.pk, slug=getattr(self, "slug", ""))  # type: ignore[misc]
        if self.pk and not same.exists():
            raise ValidationError({"slug": _("Readers and feeds know this address. Make another, and move on to it.")})

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.name


class Section(Named):
    """A part of the paper: World, Politics, Sport."""

    slug = models.SlugField(_("slug"), unique=True, allow_unicode=True, max_length=100)
    colour = models.CharField(_("colour"), max_length=7, blank=True, help_text=_("As #rrggbb."))
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    in_navigation = models.BooleanField(_("in the navigation"), default=True)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class Topic(Named):
    """A subject or place that stories are about; an IPTC Media Topic where `code` says so."""

    class Kind(models.TextChoices):
        SUBJECT = "subject", _("subject")
        PLACE = "place", _("place")

    slug = models.SlugField(_("slug"), unique=True, allow_unicode=True, max_length=100)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.SUBJECT)
    code = models.CharField(_("code"), max_length=100, blank=True, help_text=_("Such as medtop:16000000."))

    class Meta:
        ordering = ["slug"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="topic_code_once")]


class Provider(models.Model):
    """Another agency whose copy we take, or an archive that we moved in."""

    name = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("provider")
        verbose_name_plural = _("providers")

    def __str__(self) -> str:
        return self.name

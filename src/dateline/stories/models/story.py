"""What an editor is writing: a story, with its News ID, its drafts and its state."""

import secrets
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from .. import cleaning, datelines, folding, languages, refusals
from ..blocks import BodyBlock
from ..slugs import slug
from .publications import Publication, take_turn
from .taxonomy import Provider, Section, Topic


class Picture(AbstractImage):
    """A picture in the agency's library."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class PictureRendition(AbstractRendition):
    """A size of a picture. Whoever has its address may see it, so nobody may guess one."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="picture_rendition_once")
        ]

    def get_upload_to(self, filename: str) -> str:
        path = PurePosixPath(super().get_upload_to(filename))
        return str(path.with_suffix(f".{secrets.token_urlsafe(16)}{path.suffix}"))


class Story(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, TranslatableMixin, ClusterableModel
):
    """A story as the newsroom works on it. What left the building stands in its publications, not here."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        KILLED = "killed", _("killed")
        SPIKED = "spiked", _("spiked")

    news_id = models.BigAutoField(_("News ID"), primary_key=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT, editable=False)
    headline = models.TextField(_("headline"))
    slug = models.CharField(_("slug"), max_length=120, blank=True, help_text=_("Made from the headline when empty."))
    slugline = models.CharField(_("slugline"), max_length=200, blank=True, help_text=_("Such as HARBOUR-STRIKE/TALKS."))
    kicker = models.CharField(_("kicker"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Where the dateline says it was."))
    dateline_date = models.DateField(_("date"), null=True, blank=True, help_text=_("The publish date when empty."))
    credit = models.CharField(_("source credit"), max_length=200, blank=True, help_text=_("Ours when empty."))
    byline = models.TextField(_("byline"), blank=True, help_text=_("A name on each line."))
    section = models.ForeignKey(Section, models.PROTECT, related_name="+", verbose_name=_("section"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    urgency = models.PositiveSmallIntegerField(
        _("urgency"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text=_("1 is a flash, 5 is usual, 9 is for the record."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))
    lead_image = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead picture")
    )
    lead_alt = models.CharField(_("alternative text"), max_length=500, blank=True)
    lead_caption = models.TextField(_("caption"), blank=True)
    lead_credit = models.CharField(_("credit"), max_length=255, blank=True)
    editors_note = models.TextField(_("editor's note"), blank=True, help_text=_("Shown to readers below the story."))
    embargo = models.DateTimeField(_("embargo"), null=True, blank=True, help_text=_("Not to be published before."))
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("provider")
    )
    source_id = models.CharField(_("provider's id"), max_length=255, blank=True)
    source_version = models.CharField(_("provider's version"), max_length=50, blank=True)
    original_publisher = models.CharField(_("original publisher"), max_length=255, blank=True)
    flag = models.CharField(_("flag"), max_length=255, blank=True, help_text=_("What an editor should look at."))
    owner = models.ForeignKey(
        "auth.User", models.SET_NULL, null=True, blank=True, editable=False, related_name="+", verbose_name=_("owner")
    )
    touched_at = models.DateTimeField(_("last changed"), editable=False, default=timezone.now)
    words = models.TextField(editable=False, blank=True)  # folded, for the desk's search (folding.py)
    # Wagtail's default is a live object; a story is a draft until a verb publishes it.
    live = models.BooleanField(_("live"), default=False, editable=False)
    # The importer and the desk's own list answer "where is it used"; see docs/decisions/0004.
    wagtail_reference_index_ignore = False

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            models.CheckConstraint(condition=models.Q(urgency__range=(1, 9)), name="story_urgency_1_to_9"),
            models.UniqueConstraint(
                fields=["provider", "source_id"], condition=~models.Q(source_id=""), name="story_source_once"
            ),
        ]
        indexes = [
            models.Index(fields=["-touched_at", "-news_id"], name="story_desk"),
            models.Index(fields=["section", "-touched_at", "-news_id"], name="story_desk_section"),
            models.Index(fields=["locale", "-touched_at", "-news_id"], name="story_desk_language"),
            models.Index(fields=["state", "-touched_at", "-news_id"], name="story_desk_state"),
            models.Index(fields=["provider", "-touched_at", "-news_id"], name="story_desk_provider"),
            models.Index(fields=["owner", "-touched_at", "-news_id"], name="story_desk_owner"),
        ]
        # Beside Wagtail's own add, change, delete, publish, lock and unlock.
        permissions = [("correct_story", "Can correct a story"), ("kill_story", "Can kill a story")]

    def __str__(self) -> str:
        return self.headline if len(self.headline) <= 120 else f"{self.headline[:119]}…"

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        self.touched_at = timezone.now()
        self.prepare()
        if update_fields is not None:
            update_fields = {*update_fields, "touched_at"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def prepare(self) -> None:
        """Clean what was typed, and fill in what follows from it: the slug and the words the desk searches."""
        for name in _texts():
            setattr(self, name, cleaning.text(getattr(self, name)))
        _clean(self.body.raw_data)
        self.slug = slug(self.slug or self.headline)
        self.words = folding.fold(" ".join((self.headline, self.slugline, self.kicker, self.place, self.byline)))

    def get_absolute_url(self) -> str:
        return address(self.news_id, self.slug, languages.edition(self.language))

    @property
    def language(self) -> str:
        return self.locale.language_code

    def get_translations(self, inclusive: bool = False) -> "models.QuerySet[Story]":
        """As Wagtail's, which takes every primary key to be called `id`."""
        translations = Story.objects.filter(translation_key=self.translation_key)
        return translations if inclusive else translations.exclude(pk=self.pk)

    @property
    def dateline(self) -> str:
        """`PLACE (Source) -` in the story's language."""
        from django.conf import settings

        return datelines.render(self.place, self.credit or settings.DATELINE.credit, self.language)

    @property
    def names(self) -> list[str]:
        """The byline's names."""
        return [name.strip() for name in self.byline.splitlines() if name.strip()]

    # -- The one seam with Wagtail ----------------------------------------------------------------

    def publish(
        self,
        revision: Revision,
        user: Any = None,
        *,
        kind: str | None = None,
        note: str = "",
        at: Any = None,
        **options: Any,
    ) -> None:
        """Make `revision` the public version and append the Publication, or neither.

        The editor, the workflow, the scheduler and the verbs all come through here. A revision whose time is
        still to come (`go_live_at`) is only scheduled. Refuses what `actions.py` says.
        """
        from .. import publishing

        with transaction.atomic():
            take_turn()
            publishing.publish(
                self, revision, user=user, kind=kind, note=note, at=at, publish=super().publish, **options
            )

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Refused: what was read cannot be unread. Kill it, and say why."""
        raise refusals.NotUnpublished(
            f"Story {self.news_id} was published and cannot be made unpublished. "
            "Kill it: its page then says that it was withdrawn, and why."
        )

    @property
    def publications(self) -> "models.QuerySet[Publication]":
        return Publication.objects.filter(story_id=self.pk)

    # -- Preview ----------------------------------------------------------------------------------

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """The story as its readers will see it."""
        from .. import preview

        return preview.page(self, request)


@cache
def _texts() -> list[str]:
    """The names of the fields that somebody types words into."""
    kinds = (models.CharField, models.TextField)
    return [field.name for field in Story._meta.concrete_fields if isinstance(field, kinds) and field.editable]


def _clean(blocks: Any) -> None:
    """A block that is clean already is left as it is: Wagtail then need not build it anew."""
    for place, block in enumerate(blocks):
        cleaned = cleaning.every_text(block["value"])
        if cleaned != block["value"]:
            blocks[place] = block | {"value": cleaned}


def address(news_id: int, story_slug: str, edition: str) -> str:
    """The story's one address, from the site's root."""
    from urllib.parse import quote

    return f"{languages.prefix(edition)}/news/{news_id}/{quote(story_slug) + '/' if story_slug else ''}"

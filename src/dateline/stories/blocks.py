"""What a story's body is made of."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("words"))
    speaker = blocks.CharBlock(label=_("speaker"), help_text=_("Who said it, and in what office."))

    class Meta:
        icon = "openquote"
        label = _("Quote")


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(label=_("alternative text"), help_text=_("What the picture shows, for those who hear it."))
    caption = blocks.CharBlock(label=_("caption"), required=False)
    credit = blocks.CharBlock(label=_("credit"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")


class EmbedBlock(blocks.StructBlock):
    url = blocks.URLBlock(label=_("address"))
    title = blocks.CharBlock(label=_("title"))

    class Meta:
        icon = "media"
        label = _("Embed")


class FactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    items = blocks.ListBlock(blocks.TextBlock(rows=2), label=_("facts"))

    class Meta:
        icon = "list-ul"
        label = _("Fact box")


class TableBlock(TypedTableBlock):
    def __init__(self, **kwargs) -> None:
        super().__init__([("text", blocks.CharBlock(required=False, label=_("Text")))], **kwargs)

    class Meta:
        icon = "table"
        label = _("Table")


class BodyBlock(blocks.StreamBlock):
    """The order is that of the editor's menu; `bodies.py` renders each by its name."""

    paragraph = blocks.RichTextBlock(features=["bold", "italic", "link"], label=_("Paragraph"), icon="pilcrow")
    heading = blocks.CharBlock(label=_("Heading"), icon="h2")
    quote = QuoteBlock()
    image = PictureBlock()
    list = blocks.ListBlock(blocks.TextBlock(rows=1), label=_("List"), icon="list-ul")
    table = TableBlock()
    embed = EmbedBlock()
    related = SnippetChooserBlock("stories.Story", label=_("Related story"), icon="link")
    facts = FactsBlock()

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """What the form sent; no blocks where `arrived` says that some are missing."""
        return (
            super().value_from_datadict(data, files, prefix)
            if self.arrived(data, files, prefix)
            else blocks.StreamValue(self, [])
        )

    def arrived(self, data: Any, files: Any, prefix: str) -> bool:
        """Whether the form sent all that it counts: a browser without JavaScript sends no body at all."""
        try:
            super().value_from_datadict(data, files, prefix)
        except (KeyError, TypeError, ValueError):
            return False
        return True

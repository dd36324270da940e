"""The form under a story, and what it makes of what readers type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dateline.stories import cleaning

LONGEST_TEXT = 5_000  # characters
LONGEST_NAME = 80


class Typed(forms.Field):
    """What somebody typed, without characters that cannot be shown; "" where nothing can be seen."""

    def __init__(self, *, clean: Any, longest: int, too_long: Any, **options: Any) -> None:
        super().__init__(**options)
        self.cleaned, self.longest, self.too_long = (clean, longest, too_long)

    def to_python(self, value: Any) -> str:
        text = self.cleaned(value or "").strip()
        return "" if cleaning.is_blank(text) else text

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise ValidationError(self.too_long, params={"limit": self.longest, "length": len(value)})


class CommentForm(forms.Form):
    """Name, comment, and what the page adds: the version that was read, the comment that is answered; and a program's
    own name for the submission."""

    name = Typed(
        label=_("Your name"),
        required=False,
        clean=cleaning.line,
        longest=LONGEST_NAME,
        too_long=_("A name may have %(limit)s characters; this one has %(length)s. Shorten it."),
    )
    comment = Typed(
        label=_("Your comment"),
        clean=cleaning.printable,  # a moderator looks at what turns it around (checks/looks.py)
        longest=LONGEST_TEXT,
        too_long=_("A comment may have %(limit)s characters; this one has %(length)s. Shorten it."),
        error_messages={"required": _("There is nothing in your comment yet. Write it, then send it.")},
    )

    def clean_name(self) -> str:
        from ..checks import names  # whose list of checks reads the limits above

        name = self.cleaned_data["name"]
        if mark := names.MARKS.search(name):
            raise ValidationError(
                _("“%(mark)s” looks as if somebody had checked who you are. Leave it out."), params={"mark": mark[0]}
            )
        if names.is_the_newsrooms(name):
            raise ValidationError(_("With this name you would be taken for the newsroom. Choose another name."))
        return name

    def clean(self) -> dict[str, Any]:
        """What the page adds, nobody can mend: what is no number counts as left out."""
        added = {name: self.data.get(name, "").strip() for name in ("version", "parent", "form")}
        numbers = {name: _number(added[name]) for name in ("version", "parent")}
        return {**self.cleaned_data, **added, **numbers}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None

"""The forms by which readers report a comment, and appeal."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dateline.stories import cleaning

from ..models import Comment
from ..threads.forms import LONGEST_NAME, LONGEST_TEXT, Typed
from . import statements

_TOO_LONG = _("This may have %(limit)s characters; it has %(length)s. Shorten it.")
_WORDS: dict[str, Any] = {"clean": cleaning.text, "longest": LONGEST_TEXT, "too_long": _TOO_LONG}


class ReportForm(forms.Form):
    """A report; with the reason `illegal` a notice, which needs what Article 16(2) of Regulation (EU) 2022/2065 names."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=statements.choices,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose one of the reasons.")},
    )
    words = Typed(label=_("Explain"), required=False, **_WORDS)
    name = Typed(label=_("Your name"), required=False, clean=cleaning.line, longest=LONGEST_NAME, too_long=_TOO_LONG)
    mail = forms.EmailField(
        label=_("Your mail address"),
        required=False,
        error_messages={"invalid": _("This is no mail address: name@example.org is one.")},
    )
    nameless = forms.BooleanField(
        label=_("It is about the sexual abuse of children: no name is needed."), required=False
    )
    good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I say here is accurate and complete."), required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("reason") == Comment.Reason.ILLEGAL:
            self._check_notice(given)
        return given

    def _check_notice(self, given: dict[str, Any]) -> None:
        """Nothing that was left out may be what a notice needs. One error a field, at the field."""
        needed = {
            "words": _("Say why it is against the law, and against which, if you know."),
            "good_faith": _("Tick that you believe it, so that it counts as a notice."),
        }
        if not given.get("nameless"):
            needed["name"] = _("A notice needs your name.")
            needed["mail"] = _("A notice needs your mail address. It is shown to nobody.")
        for field, what in needed.items():
            if not given.get(field) and field not in self.errors:
                self.add_error(field, ValidationError(what))


class AppealForm(forms.Form):
    """Why somebody objects."""

    words = Typed(
        label=_("Why is the decision wrong?"),
        error_messages={"required": _("Say why you object, then send it.")},
        **_WORDS,
    )

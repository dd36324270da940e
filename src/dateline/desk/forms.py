"""The story's form: a language that the editor chooses, and names for what Wagtail calls otherwise."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale

from dateline.stories import languages
from dateline.stories.models import Story


class _LanguageField(forms.ModelChoiceField):
    def label_from_instance(self, locale: Locale) -> str:
        return languages.own_name(locale.language_code)


class StoryForm(WagtailAdminModelForm):
    language = _LanguageField(
        queryset=Locale.objects.all(),
        label=gettext_lazy("Language"),
        required=False,
        help_text=gettext_lazy("It decides the direction of the copy and the edition that carries it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "headline" in self.fields:
            self.fields["headline"].widget.attrs["placeholder"] = _("Headline")
        self.initial["language"] = self.instance.locale_id
        if "language" in self.fields:
            self.fields["language"].empty_label = None  # type: ignore[attr-defined]
            self.fields["language"].disabled = self.instance.state != Story.State.DRAFT

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        body = self.fields.get("body")
        if body and not body.block.arrived(self.data, self.files, self.add_prefix("body")):  # type: ignore[attr-defined]
            self.add_error(None, _("The body of the story did not arrive. Switch JavaScript on, and write it anew."))
        language = cleaned.get("language")
        if language and language.pk != self.instance.locale_id:
            key = self.instance.translation_key
            if Story.objects.filter(translation_key=key, locale=language).exclude(pk=self.instance.pk).exists():
                self.add_error("language", ValidationError(_("There is a translation in this language already.")))
            self.instance.locale = language
        return cleaned

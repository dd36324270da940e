"""Where the desk edits the lists of banned and suspect words."""

import logging
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.stories import cleaning, languages

from ..checks import word_lists
from ..roles import PERMISSION

log = logging.getLogger(__name__)


class WordsForm(forms.Form):
    """Both lists of one language, one word a line."""

    def __init__(self, language: str, data: Any = None) -> None:
        super().__init__(data)
        self.language = language
        lang = {"rows": 14, "lang": language, "dir": languages.direction(language), "spellcheck": "false"}
        for kind in word_lists.Kind:
            self.fields[kind.value] = forms.CharField(
                label=kind.label,
                required=False,
                max_length=word_lists.LONGEST,
                initial=word_lists.words(language, kind),
                widget=forms.Textarea(lang),
            )

    def save(self, by: Any) -> None:
        for kind in word_lists.Kind:
            word_lists.set_words(self.language, kind, _tidy(self.cleaned_data[kind.value]), by=by)
        log.info("Comments' word lists in %s: changed by %s.", self.language, by)


def _tidy(text: str) -> str:
    """A word a line, each once, in the order they were written."""
    return "\n".join(dict.fromkeys(filter(None, map(cleaning.line, text.splitlines()))))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PERMISSION)
def words(request: HttpRequest) -> HttpResponse:
    """The lists of one language, `?language=fa`; the first edition's where none is named."""
    asked = request.GET.get("language", "")
    language = asked if asked in settings.EDITIONS else settings.EDITIONS[0]
    address = f"{reverse('comments_words')}?language={language}"
    form = WordsForm(language, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save(request.user)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(address)
    context = {
        "form": form,
        "language": language,
        "tabs": [(code, languages.own_name(code)) for code in settings.EDITIONS],
        "history": word_lists.history(language),
        "header_title": _("Banned and suspect words"),
        "breadcrumbs_items": [
            {"url": reverse("comments_queue"), "label": _("Comments")},
            {"url": reverse("comments_settings"), "label": _("How comments are taken")},
            {"url": address, "label": _("Banned and suspect words")},
        ],
        "header_icon": "comment",
    }
    return render(request, "comments/words.html", context)

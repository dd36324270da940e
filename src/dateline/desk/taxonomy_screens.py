"""The screens of sections, topics and providers."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from dateline.stories import languages
from dateline.stories.models import Provider, Section, Topic


class NamedForm(WagtailAdminModelForm):
    """`names` as a field for each edition but the first, whose name is `name`."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for language in settings.EDITIONS[1:]:
            self.initial[f"name_{language}"] = self.instance.names.get(language, "")

    def save(self, commit: bool = True):
        for language in settings.EDITIONS[1:]:
            name = self.cleaned_data.get(f"name_{language}", "").strip()
            self.instance.names.pop(language, None)
            if name:
                self.instance.names[language] = name
        return super().save(commit)


for _language in settings.EDITIONS[1:]:
    NamedForm.base_fields[f"name_{_language}"] = NamedForm.declared_fields[f"name_{_language}"] = forms.CharField(
        required=False,
        max_length=200,
        label=languages.own_name(_language),
        widget=forms.TextInput(attrs={"dir": languages.direction(_language), "lang": _language}),
    )
_NAMES = [FieldPanel(f"name_{language}") for language in settings.EDITIONS[1:]]

for _model in (Section, Topic):
    setattr(_model, "base_form_class", NamedForm)  # noqa: B010  (where Wagtail looks for it)


class SectionScreens(SnippetViewSet):
    model = Section
    icon = "list-ul"
    base_url_path = "sections"
    list_display = ["name", "slug", "order", "in_navigation"]
    panels = [FieldPanel("name"), *_NAMES, *map(FieldPanel, ("slug", "colour", "order", "in_navigation"))]


class TopicScreens(SnippetViewSet):
    model = Topic
    icon = "tag"
    base_url_path = "topics"
    list_display = ["name", "slug", "kind", "code"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "code"]
    panels = [FieldPanel("name"), *_NAMES, *map(FieldPanel, ("slug", "kind", "code"))]


class ProviderScreens(SnippetViewSet):
    model = Provider
    icon = "download"
    base_url_path = "providers"
    search_fields = ["name"]
    panels = [FieldPanel("name")]


class TaxonomyScreens(SnippetViewSetGroup):
    items = (SectionScreens, TopicScreens, ProviderScreens)
    menu_label = _("The paper")
    menu_icon = "folder-open-inverse"
    menu_order = 300

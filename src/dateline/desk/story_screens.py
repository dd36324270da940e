"""The screens of a story at the desk."""

from django import forms
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from dateline.stories.models import Story

from . import deeds, many, versions
from .choosing import StoryChooser
from .editing import ApproveStory, EditStory, NeverUnpublish, NewStory
from .forms import StoryForm
from .listing import StoryFilters, StoryList
from .permissions import gated

_COPY = [
    FieldPanel("headline", classname="title"),
    FieldPanel("kicker"),
    FieldPanel("summary"),
    FieldRowPanel([FieldPanel("place"), FieldPanel("dateline_date"), FieldPanel("credit")], heading=_("Dateline")),
    FieldPanel("byline"),
    FieldRowPanel(
        [
            FieldPanel("section", widget=forms.Select),
            FieldPanel("urgency"),
            FieldPanel("language", heading=_("Language")),
        ],
        heading=_("Place in the paper"),
    ),
    FieldPanel("topics"),
    MultiFieldPanel(
        [
            FieldPanel("lead_image"),
            FieldPanel("lead_alt"),
            FieldPanel("lead_caption"),
            FieldPanel("lead_credit"),
        ],
        heading=_("Lead picture"),
    ),
    FieldPanel("body"),
    FieldPanel("editors_note"),
]
_MOVE = [
    MultiFieldPanel(
        [
            FieldPanel(
                "embargo",
                help_text=_("Not to be published before. Such as 2026-11-23 18:00:00, in your own time zone."),
            ),
            FieldPanel(
                "go_live_at",
                heading=_("Publish at"),
                help_text=_("Goes out by itself in that second, once it is published. Empty means at once."),
            ),
        ],
        heading=_("When"),
    ),
    FieldPanel("slugline"),
    FieldPanel("slug"),
    MultiFieldPanel(
        [
            FieldPanel("provider", widget=forms.Select),
            FieldPanel("source_id"),
            FieldPanel("source_version"),
            FieldPanel("original_publisher"),
        ],
        heading=_("Source"),
    ),
    FieldPanel("flag"),
]


Story.base_form_class = StoryForm  # type: ignore[attr-defined]


class StoryScreens(SnippetViewSet):
    model = Story
    url_prefix = "stories"
    base_url_path = "stories"
    admin_url_namespace = "desk_story"
    icon = "doc-full"
    menu_label = _("Stories")
    menu_order = 100
    add_to_admin_menu = True
    add_to_settings_menu = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_per_page = 50
    index_results_template_name = "desk/story_list_results.html"
    filterset_class = StoryFilters
    index_view_class = StoryList
    add_view_class = NewStory
    edit_view_class = EditStory
    workflow_action_view_class = ApproveStory
    unpublish_view_class = NeverUnpublish
    chooser_viewset_class = StoryChooser
    edit_handler = TabbedInterface(
        [ObjectList(_COPY, heading=_("Copy")), ObjectList(_MOVE, heading=_("When and whence"))]
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return gated(super().get_urlpatterns())


DEEDS = [
    path("stories/many/", many.many, name="desk_many"),
    path("stories/<int:news_id>/correct/", deeds.correct, name="desk_correct"),
    path("stories/<int:news_id>/kill/", deeds.kill, name="desk_kill"),
    path("stories/<int:news_id>/spike/", deeds.spike, name="desk_spike"),
    path("stories/<int:news_id>/schedule/", deeds.schedule, name="desk_schedule"),
    path("stories/<int:news_id>/versions/", versions.versions, name="desk_versions"),
    path("stories/<int:news_id>/versions/<int:number>/", versions.version, name="desk_version"),
]

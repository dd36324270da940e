"""Where the desk meets Wagtail: screens, menus, the home, and the buttons below the editor."""

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from dateline.stories.models import Story

from . import home, people, pictures  # noqa: F401  (people registers its own)
from .permissions import may
from .story_screens import DEEDS, StoryScreens
from .taxonomy_screens import TaxonomyScreens

register_snippet(StoryScreens)
register_snippet(TaxonomyScreens)


@hooks.register("register_admin_urls", order=-1)
def deeds() -> list:
    """Ours come first: some stand where Wagtail has a page of its own."""
    return [
        *DEEDS,
        path("images/<int:image_id>/delete/", pictures.delete),
        path("snippets/", RedirectView.as_view(pattern_name="desk_story:list")),  # Wagtail's counts every story
    ]


@hooks.register("insert_global_admin_css")
def style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("construct_main_menu")
def menu(request: Any, items: list[MenuItem]) -> None:
    """Only what a newsroom uses: no pages, documents, reports of pages, or help that is not ours."""
    items[:] = [item for item in items if item.name not in ("explorer", "documents", "help", "reports", "snippets")]


@hooks.register("construct_homepage_panels")
def panels(request: Any, shown: list) -> None:
    shown[:] = [panel() for panel in home.PANELS] if request.user.has_perm("stories.view_story") else []


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counts(request: Any, items: list) -> None:
    items.clear()


class StoriesArea(SearchArea):
    def is_shown(self, request: Any) -> bool:
        return request.user.has_perm("stories.view_story")


@hooks.register("register_admin_search_area")
def search_area() -> SearchArea:
    return StoriesArea(_("Stories"), reverse("desk_story:list"), name="stories", icon_name="doc-full", order=0)


@hooks.register("construct_search")
def search_areas(request: Any, areas: list[SearchArea]) -> None:
    """This desk has no pages and no documents to look for."""
    areas[:] = [area for area in areas if area.name not in ("pages", "documents")]


class CorrectItem(ActionMenuItem):
    """Saves the draft and goes on to the note. Shown where the story is out."""

    name = "action-correct"
    label = _("Correct…")
    icon_name = "edit"
    order = 25

    def is_shown(self, context: Any) -> bool:
        story = context.get("instance")
        return bool(story and may(context["request"].user, "correct", story) and not context.get("locked_for_user"))


class _Link(ActionMenuItem):
    template_name = "desk/menu_link.html"
    deed = ""
    url_name = ""

    def is_shown(self, context: Any) -> bool:
        story = context.get("instance")
        return bool(story and story.pk and may(context["request"].user, self.deed, story))

    def get_url(self, context: Any) -> str:
        return reverse(self.url_name, args=[context["instance"].pk])


class KillItem(_Link):
    name, label, icon_name, order = "kill", _("Kill…"), "cross", 90
    deed, url_name = "kill", "desk_kill"


class SpikeItem(_Link):
    name, label, icon_name, order = "spike", _("Spike…"), "bin", 80
    deed, url_name = "spike", "desk_spike"


class VersionsItem(_Link):
    name, label, icon_name, order = "versions", _("Versions that went out"), "history", 70
    deed, url_name = "change", "desk_versions"

    def is_shown(self, context: Any) -> bool:
        story = context.get("instance")
        return bool(story and story.pk and story.state != Story.State.DRAFT)


@hooks.register("construct_snippet_action_menu")
def buttons(items: list[ActionMenuItem], request: Any, context: dict) -> None:
    """We kill, and never unpublish. A story that is out is updated or corrected."""
    if context.get("model") is not Story:
        return
    items[:] = [item for item in items if item.name not in ("action-unpublish", "action-delete")]
    for item in items:
        if item.name == "action-publish":
            item.template_name = "desk/publish.html"  # says Update where the story is out
    items += [item for item in (CorrectItem(), SpikeItem(), VersionsItem(), KillItem()) if item.is_shown(context)]


@hooks.register("before_delete_snippet")
def never_delete(request: Any, instances: list) -> Any:
    """A story is never deleted: its News ID is somebody's link."""
    from django.core.exceptions import PermissionDenied

    if any(isinstance(instance, Story) for instance in instances):
        raise PermissionDenied(_("A story is never deleted. Spike a draft; kill what is out."))

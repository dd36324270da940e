"""The quarantine at the desk: read, and cleared away when it has been looked at."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Quarantined


class ReadOnly(ModelPermissionPolicy):
    """Whoever publishes may read it. Nobody writes it."""

    def user_has_permission(self, user, action: str) -> bool:
        return action == "view" and user.has_perm("stories.publish_story")


register_permission_policy(Quarantined, ReadOnly(Quarantined))


class QuarantineScreens(SnippetViewSet):
    model = Quarantined
    icon = "warning"
    menu_label = _("Quarantine")
    menu_order = 400
    add_to_admin_menu = True
    base_url_path = "quarantine"
    list_display = ["file", "position", "reason", "at"]
    list_per_page = 50
    inspect_view_enabled = True
    inspect_view_fields = ["file", "position", "reason", "size", "digest", "at", "document"]
    panels = [FieldPanel("reason", read_only=True)]


register_snippet(QuarantineScreens)

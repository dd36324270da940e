"""Which pages of the desk are open to those who may not see stories."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from wagtail.admin.auth import permission_denied

# Their names begin so. Each of the comments' pages asks for its own permission, and shows what is out.
OPEN = (
    "comments_", "wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_login", "wagtailadmin_logout",
    "wagtailadmin_password_reset", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite", "wagtailadmin_dismissibles",
)  # fmt: skip


class DoorsMiddleware:
    """Shuts every page but those of OPEN to a moderator.

    Wagtail's general pages (bulk actions, usage, choosers, reports, pictures, its API) ask whether somebody may
    change things of a kind, and many show a name before they ask. What a new version of it brings is shut, too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.root = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if not request.path.startswith(self.root) or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if (name or "").startswith(OPEN) or request.user.has_perm("stories.view_story"):
            return None
        return permission_denied(request)

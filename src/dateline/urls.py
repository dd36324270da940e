"""Every address, in order. What outsiders may rely on is in docs/contracts/urls.md."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from dateline.comments import urls as comments
from dateline.comments.threads.thread import beneath_story
from dateline.feeds import urls as feeds
from dateline.pages import health, lists, media, story
from dateline.pages import urls as pages
from dateline.pages.rendering import page

handler404 = "dateline.pages.errors.not_found"
handler500 = "dateline.pages.errors.server_error"

urlpatterns = [
    path("desk/", include("wagtail.admin.urls")),
    path("healthz", health.health),
    path("colours.css", lists.colours),
    path("news/<news_id:news_id>.json", story.ninjs, name="ninjs"),
    path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", media.media),
    *feeds.site,
    *i18n_patterns(
        *feeds.edition,
        *comments.patterns(page=page),
        *pages.patterns(beneath_story=[beneath_story]),
        prefix_default_language=False,
    ),
]

"""The thread's addresses below each edition's prefix."""

from django.urls import URLPattern, path

from . import log_pages, reporting, since, views
from .showing import Page

_COMMENT = "news/<int:news_id>/comments/<int:comment_id>/"


def patterns(*, page: Page) -> list[URLPattern]:
    """`page` is how the site renders one. These stand before the story pages, whose slugs may be any word."""
    return [
        path("news/<int:news_id>/comments/", views.comments, {"page": page}, name="comments"),
        path("news/<int:news_id>/comments/since", since.since, name="comments_since"),
        path("news/<int:news_id>/comments/<int:comment_id>/", views.comment, {"page": page}, name="comment"),
        path(f"{_COMMENT}report/", reporting.report, {"page": page}, name="comment_report"),
        path(f"{_COMMENT}decision/", reporting.decision, {"page": page}, name="comment_decision"),
        path("news/<int:news_id>/comments/log/", log_pages.story_log, {"page": page}, name="comments_log"),
        path("comments/log/", log_pages.this_month, name="comments_this_month"),
        path("comments/log/<str:month>/", log_pages.month_log, {"page": page}, name="comments_month"),
        path("comments/ban/", reporting.banned, {"page": page}, name="comments_banned"),
        path(f"{_COMMENT}valued/", views.valued, {"page": page}, name="comment_valued"),
    ]

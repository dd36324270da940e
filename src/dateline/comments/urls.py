"""The thread's and the readers' addresses below each edition's prefix."""

from django.urls import URLPattern, path

from .moderation import log_pages, reporting
from .readers import pages as reader_pages
from .threads import since, views
from .threads.showing import Page

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
        path("readers/", reader_pages.sign_in, {"page": page}, name="reader_sign_in"),
        path("readers/enter/<str:link>/", reader_pages.enter, {"page": page}, name="reader_enter"),
        path("readers/leave/", reader_pages.leave, {"page": page}, name="reader_leave"),
        path("readers/who", reader_pages.who, {"page": page}, name="reader_who"),
        path("readers/me/", reader_pages.me, {"page": page}, name="reader_me"),
        path("readers/me/data.json", reader_pages.export, {"page": page}, name="reader_export"),
        path("readers/me/close/", reader_pages.close, {"page": page}, name="reader_close"),
        path("readers/me/<int:comment_id>/", reader_pages.own, {"page": page}, name="reader_comment"),
        path("readers/replies/<str:token>/", reader_pages.unsubscribe, {"page": page}, name="reader_unsubscribe"),
    ]

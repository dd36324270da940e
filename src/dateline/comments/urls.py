"""The thread's and the readers' addresses below each edition's prefix."""

from django.urls import URLPattern, URLResolver, include, path

from .moderation import log_pages, reporting
from .readers import pages as reader_pages
from .threads import since, views
from .threads.showing import Page


def patterns(*, page: Page) -> list[URLPattern | URLResolver]:
    """`page` is how the site renders one. These stand before the story pages, whose slugs may be any word."""
    shown = {"page": page}
    comment = [
        path("", views.comment, shown, name="comment"),
        path("report/", reporting.report, shown, name="comment_report"),
        path("decision/", reporting.decision, shown, name="comment_decision"),
        path("valued/", views.valued, shown, name="comment_valued"),
    ]
    thread: list[URLPattern | URLResolver] = [
        path("", views.comments, shown, name="comments"),
        path("since", since.since, name="comments_since"),
        path("log/", log_pages.story_log, shown, name="comments_log"),
        path("<int:comment_id>/", include(comment)),
    ]
    site = [
        path("log/", log_pages.this_month, name="comments_this_month"),
        path("log/<str:month>/", log_pages.month_log, shown, name="comments_month"),
        path("ban/", reporting.banned, shown, name="comments_banned"),
    ]
    readers = [
        path("", reader_pages.sign_in, shown, name="reader_sign_in"),
        path("enter/<str:link>/", reader_pages.enter, shown, name="reader_enter"),
        path("leave/", reader_pages.leave, shown, name="reader_leave"),
        path("who", reader_pages.who, shown, name="reader_who"),
        path("me/", reader_pages.me, shown, name="reader_me"),
        path("me/data.json", reader_pages.export, shown, name="reader_export"),
        path("me/close/", reader_pages.close, shown, name="reader_close"),
        path("me/<int:comment_id>/", reader_pages.own, shown, name="reader_comment"),
        path("replies/<str:token>/", reader_pages.unsubscribe, shown, name="reader_unsubscribe"),
    ]
    return [
        path("news/<int:news_id>/comments/", include(thread)),
        path("comments/", include(site)),
        path("readers/", include(readers)),
    ]

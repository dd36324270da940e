"""The thread's and the readers' addresses below each edition's prefix."""

from django.urls import URLPattern, path

from . import reader_pages, views
from .showing import Page


def patterns(*, page: Page) -> list[URLPattern]:
    """`page` is how the site renders one. These stand before the story pages, whose slugs may be any word."""
    return [
        path("news/<int:news_id>/comments/", views.comments, {"page": page}, name="comments"),
        path("news/<int:news_id>/comments/<int:comment_id>/", views.comment, {"page": page}, name="comment"),
        path("readers/", reader_pages.sign_in, {"page": page}, name="reader_sign_in"),
        path("readers/enter/<str:link>/", reader_pages.enter, {"page": page}, name="reader_enter"),
        path("readers/leave/", reader_pages.leave, {"page": page}, name="reader_leave"),
        path("readers/me/", reader_pages.me, {"page": page}, name="reader_me"),
        path("readers/me/data.json", reader_pages.export, {"page": page}, name="reader_export"),
        path("readers/me/close/", reader_pages.close, {"page": page}, name="reader_close"),
        path("readers/me/<int:comment_id>/", reader_pages.own, {"page": page}, name="reader_comment"),
        path("readers/replies/<str:token>/", reader_pages.unsubscribe, {"page": page}, name="reader_unsubscribe"),
    ]

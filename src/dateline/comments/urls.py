"""The thread's addresses below each edition's prefix."""

from django.urls import URLPattern, path

from . import since, views
from .showing import Page


def patterns(*, page: Page) -> list[URLPattern]:
    """`page` is how the site renders one. These stand before the story pages, whose slugs may be any word."""
    return [
        path("news/<int:news_id>/comments/", views.comments, {"page": page}, name="comments"),
        path("news/<int:news_id>/comments/since", since.since, name="comments_since"),
        path("news/<int:news_id>/comments/<int:comment_id>/", views.comment, {"page": page}, name="comment"),
        path(
            "news/<int:news_id>/comments/<int:comment_id>/valued/", views.valued, {"page": page}, name="comment_valued"
        ),
    ]

"""The site's addresses below each edition's prefix."""

from collections.abc import Sequence

from django.urls import URLPattern, path

from . import history, lists, story


def patterns(*, beneath_story: Sequence[story.Part] = ()) -> list[URLPattern]:
    """`beneath_story` are the parts that other rooms place under each story."""
    return [
        path("", lists.front, name="front"),
        path("section/<str:slug>/", lists.section, name="section"),
        path("topic/<str:slug>/", lists.topic, name="topic"),
        path("corrections/", lists.corrections, name="corrections"),
        path("search/", lists.search, name="search"),
        path("news/<int:news_id>/", story.page, {"slug": "", "beneath": beneath_story}, name="story_id"),
        path("news/<int:news_id>/history/", history.history, name="history"),
        path("news/<int:news_id>/v/<int:version>/", history.version, name="version"),
        path("news/<int:news_id>/<str:slug>/", story.page, {"beneath": beneath_story}, name="story"),
    ]

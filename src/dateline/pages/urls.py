"""The site's addresses below each edition's prefix."""

from collections.abc import Sequence

from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter

from . import history, lists, searching, story


class NewsId(IntConverter):
    """As many digits as a News ID can have: more are no story's, and no database's number."""

    regex = "[0-9]{1,18}"


register_converter(NewsId, "news_id")


def patterns(*, beneath_story: Sequence[story.Part] = ()) -> list[URLPattern]:
    """`beneath_story` are the parts that other rooms place under each story."""
    return [
        path("", lists.front, name="front"),
        path("section/<str:slug>/", lists.section, name="section"),
        path("topic/<str:slug>/", lists.topic, name="topic"),
        path("corrections/", lists.corrections, name="corrections"),
        path("search/", lists.search, name="search"),
        path("search/suggest/", searching.suggestions, name="suggestions"),
        path("opensearch.xml", searching.description, name="opensearch"),
        path("news/<news_id:news_id>/", story.page, {"slug": "", "beneath": beneath_story}, name="story_id"),
        path("news/<news_id:news_id>/history/", history.history, name="history"),
        path("news/<news_id:news_id>/v/<news_id:version>/", history.version, name="version"),
        path("news/<news_id:news_id>/<str:slug>/", story.page, {"beneath": beneath_story}, name="story"),
    ]

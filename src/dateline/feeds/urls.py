"""The addresses of what machines read. `edition` goes below each edition's prefix, `site` at the root."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path

from . import robots, sitemaps, views

FILES = ("rss.xml", "atom.xml", "feed.json")


def _files(view: Any) -> Any:
    return include([path(file, view, {"file": file}) for file in FILES])


edition: list[URLPattern | URLResolver] = [
    path("feeds/", _files(views.site)),
    path("section/<str:slug>/feeds/", _files(views.section)),
    path("topic/<str:slug>/feeds/", _files(views.topic)),
]
site = [
    path("sitemap.xml", sitemaps.index),
    path("sitemap-pages.xml", sitemaps.pages),
    path("sitemap-<int:chunk>.xml", sitemaps.stories),
    path("news-sitemap.xml", sitemaps.news),
    path("robots.txt", robots.robots),
]

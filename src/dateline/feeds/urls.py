"""The addresses of what machines read. `edition` goes below each edition's prefix, `site` at the root."""

from django.urls import path

from . import robots, sitemaps, views

edition = [
    path("feeds/rss.xml", views.site, {"file": "rss.xml"}),
    path("feeds/atom.xml", views.site, {"file": "atom.xml"}),
    path("feeds/feed.json", views.site, {"file": "feed.json"}),
    path("section/<str:slug>/feeds/rss.xml", views.section, {"file": "rss.xml"}),
    path("section/<str:slug>/feeds/atom.xml", views.section, {"file": "atom.xml"}),
    path("section/<str:slug>/feeds/feed.json", views.section, {"file": "feed.json"}),
    path("topic/<str:slug>/feeds/rss.xml", views.topic, {"file": "rss.xml"}),
    path("topic/<str:slug>/feeds/atom.xml", views.topic, {"file": "atom.xml"}),
    path("topic/<str:slug>/feeds/feed.json", views.topic, {"file": "feed.json"}),
]
site = [
    path("sitemap.xml", sitemaps.index),
    path("sitemap-pages.xml", sitemaps.pages),
    path("sitemap-<int:chunk>.xml", sitemaps.stories),
    path("news-sitemap.xml", sitemaps.news),
    path("robots.txt", robots.robots),
]

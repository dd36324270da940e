"""The addresses of what machines read. `edition` goes below each edition's prefix, `site` at the root."""

from django.urls import path, re_path

from . import robots, sitemaps, views

_FILE = "(?P<file>rss\\.xml|atom\\.xml|feed\\.json)"

edition = [
    re_path(rf"^feeds/{_FILE}$", views.site, name="feed"),
    re_path(rf"^section/(?P<slug>[^/]+)/feeds/{_FILE}$", views.section, name="section_feed"),
    re_path(rf"^topic/(?P<slug>[^/]+)/feeds/{_FILE}$", views.topic, name="topic_feed"),
]
site = [
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-<int:chunk>.xml", sitemaps.stories, name="sitemap_stories"),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
    path("robots.txt", robots.robots, name="robots"),
]

"""The names of what a page shows. A page is kept under its address until one of its keys is purged."""

from urllib.parse import quote

EVERYTHING = "site"  # every page: the sections of the masthead, the agency's name
CORRECTIONS = "corrections"
SITEMAP = "sitemap"
NEWS_SITEMAP = "news-sitemap"
NOT_FOUND = "not-found"  # what shows those who found nothing the newest stories
TODAY = "today"  # what names the day: purged at the newsroom's midnight


def story(news_id: int) -> str:
    """All that shows this version of a story: its page, history and item; pages that point to it are purged by name."""
    return f"story-{news_id}"


def thread(news_id: int) -> str:
    """All that shows comments on a story."""
    return f"thread-{news_id}"


def front(edition: str) -> str:
    """All that lists an edition's newest stories."""
    return f"front-{edition}"


def killed(edition: str) -> str:
    """All that says which stories of an edition were killed."""
    return f"killed-{edition}"


def section(slug: str) -> str:
    return f"section-{quote(slug, safe='')}"


def topic(slug: str) -> str:
    return f"topic-{quote(slug, safe='')}"


def follower(name: str) -> str:
    """All that shows what a follower of the record made of it: purged when the follower has read on."""
    return f"follower-{name}"

"""The newsroom of the tests: its people, its sections, and stories in any state."""

import json
import uuid

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.utils import timezone, translation
from wagtail.models import Locale

from dateline.comments.checks import word_lists
from dateline.comments.moderation import modes
from dateline.comments.threads import address_keys
from dateline.stories import actions
from dateline.stories.models import Section, Story

# What else every test may ask for: homes and servers of their own, a browser, both databases; and the rule on skips.
pytest_plugins = ["tests.databases", "tests.homes", "tests.browser", "tests.skips"]


def pytest_collection_modifyitems(items):
    """First the files that start servers and browsers: what two processes finish with should be short."""
    slow = {item.path for item in items if item.get_closest_marker("server") or item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in slow and item.path.parent.name != "newsroom")


@pytest.fixture(autouse=True)
def _nothing_kept_from_the_test_before():
    """What a process keeps of pictures and of the comments' rules, and the language of who asked last."""
    translation.deactivate()
    cache.clear()
    address_keys.known.clear()
    address_keys.known[f"{timezone.now():%Y-%m}"] = "the key of this month"
    modes.KEPT.assume({})
    word_lists.KEPT.assume({})


@pytest.fixture
def section(db):
    return Section.objects.get_or_create(slug="world", defaults={"name": "World", "names": {"ar": "العالم"}})[0]


@pytest.fixture
def editor(db):
    return User.objects.create_superuser("edna", "edna@newsroom.example", "a long password")


@pytest.fixture
def draft(section):
    """Make a draft: `draft(headline="Mayor resigns", body=["First paragraph.", ...], language="ar", ...)`."""

    def make(headline="Mayor resigns", *, body=("The mayor resigned on Monday.",), language="en", **fields):
        blocks = [
            block if isinstance(block, dict) else {"type": "paragraph", "value": f"<p>{block}</p>"} for block in body
        ]
        story = Story(
            headline=headline,
            body=json.dumps([{"id": str(uuid.uuid4()), **block} for block in blocks]),
            locale=Locale.objects.get_or_create(language_code=language)[0],
            **{"section": section, "place": "Baghdad", **fields},
        )
        story.save()
        return story

    return make


@pytest.fixture
def published(draft, editor):
    """Make a story that is out; fields as for `draft`."""

    def make(*args, topics=(), **fields):
        story = draft(*args, **fields)
        if topics:
            story.topics.set(topics)
            story.save()
        actions.publish(story, by=editor)
        return story

    return make

"""A story as schema.org NewsArticle, for machines that read pages."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from markupsafe import Markup

from dateline.stories import items, pictures
from dateline.stories.models import Current

# What could end a script element, or a line in old parsers of JavaScript.
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def article(story: Current, item: items.Item) -> Markup:
    """JSON-LD that is safe inside a script element."""
    subjects = item.get("subjects", [])
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": story.uri,
        "mainEntityOfPage": pictures.absolute(story.get_absolute_url()),
        "url": pictures.absolute(story.get_absolute_url()),
        "identifier": str(story.pk),
        "headline": story.headline,
        "alternativeHeadline": story.kicker,
        "description": story.summary,
        "dateline": story.dateline,
        "locationCreated": {"@type": "Place", "name": story.place} if story.place else None,
        "datePublished": story.published_at.isoformat(),
        "dateModified": story.changed_at.isoformat(),
        "inLanguage": story.language,
        "articleSection": next((s["name"] for s in subjects if s["rel"] == "section"), None),
        "keywords": [s["name"] for s in subjects if s["rel"] == "topic"],
        "wordCount": next((body["wordcount"] for body in item.get("bodies", []) if "wordcount" in body), None),
        "version": str(story.version),
        "author": [{"@type": "Person", "name": name} for name in story.byline.splitlines()] or publisher(),
        "publisher": publisher(),
        "image": [pictures.absolute(size["href"]) for size in story.picture["sizes"][::-1]] if story.picture else None,
        "correction": [
            {"@type": "CorrectionComment", "text": correction["note"], "datePublished": correction["at"]}
            for correction in story.corrections
        ],
        "isAccessibleForFree": True,
    }
    text = json.dumps(
        {key: value for key, value in described.items() if value not in (None, "", [])}, ensure_ascii=False
    )
    return Markup(text.translate(_UNSAFE))  # noqa: S704


def publisher() -> dict[str, Any]:
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.DATELINE.agency,
        "url": settings.DATELINE.site_url + "/",
        "correctionsPolicy": pictures.absolute(reverse("corrections")),
    }

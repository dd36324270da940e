"""Pictures as they go out: the sizes that are made of each, and where they lie."""

from html import escape
from typing import Any, TypedDict
from urllib.parse import urljoin

from django.conf import settings
from wagtail.images import get_image_model

WIDTHS = (480, 960, 1600)


class Size(TypedDict):
    href: str  # from the site's root
    width: int
    height: int


def sizes(picture_id: int | None) -> list[Size]:
    """The picture in each width up to its own, smallest first, made on first need; [] where it is gone."""
    picture = get_image_model().objects.filter(pk=picture_id).first() if picture_id else None
    if picture is None:
        return []
    widths = [width for width in WIDTHS if width < picture.width] + [min(picture.width, WIDTHS[-1])]
    filters = [f"width-{width}|format-webp" for width in dict.fromkeys(widths)]
    made = picture.get_renditions(*filters)
    return [Size(href=made[f].url, width=made[f].width, height=made[f].height) for f in filters]


def was_shown(picture: Any) -> bool:
    """Whether sizes of it were made for readers, or for a preview: versions of stories may name them for ever."""
    return picture.renditions.filter(filter_spec__startswith="width-", filter_spec__endswith="|format-webp").exists()


def tag(picture_id: int | None, *, alt: str) -> str:
    """An `<img>` that lets the browser choose its size; "" where the picture is gone."""
    made = sizes(picture_id)
    if not made:
        return ""
    widest = made[-1]
    srcset = ", ".join(f"{size['href']} {size['width']}w" for size in made)
    return (
        f'<img src="{escape(made[min(1, len(made) - 1)]["href"])}" srcset="{escape(srcset)}"'
        f' sizes="(max-width: 720px) 100vw, 680px" width="{widest["width"]}" height="{widest["height"]}"'
        f' alt="{escape(alt)}" loading="lazy">'
    )


def absolute(href: str) -> str:
    """`href` as those who are not on the site must write it."""
    site = settings.DATELINE.site_url
    return f"{site}{href}" if href.startswith("/") and not href.startswith("//") else urljoin(f"{site}/", href)

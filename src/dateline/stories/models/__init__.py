"""Rooms outside import from here."""

from .publications import Current, CurrentRelated, CurrentTopic, Cursor, Publication, PublishedItem
from .story import Picture, PictureRendition, Story
from .taxonomy import Provider, Section, Topic

__all__ = [
    "Current",
    "CurrentRelated",
    "CurrentTopic",
    "Cursor",
    "Picture",
    "PictureRendition",
    "Provider",
    "Publication",
    "PublishedItem",
    "Section",
    "Story",
    "Topic",
]

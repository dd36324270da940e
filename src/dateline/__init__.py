"""Dateline: a news agency's publishing system."""

__version__ = "0.1.0"

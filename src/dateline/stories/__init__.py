"""The record: what we said, when we said it, and in which words."""

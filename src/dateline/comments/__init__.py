"""Readers, their comments under each story, and who decides on them."""

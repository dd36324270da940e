"""Readers who sign in by a mailed link, and what is theirs."""

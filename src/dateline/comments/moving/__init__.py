"""Comments that move in from elsewhere, and out again."""

"""Full-text search over what is out."""

"""The site: fronts, sections, topics, story pages, histories, corrections, search."""

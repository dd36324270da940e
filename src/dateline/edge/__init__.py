"""What caches may keep, and for how long."""

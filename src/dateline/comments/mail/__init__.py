"""Mail to readers: written into the outbox, delivered from it."""

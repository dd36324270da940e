"""Where editors work: Wagtail's screens at /desk/, with our lists, our roles and our verbs."""

"""What machines read: RSS, Atom, JSON Feed, sitemaps, robots.txt. docs/contracts/feeds.md is the promise."""

"""Django's SQLite, which makes a statement out of Django's own only once."""

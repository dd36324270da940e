"""Full-text search over what is published.

`find.find` answers a reader's question; `index.catch_up` follows the record. docs/decisions/0005-search.md says why
it is made so.
"""

"""The threads follow the record: corrections are announced, what was killed is masked."""

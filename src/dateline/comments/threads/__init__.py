"""The thread of a story: what readers send, see, answer and value."""

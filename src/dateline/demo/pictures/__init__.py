"""The sample newsroom's pictures, and how they are drawn."""

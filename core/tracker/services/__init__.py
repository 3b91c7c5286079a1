"""The verbs of matches, by use case."""

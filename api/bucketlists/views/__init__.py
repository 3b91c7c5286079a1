"""The views of lists, by what they are about."""

"""Notifications over REST: the list, the count, and what was read."""

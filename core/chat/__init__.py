"""Rooms and their messages: one contiguous log per room of posts, edits and deletions."""

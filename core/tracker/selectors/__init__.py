"""Questions about matches."""

"""Questions about competitions, by what they are about."""

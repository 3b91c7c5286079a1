"""Statistics over REST: what a person's matches say together."""

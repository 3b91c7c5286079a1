"""Matches over REST: screenshots go in, proposals come out, and a person confirms them."""

"""A player's own matches: screenshots, what was read in them, what the player confirmed, and what two players share."""

"""People: who they are, how they sign in, what they show of themselves, whom they block."""

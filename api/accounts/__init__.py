"""People over REST: signing in, the own account, others."""

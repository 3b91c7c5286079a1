"""Chat over REST: what a socket's commands do, for phones and scripts."""

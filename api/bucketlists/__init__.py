"""Lists over REST: the twins of what sockets do, and what needs no socket."""

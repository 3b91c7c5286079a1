"""The shell of sockets: how state reaches every screen."""

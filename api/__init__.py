"""The shell of HTTP: REST over the services of core."""

"""Applications to host over HTTP."""

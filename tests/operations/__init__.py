"""What an operator reads, sets and starts."""

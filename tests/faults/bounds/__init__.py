"""What one client can cost the others: those that do not read, those that flood, those that may hear no more."""

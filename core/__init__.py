"""What is true whether or not anyone is connected."""

"""Teams: who plays a game together, who leads them, and how others join."""

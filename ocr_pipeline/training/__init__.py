"""How the weights of the built-in readers are made: from rendered free fonts alone, never from a screenshot."""

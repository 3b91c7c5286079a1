"""The catalogue of games: what can be played here, by how many, and under which names people play it."""

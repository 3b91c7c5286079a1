"""Which boards there are: one of each game, and one of experience over all. Pure."""

from collections.abc import Mapping

from core.games.catalogue import GAMES

BOARDS: Mapping[str, str] = {"xp": "Experience", **{game_id: game.name for game_id, game in GAMES.items()}}
"""What a board is called, by its id: `xp`, or a game of the catalogue."""

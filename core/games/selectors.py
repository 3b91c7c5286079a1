"""Questions about games; none asks the database."""

from django.templatetags.static import static

from core.errors import Invalid
from core.games import catalogue, shapes
from core.games.catalogue import GAMES


def find_game(game_id: str) -> catalogue.Game:
    """Raises Invalid: unknown_game."""
    game = GAMES.get(game_id)
    if game is None:
        wrong = "There is no such game here."
        raise Invalid("unknown_game", wrong, fields={"game": [wrong]})
    return game


def find_mode(game_id: str, mode_id: str) -> catalogue.Mode:
    """Raises Invalid: unknown_game, unknown_mode."""
    mode = find_game(game_id).modes.get(mode_id)
    if mode is None:
        wrong = "This game is not played like that."
        raise Invalid("unknown_mode", wrong, fields={"mode": [wrong]})
    return mode


def id_fault(game_id: str, in_game_id: str) -> str | None:
    """What is wrong with that id as one of that game; nothing is of games that are not known here."""
    game = GAMES.get(game_id)
    return None if game is None or game.in_game_id.fits(in_game_id) else game.in_game_id.hint


def banner_of(game_id: str) -> str:
    """Where the picture lies that stands for what has none of its own."""
    return static(f"games/{game_id}.svg")


def all_games() -> shapes.Games:
    """The catalogue, in its order."""
    return shapes.Games(results=[show_game(game_id) for game_id in GAMES])


def show_game(game_id: str) -> shapes.Game:
    """Raises Invalid: unknown_game."""
    game = find_game(game_id)
    return shapes.Game(
        id=game_id,
        name=game.name,
        kind=game.kind,
        modes=[
            shapes.Mode(id=mode_id, lineup=mode.lineup, roster_most=mode.roster_most)
            for mode_id, mode in game.modes.items()
        ],
        roster_most=game.roster_most,
        id_pattern=game.in_game_id.pattern,
        id_hint=game.in_game_id.hint,
        banner=banner_of(game_id),
    )

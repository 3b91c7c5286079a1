"""The result of a duel as screenshots show it: whose numbers they are is known by names, or not at all. Pure."""

from collections.abc import Sequence

from core.tournaments.log import Id
from core.tournaments.naming import Person, resolve
from core.tournaments.sightings import NOT_SHOWN, SIDE_UNKNOWN, UNSURE, Mark, Proposal, Sighting, nothing_of


def duel_of(sightings: Sequence[Sighting], sides: tuple[Id, Id], people: Sequence[Person]) -> Proposal:
    """One game for each of the sightings that shows a score, in their order."""
    shown = [it for it in sightings if it.said.get("score")] or list(sightings[:1])
    if not shown:
        return nothing_of(sides, lobby=False)
    games: list[dict[str, list[int | None]]] = []
    marks: dict[tuple[object, ...], Mark] = {}
    unknown: dict[str, None] = {}
    for at, sighting in enumerate(shown):
        home, strangers = _home(sighting, sides, people)
        unknown |= dict.fromkeys(strangers)
        score: list[int | None] = [None, None]
        for place in (0, 1):
            value, empty = _goals(sighting, place)
            if home is None:
                whom = sides[place]
                marks["game", at, whom] = sighting.mark(SIDE_UNKNOWN)
                continue
            slot = place if home == sides[0] else 1 - place
            score[slot] = value
            if empty:
                marks["game", at, sides[slot]] = empty
        games.append({"score": score})
    return Proposal(payload={"sides": list(sides), "games": games}, marks=marks, unknown=list(unknown))


def _home(sighting: Sighting, sides: tuple[Id, Id], people: Sequence[Person]) -> tuple[Id | None, list[str]]:
    """Which of the sides stands first in the picture, None if that is not clear; and names that are nobody's."""
    names = [name or "" for name in sighting.said.get("names") or ("", "")]
    sure = sighting.said.get("name_accepted") or (True, True)
    known = resolve(names, people, unsure=[at for at, is_sure in enumerate(sure) if not is_sure])
    found = [it.side if it else None for it in known]
    strangers = [name for name, side in zip(names, found, strict=True) if name and side is None]
    if found[0] == found[1]:
        return None, strangers
    first, second = found
    return (first if first is not None else next(it for it in sides if it != second)), strangers


def _goals(sighting: Sighting, place: int) -> tuple[int | None, Mark | None]:
    said = sighting.said
    if not said.get("score"):
        return None, sighting.mark(NOT_SHOWN)
    value, sure = said["score"][place], (said.get("score_accepted") or (False, False))[place]
    if sure and isinstance(value, int):
        return value, None
    box = (said.get("score_boxes") or (None, None))[place]
    return None, sighting.mark(UNSURE, box, (said.get("score_pictures") or (0, 0))[place])

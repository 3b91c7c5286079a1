"""Football's table by UEFA's rule, slow and short: what the fold is compared with."""

from collections.abc import Iterable, Mapping

from core.tournaments.log import Id

Games = Mapping[int, tuple[Id, int, int, Id]]


def table(games: Games, taken: Mapping[Id, int], entrants: Iterable[Id]) -> list[set[Id]]:
    """Who shares each place, the first first; `games` are home, its goals, the other goals, away."""
    both = [*games.values(), *((away, theirs, ours, home) for home, ours, theirs, away in games.values())]

    def record(who: Id, among: Iterable[Id]) -> tuple[int, int, int]:
        own = [(ours, theirs) for one, ours, theirs, other in both if one == who and other in among]
        points = sum(3 * (ours > theirs) + (ours == theirs) for ours, theirs in own)
        return points, sum(ours - theirs for ours, theirs in own), sum(ours for ours, _ in own)

    def split(tied: Iterable[Id], key: Mapping[Id, object]) -> list[set[Id]]:
        return [{who for who in tied if key[who] == value} for value in sorted({*map(key.get, tied)}, reverse=True)]  # type: ignore[type-var]

    def head_to_head(tied: set[Id]) -> list[set[Id]]:
        parts = split(tied, {who: record(who, tied) for who in tied})
        if len(parts) > 1:
            return [place for part in parts for place in head_to_head(part)]
        return split(tied, {who: record(who, everybody)[1:] for who in tied})

    everybody = {*entrants}
    total = {who: record(who, everybody)[0] - taken.get(who, 0) for who in everybody}
    return [place for tied in split(everybody, total) for place in head_to_head(tied)]

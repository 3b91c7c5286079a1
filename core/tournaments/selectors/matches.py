"""Which matches are played, what the log says of them, and how they are shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from core.accounts.models import User
from core.errors import NotFound
from core.tournaments import matches as pure
from core.tournaments import shapes
from core.tournaments.exact import written
from core.tournaments.log import Duel, Entry, counting
from core.tournaments.models import Competition, Match, MatchSide, ResultEntry, Stage
from core.tournaments.rules import MatchStand
from core.tournaments.selectors.entrants import cards_of
from core.tournaments.selectors.standing import find_competition, seen_until, stand_in_match

Sides = Mapping[int, int]
"""Who plays a match, by slot."""
_LOGGED: Sequence[str] = ("seq", "kind", "payload", "match", "game_no", "effective_at", "supersedes")


def no_match() -> NotFound:
    return NotFound("no_match", "There is no such match in this competition.")


def find_match(competition_id: int, match_id: int, user: User | None) -> MatchStand:
    """The match, as `user` stands to it; four queries at most. Raises NotFound: no_competition, no_match."""
    stand = find_competition(competition_id, user)
    return stand_in_match(match_in(stand.competition, match_id), stand, user)


def match_in(row: Competition, match_id: int) -> Match:
    """One query. Raises NotFound: no_match."""
    match = Match.objects.filter(pk=match_id, competition=row).select_related("stage").first()
    if match is None:
        raise no_match()
    match.competition = match.stage.competition = row
    return match


def rules_of(matches: Iterable[Match]) -> list[pure.Match]:
    """These matches of one stage as the pure rules know them; one query. Byes are played by nobody: they are left
    out."""
    rows = list(matches)
    sides = sides_of(rows)
    return [
        pure.Match(
            number=row.number,
            sides=tuple(who for _, who in sorted(sides[row.pk].items())),
            best_of=max(row.best_of, row.games),
            draws=row.draws,
        )
        for row in rows
        if not is_bye(row, sides[row.pk])
    ]


def is_bye(row: Match, sides: Sides) -> bool:
    """A match of a bracket with one side, for which no other will come."""
    return len(row.feeders) == 2 and len(sides) == 1 and row.feeders == [None, None]


def is_left_alone(row: Match) -> bool:
    """A match of a bracket into which nobody comes any more: what leads to it is settled. One query."""
    before = Match.objects.filter(stage=row.stage_id, number__in=[it for it in row.feeders if it])
    return bool(before) and all(it.state in Match.SETTLED for it in before)


def sides_of(matches: Collection[Match]) -> dict[int, Sides]:
    """Who plays, by match; one query."""
    found: dict[int, dict[int, int]] = {match.pk: {} for match in matches}
    rows = MatchSide.objects.filter(match__in=list(found)).order_by("slot")
    for match_id, slot, entrant_id in rows.values_list("match", "slot", "entrant"):
        found[match_id][slot] = entrant_id
    return found  # type: ignore[return-value]  # nobody changes what this answers


def entries_of(matches: Collection[Match], as_of: datetime | None = None) -> dict[int, list[Entry]]:
    """What counts of each match, by its id, of what was recorded until `as_of` (None: of all); one query."""
    found: dict[int, list[Entry]] = {match.pk: [] for match in matches}
    rows = ResultEntry.objects.filter(match__in=list(found))
    if as_of is not None:
        rows = rows.filter(recorded_at__lte=as_of)
    for entry in counting([Entry(**row) for row in rows.values(*_LOGGED)]):
        found[entry.match or 0].append(entry)
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a match: who plays it, what counts of it, and how it ended, if it did."""

    sides: Sides
    entries: Sequence[Entry]
    state: str
    winner: int | None
    settled_at: datetime | None

    def is_among(self, state: str, entrant: int | None) -> bool:
        return (not state or self.state == state) and (not entrant or entrant in self.sides.values())


def known_of(matches: Collection[Match], as_of: datetime | None) -> dict[int, Known]:
    """What is known of each match, by its id, of what was recorded until `as_of` (None: of all): of who won since, no
    match that follows in the bracket knows either. Two queries; as of then three."""
    if as_of is None:
        sides, entries = sides_of(matches), entries_of(matches)
        return {it.pk: Known(sides[it.pk], entries[it.pk], it.state, it.winner_id, it.settled_at) for it in matches}
    brackets = {it.stage_id for it in matches if any(it.feeders)}
    before = Match.objects.filter(stage__in=brackets, round__lt=max((it.round for it in matches), default=0))
    rows = {it.pk: it for it in (*before, *matches)}
    sides, entries = sides_of(rows.values()), entries_of(rows.values(), as_of)
    found: dict[int, Known] = {}
    winners: dict[tuple[int, int], int | None] = {}
    for row in sorted(rows.values(), key=lambda it: it.round):
        found[row.pk] = known = _known(row, sides[row.pk], entries[row.pk], winners)
        winners[row.stage_id, row.number] = known.winner
    return found


def _known(row: Match, sides: Sides, entries: Sequence[Entry], winners: Mapping[tuple[int, int], int | None]) -> Known:
    """What of it follows from its entries and from the winners of the matches before it."""
    if is_bye(row, sides):
        return Known(sides, entries, row.state, row.winner_id, row.settled_at)
    fed = {slot: winners.get((row.stage_id, number)) for slot, number in enumerate(row.feeders) if number}
    there = {slot: who for slot, who in {**sides, **fed}.items() if who is not None}
    planned = pure.Match(number=row.pk, sides=tuple(there.values()), best_of=max(row.best_of, row.games))
    ended = pure.outcome(planned, entries)
    if ended is None:
        return Known(there, entries, _state_before(row), None, None)
    winner = None if ended.winner is None else int(ended.winner)
    state = row.state if row.state == Match.State.DISPUTED else ended.state
    return Known(there, entries, state, winner, row.settled_at)


def _state_before(row: Match) -> str:
    """Its state before it was settled; nothing in it tells whether it is."""
    if row.state in (Match.State.SCHEDULED, Match.State.READY, Match.State.LIVE):
        return row.state
    return Match.State.LIVE if row.started_at else Match.State.READY if row.released_at else Match.State.SCHEDULED


def unsettled_in(stage: Stage) -> list[Match]:
    """Matches of the stage that wait for a result, or for the end of a dispute (T9). One query if none does; else two,
    and one more where somebody is disqualified."""
    waiting = list(stage.matches.exclude(state__in=Match.SETTLED).order_by("number"))
    penalties = ResultEntry.objects.filter(stage=stage, kind__in=("disqualify", "reinstate"))
    entries = [Entry(**row) for row in penalties.values(*_LOGGED)] if waiting else []
    if not entries:
        return waiting
    left = {it.number for it in pure.unsettled(rules_of(waiting), entries)}
    return [match for match in waiting if match.number in left or match.state == Match.State.DISPUTED]


def page_of_matches(
    row: Competition,
    *,
    limit: int,
    after: int | None = None,
    stage: int | None = None,
    group: int | None = None,
    state: str = "",
    entrant: int | None = None,
    as_of: datetime | None = None,
) -> shapes.MatchPage:
    """Matches by stage and number, as of then: all, or those of a stage, a group, a state, an entrant. Nine queries at
    most."""
    wanted: dict[str, int | str | None] = {"stage": stage, "group": group}
    if as_of is None:
        wanted |= {"state": state, "sides__entrant": entrant}
    rows = matches_of(row).filter(**{name: value for name, value in wanted.items() if value})
    if as_of is not None and (state or entrant):
        known = known_of(list(rows), as_of)
        rows = rows.filter(pk__in=[pk for pk, it in known.items() if it.is_among(state, entrant)])
    last = matches_of(row).filter(pk=after).first() if after else None
    if last is not None:
        rows = rows.filter(Q(stage__number__gt=last.stage.number) | Q(stage=last.stage, number__gt=last.number))
    found = list(rows[: limit + 1])
    results = cards_of_matches(found[:limit], as_of=as_of)
    return shapes.MatchPage(results=results, next=results[-1].id if len(found) > limit else None)


def matches_of(row: Competition) -> QuerySet[Match]:
    """All of a competition, by stage and number."""
    found = Match.objects.filter(competition=row).select_related("stage")
    return found.order_by("stage__number", "number")


def cards_of_matches(matches: Sequence[Match], *, as_of: datetime | None = None) -> list[shapes.MatchCard]:
    """These matches with what counts of what was recorded until `as_of` (None: of all). Three queries, as of then four,
    however many they are."""
    known = known_of(matches, as_of)
    cards = cards_of({who for it in known.values() for who in it.sides.values()}, frozen=as_of is not None)
    return [shapes.MatchCard(**_fields(row, known[row.pk], cards)) for row in matches]


def show_match(match: Match, *, as_of: datetime | None = None, plays: bool = False) -> shapes.Match:
    """A match whole; against whom is no secret to who `plays` it. Three queries; as of then five at most."""
    known = known_of([match], as_of)[match.pk]
    if as_of is not None and plays:
        known = replace(known, sides=sides_of([match])[match.pk])
    own: dict[str, Any] = {
        "competition": match.competition_id,
        "draws": match.draws,
        "started_at": match.started_at,
        "settled_at": known.settled_at,
        "results": {str(entry.game_no or ""): written(entry.payload) for entry in known.entries},
        "seqs": {str(entry.game_no or ""): entry.seq for entry in known.entries},
    }
    return shapes.Match(**_fields(match, known, cards_of(set(known.sides.values()), frozen=as_of is not None)), **own)


def view_match(competition_id: int, match_id: int, user: User | None) -> shapes.MatchView:
    """The match as `user` sees it: behind a freeze, staff alone see on (T25). Seven queries at most, and the clock.
    Raises NotFound: no_competition, no_match."""
    seen = find_match(competition_id, match_id, user)
    return see_match(seen, as_of=seen_until(seen.stand))


def see_match(seen: MatchStand, *, as_of: datetime | None = None) -> shapes.MatchView:
    """A match whole, as somebody who stands so to it sees it. Five queries at most."""
    shown = show_match(seen.match, as_of=as_of, plays=seen.side is not None)
    whole = {name: getattr(shown, name) for name in shapes.Match.__dataclass_fields__}
    return shapes.MatchView(**whole, mine=mine_of(seen))


def mine_of(seen: MatchStand) -> shapes.MatchMine:
    return shapes.MatchMine(
        side=seen.side,
        is_captain=seen.is_captain,
        may_read_room=seen.may_read_room,
        may_propose=seen.may_propose,
        may_settle=seen.may_settle,
        may_arrange=seen.stand.may("arrange"),
        moves=[move for move in pure.MOVES[seen.match.state] if move in pure.BY_HAND and seen.stand.may("settle")],
    )


def _fields(row: Match, known: Known, cards: Mapping[int, shapes.EntrantCard]) -> dict[str, Any]:
    """What cards show of a match."""
    sides = known.sides
    return {
        "id": row.pk,
        "stage": row.stage_id,
        "group": row.group_id,
        "number": row.number,
        "round": row.round,
        "name": row.name,
        "map": row.map,
        "best_of": row.best_of,
        "games": row.games,
        "state": known.state,
        "scheduled_at": row.scheduled_at,
        "release_at": row.release_at,
        "sides": [_side(row, slot, sides, cards) for slot in range(max([len(row.feeders), *(it + 1 for it in sides)]))],
        "score": _score(sides, known.entries),
        "winner": known.winner,
    }


def _side(row: Match, slot: int, sides: Sides, cards: Mapping[int, shapes.EntrantCard]) -> shapes.Side:
    feeder = row.feeders[slot] if slot < len(row.feeders) else None
    return shapes.Side(slot=slot, entrant=cards[sides[slot]] if slot in sides else None, feeder=feeder)


def _score(sides: Sides, entries: Sequence[Entry]) -> list[int] | None:
    duels = [entry.payload for entry in entries if isinstance(entry.payload, Duel)]
    if not duels:
        return None
    duel = duels[-1]
    score = duel.games[0].score if len(duel.games) == 1 else duel.maps
    by_side = dict(zip(duel.sides, score, strict=True))
    return [by_side.get(who, 0) for _, who in sorted(sides.items())]

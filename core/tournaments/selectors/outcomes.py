"""How a competition came out: who won, who came in where, and what teams and people did over all of theirs."""

from dataclasses import dataclass

from django.db.models import QuerySet

from core.accounts.models import User
from core.errors import Conflict
from core.tournaments import shapes
from core.tournaments.log import Id
from core.tournaments.models import Competition, Placing, RosterPlace, Stage
from core.tournaments.placing import Classes, Tie, of_a_bracket, of_a_table, places, sums
from core.tournaments.selectors.entrants import cards_of, show_entrant_card
from core.tournaments.selectors.folding import fold_of
from core.tournaments.selectors.matches import sides_of, unsettled_in
from core.tournaments.selectors.standing import find_competition

Places = list[tuple[int, tuple[Id, ...]]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who shares which place, the first first, and the sums over all matches by entrant."""

    places: Places
    figures: dict[Id, dict[str, int]]

    @property
    def first(self) -> tuple[Id, ...]:
        return self.places[0][1] if self.places else ()


def outcome_of(row: Competition) -> Outcome:
    """Of a competition all of whose matches are settled; seven queries a stage at most.

    Raises Conflict: no_results, not_settled (with the `matches` that wait).
    """
    stages = list(row.stages.order_by("number"))
    waiting = [match.pk for stage in stages for match in unsettled_in(stage)]
    if not stages or stages[-1].state == Stage.State.PLANNED:
        raise Conflict("no_results", "The last stage is not drawn yet.")
    if waiting:
        raise Conflict("not_settled", "Some matches wait for their result.", facts={"matches": waiting})
    folds = [fold_of(stage) for stage in stages]
    classes = [
        _bracket(stage) if stage.format == Stage.Format.SINGLE_ELIMINATION else of_a_table(standings)
        for stage, standings in zip(stages, folds, strict=True)
    ]
    figures: dict[Id, dict[str, int]] = {}
    for standings in folds:
        for who, lines in standings.ranking.lines.items():
            before = figures.setdefault(who, {})
            for name, value in sums(lines).items():
                before[name] = before.get(name, 0) + value
    return Outcome(list(places(classes)), figures)


def check_winner(outcome: Outcome) -> int:
    """Raises Conflict: tied (with the `tied`), no_results."""
    if not outcome.first:
        raise Conflict("no_results", "Nobody has a place yet.")
    if len(outcome.first) > 1:
        cards = cards_of([int(who) for who in outcome.first])
        names = ", ".join(card.name for card in cards.values())
        words = f"{names} share the first place: record a lot, a play-off or an override."
        raise Conflict("tied", words, facts={"tied": list(outcome.first)})
    return int(outcome.first[0])


def placings_of(competition_id: int, user: User | None) -> shapes.Placings:
    """Who came in where, once it is completed. Three queries. Raises NotFound: no_competition."""
    stand = find_competition(competition_id, user)
    rows = stand.competition.placings.select_related("entrant__team__logo", "entrant__seat")
    return shapes.Placings(results=[show_placing(row) for row in rows.order_by("place", "entrant__arrival")])


def show_placing(row: Placing) -> shapes.Placing:
    return shapes.Placing(place=row.place, entrant=show_entrant_card(row.entrant), figures=row.figures)


def team_statistics(team_id: int) -> shapes.Statistics:
    """What a team did in the competitions that it completed (A21); one query."""
    return _statistics(Placing.objects.filter(entrant__team=team_id))


def person_statistics(user_id: int) -> shapes.Statistics:
    """What those did for whom somebody plays; one query."""
    own = RosterPlace.objects.filter(user=user_id, counts=True).values("entrant")
    return _statistics(Placing.objects.filter(entrant__in=own))


def _statistics(rows: QuerySet[Placing]) -> shapes.Statistics:
    found = list(rows.order_by("place"))
    return shapes.Statistics(
        competitions=len(found),
        won=sum(row.place == 1 for row in found),
        top_three=sum(row.place <= 3 for row in found),
        best_place=found[0].place if found else None,
        **{name: sum(row.figures.get(name, 0) for row in found) for name in ("played", "wins", "kills")},
    )


def _bracket(stage: Stage) -> Classes:
    rows = list(stage.matches.order_by("number"))
    sides = sides_of(rows)
    ties = [Tie(row.round, tuple(sides[row.pk].values()), row.winner_id) for row in rows]
    return of_a_bracket(ties)

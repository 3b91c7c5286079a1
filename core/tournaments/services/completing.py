"""Completing: who won, who came in where, and what that is worth (T18, T22)."""

from django.db.models import QuerySet

from core.accounts.system import Actor
from core.boards.services import add_scores
from core.events import emit
from core.tournaments import states
from core.tournaments.events import CompetitionCompleted, CompetitionMoved
from core.tournaments.log import Id
from core.tournaments.models import Competition, Entrant, Placing, RosterPlace
from core.tournaments.placing import left_behind
from core.tournaments.selectors.outcomes import Outcome, check_winner, outcome_of
from core.tournaments.services import telling_results as telling
from core.tournaments.services.board_freezing import tell_boards
from core.tournaments.services.opening import open_for
from core.tournaments.services.rosters import finish_entrants
from core.work.transactions import atomically


@atomically
def select_winner(*, by: Actor, competition_id: int) -> Entrant:
    """Who won, once every match is settled; nothing is written, as whoever is first has won.

    For co-hosts and above. Locks the competition. Raises NotFound: no_competition. NotAllowed: not_staff. Conflict:
    tied (with the `tied`), not_settled (with the `matches`), no_results.
    """
    competition = open_for(competition_id, by, "move")
    return Entrant.objects.get(pk=check_winner(outcome_of(competition.row)))


@atomically
def complete(*, by: Actor, competition_id: int) -> Competition:
    """The competition is over and its outcome stands: everybody has a place, the global board of its game a point for
    each entrant that they left behind, and the public sees every board. Nothing is recorded in it any more.

    For co-hosts and above. Locks the competition, then people, then inboxes. Raises what `select_winner` does,
    Conflict: illegal_move. Emits CompetitionMoved, CompetitionCompleted, StandingsChanged, MatchChanged, and what ends
    with it.
    """
    competition = open_for(competition_id, by, "move")
    row = competition.row
    states.check_move(row, Competition.State.COMPLETED)
    outcome = outcome_of(row)
    check_winner(outcome)
    frozen_at = row.frozen_at
    row.state, row.completed_at, row.frozen_at = Competition.State.COMPLETED, competition.now, None
    row.save(update_fields=["state", "completed_at", "frozen_at"])
    placings = _place(row, outcome)
    playing = row.entrants.filter(state=Entrant.State.ACTIVE).values_list("pk", flat=True)
    finish_entrants(competition, dict.fromkeys(playing, str(Entrant.State.FINISHED)))
    emit(CompetitionMoved(competition_id=row.pk), CompetitionCompleted(competition_id=row.pk))
    tell_boards(row, frozen_at)
    gains = _gains(_people(placings), left_behind(outcome.places))
    add_scores(board=row.game, gains=gains, cause=f"competition:{row.pk}")
    telling.placements(competition, placings)
    return row


def _place(row: Competition, outcome: Outcome) -> list[Placing]:
    placings = [
        Placing(competition=row, entrant_id=int(who), place=place, figures=outcome.figures.get(who, {}))
        for place, tied in outcome.places
        for who in tied
    ]
    return Placing.objects.bulk_create(placings)


def _people(placings: list[Placing]) -> QuerySet[RosterPlace]:
    return RosterPlace.objects.filter(entrant__in=[it.entrant_id for it in placings], counts=True)


def _gains(people: QuerySet[RosterPlace], points: dict[Id, int]) -> dict[int, int]:
    """By person: what the place of their entrant is worth."""
    return {user: points[entrant] for user, entrant in people.values_list("user", "entrant")}

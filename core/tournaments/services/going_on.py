"""What follows from results: winners go on in their bracket, losers are out, and stages are settled (T9)."""

from core.errors import Conflict
from core.events import emit
from core.tournaments.events import CompetitionChanged, MatchChanged, access_changed
from core.tournaments.models import Entrant, Match, MatchSide, Stage
from core.tournaments.selectors.matches import entries_of, is_bye, sides_of, unsettled_in
from core.tournaments.services import rosters
from core.tournaments.services import telling_structure as telling
from core.tournaments.services.closing import close_for_other_sides
from core.tournaments.services.opening import OpenCompetition

Format, State = Stage.Format, Stage.State


def after_result(competition: OpenCompetition, match: Match) -> None:
    """Within the transaction that holds the competition, once an entry of the match is in the log and its state is what
    the log says: in a bracket its winner is in the next match and its loser eliminated, and the stage is settled when
    all of its matches are.

    Raises Conflict: next_has_result, where another winner would be in a match that has a result. Emits MatchChanged,
    CompetitionChanged, AccessChanged.
    """
    stage = match.stage
    if stage.format == Format.SINGLE_ELIMINATION:
        _go_on(competition, match)
    restate_stage(competition, stage)


def restate_stage(competition: OpenCompetition, stage: Stage) -> None:
    """Within the transaction that holds the competition: the stage is settled if all of its matches are, else not; one
    that is planned or locked stays so. Emits CompetitionChanged."""
    if stage.state not in (State.DRAWN, State.SETTLED):
        return
    state = State.DRAWN if unsettled_in(stage) else State.SETTLED
    if state != stage.state:
        stage.state = state
        stage.save(update_fields=["state"])
        emit(CompetitionChanged(competition_id=competition.row.pk))


def waiting_byes(match: Match) -> list[tuple[Match, int]]:
    """The byes of its bracket, and who has each, that are to be in the log with the first result of the stage: until
    then it may be drawn anew. Two queries, of other stages none."""
    if match.stage.format != Format.SINGLE_ELIMINATION:
        return []
    walked = Match.objects.filter(stage=match.stage, round=1, state=Match.State.WALKOVER, entries=None)
    rows = list(walked.select_related("stage", "competition"))
    sides = sides_of([match, *rows])
    if is_bye(match, sides[match.pk]):
        return []
    return [(row, who) for row in rows if is_bye(row, sides[row.pk]) for who in sides[row.pk].values()]


def _go_on(competition: OpenCompetition, match: Match) -> None:
    """The winner is in the match that follows, in place of whoever was there by this one."""
    round_after = Match.objects.filter(stage=match.stage, group=match.group_id, round=match.round + 1)
    follower = next((it for it in round_after if match.number in it.feeders), None)
    if follower is None:
        return
    slot = follower.feeders.index(match.number)
    before = MatchSide.objects.filter(match=follower, slot=slot).first()
    if (before and before.entrant_id) != match.winner_id:
        _replace(competition, match, follower, slot)
    _knock_out(competition, match)


def _replace(competition: OpenCompetition, match: Match, follower: Match, slot: int) -> None:
    if any(entry.kind != "void" for entry in entries_of([follower])[follower.pk]):
        words = "The match that follows has a result, with whoever went on. Void that one first."
        raise Conflict("next_has_result", words, facts={"match": follower.pk})
    MatchSide.objects.filter(match=follower, slot=slot).delete()
    close_for_other_sides(competition, follower)
    if match.winner_id:
        MatchSide.objects.create(match=follower, slot=slot, entrant_id=match.winner_id)
    if follower.state != Match.State.SCHEDULED:
        follower.state, follower.started_at = Match.State.SCHEDULED, None
        follower.save(update_fields=["state", "started_at"])
    emit(MatchChanged(match_id=follower.pk, roster=True), CompetitionChanged(competition_id=competition.row.pk))
    emit(*access_changed(competition.row.pk, match_ids=[follower.pk]))
    if match.winner_id:
        telling.went_on(competition, match, follower)


def _knock_out(competition: OpenCompetition, match: Match) -> None:
    """Who lost is out of the competition, unless a stage comes into which others may advance."""
    if match.stage.advance is not None or match.state == Match.State.VOID:
        return
    lost = match.sides.exclude(entrant=match.winner_id).values("entrant")
    out = Entrant.objects.filter(pk__in=lost, state=Entrant.State.ACTIVE).values_list("pk", flat=True)
    back = Entrant.objects.filter(pk=match.winner_id or 0, state=Entrant.State.ELIMINATED).values_list("pk", flat=True)
    ended = dict.fromkeys(out, str(Entrant.State.ELIMINATED))
    rosters.finish_entrants(competition, {**ended, **dict.fromkeys(back, str(Entrant.State.ACTIVE))})
    telling.eliminated(competition, match.stage, list(ended))

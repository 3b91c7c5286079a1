"""From a settled stage to the next: whoever advances by its rule is in it, with what they carry along (T9)."""

from core.accounts.system import Actor
from core.errors import Conflict
from core.tournaments.advancing import Advance, advancing, carried
from core.tournaments.exact import read
from core.tournaments.log import Carry, counting
from core.tournaments.models import Entrant, Stage
from core.tournaments.selectors.folding import log_of
from core.tournaments.selectors.matches import unsettled_in
from core.tournaments.selectors.stages import entrants_of, find_stage, gone_from, has_results, next_stage
from core.tournaments.services import entering, rosters
from core.tournaments.services import telling_structure as telling
from core.tournaments.services.drawing import draw_among
from core.tournaments.services.opening import OpenCompetition
from core.tournaments.services.stages import open_to_arrange
from core.work.transactions import atomically

State = Stage.State


@atomically
def advance_stage(*, by: Actor, competition_id: int, stage_id: int) -> Stage:
    """Whoever advances from the settled stage by its rule is in the next one, with what they carry along, and that is
    drawn; the others are eliminated. As often as wanted until the next stage has a result. Answers the next stage.

    For co-hosts and above. Raises NotFound: no_competition, no_stage. NotAllowed: not_staff, banned, timed_out.
    Conflict: competition_over, not_running, no_advance, no_next_stage, stage_not_settled (with the ids of `matches`),
    tied_at_the_cut (with the `tied`), next_has_result, too_few_entrants, too_many_sides, too_many_matches. Locks the
    competition, then inboxes. Emits CompetitionChanged, StandingsChanged, AccessChanged.
    """
    competition = open_to_arrange(competition_id, by)
    stage = find_stage(competition.row, stage_id)
    if stage.advance is None:
        raise Conflict("no_advance", "Nobody advances from this stage: say first how many do.")
    following = next_stage(stage)
    if following is None:
        raise Conflict("no_next_stage", "No stage comes after this one.")
    following.competition = competition.row
    entering.check_running(competition, following)
    _check_settled(stage, following)
    log = log_of(stage)
    rule, overall = read(stage.advance, Advance), log.fold()
    groups, gone = [log.fold(group) for group in log.groups], gone_from(entrants_of(stage))
    seeds = [int(who) for who in advancing(rule, groups, overall, gone=gone)]
    draw_among(competition, following, seeds)
    _carry(competition, following, carried(rule, seeds, overall.ranking))
    _part(competition, stage, seeds)
    telling.advanced(competition, following, seeds)
    return following


def _check_settled(stage: Stage, following: Stage) -> None:
    if has_results(following):
        raise Conflict("next_has_result", "The next stage has results already.")
    waiting = unsettled_in(stage)
    if waiting or stage.state == State.PLANNED:
        words = "Some of its matches wait for their result." if waiting else "It is not drawn yet."
        raise Conflict("stage_not_settled", words, facts={"matches": [match.pk for match in waiting]})


def _carry(competition: OpenCompetition, stage: Stage, brought: list[Carry]) -> None:
    """The log of the stage begins with these; what was brought before counts no more."""
    old = [entry.seq for entry in counting(log_of(stage).entries) if entry.kind == "carry"]
    spare = [Carry(entrant=entrants_of(stage)[0], lines=())] * (len(old) - len(brought))
    facts = [
        entering.Fact(kind="carry", payload=payload, supersedes=old[at] if at < len(old) else None)
        for at, payload in enumerate([*brought, *spare])
    ]
    if facts:
        entering.add_entries(competition, stage, facts)


def _part(competition: OpenCompetition, stage: Stage, seeds: list[int]) -> None:
    """Who does not advance is eliminated and told so; who was, by an earlier advancing, is not."""
    there = Entrant.objects.filter(pk__in=entrants_of(stage))
    out = there.filter(state=Entrant.State.ACTIVE).exclude(pk__in=seeds)
    back = there.filter(state=Entrant.State.ELIMINATED, pk__in=seeds)
    ended = dict.fromkeys(out.values_list("pk", flat=True), str(Entrant.State.ELIMINATED))
    rosters.finish_entrants(
        competition, {**ended, **dict.fromkeys(back.values_list("pk", flat=True), str(Entrant.State.ACTIVE))}
    )
    telling.eliminated(competition, stage, list(ended))

"""Draws: who is in which group of a stage, and with that all of its matches (T8)."""

import contextlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction

from core.accounts.system import Actor
from core.boards.selectors import scores_of
from core.errors import Conflict, Invalid
from core.events import emit
from core.tournaments.events import CompetitionChanged, StaffWorkChanged, access_changed
from core.tournaments.models import Competition, Entrant, Group, Match, MatchSide, Placement, RosterPlace, Stage
from core.tournaments.models.competitions import SCRIM_MATCHES_MOST
from core.tournaments.models.structure import MATCHES_MOST
from core.tournaments.pairing import draw
from core.tournaments.planning import BRACKET, Plan, Planned, dealt, map_of, planned
from core.tournaments.selectors.entrants import active_entrants
from core.tournaments.selectors.stages import entrants_of, find_stage, gone_from, has_results
from core.tournaments.services.opening import OpenCompetition
from core.tournaments.services.projecting import refold
from core.tournaments.services.stages import open_to_arrange, plan_of
from core.work.transactions import atomically

Seeding, State = Stage.Seeding, Stage.State
CLOSED = ("registration_closed", "check_in", "live", "paused")
"""While who takes part is known, and it is not over."""
KEPT = ("map", "scheduled_at", "release_at", "released_at", "room_id", "room_password")
"""What was set for a match stays with its number when it is drawn anew."""


@atomically
def draw_stage(*, by: Actor, competition_id: int, stage_id: int, order: Sequence[int] = ()) -> Stage:
    """Everybody in the stage is seeded and dealt to its groups, and all of its matches are there, once registration is
    closed; as often as wanted until it has a result. By hand, `order` is everybody's ids, the first seed first.

    For co-hosts and above. Raises NotFound: no_competition, no_stage. NotAllowed: not_staff, banned, timed_out.
    Conflict: competition_over, too_early (with the `legal` states), nobody_advanced, stage_has_results,
    too_few_entrants, too_many_sides, too_many_matches. Invalid: bad_order. Locks the competition. Emits
    CompetitionChanged, StandingsChanged, AccessChanged.
    """
    competition = open_to_arrange(competition_id, by)
    stage = find_stage(competition.row, stage_id)
    state = competition.row.state
    if state not in CLOSED:
        words = "Who takes part is known once registration is closed."
        raise Conflict("too_early", words, facts={"state": state, "legal": list(CLOSED)})
    check_undecided(stage)
    if order and stage.seeding != Seeding.HAND:
        raise Invalid("bad_order", "Only a stage that is seeded by hand takes an order.")
    if stage.number == 1:
        draw_among(competition, stage, _seeded(stage, active_entrants(competition.row), order))
        return stage
    there = entrants_of(stage)
    gone = gone_from(there)
    there = [who for who in there if who not in gone]
    if not there:
        raise Conflict("nobody_advanced", "Nobody advanced into this stage yet.")
    draw_among(competition, stage, _ordered(there, order) if order else there)
    return stage


@atomically
def undraw_stage(*, by: Actor, competition_id: int, stage_id: int) -> Stage:
    """The stage is planned again, and its matches are gone; those who advanced into it stay in it.

    For co-hosts and above. Raises NotFound: no_competition, no_stage. NotAllowed: not_staff, banned, timed_out.
    Conflict: competition_over, stage_has_results. Locks the competition. Emits CompetitionChanged, AccessChanged.
    """
    competition = open_to_arrange(competition_id, by)
    stage = find_stage(competition.row, stage_id)
    check_undecided(stage)
    _clear(competition, stage)
    if stage.number == 1:
        Placement.objects.filter(stage=stage).delete()
    stage.state, stage.draw_seed = State.PLANNED, ""
    stage.save(update_fields=["state", "draw_seed"])
    emit(CompetitionChanged(competition_id=competition_id))
    return stage


def seed_first_stage(competition: OpenCompetition) -> None:
    """Within the transaction that holds it: the first stage is drawn among all who play. If it was drawn before that
    was known, it is drawn anew among those who are there, in the order that they had; doing it again changes nothing.

    Raises Conflict: no_stage, and as `draw_stage`. Emits CompetitionChanged, StandingsChanged, AccessChanged.
    """
    stage = competition.row.stages.filter(number=1).first()
    if stage is None:
        raise Conflict("no_stage", "There is nothing to play yet: add a stage.")
    stage.competition = competition.row
    entrants = active_entrants(competition.row)
    if stage.state == State.PLANNED:
        draw_among(competition, stage, _seeded(stage, entrants, ()))
        return
    before, there = entrants_of(stage), [entrant.pk for entrant in entrants]
    if {*before} != {*there} and not has_results(stage):
        kept = [who for who in before if who in {*there}]
        draw_among(competition, stage, [*kept, *(who for who in there if who not in {*before})], anew=False)


def seed_when_due(competition: OpenCompetition) -> None:
    """A step of the clock: once check-in is closed, the first stage is drawn (T7). Where it cannot be, it waits for the
    start, whose refusal its host is told of."""
    if competition.row.state != Competition.State.CHECK_IN or competition.row.checked_in_at is None:
        return
    with contextlib.suppress(Conflict), transaction.atomic():
        seed_first_stage(competition)


def check_undecided(stage: Stage) -> None:
    """Raises Conflict: stage_has_results."""
    if has_results(stage):
        raise Conflict("stage_has_results", "It has a result, so it is not drawn anew.")


def draw_among(competition: OpenCompetition, stage: Stage, seeds: Sequence[int], *, anew: bool = True) -> None:
    """Within the transaction that holds the competition: these, as they are seeded, are the stage's; where it is by
    draw and `anew`, in an order that a new, published seed decides. Raises Conflict as `draw_stage`."""
    if stage.seeding == Seeding.DRAW and anew:
        stage.draw_seed = secrets.token_hex(16)
        seeds = [int(who) for who in draw(seeds, stage.draw_seed)]
    members = dealt(seeds, stage.groups_count, by_snake=stage.seeding == Seeding.SNAKE)
    plan = plan_of(stage)
    most = SCRIM_MATCHES_MOST if stage.kind == Competition.Kind.SCRIM else MATCHES_MOST
    made = planned(stage.format, members, plan, most=most)
    kept = _clear(competition, stage)
    Placement.objects.filter(stage=stage).delete()
    groups = _groups(stage)
    places = {who: groups[number] for number, own in enumerate(members) for who in own}
    Placement.objects.bulk_create(
        Placement(stage=stage, group=places[who], entrant_id=who, seed=seed) for seed, who in enumerate(seeds, 1)
    )
    _make(competition, stage, groups, made, plan, kept)
    stage.state = State.DRAWN
    stage.save(update_fields=["state", "draw_seed"])
    refold(competition, stage)
    emit(CompetitionChanged(competition_id=competition.row.pk))


def _seeded(stage: Stage, entrants: Sequence[Entrant], order: Sequence[int]) -> list[int]:
    """Who plays, as they are seeded: by hand, or by what their people have on the game's board, who has nothing there
    by seat."""
    there = [entrant.pk for entrant in entrants]
    if order:
        return _ordered(there, order)
    if stage.seeding not in (Seeding.RANK, Seeding.SNAKE):
        return there
    places = RosterPlace.objects.filter(entrant__in=there, counts=True).values_list("entrant", "user")
    scores = scores_of(stage.competition.game, {user for _, user in places})
    strength = dict.fromkeys(there, 0)
    for entrant, user in places:
        strength[entrant] += scores.get(user, 0)
    return sorted(there, key=lambda who: -strength[who])


def _ordered(there: Collection[int], order: Sequence[int]) -> list[int]:
    if sorted(order) != sorted(there):
        missing, unknown = sorted({*there} - {*order}), sorted({*order} - {*there})
        words = "Name everybody in the stage once, the first seed first."
        facts = {"missing": missing, "unknown": unknown}
        raise Invalid("bad_order", words, fields={"order": [words]}, facts=facts)
    return list(order)


def _clear(competition: OpenCompetition, stage: Stage) -> Mapping[int, Mapping[str, Any]]:
    """There are no matches any more; answers what was set for each match, by number."""
    matches = Match.objects.filter(stage=stage)
    kept = {fields.pop("number"): fields for fields in matches.values("number", *KEPT)}
    gone = list(matches.values_list("pk", flat=True))
    if gone:
        emit(StaffWorkChanged(competition_id=competition.row.pk))
        emit(*access_changed(competition.row.pk, match_ids=gone))
    matches.delete()
    return kept


def _groups(stage: Stage) -> list[Group]:
    """As many as it has; those that were there stay, as announcements were made to them."""
    there = {group.number: group for group in stage.groups.all()}
    stage.groups.filter(number__gt=stage.groups_count).delete()
    names = [f"Group {chr(64 + number)}" if number <= 26 else f"Group {number}" for number in range(1, 65)]
    return [
        there.get(number) or Group.objects.create(stage=stage, number=number, name=names[number - 1])
        for number in range(1, stage.groups_count + 1)
    ]


def _make(
    competition: OpenCompetition,
    stage: Stage,
    groups: Sequence[Group],
    made: Sequence[Planned],
    plan: Plan,
    kept: Mapping[int, Mapping[str, Any]],
) -> None:
    """Matches with their sides; who has a bye goes on without playing."""
    rows = Match.objects.bulk_create(
        _match(competition, stage, groups[it.group], it, plan, kept.get(it.number, {})) for it in made
    )
    MatchSide.objects.bulk_create(
        MatchSide(match=row, slot=slot, entrant_id=who)
        for row, it in zip(rows, made, strict=True)
        for slot, who in enumerate(it.sides)
        if who is not None
    )


def _match(
    competition: OpenCompetition, stage: Stage, group: Group, it: Planned, plan: Plan, kept: Mapping[str, Any]
) -> Match:
    row = Match(
        competition=competition.row,
        stage=stage,
        group=group,
        kind=stage.kind,
        number=it.number,
        round=it.round,
        name=it.name,
        map=map_of(plan, it.round),
        best_of=1 if stage.format == Stage.Format.LOBBY else plan.best_of,
        games=plan.games if stage.format == Stage.Format.LOBBY else 1,
        draws=plan.draws and stage.format != BRACKET,
        feeders=list(it.feeders),
    )
    for name, value in kept.items():
        setattr(row, name, value or getattr(row, name))
    if it.bye:
        winner = next(who for who in it.sides if who is not None)
        row.state, row.winner_id, row.settled_at = Match.State.WALKOVER, int(winner), competition.now
    return row

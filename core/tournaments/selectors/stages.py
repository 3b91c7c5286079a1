"""Which stages a competition has, who is in their groups, and how they are shown."""

from collections.abc import Collection, Sequence
from datetime import datetime

from core.errors import NotFound
from core.tournaments import shapes
from core.tournaments.log import Id
from core.tournaments.models import Competition, Entrant, Group, Match, Placement, ResultEntry, Stage

State = Stage.State


def no_stage() -> NotFound:
    return NotFound("no_stage", "There is no such stage in this competition.")


def find_stage(row: Competition, stage_id: int) -> Stage:
    """One query. Raises NotFound: no_stage."""
    stage = row.stages.filter(pk=stage_id).first()
    if stage is None:
        raise no_stage()
    stage.competition = row
    return stage


def next_stage(stage: Stage) -> Stage | None:
    """One query."""
    return Stage.objects.filter(competition=stage.competition_id, number=stage.number + 1).first()


def has_results(stage: Stage) -> bool:
    """Whether any match of it has an entry in the log, even one that counts no more. One query."""
    return ResultEntry.objects.filter(stage=stage, match__isnull=False).exists()


def entrants_of(stage: Stage, group: Group | None = None) -> list[int]:
    """Who is in it, or in one of its groups, by seed; one query."""
    placed = Placement.objects.filter(stage=stage).order_by("seed")
    return list((placed.filter(group=group) if group else placed).values_list("entrant", flat=True))


def gone_from(entrants: Collection[int]) -> set[Id]:
    """Which of these are out of the competition; one query."""
    return set(Entrant.objects.filter(pk__in=entrants, state__in=Entrant.GONE).values_list("pk", flat=True))


def show_stages(row: Competition, *, as_of: datetime | None = None) -> shapes.Stages:
    """In their order. Three queries; as of a freeze five."""
    return shapes.Stages(results=cards_of_stages(list(row.stages.order_by("number")), as_of=as_of))


def show_groups(row: Competition) -> shapes.Groups:
    """Those of all stages, in their order. Three queries."""
    return shapes.Groups(results=[group for stage in show_stages(row).results for group in stage.groups])


def find_group(row: Competition, group_id: int) -> Group:
    """One query. Raises NotFound: no_group."""
    group = Group.objects.filter(pk=group_id, stage__competition=row).select_related("stage").first()
    if group is None:
        raise NotFound("no_group", "There is no such group in this competition.")
    group.stage.competition = row
    return group


def show_stage(stage: Stage, *, as_of: datetime | None = None) -> shapes.Stage:
    """Two queries; as of a freeze four."""
    return cards_of_stages([stage], as_of=as_of)[0]


def cards_of_stages(stages: Sequence[Stage], *, as_of: datetime | None = None) -> list[shapes.Stage]:
    """These stages of one competition whole, settled and locked as they were `as_of` then; two queries, or four,
    however many they are. What was drawn since is shown: a draw is made to be seen."""
    states = {stage.pk: stage.state for stage in stages} if as_of is None else _states(stages, as_of)
    members: dict[int, list[int]] = {}
    placed = Placement.objects.filter(stage__in=stages).order_by("seed")
    for group_id, entrant_id in placed.values_list("group", "entrant"):
        members.setdefault(group_id, []).append(entrant_id)
    groups: dict[int, list[shapes.Group]] = {}
    for group in Group.objects.filter(stage__in=stages).order_by("number"):
        shown = shapes.Group(id=group.pk, number=group.number, name=group.name, entrants=members.get(group.pk, []))
        groups.setdefault(group.stage_id, []).append(shown)
    return [_show(stage, states[stage.pk], groups.get(stage.pk, [])) for stage in stages]


def _states(stages: Sequence[Stage], as_of: datetime) -> dict[int, str]:
    """Their states as of then, by id. Two queries."""
    waiting = Match.objects.filter(stage__in=stages).exclude(settled_at__lte=as_of)
    unsettled = set(waiting.values_list("stage", flat=True))
    of, numbers = {stage.competition_id for stage in stages}, {stage.number + 1 for stage in stages}
    known = ResultEntry.objects.filter(competition__in=of, match__isnull=False, recorded_at__lte=as_of)
    begun = set(known.filter(stage__number__in=numbers).values_list("stage__number", flat=True))

    def state(stage: Stage) -> str:
        if stage.state not in (State.SETTLED, State.LOCKED):
            return stage.state
        if stage.pk in unsettled:
            return State.DRAWN
        return stage.state if stage.number + 1 in begun else State.SETTLED

    return {stage.pk: state(stage) for stage in stages}


def _show(stage: Stage, state: str, groups: list[shapes.Group]) -> shapes.Stage:
    return shapes.Stage(
        id=stage.pk,
        number=stage.number,
        name=stage.name,
        format=stage.format,
        seeding=stage.seeding,
        state=state,
        groups_count=stage.groups_count,
        groups=groups,
        profile=stage.profile,
        chain=stage.chain,
        advance=stage.advance,
        plan=stage.plan,
        draw_seed=stage.draw_seed,
    )

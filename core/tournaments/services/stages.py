"""The stages of a competition: what each one plays, by which rules, and who goes on from it (T8, T9, T21)."""

from collections.abc import Mapping
from typing import Any, TypedDict

from typing_extensions import Unpack

from core.accounts.models import User
from core.accounts.system import Actor
from core.errors import Conflict, Invalid
from core.events import emit
from core.text import clean_text
from core.tournaments.advancing import Advance
from core.tournaments.events import CompetitionChanged
from core.tournaments.exact import read, written
from core.tournaments.models import Competition, Group, Profile, Stage, TiebreakChain
from core.tournaments.models.competitions import SCRIM_MATCHES_MOST
from core.tournaments.models.structure import GROUPS_MOST, NAME_MOST, STAGES_MOST
from core.tournaments.planning import Plan
from core.tournaments.published import CHAIN_BODIES, PROFILE_BODIES
from core.tournaments.selectors.stages import find_group, find_stage, has_results
from core.tournaments.services.opening import OpenCompetition, open_for
from core.tournaments.services.projecting import refold
from core.tournaments.states import OVER
from core.work.transactions import atomically

Format, State = Stage.Format, Stage.State
OF_GAME: Mapping[str, str] = {"free_fire": "freefire-2023", "apex_legends": "apex-algs"}
SHAPE = frozenset({"format", "seeding", "groups_count", "plan"})
"""What its matches are made of; it stays as it is once they are."""


class StageChanges(TypedDict, total=False):
    """`profile` and `chain` by name: one that comes with the product, or that the host published. `advance` and `plan`
    as docs/results-format.md has them."""

    name: str
    format: str
    seeding: str
    groups_count: int
    profile: str
    chain: str
    advance: dict[str, Any] | None
    plan: dict[str, Any]


@atomically
def add_stage(*, by: Actor, competition_id: int, **given: Unpack[StageChanges]) -> Stage:
    """The competition has one more stage, its last. What is not given is usual for its game.

    For co-hosts and above. Raises NotFound: no_competition. NotAllowed: not_staff, banned,
    timed_out. Conflict: competition_over. Invalid: scrim_limits, too_many_stages, unknown_profile, unknown_chain,
    wrong_profile, bad_shape, invalid. Locks the competition. Emits CompetitionChanged.
    """
    competition = open_to_arrange(competition_id, by)
    row = competition.row
    number = row.stages.count() + 1
    if row.kind == Competition.Kind.SCRIM and number > 1:
        raise Invalid("scrim_limits", "A scrim has one stage.")
    if number > STAGES_MOST:
        raise Invalid("too_many_stages", f"A competition has at most {STAGES_MOST} stages.")
    stage = Stage(competition=row, kind=row.kind, number=number, name=f"Stage {number}", format=Format.LOBBY)
    stage.format = given.get("format", stage.format)
    usual: StageChanges = {"profile": _usual_profile(row.game, stage.format), "chain": _usual_chain(stage.format)}
    _apply(competition, stage, {**usual, **given})
    stage.save()
    emit(CompetitionChanged(competition_id=row.pk))
    return stage


@atomically
def edit_stage(*, by: Actor, competition_id: int, stage_id: int, **changes: Unpack[StageChanges]) -> Stage:
    """The stage says this of itself; what is not given stays. Its format, groups, seeding and plan stay once it is
    drawn; profile and chain once it has a result (T21); who advances once the next stage is drawn.

    For co-hosts and above. Raises NotFound: no_competition, no_stage. NotAllowed: not_staff,
    banned, timed_out. Conflict: competition_over, stage_drawn, stage_has_results, stage_locked. Invalid as `add_stage`.
    Locks the competition. Emits CompetitionChanged, StandingsChanged.
    """
    competition = open_to_arrange(competition_id, by)
    stage = find_stage(competition.row, stage_id)
    _check_open(stage, changes)
    if "format" in changes and changes["format"] != stage.format:
        usual: StageChanges = {
            "profile": _usual_profile(competition.row.game, changes["format"]),
            "chain": _usual_chain(changes["format"]),
        }
        changes = {**usual, **changes}
    _apply(competition, stage, changes)
    stage.save()
    if changes.keys() & {"profile", "chain"} and stage.state != State.PLANNED:
        refold(competition, stage)
    emit(CompetitionChanged(competition_id=competition_id))
    return stage


@atomically
def remove_stage(*, by: Actor, competition_id: int, stage_id: int) -> None:
    """The stage, which is the last one and not drawn, is gone.

    For co-hosts and above. Raises NotFound: no_competition, no_stage. NotAllowed: not_staff, banned, timed_out.
    Conflict: competition_over, stage_drawn, not_the_last. Locks the competition. Emits CompetitionChanged.
    """
    competition = open_to_arrange(competition_id, by)
    stage = find_stage(competition.row, stage_id)
    if stage.state != State.PLANNED:
        raise _drawn(stage)
    if competition.row.stages.filter(number__gt=stage.number).exists():
        raise Conflict("not_the_last", "Another stage comes after it: remove that one first.")
    stage.delete()
    emit(CompetitionChanged(competition_id=competition_id))


@atomically
def rename_group(*, by: Actor, competition_id: int, group_id: int, name: str) -> Group:
    """The group is called that.

    For co-hosts and above. Raises NotFound: no_competition, no_group. NotAllowed: not_staff, banned, timed_out.
    Conflict: competition_over. Invalid: invalid. Locks the competition. Emits CompetitionChanged.
    """
    competition = open_to_arrange(competition_id, by)
    group = find_group(competition.row, group_id)
    group.name = clean_text(name, field="name", max_chars=NAME_MOST)
    group.save(update_fields=["name"])
    emit(CompetitionChanged(competition_id=competition_id))
    return group


def open_to_arrange(competition_id: int, by: Actor) -> OpenCompetition:
    """Within a transaction: the competition, held, for co-hosts and above, while it is not over.

    Raises NotFound: no_competition. NotAllowed: not_staff, banned, timed_out. Conflict: competition_over.
    """
    competition = open_for(competition_id, by, "arrange")
    check_not_over(competition)
    return competition


def check_not_over(competition: OpenCompetition) -> None:
    """Raises Conflict: competition_over."""
    state = competition.row.state
    if state in OVER:
        raise Conflict("competition_over", f"The competition is {state}.", facts={"state": state})


def plan_of(stage: Stage) -> Plan:
    return read(stage.plan, Plan)


def _check_open(stage: Stage, changes: StageChanges) -> None:
    if stage.state != State.PLANNED and changes.keys() & SHAPE:
        raise _drawn(stage)
    if changes.keys() & {"profile", "chain"} and has_results(stage):
        raise Conflict("stage_has_results", "Its rules stay as they are once it has a result.")
    if stage.state == State.LOCKED and "advance" in changes:
        raise Conflict("stage_locked", "The next stage has results, so nothing here changes any more.")


def _drawn(stage: Stage) -> Conflict:
    words = "It is drawn. Take the draw back first; that is possible until it has a result."
    return Conflict("stage_drawn", words, facts={"state": stage.state})


def _apply(competition: OpenCompetition, stage: Stage, changes: StageChanges) -> None:
    if "name" in changes:
        stage.name = clean_text(changes["name"], field="name", max_chars=NAME_MOST)
    stage.format = _one_of(Format.values, changes.get("format", stage.format), "format")
    stage.seeding = _one_of(Stage.Seeding.values, changes.get("seeding", stage.seeding), "seeding")
    stage.groups_count = changes.get("groups_count", stage.groups_count)
    if not 1 <= stage.groups_count <= GROUPS_MOST:
        raise _invalid("groups_count", f"A stage has 1 to {GROUPS_MOST} groups.")
    stage.plan = written(read(changes.get("plan", stage.plan), Plan))
    if "advance" in changes:
        advance = changes["advance"]
        stage.advance = None if advance is None else written(read(advance, Advance))
    host = competition.row.host
    if "profile" in changes:
        stage.profile = _profile(host, changes["profile"])
    if "chain" in changes:
        stage.chain = _chain(host, changes["chain"])
    if (stage.profile["format"] == "lobby") != (stage.format == Format.LOBBY):
        words = f"A {stage.profile['format']} profile does not score a stage that is a {stage.format}."
        raise Invalid("wrong_profile", words.replace("_", " "), fields={"profile": [words.replace("_", " ")]})
    _check_scrim(stage)


def _check_scrim(stage: Stage) -> None:
    """How many matches there are is known before the draw for lobbies alone."""
    count = plan_of(stage).matches * stage.groups_count
    if stage.kind == Competition.Kind.SCRIM and stage.format == Format.LOBBY and count > SCRIM_MATCHES_MOST:
        words = f"A scrim has at most {SCRIM_MATCHES_MOST} matches, and these would be {count}."
        raise Invalid("scrim_limits", words, fields={"plan": [words]})


def _profile(host: User, name: str) -> dict[str, Any]:
    if name in PROFILE_BODIES:
        return {"name": name, **PROFILE_BODIES[name]}
    own = Profile.objects.filter(owner=host, name=name, published_at__isnull=False).order_by("-version").first()
    if own is None:
        raise _invalid("profile", f'There is no published profile "{name}".', code="unknown_profile")
    return {**own.body, "name": own.name, "version": own.version}


def _chain(host: User, name: str) -> dict[str, Any]:
    if name in CHAIN_BODIES:
        return {"name": name, "criteria": CHAIN_BODIES[name]}
    own = TiebreakChain.objects.filter(owner=host, name=name, published_at__isnull=False).order_by("-version").first()
    if own is None:
        raise _invalid("chain", f'There is no published chain "{name}".', code="unknown_chain")
    return {**own.body, "name": own.name, "version": own.version}


def _usual_profile(game: str, format: str) -> str:
    return OF_GAME.get(game, "pubgm-2023") if format == Format.LOBBY else "league-3-1-0"


def _usual_chain(format: str) -> str:
    return "battle-royale" if format == Format.LOBBY else "fifa-2018"


def _one_of(values: list[str], value: str, field: str) -> str:
    if value not in values:
        raise _invalid(field, f"One of {', '.join(values)}.")
    return value


def _invalid(field: str, words: str, *, code: str = "invalid") -> Invalid:
    return Invalid(code, words, fields={field: [words]})

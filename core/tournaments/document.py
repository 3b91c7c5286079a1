"""A competition's results as one JSON document (docs/results-format.md), and the standings in it. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from core.errors import Invalid
from core.strict_json import read_json
from core.tournaments.advancing import Advance, advancing, carried
from core.tournaments.checking import check_log
from core.tournaments.criteria import Chain
from core.tournaments.exact import read
from core.tournaments.log import Carry, Entry, Id, Shape
from core.tournaments.matches import Match
from core.tournaments.published import CHAINS, PROFILES
from core.tournaments.scoring import AnyProfile, DuelProfile, LobbyProfile
from core.tournaments.standings import Standings, fold

MAX_KEYS = 1_000_000


class Stage(Shape, frozen=True, kw_only=True):
    """One stage. Without entrants and groups it has those who advance from the stage before, as one group."""

    name: str = ""
    profile: str | LobbyProfile | DuelProfile = ""
    chain: str | Chain = "points"
    entrants: tuple[Id, ...] = ()
    groups: dict[str, tuple[Id, ...]] = {}
    matches: tuple[Match, ...] = ()
    entries: tuple[Entry, ...] = ()
    advance: Advance | None = None


class Document(Shape, frozen=True, kw_only=True):
    """Stages in their order, and names to show by entrant."""

    format: Literal["guildhall-results/1"]
    name: str = ""
    names: dict[str, str] = {}
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A stage with the standings of each group; a stage without groups has one, called ""."""

    stage: Stage
    groups: Mapping[str, Standings]


def read_document(raw: bytes | str) -> Document:
    """Raises Invalid, with the place where something is wrong."""
    given = read_json(raw, max_keys=MAX_KEYS)
    for stage in _objects(given, "stages"):
        for number, entry in enumerate(_objects(stage, "entries"), 1):
            entry.setdefault("seq", number)
    return read(given, Document)


def standings_of(document: Document, *, as_of: datetime | None = None) -> Iterator[Played]:
    """Every stage's standings, one after the other. Raises Invalid, and Conflict where a tie hides who advances."""
    brought: list[Carry] = []
    seeds: tuple[Id, ...] = ()
    for number, stage in enumerate(document.stages, 1):
        try:
            entries = [*stage.entries, *_numbered(brought, stage.entries)]
            groups = stage.groups or {"": stage.entrants or seeds}
            played = _played(stage, groups, entries, as_of)
        except Invalid as refused:
            raise Invalid(refused.code, f"Stage {number}: {refused.detail}") from None
        yield Played(stage=stage, groups=played)
        seeds, brought = _onward(stage, groups, played, entries, as_of) if stage.advance else ((), [])


def _played(
    stage: Stage, groups: Mapping[str, tuple[Id, ...]], entries: list[Entry], as_of: datetime | None
) -> dict[str, Standings]:
    everybody = [who for members in groups.values() for who in members]
    if stage.groups and stage.entrants:
        raise Invalid("bad_groups", "Give entrants or groups, not both.")
    if not everybody:
        raise Invalid("no_entrants", "Nobody takes part: give entrants, groups, or let the stage before advance some.")
    if len(set(everybody)) != len(everybody):
        raise Invalid("entrant_twice", "Somebody stands twice among the entrants.")
    profile, chain = profile_of(stage), chain_of(stage)
    check_log(entries, everybody, stage.matches)
    return {
        name: fold(entries, profile, chain, members, matches=stage.matches, as_of=as_of)
        for name, members in groups.items()
    }


def _onward(
    stage: Stage,
    groups: Mapping[str, tuple[Id, ...]],
    played: Mapping[str, Standings],
    entries: list[Entry],
    as_of: datetime | None,
) -> tuple[tuple[Id, ...], list[Carry]]:
    """Who goes on, and what the log of the next stage begins with."""
    assert stage.advance is not None  # noqa: S101
    everybody = [who for members in groups.values() for who in members]
    overall = fold(entries, profile_of(stage), chain_of(stage), everybody, matches=stage.matches, as_of=as_of)
    seeds = advancing(stage.advance, [*played.values()], overall)
    return tuple(seeds), carried(stage.advance, seeds, overall.ranking)


def profile_of(stage: Stage) -> AnyProfile:
    if not isinstance(stage.profile, str):
        return stage.profile
    if stage.profile not in PROFILES:
        raise Invalid("unknown_profile", f'There is no profile "{stage.profile}": {", ".join(PROFILES)}, or your own.')
    return PROFILES[stage.profile]


def chain_of(stage: Stage) -> Chain:
    if not isinstance(stage.chain, str):
        return stage.chain
    if stage.chain not in CHAINS:
        raise Invalid("unknown_chain", f'There is no chain "{stage.chain}": {", ".join(CHAINS)}, or your own.')
    return CHAINS[stage.chain]


def _numbered(brought: Iterable[Carry], entries: Iterable[Entry]) -> Iterator[Entry]:
    """What is brought along, as entries after the stage's own."""
    last = max((entry.seq for entry in entries), default=0)
    for number, carry in enumerate(brought, last + 1):
        yield Entry(seq=number, kind="carry", payload=carry)


def _objects(given: Any, key: str) -> list[dict[str, Any]]:
    found = given.get(key) if isinstance(given, dict) else None
    return [it for it in found if isinstance(it, dict)] if isinstance(found, list) else []

"""How those who take part are shown."""

from dataclasses import dataclass
from typing import Any

from core.accounts.shapes import UserCard
from core.files.shapes import Picture
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrantCard:
    """An entrant in a table, a bracket or a list: a team, or a person. `seat` is its number, null without one."""

    id: int
    name: str
    tag: str
    logo: Picture | None
    team: int | None
    state: str
    seat: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterMember:
    """Somebody who plays for an entrant; `in_game_id` is for staff and its own people, null for others."""

    user: UserCard
    in_game_id: str | None
    in_game_name: str
    is_substitute: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant(EntrantCard):
    """An entrant whole. `waiting` is its place in the waitlist, from 1; a seat is kept until `offer_expires_at`."""

    captain: UserCard
    roster: list[RosterMember]
    arrival: int
    waiting: int | None
    offer_expires_at: Moment | None
    registered_at: Moment
    checked_in_at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrantPage:
    """In the order of arrival; `next` is the `after` of the following page, null on the last."""

    results: list[Entrant]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where an entrant came in; the tied share a place. `figures` are over all stages."""

    place: int
    entrant: EntrantCard
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What a team or a person did in competitions that are completed. `played` are matches, `wins` those won (in a
    lobby first places)."""

    competitions: int
    won: int
    top_three: int
    best_place: int | None
    played: int
    wins: int
    kills: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placings:
    results: list[Placing]

"""How matches are shown to their player, and to nobody else."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.accounts.shapes import UserCard
from core.tracker.shown import MatchShare
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Screenshot:
    """A picture of a match: signed links, from the root of the server, that end after one to two hours; null where the
    bytes were no picture. `width` and `height` are those that boxes refer to, null until it was read. `status` and
    `reason` are those of its reading."""

    url: str | None
    thumbnail_url: str | None
    width: int | None
    height: int | None
    status: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One of the two: as named by the player or in the picture, and their goals. `person` is who shares the match."""

    name: str
    score: int | None
    person: UserCard | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lobby:
    """The table of a lobby: the place of the player (null: not known) among `total`, everybody's row, and which of the
    rows, from 0, is the player's own. A row has the name under `player`, and under the key of each column a number, a
    number with its unit such as `7.2m`, or null."""

    placement: int | None
    total: int | None
    own_row: int | None
    players: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLine:
    """A match as lists show it. `screenshot` is the link to its first picture; `result` is win, draw, loss or empty;
    `placement` is the place in a lobby, which has no score and no opponent; `share` says how it is shared, if it is."""

    id: UUID
    version: int
    state: str
    game: str
    side: str | None
    user: Player | None
    opponent: Player | None
    opponent_name: str
    score_user: int | None
    score_opponent: int | None
    result: str
    placement: int | None
    screenshot: str | None
    played_at: Moment
    created_at: Moment
    confirmed_at: Moment | None
    share: MatchShare | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(MatchLine):
    """A match whole. `extracted_data` is what its pictures say, a proposal, null until they were read; `stats` and the
    score are what was confirmed, before that what of the proposal needs no question: `{key: {user, opponent}}`, with
    keys that nobody knows under `other`. `lobby` is the table of a lobby in the same way, of which `stats` has the
    player's own numbers. `warnings` names the rules of arithmetic that `stats` break; `pictures_read`
    tells how many of its pictures were read."""

    extracted_data: dict[str, Any] | None
    stats: dict[str, Any]
    lobby: Lobby | None
    warnings: list[str]
    pictures: list[Screenshot]
    pictures_read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """A page of matches, the last played first; `next` is the `after` of the following page, null on the last."""

    results: list[MatchLine]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchNews:
    """What `match.changed` says on a person's own topic. `match` is there when it is told live, and not when it is
    told again later: then ask for the match. Of `match.deleted` there is the `id` alone."""

    id: UUID
    version: int
    state: str
    match: Match | None

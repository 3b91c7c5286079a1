"""How claims, their pictures and disputes are shown to those who play a match and to staff."""

from dataclasses import dataclass
from typing import Any

from core.accounts.shapes import UserCard
from core.files.shapes import Picture
from core.tournaments.shapes.entrants import EntrantCard
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """The same picture in another claim: of another match, or by another side."""

    claim: int
    match: int
    side: EntrantCard | None
    picture: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPicture:
    """A screenshot of a claim; `picture` is null where what was sent is none. `suspect` is for staff."""

    id: int
    position: int
    picture: Picture | None
    suspect: Suspect | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCell:
    """A value of the payload that nobody is sure of, empty until somebody gives it. `path` is as in `rows.3.kills`.
    `why`: not_shown, not_seen (the side, in any picture), unsure, differ (rows or pictures), twice (two sides have that
    place), some_missing (of its players), side_unknown. `box` is where it stands in the picture of that position: left,
    top, right, bottom in shares of its size, null if not known."""

    path: str
    why: str
    position: int | None
    box: list[float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody says a match ended like. `state`: reading, proposed, agreed, contested, lapsed, superseded,
    confirmed, rejected. `payload` is a lobby or a duel as docs/results-format.md has them, as far as it is known;
    `unknown` are names in the picture that are nobody's. `warnings`: nothing_read, `changed:<number>` (otherwise than a
    picture shows), `impossible:<code>` (what is read the match cannot end like, as that refusal says),
    `kills_above_opponents:<entrant>`, `players_differ:<entrant>`, and for staff duplicate_suspect.
    `version` moves with every change."""

    id: int
    match: int
    game_no: int | None
    author: UserCard
    side: EntrantCard | None
    source: str
    state: str
    version: int
    payload: dict[str, Any]
    cells: list[ClaimCell]
    unknown: list[str]
    warnings: list[str]
    pictures: list[ClaimPicture]
    created_at: Moment
    window_ends_at: Moment | None
    decided_at: Moment | None
    decided_by: UserCard | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    results: list[Claim]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeMessage:
    id: int
    author: UserCard
    words: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A protest against the result of a match. `state`: open, under_review, upheld, dismissed."""

    id: int
    match: int
    side: EntrantCard
    opened_by: UserCard
    state: str
    messages: list[DisputeMessage]
    opened_at: Moment
    decided_at: Moment | None
    decided_by: UserCard | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputes:
    results: list[Dispute]

"""How a match that two people share is shown, to both alike, and what a person's matches say together."""

from dataclasses import dataclass
from uuid import UUID

from core.accounts.shapes import UserCard
from core.files.shapes import Picture
from core.tracker.cells import Difference, Side, Verdict
from core.tracker.summary import Results, Totals
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRights:
    """What each of the two may do now: `agree`, `decline`, `correct`, `answer`, `withdraw`, `leave`."""

    owner: list[str]
    opponent: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMatch:
    """A match that its owner shows to the opponent (null: nobody followed the link yet), with the pictures of both.

    `state` is `offered`, `corrected` (the opponent proposes other cells), `disputed` (the owner declined some),
    `agreed` or `declined`. `version` is what an answer must name, so that nobody agrees to what they have not seen.
    """

    id: int
    state: str
    version: int
    game: str
    owner: UserCard
    opponent: UserCard | None
    owner_pictures: list[Picture]
    opponent_pictures: list[Picture]
    may: ShareRights
    played_at: Moment
    created_at: Moment
    decided_at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What one of the two says a cell should be; `declined` by the other one."""

    cell: str
    value: int | float
    by: Side
    declined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedRow:
    """A row of a shared match, the score or a statistic (`stats.<key>`): what stands (null: not known), and how the two
    want it otherwise. Its cells are called `<key>.owner` and `<key>.opponent`."""

    key: str
    owner: int | float | None
    opponent: int | float | None
    corrections: list[Correction]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnShare:
    """What of a shared match is one person's: their side, their own match (null: none yet), and what they may do now,
    which `may` of the shared match says too, for both and as it changes."""

    side: Side
    match: UUID | None
    may: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchShare:
    """How an own match is shared: where that stands, and on which side the viewer is."""

    id: int
    state: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMatchView:
    """A shared match whole, as one of the two sees it."""

    share: SharedMatch
    rows: list[SharedRow]
    mine: OwnShare


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMatches:
    """Shared matches, the newest first."""

    results: list[SharedMatch]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareLink:
    """A link by which the opponent finds the match, for the owner's eyes; `token` is the last part of `url`."""

    share: int
    token: str
    url: str
    is_valid: bool
    expires_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePreview:
    """Where a link leads. Once it expired or was used it says nothing of the match."""

    is_valid: bool
    expires_at: Moment
    owner: UserCard | None
    game: str | None
    owner_score: int | None
    opponent_score: int | None
    played_at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An own match that may be the one that is shared. `verdict`: `equal`, `differs` (in these cells), `other_game`
    or `other_match`; `same_picture` says that both uploaded the very same bytes."""

    match: UUID
    played_at: Moment
    verdict: Verdict
    shared: int
    differences: list[Difference]
    same_picture: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Own matches that may be the shared one, the likeliest first."""

    results: list[Candidate]


@dataclass(frozen=True, slots=True, kw_only=True)
class InGame(Results):
    """How matches of one game went; `name` is empty where nobody knows which."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstOpponent(Results):
    """How matches against one opponent went: an account, or (`user` null) whoever has that name."""

    user: UserCard | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Totals):
    """What a person's matches say together, of all or of those that were asked for; those who played most first."""

    by_game: list[InGame]
    by_opponent: list[AgainstOpponent]

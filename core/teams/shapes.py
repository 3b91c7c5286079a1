"""How teams are shown."""

from dataclasses import dataclass

from core.accounts.shapes import UserCard
from core.files.shapes import Picture
from core.work.clock import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCard:
    """A team beside a person or in a list. `game` is an id of the catalogue."""

    id: int
    game: str
    name: str
    tag: str
    logo: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team(TeamCard):
    """A team as everybody sees it; a game lets it have at most `roster_most` members."""

    about: str
    captain: UserCard
    members_count: int
    roster_most: int
    created_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """Somebody in a team, as `captain` or `player`."""

    id: int
    user: UserCard
    role: str
    joined_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRequest:
    """Somebody asks to join. `state`: pending, accepted, declined, withdrawn, expired."""

    id: int
    team: int
    user: UserCard
    words: str
    state: str
    created_at: Moment
    expires_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRequests:
    results: list[JoinRequest]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMine:
    """What of a team belongs to one viewer: their role and membership (null: not in it), and the request that they
    wait for. `may_ask`: asking now would not be refused."""

    role: str | None
    membership: int | None
    request: JoinRequest | None
    may_ask: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView(Team):
    """A team whole, as its viewer sees it: the captain first, then by when they joined."""

    members: list[TeamMember]
    mine: TeamMine


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine(Team):
    """A team in a list, with the viewer's role in it, and the id of the request that they wait for."""

    role: str | None
    request: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teams:
    """A page of teams, newest first; `next` is the `after` of the following page, null on the last."""

    results: list[TeamLine]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamInvite:
    """The link by which people join, for the captain's eyes; `token` is the last part of `invite_url`."""

    token: str
    invite_url: str
    is_valid: bool
    created_at: Moment
    expires_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamInvitePreview:
    """Where a link leads; once it expired it says nothing of the team. Whoever is not signed in sees no username, and
    is not told whether they are a member."""

    is_valid: bool
    expires_at: Moment
    team: Team | None
    already_member: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamInviteAnswer:
    """What became of a link: `outcome` is `joined`, `declined` or `already_member`."""

    outcome: str
    team: int
    membership: TeamMember | None

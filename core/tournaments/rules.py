"""Who may do what in a competition (T4): one line per cell of the table, asked by REST, sockets and the admin alike.

`Stand` is how somebody stands to a competition, `MatchStand` to one of its matches.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.accounts.system import Actor, System
from core.errors import NotAllowed, NotFound
from core.tournaments.models import Competition, Match, Staff
from core.tournaments.states import is_hidden

HOST, CO_HOST, REFEREE, CASTER = "host", *Staff.Role.values
ADMINISTRATOR = "administrator"
_ABOVE = frozenset({HOST, CO_HOST})
_REFEREES = _ABOVE | {REFEREE}
_STAFF = _REFEREES | {CASTER}

ACTS: Mapping[str, frozenset[str]] = {
    # money, cancelling, staff: the host
    "publish": frozenset({HOST}),
    "cancel": frozenset({HOST, ADMINISTRATOR}),
    "appoint": frozenset({HOST}),
    # what it is and how it goes on: co-host and above
    "edit": _ABOVE,
    "move": _ABOVE,
    "announce": _ABOVE,
    "arrange": _ABOVE,  # stages, draws, matches, rooms
    "admit": _ABOVE,  # registrations: check-in and withdrawal on behalf of entrants
    "penalise": _ABOVE,  # adjustments, disqualification, reinstatement, lots, overrides
    "freeze": _ABOVE,
    # results: referee and above
    "settle": _REFEREES,  # propose for anybody, confirm, correct, void; disputes
    # the stream: everybody of the staff
    "overlay": _STAFF,
    "read_rooms": _STAFF,
    "export": _STAFF,
    "watch": _STAFF | {ADMINISTRATOR},  # drafts, the staff's topic, boards behind a freeze
}
"""By act: which roles may do it."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Somebody (None: not signed in), and their role in one competition (None: none)."""

    competition: Competition
    user: Actor | None
    role: str | None = None

    def may(self, act: str) -> bool:
        if isinstance(self.user, System):
            return True
        roles = {self.role} | ({ADMINISTRATOR} if self.user is not None and self.user.is_superuser else set())
        return not roles.isdisjoint(ACTS[act])

    @property
    def acts(self) -> list[str]:
        return [act for act in ACTS if self.may(act)]


@dataclass(frozen=True, slots=True)
class MatchStand:
    """The same for a match: `side` is the entrant in it whose roster they are on (None: they do not play it)."""

    stand: Stand
    match: Match
    side: int | None = None
    is_captain: bool = False

    @property
    def may_read_room(self) -> bool:
        """Whether they ever see the room; before its release only staff do."""
        return self.side is not None or self.stand.may("read_rooms")

    @property
    def may_propose(self) -> bool:
        return self.side is not None or self.stand.may("settle")

    @property
    def may_settle(self) -> bool:
        """Nobody settles a match that they play."""
        return self.side is None and self.stand.may("settle")


def may_see(stand: Stand) -> bool:
    """What was never published is its staff's alone; everything else is everybody's."""
    return not is_hidden(stand.competition) or stand.may("watch")


def may_see_claims(seen: MatchStand) -> bool:
    """Claims, their pictures and disputes are for who plays the match, and for staff."""
    return seen.side is not None or seen.stand.may("watch")


def no_competition() -> NotFound:
    return NotFound("no_competition", "There is no such competition, or none that you may see.")


def check_may_see(stand: Stand) -> None:
    """Raises NotFound: no_competition."""
    if not may_see(stand):
        raise no_competition()


def check(stand: Stand, act: str) -> None:
    """Raises NotFound: no_competition. NotAllowed: not_staff, with who may do it."""
    check_may_see(stand)
    if not stand.may(act):
        who = sorted(role.replace("_", "-") for role in ACTS[act])
        raise NotAllowed("not_staff", f"This is for {', '.join(who)}.", facts={"roles": sorted(ACTS[act])})

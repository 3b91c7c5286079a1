"""A match opened for what its sides say of it: the competition held, how whoever asks stands to it, who plays."""

from dataclasses import dataclass
from typing import Any

from core.accounts.models import User
from core.accounts.system import SYSTEM, Actor
from core.errors import Conflict, Invalid, NotAllowed
from core.events import emit
from core.games.catalogue import GAMES
from core.tournaments import matches as pure
from core.tournaments import rules
from core.tournaments.claim_moves import CLAIMS, check_move
from core.tournaments.drafts import Draft, checked, holes, read_draft
from core.tournaments.events import MatchChanged, StaffWorkChanged
from core.tournaments.exact import written
from core.tournaments.models import Claim, Match, Stage
from core.tournaments.rules import MatchStand
from core.tournaments.selectors.claims import no_claim
from core.tournaments.selectors.matches import match_in, rules_of
from core.tournaments.selectors.standing import stand_in_match
from core.tournaments.services.opening import OpenCompetition, open_competition

RUNNING = ("live", "paused")
IMPOSSIBLE = "impossible:"
"""How a warning begins that says which rule a reading breaks."""


@dataclass(frozen=True, slots=True)
class OpenMatch:
    """A match of a competition that this transaction holds, and how whoever asks stands to it."""

    open: OpenCompetition
    row: Match
    seen: MatchStand

    @property
    def by(self) -> Actor:
        return self.open.stand.user or SYSTEM

    @property
    def is_lobby(self) -> bool:
        return self.row.stage.format == Stage.Format.LOBBY

    @property
    def lineup(self) -> int | None:
        """How many of a side play at a time; None where the game does not say."""
        mode = GAMES[self.open.row.game].modes.get(self.open.row.mode)
        return mode.lineup if mode else None

    def planned(self) -> pure.Match:
        """Raises Conflict: sides_unknown."""
        found = next(iter(rules_of([self.row])), None)
        if found is None or len(found.sides) < 2 or (not self.is_lobby and len(found.sides) != 2):
            raise Conflict("sides_unknown", "Not all sides of this match are known yet.")
        return found


def open_match(competition_id: int, match_id: int, by: Actor) -> OpenMatch:
    """Within a transaction. Raises NotFound: no_competition, no_match. NotAllowed: banned, timed_out."""
    open = open_competition(competition_id, by)
    row = match_in(open.row, match_id)
    return OpenMatch(open, row, stand_in_match(row, open.stand, by if isinstance(by, User) else None))


def open_claim(competition_id: int, claim_id: int, by: Actor) -> tuple[OpenMatch, Claim]:
    """Within a transaction: a claim that `by` may see, with its match held. Raises NotFound: no_competition,
    no_claim."""
    open = open_competition(competition_id, by)
    claim = Claim.objects.filter(pk=claim_id, competition=open.row).select_related("author__profile").first()
    if claim is None:
        raise no_claim()
    row = match_in(open.row, claim.match_id)
    match = OpenMatch(open, row, stand_in_match(row, open.stand, by if isinstance(by, User) else None))
    if not rules.may_see_claims(match.seen):
        raise no_claim()
    return match, claim


def check_running(open: OpenCompetition) -> None:
    """Raises Conflict: not_running."""
    if open.row.state not in RUNNING:
        words = f"This is not possible while the competition is {open.row.state.replace('_', ' ')}."
        raise Conflict("not_running", words, facts={"state": open.row.state, "legal": list(RUNNING)})


def check_may_settle(match: OpenMatch) -> None:
    """Raises NotAllowed: not_staff, own_match."""
    rules.check(match.seen.stand, "settle")
    if not match.seen.may_settle:
        raise NotAllowed("own_match", "You play this match, so somebody else settles it.")


def move(claim: Claim, to: Claim.State, *fields: str, version: bool = True) -> None:
    """The claim is in that state. Raises Conflict: illegal_move."""
    check_move(CLAIMS, claim.state, to)
    claim.state = to
    claim.version += version
    claim.save(update_fields=["state", "version", *fields])


def write(match: OpenMatch, claim: Claim, payload: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The claim says this, as far as the match can end so; answers what is still missing. Raises Invalid."""
    draft: Draft = read_draft(payload, lobby=match.is_lobby)
    claim.payload, warnings = checked(draft, match.planned(), lineup=match.lineup)
    of_numbers = ("kills_above_opponents:", "players_differ:", IMPOSSIBLE)
    kept = [it for it in claim.warnings if not it.startswith(of_numbers)]
    claim.warnings = [*kept, *(it for it in warnings if it not in kept)]
    return holes(read_draft(claim.payload, lobby=match.is_lobby))


def write_read(match: OpenMatch, claim: Claim, payload: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The same of what pictures say; how the match cannot end is kept with a warning, for whoever made the claim or a
    referee to put right. Raises Conflict: sides_unknown."""
    try:
        return write(match, claim, payload)
    except Invalid as refused:
        draft = read_draft(payload, lobby=match.is_lobby)
        claim.payload = written(draft)
        claim.warnings = [*claim.warnings, f"{IMPOSSIBLE}{refused.code}"]
        return holes(draft)


def tell_open(match: OpenMatch) -> None:
    """Whoever has the match or the staff's work before them sees what changed. Emits MatchChanged,
    StaffWorkChanged."""
    emit(MatchChanged(match_id=match.row.pk, roster=True))
    emit(StaffWorkChanged(competition_id=match.open.row.pk))

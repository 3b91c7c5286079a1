"""Claiming: what a side or staff says a match ended like, by hand or by screenshots; it counts once it is confirmed."""

from collections.abc import Sequence
from typing import Any

from core.accounts.models import User
from core.errors import Conflict, Invalid, NotAllowed
from core.tournaments import drafts, sightings
from core.tournaments.claim_moves import WAITING
from core.tournaments.models import Claim, Match
from core.tournaments.selectors.matches import entries_of
from core.tournaments.services.answering import meet
from core.tournaments.services.claim_opening import (
    OpenMatch,
    check_running,
    move,
    open_claim,
    open_match,
    tell_open,
    write,
)
from core.tournaments.services.evidence import Taken, attach
from core.tournaments.services.proposing import announce, open_window
from core.tournaments.services.reading import read_later
from core.work.transactions import atomically

State, Source = Claim.State, Claim.Source


@atomically
def propose_claim(
    *,
    by: User,
    competition_id: int,
    match_id: int,
    payload: dict[str, Any],
    game_no: int | None = None,
    source: str = Source.HAND,
) -> Claim:
    """A whole result is proposed, for the other side to answer within the window (T13); the one that the same side
    proposed before is superseded. Where the other side has proposed the same, both agree.

    For a side's roster and referees. Locks the competition, then inboxes. Raises NotFound: no_competition, no_match.
    NotAllowed: not_in_match, banned, timed_out. Conflict: not_running, match_settled, sides_unknown, has_result.
    Invalid: bad_game, incomplete, bad_shape, and what the checks of T12 do. Emits MatchChanged, StaffWorkChanged,
    and what recording does where it is agreed.
    """
    match = _open_for_claim(by, competition_id, match_id, game_no)
    claim = _new(match, by, game_no, source=source, state=State.PROPOSED)
    if missing := write(match, claim, payload):
        words = "Give every number, or screenshots that show them."
        raise Invalid("incomplete", words, fields={path: ["Missing."] for path in missing})
    open_window(match, claim)
    claim.save(force_insert=True)
    _supersede(match, claim)
    announce(match, claim)
    return claim


@atomically
def propose_from_pictures(
    *, by: User, competition_id: int, match_id: int, taken: Sequence[Taken], game_no: int | None = None
) -> Claim:
    """A claim is there whose pictures a job reads; what they say is proposed then. Rights, locks, refusals as of
    `propose_claim`. Emits MatchChanged, StaffWorkChanged."""
    match = _open_for_claim(by, competition_id, match_id, game_no)
    match.planned()
    claim = _new(match, by, game_no, source=Source.SCREENSHOT, state=State.READING)
    claim.save(force_insert=True)
    attach(match, claim, taken)
    _supersede(match, claim)
    read_later(match.open, claim)
    tell_open(match)
    return claim


@atomically
def correct_claim(*, by: User, competition_id: int, claim_id: int, payload: dict[str, Any], version: int) -> Claim:
    """The claim says this instead: its author fills what is empty while it is proposed, and referees as long as nothing
    is decided. A number that a picture shows for sure and that is another now is a warning.

    Locks the competition, then inboxes. Raises NotFound: no_competition, no_claim. NotAllowed: not_author. Conflict:
    not_running, changed (somebody was faster), illegal_move. Invalid: bad_shape, and what the checks of T12 do. Emits
    MatchChanged, StaffWorkChanged.
    """
    match, claim = open_claim(competition_id, claim_id, by)
    check_running(match.open)
    if by.pk != claim.author_id and not match.seen.may_settle:
        raise NotAllowed("not_author", "Whoever made it corrects it, or a referee.")
    _check_correctable(match, claim, version)
    before, marks = claim.payload, claim.cells
    old = drafts.holes(drafts.read_draft(before, lobby=match.is_lobby))
    why = {what: marks[path] for path, what in old.items() if path in marks}
    missing = write(match, claim, payload)
    claim.cells = {path: why.get(what, sightings.mark(sightings.NOT_SHOWN)) for path, what in missing.items()}
    if claim.source == Source.SCREENSHOT:
        edited = [f"changed:{name}" for name in drafts.changed(before, claim.payload)]
        claim.warnings = [*claim.warnings, *(it for it in edited if it not in claim.warnings)]
    claim.version += 1
    claim.save(update_fields=["payload", "cells", "warnings", "version"])
    if claim.state == State.PROPOSED:
        meet(match, claim)
    tell_open(match)
    return claim


def _open_for_claim(by: User, competition_id: int, match_id: int, game_no: int | None) -> OpenMatch:
    match = open_match(competition_id, match_id, by)
    if not match.seen.may_propose:
        raise NotAllowed("not_in_match", "Who plays the match, and referees, say how it ended.")
    check_running(match.open)
    if match.row.state in (*Match.SETTLED, Match.State.DISPUTED):
        raise Conflict("match_settled", "This match has its result. Who plays it may open a dispute.")
    games = match.row.games if match.is_lobby else 1
    if (game_no is None) != (games == 1) or (game_no is not None and not 1 <= game_no <= games):
        words = f"Say which game of 1 to {games}." if games > 1 else "This match has no games of their own."
        raise Invalid("bad_game", words, fields={"game_no": [words]})
    if any(it.game_no == game_no for it in entries_of([match.row])[match.row.pk]):
        raise Conflict("has_result", "This game has its result. Who plays it may open a dispute.")
    return match


def _new(match: OpenMatch, by: User, game_no: int | None, *, source: str, state: Claim.State) -> Claim:
    return Claim(
        competition=match.open.row,
        match=match.row,
        game_no=game_no,
        author=by,
        side_id=match.seen.side,
        source=source,
        state=state,
        created_at=match.open.now,
    )


def _supersede(match: OpenMatch, claim: Claim) -> None:
    """What the same side said before, or staff, and nobody has answered."""
    same = Claim.objects.filter(match=match.row, game_no=claim.game_no, side=claim.side).exclude(pk=claim.pk)
    for earlier in same.filter(state__in=(State.READING, State.PROPOSED, State.LAPSED)):
        earlier.decided_at = match.open.now
        move(earlier, State.SUPERSEDED, "decided_at")


def _check_correctable(match: OpenMatch, claim: Claim, version: int) -> None:
    legal = [*(WAITING[1:] if match.seen.may_settle else (State.PROPOSED.value,))]
    if claim.state not in legal:
        words = f"A claim that is {claim.state} is not corrected any more."
        raise Conflict("illegal_move", words, facts={"state": claim.state, "legal": legal})
    if claim.version != version:
        raise Conflict("changed", "Somebody changed it before you.", facts={"version": claim.version})

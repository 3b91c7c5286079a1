"""Answering a claim: the other side agrees or contests, the referee confirms or rejects, time lets it lapse (T13)."""

from django.db import transaction

from core.accounts.models import User
from core.accounts.system import SYSTEM, Actor
from core.errors import Conflict, DomainError, NotAllowed
from core.text import clean_text
from core.tournaments import drafts
from core.tournaments.claim_moves import CLAIMS, check_move
from core.tournaments.models import Claim
from core.tournaments.models.competitions import REASON_MOST
from core.tournaments.services.claim_opening import (
    IMPOSSIBLE,
    OpenMatch,
    check_may_settle,
    check_running,
    move,
    open_claim,
    open_match,
    tell_open,
)
from core.tournaments.services.opening import OpenCompetition
from core.tournaments.services.recording import record_result
from core.work.transactions import atomically

State = Claim.State


@atomically
def agree_to_claim(*, by: User, competition_id: int, claim_id: int, version: int | None = None) -> Claim:
    """The captain of another side agrees. Of a duel it is confirmed at once, unless staff proposed it; of a lobby staff
    confirms.

    Locks the competition, then inboxes. Raises NotFound: no_competition, no_claim. NotAllowed: own_claim,
    not_other_captain. Conflict: not_running, illegal_move, changed, incomplete. Emits MatchChanged, StaffWorkChanged,
    and what recording does.
    """
    match, claim = open_claim(competition_id, claim_id, by)
    _check_answers(match, claim, by)
    check_running(match.open)
    check_move(CLAIMS, claim.state, State.AGREED)
    if version not in (None, claim.version):
        raise Conflict("changed", "Somebody changed it meanwhile.", facts={"version": claim.version})
    _check_whole(claim)
    _agreed(match, claim, by)
    tell_open(match)
    return claim


@atomically
def contest_claim(*, by: User, competition_id: int, claim_id: int, reason: str) -> Claim:
    """The captain of another side says that it was otherwise: the referee decides. Locks and refusals as of
    `agree_to_claim`. Emits MatchChanged, StaffWorkChanged."""
    match, claim = open_claim(competition_id, claim_id, by)
    _check_answers(match, claim, by)
    check_running(match.open)
    check_move(CLAIMS, claim.state, State.CONTESTED)
    claim.reason = clean_text(reason, max_chars=REASON_MOST, field="reason")
    move(claim, State.CONTESTED, "reason")
    tell_open(match)
    return claim


@atomically
def confirm_claim(*, by: Actor, competition_id: int, claim_id: int, version: int | None = None) -> Claim:
    """What the claim says is the result; other claims about it are superseded or rejected.

    For referees who do not play the match. Locks the competition, then inboxes. Raises NotFound: no_competition,
    no_claim. NotAllowed: not_staff, own_match. Conflict: illegal_move, changed, incomplete, and what `record_result`
    does. Emits MatchChanged, StaffWorkChanged, and what recording does.
    """
    match, claim = open_claim(competition_id, claim_id, by)
    check_may_settle(match)
    check_move(CLAIMS, claim.state, State.CONFIRMED)
    if version not in (None, claim.version):
        raise Conflict("changed", "Somebody changed it meanwhile.", facts={"version": claim.version})
    _confirm(match, claim, by)
    tell_open(match)
    return claim


@atomically
def reject_claim(*, by: User, competition_id: int, claim_id: int, reason: str) -> Claim:
    """It does not count, for this reason. Rights and locks as of `confirm_claim`. Emits MatchChanged,
    StaffWorkChanged."""
    match, claim = open_claim(competition_id, claim_id, by)
    check_may_settle(match)
    check_move(CLAIMS, claim.state, State.REJECTED)
    _decide(match, claim, State.REJECTED, by, clean_text(reason, max_chars=REASON_MOST, field="reason"))
    tell_open(match)
    return claim


def lapse_claims(open: OpenCompetition) -> None:
    """A step: claims that nobody answered in their window lapsed. One of them is confirmed by itself where the
    competition does so, if it has evidence and nothing to doubt; the others wait for the referee."""
    due = Claim.objects.filter(competition=open.row, state=State.PROPOSED, window_ends_at__lte=open.now)
    for claim in due.order_by("pk"):
        match = open_match(open.row.pk, claim.match_id, SYSTEM)
        move(claim, State.LAPSED)
        if open.row.auto_confirm and not claim.warnings and not claim.cells and claim.pictures.exists():
            _confirm_by_itself(match, claim)
        tell_open(match)


def meet(match: OpenMatch, claim: Claim) -> bool:
    """Within the transaction that changed a proposed claim: where another side proposed the very same, they agree, if
    one of the two is its captain's, as only captains answer (T4)."""
    if claim.side_id is None or not _is_whole(claim) or claim.state != State.PROPOSED:
        return False
    others = Claim.objects.filter(match=match.row, game_no=claim.game_no, state=State.PROPOSED, side__isnull=False)
    others = others.exclude(side=claim.side_id).exclude(author=claim.author_id)
    for other in others.select_related("side").order_by("pk"):
        answered = _is_of_captain(other) or _is_of_captain(claim)
        if answered and _is_whole(other) and drafts.agree(other.payload, claim.payload):
            _agreed(match, other, match.by)
            claim.refresh_from_db(fields=["state", "decided_at", "decided_by", "reason"])
            return True
    return False


def _is_whole(claim: Claim) -> bool:
    """Whether a match can end as it says."""
    return not claim.cells and not any(it.startswith(IMPOSSIBLE) for it in claim.warnings)


def _is_of_captain(claim: Claim) -> bool:
    return claim.side is not None and claim.side.captain_id == claim.author_id


def _agreed(match: OpenMatch, claim: Claim, by: Actor) -> None:
    move(claim, State.AGREED)
    if not match.is_lobby and claim.side_id is not None:
        _confirm(match, claim, by)


def _confirm(match: OpenMatch, claim: Claim, by: Actor) -> None:
    _check_whole(claim)
    record_result(by=by, match_id=match.row.pk, payload=claim.payload, game_no=claim.game_no, claim=claim)
    _decide(match, claim, State.CONFIRMED, by)


def _confirm_by_itself(match: OpenMatch, claim: Claim) -> None:
    try:
        with transaction.atomic():
            _confirm(match, claim, SYSTEM)
    except DomainError:  # the referee sees why
        claim.refresh_from_db()


def _decide(match: OpenMatch, claim: Claim, to: State, by: Actor, reason: str = "") -> None:
    claim.decided_at, claim.decided_by = match.open.now, by if isinstance(by, User) else None
    claim.reason = reason or claim.reason
    move(claim, to, "decided_at", "decided_by", "reason")


def _check_answers(match: OpenMatch, claim: Claim, by: User) -> None:
    """Raises NotAllowed: own_claim, not_other_captain."""
    if by.pk == claim.author_id or (claim.side_id is not None and match.seen.side == claim.side_id):
        raise NotAllowed("own_claim", "The other side answers to it.")
    if not match.seen.is_captain:
        raise NotAllowed("not_other_captain", "The captain of another side answers to it.")


def _check_whole(claim: Claim) -> None:
    if claim.cells:
        words = "Numbers are missing: whoever made it, or a referee, gives them first."
        raise Conflict("incomplete", words, facts={"cells": sorted(claim.cells)})

"""Disputes: a side protests against a result within its time, says why, and the referee decides (T15)."""

from datetime import timedelta

from core.accounts.models import User
from core.errors import Conflict, NotAllowed
from core.events import emit
from core.text import clean_text
from core.tournaments import matches as pure
from core.tournaments import rules
from core.tournaments.claim_moves import DISPUTES, UNSETTLED, check_move
from core.tournaments.events import CompetitionChanged
from core.tournaments.models import Dispute, DisputeMessage, Match
from core.tournaments.models.competitions import REASON_MOST, WORDS_MOST
from core.tournaments.selectors.disputes import no_dispute
from core.tournaments.selectors.folding import log_of
from core.tournaments.selectors.matches import match_in, rules_of
from core.tournaments.selectors.standing import stand_in_match
from core.tournaments.services import telling_claims as telling
from core.tournaments.services.claim_opening import (
    OpenMatch,
    check_may_settle,
    check_running,
    open_match,
    tell_open,
)
from core.tournaments.services.going_on import restate_stage
from core.tournaments.services.opening import open_competition
from core.work.transactions import atomically

State = Dispute.State
MESSAGES_MOST = 200


@atomically
def open_dispute(*, by: User, competition_id: int, match_id: int, words: str) -> Dispute:
    """Whoever plays the match protests against its result, which is disputed until that is decided; staff hears it.

    Locks the competition, then inboxes. Raises NotFound: no_competition, no_match. NotAllowed: not_in_match. Conflict:
    not_running, illegal_move (there is no result), protest_over, already_disputed. Emits MatchChanged,
    CompetitionChanged, StaffWorkChanged.
    """
    match = open_match(competition_id, match_id, by)
    if match.seen.side is None:
        raise NotAllowed("not_in_match", "Who plays the match may protest against its result.")
    check_running(match.open)
    if Dispute.objects.filter(match=match.row, side=match.seen.side, state__in=UNSETTLED).exists():
        raise Conflict("already_disputed", "Your side has opened a dispute of this match already.")
    if match.row.state != Match.State.DISPUTED:
        pure.check_move(match.row.state, Match.State.DISPUTED)
    _check_in_time(match)
    dispute = Dispute.objects.create(
        competition=match.open.row, match=match.row, side_id=match.seen.side, opened_by=by, opened_at=match.open.now
    )
    _say(match, dispute, by, words)
    _set_state(match, Match.State.DISPUTED)
    _tell(match)
    telling.disputed(match, dispute)
    return dispute


@atomically
def say_in_dispute(*, by: User, competition_id: int, dispute_id: int, words: str) -> DisputeMessage:
    """A message in it, of a side that plays the match or of those who decide. Locks the competition. Raises NotFound:
    no_competition, no_dispute. NotAllowed: not_in_match. Conflict: illegal_move, too_many_messages. Emits
    MatchChanged, StaffWorkChanged."""
    match, dispute = _open_dispute(competition_id, dispute_id, by)
    if match.seen.side is None and not match.seen.stand.may("settle"):
        raise NotAllowed("not_in_match", "Who plays the match, and referees, speak here.")
    if dispute.state not in UNSETTLED:
        check_move(DISPUTES, dispute.state, State.UNDER_REVIEW)
    message = _say(match, dispute, by, words)
    tell_open(match)
    return message


@atomically
def review_dispute(*, by: User, competition_id: int, dispute_id: int) -> Dispute:
    """A referee who does not play the match looks into it. Locks the competition. Raises NotFound: no_competition,
    no_dispute. NotAllowed: not_staff, own_match. Conflict: illegal_move. Emits MatchChanged, StaffWorkChanged."""
    match, dispute = _open_dispute(competition_id, dispute_id, by)
    check_may_settle(match)
    check_move(DISPUTES, dispute.state, State.UNDER_REVIEW)
    dispute.state = State.UNDER_REVIEW
    dispute.save(update_fields=["state"])
    tell_open(match)
    return dispute


@atomically
def decide_dispute(*, by: User, competition_id: int, dispute_id: int, upheld: bool, reason: str) -> Dispute:
    """It is upheld or dismissed, for this reason, and once no other is open the match is as its log has it. Upholding
    changes no result: the referee corrects or voids it, as everything that counts is an entry of its own.

    Rights, locks, refusals as of `review_dispute`. Emits MatchChanged, CompetitionChanged, StaffWorkChanged.
    """
    match, dispute = _open_dispute(competition_id, dispute_id, by)
    check_may_settle(match)
    to = State.UPHELD if upheld else State.DISMISSED
    check_move(DISPUTES, dispute.state, to)
    dispute.state, dispute.decided_at, dispute.decided_by = to, match.open.now, by
    dispute.reason = clean_text(reason, max_chars=REASON_MOST, field="reason")
    dispute.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    if not Dispute.objects.filter(match=match.row, state__in=UNSETTLED).exists():
        _settle_match(match)
    _tell(match)
    telling.settled(match, dispute, by=by)
    return dispute


def _open_dispute(competition_id: int, dispute_id: int, by: User) -> tuple[OpenMatch, Dispute]:
    open = open_competition(competition_id, by)
    dispute = Dispute.objects.filter(pk=dispute_id, competition=open.row).select_related("opened_by").first()
    if dispute is None:
        raise no_dispute()
    row = match_in(open.row, dispute.match_id)
    match = OpenMatch(open, row, stand_in_match(row, open.stand, by))
    if not rules.may_see_claims(match.seen):
        raise no_dispute()
    return match, dispute


def _check_in_time(match: OpenMatch) -> None:
    """Raises Conflict: protest_over."""
    settled_at = match.row.settled_at or match.open.now
    until = settled_at + timedelta(seconds=match.open.row.protest_window_s)
    if match.open.now > until:
        raise Conflict("protest_over", "The time for protests is over.", facts={"until": until.isoformat()})


def _say(match: OpenMatch, dispute: Dispute, by: User, words: str) -> DisputeMessage:
    if dispute.messages.count() >= MESSAGES_MOST:
        raise Conflict("too_many_messages", f"A dispute has at most {MESSAGES_MOST} messages.")
    clean = clean_text(words, max_chars=WORDS_MOST, field="words")
    return DisputeMessage.objects.create(dispute=dispute, author=by, words=clean, at=match.open.now)


def _settle_match(match: OpenMatch) -> None:
    """Whatever the log says of it, a correction made meanwhile too."""
    if match.row.state == Match.State.DISPUTED:
        entries = log_of(match.row.stage).entries
        found = next((pure.outcome(it, entries) for it in rules_of([match.row])), None)
        _set_state(match, found.state if found else Match.State.AWAITING_RESULTS)


def _set_state(match: OpenMatch, state: str) -> None:
    if match.row.state != state:
        match.row.state = state
        match.row.save(update_fields=["state"])
        restate_stage(match.open, match.row.stage)


def _tell(match: OpenMatch) -> None:
    tell_open(match)
    emit(CompetitionChanged(competition_id=match.open.row.pk))

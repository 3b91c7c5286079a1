"""Entering facts into the result log (T11): numbered under the lock, once for each key, folded in the same breath."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.accounts.models import User
from core.errors import Conflict, Invalid
from core.text import clean_text
from core.tournaments import log
from core.tournaments.exact import written
from core.tournaments.models import Claim, Match, ResultEntry, Stage
from core.tournaments.models.competitions import REASON_MOST
from core.tournaments.models.results import KEY_MOST
from core.tournaments.selectors.folding import Kept, Log, log_of
from core.tournaments.services.going_on import after_result, restate_stage, waiting_byes
from core.tournaments.services.opening import OpenCompetition
from core.tournaments.services.projecting import refold, settle_match

RUNNING = ("live", "paused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is to be entered, and how it is known. It counts from `effective_at` on (None: from the beginning)."""

    kind: log.Kind
    payload: log.Payload
    match: Match | None = None
    game_no: int | None = None
    effective_at: datetime | None = None
    supersedes: int | None = None
    reason: str = ""
    claim: Claim | None = None
    key: str | None = None


def add_entry(open: OpenCompetition, stage: Stage, fact: Fact, *, known: Log | None = None) -> ResultEntry:
    """Within the transaction that holds the competition: the fact is the next entry of its log, the tables are folded
    anew and, where it is of a match, so is that; with a key it is so once, and whoever repeats it gets the first.

    `known` is the log of the stage where it is read already. Raises Conflict: not_running, stage_locked, key_reused.
    Invalid: in_the_future. Emits StandingsChanged, and of a match MatchChanged and CompetitionChanged.
    """
    return entered_before(open, stage, fact) or add_entries(open, stage, [fact], known=known)[0]


def add_entries(
    open: OpenCompetition, stage: Stage, facts: Sequence[Fact], *, known: Log | None = None
) -> list[ResultEntry]:
    """The same of several facts without keys, all of one match or of none, which are folded together."""
    check_running(open, stage)
    if any(fact.effective_at and fact.effective_at > open.now for fact in facts):
        raise Invalid("in_the_future", "What counts only later is entered later.")
    known = known or log_of(stage)
    match = facts[0].match
    group = match.group_id if match else None
    entries = [_write(open, stage, fact) for fact in facts]
    new = [Kept(_read(*both), group, open.now) for both in zip(entries, facts, strict=True)]
    known = replace(known, kept=[*known.kept, *new])
    refold(open, stage, log=known, group=group)
    if match:
        _lock_stages_before(open, stage)
        settle_match(open, match, known.entries)
        for bye, who in waiting_byes(match):
            walkover = log.Walkover(winner=who)
            add_entry(open, stage, Fact(kind="walkover", payload=walkover, match=bye, effective_at=open.now))
        after_result(open, match)
    else:
        restate_stage(open, stage)
    return entries


def entered_before(open: OpenCompetition, stage: Stage, fact: Fact) -> ResultEntry | None:
    """What was entered with the same key. Raises Conflict: key_reused, where that said something else. Invalid:
    bad_idempotency_key."""
    if fact.key is None:
        return None
    if not 1 <= len(fact.key) <= KEY_MOST:
        raise Invalid("bad_idempotency_key", f"An Idempotency-Key of a result is 1 to {KEY_MOST} characters.")
    earlier = ResultEntry.objects.filter(competition=open.row, idempotency_key=fact.key).first()
    if earlier is None:
        return None
    about = (earlier.kind, earlier.stage_id, earlier.match_id, earlier.game_no)
    same = about == (fact.kind, stage.pk, fact.match.pk if fact.match else None, fact.game_no)
    if not same or log.read_payload(fact.kind, earlier.payload) != fact.payload:
        raise Conflict("key_reused", "This key was used for something else.", facts={"seq": earlier.seq})
    return earlier


def check_running(open: OpenCompetition, stage: Stage) -> None:
    """Raises Conflict: not_running, stage_locked."""
    state = open.row.state
    if state not in RUNNING:
        words = f"Nothing is recorded while the competition is {state.replace('_', ' ')}."
        raise Conflict("not_running", words, facts={"state": state, "legal": list(RUNNING)})
    if stage.state == Stage.State.LOCKED:
        raise Conflict("stage_locked", "The next stage has results, so nothing here changes any more.")


def cleaned_reason(reason: str, *, required: bool = False) -> str:
    """Raises Invalid: invalid, reason_required."""
    reason = clean_text(reason, max_chars=REASON_MOST, field="reason") if reason.strip() else ""
    if required and not reason:
        raise Invalid("reason_required", "Say why.", fields={"reason": ["Say why."]})
    return reason


def _write(open: OpenCompetition, stage: Stage, fact: Fact) -> ResultEntry:
    open.row.log_seq += 1
    open.row.save(update_fields=["log_seq"])
    return ResultEntry.objects.create(
        competition=open.row,
        seq=open.row.log_seq,
        stage=stage,
        group_id=fact.match.group_id if fact.match else None,
        match=fact.match,
        game_no=fact.game_no,
        kind=fact.kind,
        payload=written(fact.payload),
        effective_at=fact.effective_at,
        recorded_at=open.now,
        author=open.stand.user if isinstance(open.stand.user, User) else None,
        reason=fact.reason,
        claim=fact.claim,
        supersedes=fact.supersedes,
        idempotency_key=fact.key,
    )


def _read(entry: ResultEntry, fact: Fact) -> log.Entry:
    return log.Entry(
        seq=entry.seq,
        kind=fact.kind,
        payload=fact.payload,
        match=fact.match.number if fact.match else None,
        game_no=fact.game_no,
        effective_at=fact.effective_at,
        supersedes=fact.supersedes,
    )


def _lock_stages_before(open: OpenCompetition, stage: Stage) -> None:
    """With the first result of a stage, those before it change no more (T9)."""
    if stage.number > 1:
        before = Stage.objects.filter(competition=open.row, number__lt=stage.number)
        before.exclude(state=Stage.State.LOCKED).update(state=Stage.State.LOCKED)

"""Penalising: points given and taken, who is out and in again, and what only a draw or a decision can separate."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from core.accounts.system import Actor
from core.errors import Conflict, Invalid, NotFound
from core.events import emit
from core.tournaments import log
from core.tournaments.events import CompetitionChanged
from core.tournaments.models import Entrant, Placement, ResultEntry, Stage
from core.tournaments.scoring import disqualified
from core.tournaments.selectors.folding import Log, log_of
from core.tournaments.selectors.stages import find_stage
from core.tournaments.services.entering import Fact, add_entry, cleaned_reason, entered_before
from core.tournaments.services.entrants import tell_cards
from core.tournaments.services.forfeiting import forfeit_everywhere
from core.tournaments.services.opening import OpenCompetition, open_for
from core.work.transactions import atomically

FREE = frozenset({"adjust", "lot", "override"})
"""What may be taken back; who was disqualified is reinstated, and results are corrected."""


@dataclass(frozen=True, slots=True)
class OpenStage:
    """A stage of a competition that this transaction holds, and its log."""

    competition: OpenCompetition
    row: Stage
    known: Log

    def check_in_it(self, *entrants: log.Id) -> None:
        """Raises Invalid: unknown_entrant."""
        known = {who for members in self.known.groups.values() for who in members}
        for who in entrants:
            if who not in known:
                raise Invalid("unknown_entrant", f"Entrant {who} is not in {self.row.name}.")

    def standing(self, kind: log.Kind, entrant_id: int) -> list[log.Entry]:
        """What counts of that kind about an entrant."""
        there = log.counting(self.known.entries)
        return [it for it in there if it.kind == kind and it.payload.entrant == entrant_id]

    def enter(self, fact: Fact) -> ResultEntry:
        entry = add_entry(self.competition, self.row, fact, known=self.known)
        emit(CompetitionChanged(competition_id=self.competition.row.pk))
        return entry


@atomically
def adjust(
    *,
    by: Actor,
    competition_id: int,
    stage_id: int,
    entrant_id: int,
    points: Fraction,
    reason: str,
    effective_at: datetime | None = None,
    idempotency_key: str | None = None,
) -> ResultEntry:
    """The entrant has so many points more, or below 0 fewer, in the stage since `effective_at` (None: now).

    For co-hosts and above. Locks the competition. Raises NotFound: no_competition, no_stage. NotAllowed: not_staff.
    Conflict: not_running, stage_locked, key_reused. Invalid: unknown_entrant, no_points, in_the_future,
    reason_required. Emits StandingsChanged, CompetitionChanged.
    """
    stage = open_stage(competition_id, stage_id, by)
    stage.check_in_it(entrant_id)
    if not points:
        raise Invalid("no_points", "Give points, or take some.")
    payload = log.Adjust(entrant=entrant_id, points=points)
    since = effective_at or stage.competition.now
    return stage.enter(_fact("adjust", payload, reason, since, idempotency_key))


@atomically
def record_lot(
    *,
    by: Actor,
    competition_id: int,
    stage_id: int,
    order: tuple[int, ...],
    reason: str,
    idempotency_key: str | None = None,
) -> ResultEntry:
    """A draw among the tied is recorded, the first drawn first, or the outcome of a play-off (T18). Otherwise as
    `adjust`; Invalid: entrant_twice."""
    stage = open_stage(competition_id, stage_id, by)
    stage.check_in_it(*order)
    if len(order) < 2 or len(set(order)) != len(order):
        raise Invalid("entrant_twice", "A draw has at least two entrants, each of them once.")
    return stage.enter(_fact("lot", log.Lot(order=order), reason, stage.competition.now, idempotency_key))


@atomically
def override(
    *,
    by: Actor,
    competition_id: int,
    stage_id: int,
    entrant_id: int,
    place: int,
    reason: str,
    idempotency_key: str | None = None,
) -> ResultEntry:
    """The entrant is put at a place by hand, whatever the rules say; in the place of where it was put before. Otherwise
    as `adjust`."""
    stage = open_stage(competition_id, stage_id, by)
    stage.check_in_it(entrant_id)
    payload = log.Override(entrant=entrant_id, place=place)
    before = stage.standing("override", entrant_id)
    fact = _fact("override", payload, reason, stage.competition.now, idempotency_key, supersedes=before[-1:])
    return stage.enter(fact)


@atomically
def take_back(*, by: Actor, competition_id: int, seq: int, reason: str) -> ResultEntry:
    """The adjustment, lot or override counts no more, as if it had never been there: an adjustment by nothing stands in
    its place. Otherwise as `adjust`; NotFound: no_entry. Conflict: superseded, not_free."""
    competition = open_for(competition_id, by, "penalise")
    entry = ResultEntry.objects.filter(competition=competition.row, seq=seq).select_related("stage").first()
    if entry is None:
        raise NotFound("no_entry", "There is no such entry.")
    if entry.kind not in FREE:
        raise Conflict("not_free", "Results are corrected, and who is out is reinstated.", facts={"kind": entry.kind})
    later = ResultEntry.objects.filter(competition=competition.row, supersedes=seq).first()
    if later:
        raise Conflict("superseded", "Something else stands in its place already.", facts={"seq": later.seq})
    stage = _with_log(competition, entry.stage)
    about = entry.payload.get("entrant") or entry.payload["order"][0]
    payload = log.Adjust(entrant=about, points=Fraction(0))
    words = cleaned_reason(reason, required=True)
    fact = Fact(kind="adjust", payload=payload, effective_at=entry.effective_at, supersedes=seq, reason=words)
    return stage.enter(fact)


@atomically
def disqualify(
    *,
    by: Actor,
    competition_id: int,
    entrant_id: int,
    results: log.Out,
    reason: str,
    effective_at: datetime | None = None,
    idempotency_key: str | None = None,
) -> ResultEntry:
    """The entrant is out: what it did in its last stage is kept, annulled, or it comes last there. Its duels that are
    left are walk-overs.

    Locks, then inboxes, refusals and events as of `adjust`; NotFound: no_entrant. Conflict: disqualified.
    """
    stage, _ = _last_stage(competition_id, entrant_id, by)
    payload = log.Disqualify(entrant=entrant_id, results=results)
    fact = _fact("disqualify", payload, reason, effective_at or stage.competition.now, idempotency_key)
    if earlier := entered_before(stage.competition, stage.row, fact):
        return earlier
    if entrant_id in disqualified(log.counting(stage.known.entries)):
        raise Conflict("disqualified", "It is disqualified already.")
    entry = stage.enter(fact)
    Entrant.objects.filter(pk=entrant_id).exclude(state__in=Entrant.OUT).update(state=Entrant.State.DISQUALIFIED)
    tell_cards(stage.competition.row, [entrant_id])
    forfeit_everywhere(stage.competition)
    return entry


@atomically
def reinstate(
    *, by: Actor, competition_id: int, entrant_id: int, reason: str, idempotency_key: str | None = None
) -> ResultEntry:
    """The entrant is in again, as if it had never been out. Otherwise as `disqualify`; Conflict: not_disqualified."""
    stage, entrant = _last_stage(competition_id, entrant_id, by)
    outs = stage.standing("disqualify", entrant_id)
    since = max((it.effective_at or stage.competition.now for it in outs), default=None)
    fact = _fact("reinstate", log.Reinstate(entrant=entrant_id), reason, since, idempotency_key)
    if earlier := entered_before(stage.competition, stage.row, fact):
        return earlier
    if entrant_id not in disqualified(log.counting(stage.known.entries)):
        raise Conflict("not_disqualified", "It is not disqualified.")
    entry = stage.enter(fact)
    if entrant.state == Entrant.State.DISQUALIFIED:
        Entrant.objects.filter(pk=entrant.pk).update(state=Entrant.State.ACTIVE)
        tell_cards(stage.competition.row, [entrant_id])
    return entry


def open_stage(competition_id: int, stage_id: int, by: Actor) -> OpenStage:
    """Within a transaction: a stage of the competition, held, for who may penalise. Raises NotFound: no_competition,
    no_stage. NotAllowed: not_staff."""
    competition = open_for(competition_id, by, "penalise")
    return _with_log(competition, find_stage(competition.row, stage_id))


def _with_log(competition: OpenCompetition, row: Stage) -> OpenStage:
    row.competition = competition.row
    return OpenStage(competition, row, log_of(row))


def _last_stage(competition_id: int, entrant_id: int, by: Actor) -> tuple[OpenStage, Entrant]:
    """The last stage that the entrant is in. Raises NotFound: no_competition, no_entrant. NotAllowed: not_staff."""
    competition = open_for(competition_id, by, "penalise")
    placed = Placement.objects.filter(stage__competition=competition.row, entrant=entrant_id)
    last = placed.select_related("stage", "entrant").order_by("stage__number").last()
    if last is None:
        raise NotFound("no_entrant", "No such entrant is in any stage.")
    return _with_log(competition, last.stage), last.entrant


def _fact(
    kind: log.Kind,
    payload: log.Payload,
    reason: str,
    since: datetime | None,
    key: str | None,
    *,
    supersedes: list[log.Entry] | None = None,
) -> Fact:
    """A decision by hand, which has a reason."""
    seq = supersedes[-1].seq if supersedes else None
    words = cleaned_reason(reason, required=True)
    return Fact(kind=kind, payload=payload, effective_at=since, supersedes=seq, reason=words, key=key)

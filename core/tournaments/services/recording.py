"""Recording: how matches ended, as those who may settle them say; what stands already is corrected, never edited."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.accounts.models import User
from core.accounts.system import Actor
from core.errors import Conflict, Invalid, NotAllowed
from core.tournaments import log, rules
from core.tournaments.log import counting
from core.tournaments.models import Claim, Match, ResultEntry, Stage
from core.tournaments.rules import MatchStand
from core.tournaments.selectors.entries import checked_result
from core.tournaments.selectors.folding import Log, log_of
from core.tournaments.selectors.matches import is_left_alone, no_match
from core.tournaments.selectors.standing import stand_in_match
from core.tournaments.services import telling_results as telling
from core.tournaments.services.closing import close_claims
from core.tournaments.services.entering import Fact, add_entries, add_entry, cleaned_reason, entered_before
from core.tournaments.services.forfeiting import forfeit_duels
from core.tournaments.services.opening import OpenCompetition, open_competition
from core.work.transactions import atomically


@dataclass(frozen=True, slots=True)
class OpenMatch:
    """A match of a competition that this transaction holds, with the log of its stage."""

    competition: OpenCompetition
    row: Match
    known: Log

    @property
    def stage(self) -> Stage:
        return self.row.stage

    def standing(self, game_no: int | None) -> log.Entry | None:
        """What stands of the match, or of that game of it: a result, or what was decided instead."""
        there = [it for it in counting(self.known.entries) if it.match == self.row.number and it.game_no == game_no]
        return there[-1] if there else None


@atomically
def record_result(
    *,
    by: Actor,
    match_id: int,
    payload: dict[str, Any],
    game_no: int | None = None,
    claim: Claim | None = None,
    reason: str = "",
    effective_at: datetime | None = None,
    idempotency_key: str | None = None,
) -> ResultEntry:
    """The match, or a game of it, has its first result; it counts from now on, unless `effective_at` says since when.

    For who may settle the match, or for an agreed `claim`. Locks the competition, then inboxes. Raises NotFound:
    no_match, no_competition. NotAllowed: not_staff, own_match. Conflict: has_result, not_running, stage_locked,
    key_reused. Invalid: in_the_future, bad_game, what `check_lobby` and `check_duel` do. Emits StandingsChanged,
    MatchChanged, CompetitionChanged.
    """
    match = open_match(match_id, by, claim=claim)
    result = checked(match, payload)
    competition = match.competition
    fact = Fact(
        kind="result",
        payload=result,
        match=match.row,
        game_no=_game_no(match, game_no),
        effective_at=effective_at or competition.now,
        reason=cleaned_reason(reason),
        claim=claim,
        key=idempotency_key,
    )
    if earlier := entered_before(competition, match.stage, fact):
        return earlier
    standing = match.standing(fact.game_no)
    if standing:
        words = "There is a result already. Correct it, with a reason."
        raise Conflict("has_result", words, facts={"seq": standing.seq, "kind": standing.kind})
    entry = add_entry(competition, match.stage, fact, known=match.known)
    return _recorded(match, entry)


@atomically
def correct_result(
    *,
    by: Actor,
    match_id: int,
    payload: dict[str, Any],
    reason: str,
    game_no: int | None = None,
    supersedes: int | None = None,
    idempotency_key: str | None = None,
) -> ResultEntry:
    """Another result stands in place of what stood of the match, or of a game of it, since that did; the old entry
    stays readable. `supersedes` is the seq that the caller saw, if they want to be refused where it stands no more.

    For who may settle the match. Locks the competition, then inboxes. Raises what `record_result` does, Conflict:
    no_result, superseded. Invalid: reason_required. Emits StandingsChanged, MatchChanged, CompetitionChanged.
    """
    match = open_match(match_id, by)
    game_no = _game_no(match, game_no)
    fact = Fact(
        kind="result",
        payload=checked(match, payload),
        match=match.row,
        game_no=game_no,
        reason=cleaned_reason(reason, required=True),
        key=idempotency_key,
    )
    if earlier := entered_before(match.competition, match.stage, fact):
        return earlier
    standing = match.standing(game_no)
    if standing is None:
        raise Conflict("no_result", "There is no result to correct.")
    if supersedes not in (None, standing.seq):
        words = "Somebody corrected it before you."
        raise Conflict("superseded", words, facts={"seq": standing.seq, "kind": standing.kind})
    return _enter(match, fact, standing)


@atomically
def put_result(
    *, by: Actor, match_id: int, reason: str = "", supersedes: int | None = None, **given: Any
) -> ResultEntry:
    """The first result of the match, or of a game of it; with a `reason`, a correction of what stands. Refusals and
    events are those of `record_result` and `correct_result`; Conflict: has_result, without a reason."""
    match = open_match(match_id, by)
    standing = match.standing(_game_no(match, given.get("game_no")))
    if standing is None or not reason.strip():
        return record_result(by=by, match_id=match_id, reason=reason, **given)
    given.pop("effective_at", None)
    return correct_result(by=by, match_id=match_id, reason=reason, supersedes=supersedes, **given)


@atomically
def award_walkover(*, by: Actor, match_id: int, winner: int, reason: str = "") -> ResultEntry:
    """The other side of the duel did not play or, in a bracket, will never come: then it is a bye. What stood before
    needs a `reason`. Rights, locks, refusals and events as of `correct_result`; Invalid: wrong_format, wrong_sides."""
    match = open_match(match_id, by)
    sides = _duelists(match)
    if winner not in sides:
        raise Invalid("wrong_sides", "The winner is one of its sides.")
    loser = next((who for who in sides if who != winner), None)
    return _decide(match, "walkover", log.Walkover(winner=winner, loser=loser), reason)


@atomically
def record_double_forfeit(*, by: Actor, match_id: int, reason: str = "") -> ResultEntry:
    """Neither side of the duel played. Otherwise as `award_walkover`."""
    match = open_match(match_id, by)
    sides = _duelists(match)
    if len(sides) != 2:
        raise Invalid("wrong_sides", "Only one side is left in this match: it has a bye, or the match is void.")
    return _decide(match, "double_forfeit", log.DoubleForfeit(entrants=(sides[0], sides[1])), reason)


@atomically
def void_match(*, by: Actor, match_id: int, reason: str, game_no: int | None = None) -> ResultEntry:
    """The match, or a game of it, counts for nobody until a correction says otherwise. Rights, locks, refusals and
    events as of `correct_result`."""
    match = open_match(match_id, by)
    if game_no is not None or match.row.games == 1:
        game_no = _game_no(match, game_no)
        return _decide(match, "void", log.Void(), reason, game_no=game_no, needs_reason=True)
    words = cleaned_reason(reason, required=True)
    facts = [_void(match, number, words) for number in range(1, match.row.games + 1)]
    entries = add_entries(match.competition, match.stage, facts, known=match.known)
    for entry in entries[:-1]:
        close_claims(match.competition, match.row, entry.game_no)
    return _recorded(match, entries[-1])


def open_match(match_id: int, by: Actor, *, claim: Claim | None = None) -> OpenMatch:
    """Within a transaction: the match with its competition held, for who may settle it, or for an agreed claim.

    Raises NotFound: no_match, no_competition. NotAllowed: not_staff, own_match.
    """
    row = Match.objects.filter(pk=match_id).select_related("stage").first()
    if row is None:
        raise no_match()
    competition = open_competition(row.competition_id, by)
    row.refresh_from_db(fields=["state", "winner", "settled_at"])  # it may have been settled before the lock was ours
    row.stage.refresh_from_db(fields=["state"])
    row.competition = row.stage.competition = competition.row
    if claim is None or claim.match_id != row.pk or claim.state != Claim.State.AGREED:
        check_may_settle(stand_in_match(row, competition.stand, by if isinstance(by, User) else None))
    return OpenMatch(competition, row, log_of(row.stage))


def check_may_settle(seen: MatchStand) -> None:
    """Raises NotAllowed: not_staff, own_match."""
    rules.check(seen.stand, "settle")
    if not seen.may_settle:
        raise NotAllowed("own_match", "You play this match, so somebody else settles it.")


def checked(match: OpenMatch, payload: dict[str, Any]) -> log.Lobby | log.Duel:
    """What was sent as a result that the match can have. Raises Invalid."""
    return checked_result(match.row, payload)[0]


def _decide(
    match: OpenMatch,
    kind: log.Kind,
    payload: log.Payload,
    reason: str,
    *,
    game_no: int | None = None,
    needs_reason: bool = False,
) -> ResultEntry:
    """A decision in place of a result, whatever stood before."""
    standing = match.standing(game_no)
    words = cleaned_reason(reason, required=needs_reason or standing is not None)
    return _enter(match, Fact(kind=kind, payload=payload, match=match.row, game_no=game_no, reason=words), standing)


def _enter(match: OpenMatch, fact: Fact, standing: log.Entry | None) -> ResultEntry:
    since = standing.effective_at if standing else match.competition.now
    fact = replace(fact, supersedes=standing.seq if standing else None, effective_at=since)
    return _recorded(match, add_entry(match.competition, match.stage, fact, known=match.known))


def _void(match: OpenMatch, game_no: int, reason: str) -> Fact:
    standing = match.standing(game_no)
    return Fact(
        kind="void",
        payload=log.Void(),
        match=match.row,
        game_no=game_no,
        effective_at=standing.effective_at if standing else match.competition.now,
        supersedes=standing.seq if standing else None,
        reason=reason,
    )


def _recorded(match: OpenMatch, entry: ResultEntry) -> ResultEntry:
    """Nothing else that was said of it waits, and who plays it is told."""
    close_claims(match.competition, match.row, entry.game_no, but=entry.claim)
    telling.result(match.competition, match.row, entry)
    forfeit_duels(match.competition, match.stage)
    return entry


def _duelists(match: OpenMatch) -> list[int]:
    """Both sides of a duel, or the one that is left of a match of a bracket into which no other comes."""
    if match.stage.format == Stage.Format.LOBBY:
        raise Invalid("wrong_format", "Only a duel has a winner of its own; in a lobby, whoever is missing is absent.")
    sides = [side.entrant_id for side in match.row.sides.order_by("slot")]
    if len(sides) != 2 and not (len(sides) == 1 and is_left_alone(match.row)):
        raise Invalid("wrong_sides", "Not both sides of this match are known yet.")
    return sides


def _game_no(match: OpenMatch, game_no: int | None) -> int | None:
    """Raises Invalid: bad_game."""
    games = match.row.games if match.stage.format == Stage.Format.LOBBY else 1
    if (game_no is None) != (games == 1) or (game_no is not None and not 1 <= game_no <= games):
        words = f"Say which game of 1 to {games}." if games > 1 else "This match has no games of their own."
        raise Invalid("bad_game", words, fields={"game_no": [words]})
    return game_no

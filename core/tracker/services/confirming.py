"""What a person says of a match stands: confirmed, corrected, typed without a picture."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from typing_extensions import Unpack

from core.accounts.models import User
from core.accounts.selectors import check_may_write
from core.errors import Conflict, NotFound
from core.failpoints import reach
from core.tracker.lobbies import own_numbers, proposed_lobby, with_said
from core.tracker.models import Match
from core.tracker.numbers import arranged, flat
from core.tracker.proposals import name_at, other_side, proposal_of, swapped
from core.tracker.services.agreeing import join_twin
from core.tracker.services.changing import (
    Changes,
    Words,
    check_least,
    check_numbers,
    check_version,
    clean_lobby,
    clean_words,
    result_of,
)
from core.tracker.services.shares import owner_changed
from core.tracker.services.telling import tell
from core.work.clock import database_now
from core.work.rates import Rate, hit
from core.work.transactions import atomically

WRITES = Rate("tracker.write", count=120, per_s=60)
NUMBERS = frozenset({"score_user", "score_opponent", "stats", "lobby"})


@atomically
def record_match(*, by: User, **said: Unpack[Changes]) -> Match:
    """There is a match of `by` without a picture, confirmed as they say it (S5).

    Raises Invalid: invalid, empty_match. NotAllowed: banned, timed_out. RateLimited. Locks the inbox. Emits InboxTold.
    """
    hit(WRITES, by.pk)
    check_may_write(by)
    check_numbers(said)
    now = database_now()
    match = Match(owner=by, state=Match.State.CONFIRMED, played_at=now, created_at=now)
    _say(match, said, {})
    check_least(match, typed=True)
    match.save(force_insert=True)
    tell(match)
    return match


def confirm_match(*, by: User, match_id: UUID, version: int | None = None, **said: Unpack[Changes]) -> None:
    """The match counts, with these numbers (S5): what is not given stays as it was confirmed before, or as it was
    proposed without a doubt; None takes a number away. From here on no reading changes it.

    `version`, if given, is what the person saw. Raises NotFound: no_match. Conflict: match_changed, match_shared.
    Invalid: invalid, empty_match. NotAllowed: banned, timed_out. RateLimited. Locks the match and what is shared of it,
    then the inbox. Emits InboxTold, and ShareChanged if it is offered to somebody.
    """
    hit(WRITES, by.pk)
    check_numbers(said)
    _confirm(by, match_id, version, said)


def change_match(*, by: User, match_id: UUID, version: int | None = None, **words: Unpack[Words]) -> None:
    """The match has another side, name, game or time, and is no more confirmed than it was: another side swaps
    everything (S4). Raises and locks as `confirm_match`."""
    hit(WRITES, by.pk)
    _change(by, match_id, version, words)


@atomically
def _confirm(by: User, match_id: UUID, version: int | None, said: Changes) -> None:
    match = held_match(by, match_id, version)
    _turn(match, said.get("side"))
    before = _numbers(match)
    match.state = Match.State.CONFIRMED
    _say(match, said, before)
    check_least(match, typed=False)
    reach("tracker.confirmed")
    _save(match)


@atomically
def _change(by: User, match_id: UUID, version: int | None, words: Words) -> None:
    match = held_match(by, match_id, version)
    _turn(match, words.get("side"))
    _apply(match, clean_words(words))
    match.result = result_of(match.score_user, match.score_opponent)
    _save(match)


def held_match(by: User, match_id: UUID, version: int | None) -> Match:
    """Within a transaction: the match, which nobody else changes now. Raises NotFound: no_match. Conflict:
    match_changed, match_shared. NotAllowed: banned, timed_out."""
    check_may_write(by)
    match = Match.objects.select_for_update(no_key=True).filter(pk=match_id, owner=by).first()
    if match is None:
        raise NotFound("no_match", "There is no such match of yours.")
    check_version(match, version)
    if match.state == Match.State.SHARED:
        raise Conflict("match_shared", "You share this match. Leave the shared record first, or ask for a correction.")
    return match


def _turn(match: Match, side: str | None) -> None:
    """Another side than before: what was confirmed is seen from there. A lobby has no sides."""
    if side is None or side == match.side or match.is_lobby:
        return
    seen_before = name_at(match.extracted_data, other_side(match.side))
    if match.opponent_name and match.opponent_name == seen_before:
        match.opponent_name = ""
    if match.side and match.confirmed_at:
        match.score_user, match.score_opponent = match.score_opponent, match.score_user
        match.stats = swapped(match.stats)
    match.side = side


def _numbers(match: Match) -> dict[str, Any]:
    """What stands before a person says anything."""
    if match.confirmed_at:
        scores = {"score_user": match.score_user, "score_opponent": match.score_opponent}
        return scores | {"stats": match.stats, "lobby": match.lobby}
    proposed = proposal_of(match.extracted_data, match.side)
    scores = {"score_user": proposed.score_user, "score_opponent": proposed.score_opponent}
    return scores | {"stats": proposed.stats, "lobby": proposed_lobby(match.extracted_data)}


def _say(match: Match, said: Changes, before: Mapping[str, Any]) -> None:
    """Raises Invalid."""
    given = {name: value for name, value in said.items() if name not in NUMBERS}
    _apply(match, clean_words(given))  # type: ignore[arg-type]
    typed = flat(said.get("stats", {}))
    stats = flat(before.get("stats", {})) | typed
    lobby = clean_lobby(said["lobby"]) if "lobby" in said else None
    match.lobby = with_said(before.get("lobby"), lobby, typed)
    match.stats = arranged(own_numbers(match.lobby, stats) if match.lobby else stats)
    match.score_user = said.get("score_user", before.get("score_user"))
    match.score_opponent = said.get("score_opponent", before.get("score_opponent"))
    match.result = result_of(match.score_user, match.score_opponent)
    match.confirmed_at = match.confirmed_at or database_now()
    match.opponent_name = match.opponent_name or name_at(match.extracted_data, other_side(match.side))


def _apply(match: Match, words: Mapping[str, Any]) -> None:
    for name, value in words.items():
        setattr(match, name, value)


def _save(match: Match) -> None:
    match.version += 1
    match.save()
    owner_changed(match)
    join_twin(match)
    tell(match)

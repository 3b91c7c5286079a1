"""What matches have in common when they change: their words, their numbers, who may."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypedDict

from core.errors import Conflict, Invalid
from core.text import clean_text
from core.tracker.lobbies import PLAYER, faults_of_lobby
from core.tracker.models import NAME_MOST, Match
from core.tracker.numbers import GOALS_MOST, PLACEMENT, faults_of, flat
from core.work.clock import database_now

AHEAD = timedelta(days=1)
Row = Mapping[str, int | float | None]


class Words(TypedDict, total=False):
    """What a match says of itself beside its numbers."""

    opponent_name: str
    game: str
    side: str
    played_at: datetime


class Changes(Words, total=False):
    """`stats` are `{key: {"user": number or None, "opponent": number or None}}`; `lobby` is the table of a lobby, or
    the parts of it that are others."""

    score_user: int | None
    score_opponent: int | None
    stats: Mapping[str, Row]
    lobby: Mapping[str, Any]


def check_version(match: Match, version: int | None) -> None:
    """Raises Conflict: match_changed, with the `version` that it has by now."""
    if version is not None and version != match.version:
        words = "This match has changed meanwhile. Look at it again."
        raise Conflict("match_changed", words, facts={"version": match.version})


def clean_words(words: Words) -> dict[str, Any]:
    """The words as they are kept. Raises Invalid, naming the field."""
    cleaned: dict[str, Any] = dict(words)
    if name := " ".join(cleaned.get("opponent_name", "").split()):
        cleaned["opponent_name"] = clean_text(name, field="opponent_name", max_chars=NAME_MOST)
    if "played_at" in cleaned and cleaned["played_at"] > database_now() + AHEAD:
        raise _wrong("played_at", "This is in the future.")
    return cleaned


def check_numbers(changes: Changes) -> None:
    """Raises Invalid, naming the field."""
    for field in ("score_user", "score_opponent"):
        goals = changes.get(field)
        if goals is not None and not 0 <= goals <= GOALS_MOST:  # type: ignore[operator]
            raise _wrong(field, f"Give a whole number from 0 to {GOALS_MOST}, or null.")
    faults = {f"stats.{key}".rstrip("."): [words] for key, words in faults_of(flat(changes.get("stats", {})))}
    lobby = changes.get("lobby", {})
    faults |= {f"lobby.{at}": [words] for at, words in faults_of_lobby(lobby)}
    if faults:
        raise Invalid("invalid", "These numbers cannot be kept.", fields=faults)


def clean_lobby(lobby: Mapping[str, Any]) -> dict[str, Any]:
    """The lobby with names as they are kept. Raises Invalid, naming the field."""
    if "players" not in lobby:
        return dict(lobby)
    return {**lobby, "players": [row | {PLAYER: _clean_name(row, at)} for at, row in enumerate(lobby["players"])]}


def _clean_name(row: Mapping[str, Any], at: int) -> str:
    name = " ".join((row.get(PLAYER) or "").split())
    return name and clean_text(name, field=f"lobby.players.{at}", max_chars=NAME_MOST)


def check_least(match: Match, *, typed: bool) -> None:
    """A match says how it ended: its score, or the place in a lobby. A picture may show neither; then any number does.

    Raises Invalid: empty_match.
    """
    known = match.stats.keys()
    if match.score_user is None and not (known & {PLACEMENT} if typed else known):
        wrong = "Give the score of both." if typed else "Give the score of both, or a number that the picture shows."
        raise Invalid("empty_match", wrong, fields={"score_user": [wrong]})


def result_of(score_user: int | None, score_opponent: int | None) -> str:
    """Raises Invalid: a score has both halves."""
    if score_user is None and score_opponent is None:
        return ""
    if score_user is None or score_opponent is None:
        raise _wrong("score_user" if score_user is None else "score_opponent", "Give both halves of the score.")
    if score_user == score_opponent:
        return Match.Result.DRAW
    return Match.Result.WIN if score_user > score_opponent else Match.Result.LOSS


def _wrong(field: str, words: str) -> Invalid:
    return Invalid("invalid", words, fields={field: [words]})

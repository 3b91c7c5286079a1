"""What of a reading stands unless a person says otherwise, seen from the side of the player. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.tracker.lobbies import own_numbers, proposed_lobby

SIDES = ("home", "away")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Only what is above the reader's threshold: the rest is None, and asked for (S3)."""

    score_user: int | None = None
    score_opponent: int | None = None
    stats: dict[str, Any] = field(default_factory=dict)


def proposal_of(extracted: Mapping[str, Any] | None, side: str) -> Proposal:
    """What `extracted` proposes to the player at `side`, nothing while that is unknown; or in a lobby, where nobody
    stands at a side."""
    if lobby := proposed_lobby(extracted):
        return Proposal(stats=own_numbers(lobby, {}))
    if not extracted or side not in SIDES:
        return Proposal()
    score = _pair(extracted.get("score"), extracted.get("score_accepted"), side)
    stats = {key: _row(row, side) for key, row in (extracted.get("stats") or {}).items()}
    return Proposal(score_user=score["user"], score_opponent=score["opponent"], stats=stats)


def name_at(extracted: Mapping[str, Any] | None, side: str) -> str:
    """Who stands there in the picture; empty where that is not read."""
    names = (extracted or {}).get("names") or []
    if side not in SIDES or len(names) != 2:
        return ""
    return names[SIDES.index(side)] or ""


def other_side(side: str) -> str:
    return {"home": "away", "away": "home"}.get(side, "")


def swapped(stats: Mapping[str, Any]) -> dict[str, Any]:
    """The same numbers seen from the other side."""
    return {
        key: swapped(row) if key == "other" else {"user": row["opponent"], "opponent": row["user"]}
        for key, row in stats.items()
    }


def _row(row: Mapping[str, Any], side: str) -> dict[str, Any]:
    return _pair([row.get(name) for name in SIDES], row.get("accepted"), side)


def _pair(values: Any, accepted: Any, side: str) -> dict[str, Any]:
    values, accepted = values or (None, None), accepted or (False, False)
    home, away = (value if sure else None for value, sure in zip(values, accepted, strict=True))
    return {"user": home, "opponent": away} if side == "home" else {"user": away, "opponent": home}

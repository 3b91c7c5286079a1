"""What of a reading stands unless a person says otherwise, seen from the side of the player. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SIDES = ("home", "away")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Only what is above the reader's threshold: the rest is None, and asked for (S3)."""

    score_user: int | None = None
    score_opponent: int | None = None
    stats: dict[str, Any] = field(default_factory=dict)


def proposal_of(extracted: Mapping[str, Any] | None, side: str) -> Proposal:
    """What `extracted` proposes to the player at `side`, or in the player's row of a lobby; nothing while that is
    unknown."""
    if extracted and extracted.get("own_row") is not None:
        return Proposal(stats=_lobby(extracted))
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


def _lobby(extracted: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers of the player's own row, who has no opponent there."""
    row = extracted["players"][extracted["own_row"]]
    sure: Mapping[str, bool] = row.get("accepted") or {}
    numbers = {key: value if sure.get(key) else None for key, value in row.items() if isinstance(value, int | float)}
    placement = {"placement": extracted["placement"]} if extracted.get("placement") is not None else {}
    return {key: {"user": value, "opponent": None} for key, value in (placement | numbers).items()}


def _row(row: Mapping[str, Any], side: str) -> dict[str, Any]:
    return _pair([row.get(name) for name in SIDES], row.get("accepted"), side)


def _pair(values: Any, accepted: Any, side: str) -> dict[str, Any]:
    values, accepted = values or (None, None), accepted or (False, False)
    home, away = (value if sure else None for value, sure in zip(values, accepted, strict=True))
    return {"user": home, "opponent": away} if side == "home" else {"user": away, "opponent": home}

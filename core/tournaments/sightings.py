"""What pictures of a match say, as a reading of them has it: cells with their certainty, and where they stand. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from core.tournaments.log import Id

Mark: TypeAlias = dict[str, Any]
"""Why a cell is empty, and where it stands: `why`, `position` of the picture, `box` (left, top, right, bottom in shares
of its size); the last two null if not known."""

NOT_SHOWN, NOT_SEEN, UNSURE = "not_shown", "not_seen", "unsure"
"""No picture shows it; no picture shows the side; it could not be read surely."""
DIFFER, TWICE, SOME_MISSING, SIDE_UNKNOWN = "differ", "twice", "some_missing", "side_unknown"
"""Rows or pictures say different things; two sides have one place; not all players of the side are known; nobody knows
whose number it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What some pictures say together. `positions` are theirs in the claim, `sizes_px` their widths and heights."""

    said: Mapping[str, Any]
    positions: Sequence[int]
    sizes_px: Sequence[tuple[int, int]]

    def mark(self, why: str, box: Sequence[float] | None = None, picture: int = 0) -> Mark:
        """`picture` counts within these; `box` is x, y, width, height in pixels of it."""
        wide, high = self.sizes_px[picture]
        if not box or not wide or not high:
            return mark(why, self.positions[picture])
        x, y, width, height = box
        edges = (x / wide, y / high, (x + width) / wide, (y + height) / high)
        return mark(why, self.positions[picture], [round(min(max(it, 0.0), 1.0), 4) for it in edges])


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What pictures make of a result: `payload` as far as it is sure; `marks` of what is empty in it, by whose it is
    (as `drafts.holes` names that); `unknown` are names that are nobody's."""

    payload: dict[str, Any]
    marks: Mapping[tuple[Any, ...], Mark] = field(default_factory=dict)
    unknown: Sequence[str] = ()


def mark(why: str, position: int | None = None, box: Sequence[float] | None = None) -> Mark:
    return {"why": why, "position": position, "box": list(box) if box else None}


def nothing_of(sides: Sequence[Id], *, lobby: bool) -> Proposal:
    """Where nothing could be read: all is asked for."""
    if lobby:
        return Proposal(payload={"rows": [{"entrant": who} for who in sides]})
    return Proposal(payload={"sides": list(sides), "games": [{"score": [None, None]}]})

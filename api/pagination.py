"""Pages by the last thing seen: no page skips or repeats what came or went in between."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Shown = TypeVar("Shown")


def page_after(
    rows: QuerySet[Row], show: Callable[[Row], Shown], *, by: str, limit: int, after: str | None = None
) -> tuple[list[Shown], str | None]:
    """At most `limit` rows, shown, whose unique text column `by` follows `after`, and the `after` of the next page."""
    if after is not None:
        rows = rows.filter(**{f"{by}__gt": after})
    found = list(rows.order_by(by)[: limit + 1])
    last: Any = getattr(found[limit - 1], by) if len(found) > limit else None
    return [show(row) for row in found[:limit]], last

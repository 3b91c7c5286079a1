"""Pages by the last thing seen: no page skips or repeats what came or went in between."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def page_after(rows: QuerySet[Row], *, field: str, after: Any | None, limit: int) -> tuple[list[Row], bool]:
    """At most `limit` rows whose unique `field` follows `after`, in its order, and whether more follow; one query."""
    if after is not None:
        rows = rows.filter(**{f"{field}__gt": after})
    found = list(rows.order_by(field)[: limit + 1])
    return found[:limit], len(found) > limit

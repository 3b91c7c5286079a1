"""The log of who changed what in a list (V100): lines are only added; what is purged is purged of them too."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from core.accounts.models import User
from core.accounts.system import Actor
from core.bucketlists.models import AuditEntry, Item, List
from core.tracing import origin


def record(
    row: List,
    *,
    by: Actor,
    action: str,
    now: datetime,
    item: Item | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add a line, in the transaction that made it true: `action` is `<noun>.<past verb>`, `before` and `after` the
    fields that changed."""
    AuditEntry.objects.create(
        list=row,
        item=item,
        by=by if isinstance(by, User) else None,
        origin=origin(),
        action=action,
        before=msgspec.to_builtins(dict(before or {})),
        after=msgspec.to_builtins(dict(after or {})),
        at=now,
    )

"""The log of who did what to whom; nothing here changes or removes a line of it."""

from collections.abc import Mapping
from typing import Any

from core.accounts.models import AuditEntry, User
from core.accounts.system import Actor


def record(
    *,
    by: Actor,
    action: str,
    on: User,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """Add a line about the account `on`, in the caller's transaction; `by` the house is kept as null."""
    AuditEntry.objects.create(
        by_id=by.id,
        action=action,
        target_kind="user",
        target_id=str(on.pk),
        before=dict(before or {}),
        after=dict(after or {}),
        why=why,
    )

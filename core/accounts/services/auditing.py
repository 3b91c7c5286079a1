"""The log of who did what to whom; nothing here changes or removes a line of it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from core.accounts.models import AuditEntry
from core.accounts.system import Actor


def record(
    *,
    by: Actor,
    action: str,
    on: Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
) -> None:
    """Add a line about `on`, such as an account, in the caller's transaction; `by` the house is kept as null."""
    AuditEntry.objects.create(
        by_id=by.id,
        action=action,
        target_kind=on._meta.model_name or "",
        target_id=str(on.pk),
        before=dict(before or {}),
        after=dict(after or {}),
        why=why,
    )

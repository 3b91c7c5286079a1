"""Telling people what moderators decided about them, whether they blocked these or not (C21, C23)."""

from core.accounts.models import Sanction
from core.accounts.system import SYSTEM
from core.notifications.services.telling import notify


def tell_of_sanction(sanction: Sanction, why: str) -> None:
    """The person of `sanction` is told that it was given, or lifted, and why, but not by whom. Locks the inbox."""
    given = "banned" if sanction.kind == Sanction.Kind.BAN else "timed_out"
    action = "lifted" if sanction.lifted_at else given
    notify(
        by=SYSTEM,
        kind="moderation",
        recipients=[sanction.user_id],
        cause=f"sanction.{action}:{sanction.pk}",
        target_kind="sanction",
        target_id=str(sanction.pk),
        data={
            "action": action,
            "reason": why,
            "until": f"{sanction.until:%d %B %H:%M} UTC" if sanction.until else None,
            "ends_at": sanction.until.isoformat() if sanction.until else None,
        },
    )

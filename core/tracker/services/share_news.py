"""Telling the two what becomes of a match that they share. Each function locks an inbox, so it comes after every other
lock. Whoever blocks the other one is told nothing of them."""

from typing import Any

from core.accounts.models import User
from core.accounts.selectors import blocks_among
from core.notifications.services import notify, set_hidden
from core.tracker.models import Share
from core.tracker.selectors import sharing

TARGET = "tracker.share"


def tell_offered(share: Share, *, by: User, to: User) -> None:
    _tell(share, by=by, kind="match_offered", to=to.pk, cause="offered")


def tell_answered(share: Share, *, by: User, action: str, cells: int = 0) -> None:
    """The other one is told that `by` `agreed`, `declined`, `corrected` so many cells, or `settled` these."""
    other = share.match.owner_id if by.pk == share.opponent_id else share.opponent_id
    if other is not None:
        _tell(share, by=by, kind="match_answered", to=other, cause=f"{share.version}", action=action, cells=cells)


def tell_left(share: Share, *, by: User, to: int) -> None:
    _tell(share, by=by, kind="match_left", to=to, cause="left")


def hide_news(share: Share, *, user_id: int) -> None:
    """What `user_id` was told of it they are shown no more, for it is not theirs any longer."""
    set_hidden(target_kind=TARGET, target_id=str(share.pk), hidden=True, user_ids=[user_id])


def _tell(share: Share, *, by: User, kind: str, to: int, cause: str, **more: Any) -> None:
    if (to, by.pk) in blocks_among([to], [by.pk]):
        return
    scored, conceded = sharing.score_of(share.match) or ("-", "-")
    score = f"{scored}:{conceded}" if to == share.match.owner_id else f"{conceded}:{scored}"
    notify(
        by=by,
        kind=kind,
        recipients=[to],
        cause=f"tracker.{kind}:{share.pk}:{more.get('action', '')}:{cause}",
        target_kind=TARGET,
        target_id=str(share.pk),
        data={"share_id": share.pk, "score": score, "game": share.match.game, **more},
    )

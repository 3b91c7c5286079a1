"""Competitions for tests as their hosts make them."""

from datetime import timedelta
from typing import Any

from core.accounts.models import User
from core.tournaments.models import Competition
from core.tournaments.services import create_competition, publish
from core.work.clock import database_now

HOUR = timedelta(hours=1)


def words(**given: Any) -> dict[str, Any]:
    """What a host says of a BGMI competition whose registration opens in an hour."""
    now = database_now()
    return {
        "game": "bgmi",
        "mode": "squad",
        "title": "Friday Night",
        "capacity": 4,
        "reg_opens": now + HOUR,
        "reg_closes": now + 2 * HOUR,
        "starts_at": now + 4 * HOUR,
    } | given


def make_draft(host: User, kind: str = "tournament", **given: Any) -> Competition:
    return create_competition(by=host, kind=kind, **words(**given))


def make_published(host: User, kind: str = "tournament", **given: Any) -> Competition:
    return publish(by=host, competition_id=make_draft(host, kind, **given).pk)

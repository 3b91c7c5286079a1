"""What open screens are shown of standings: the state behind `standings.<stage>` and `standings.<stage>.<group>`."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.accounts.models import User
from core.tournaments import rules
from core.tournaments.models import Competition, Stage
from core.tournaments.selectors.stages import no_stage
from core.tournaments.selectors.standings import standings_of
from core.work.clock import database_now

ROWS_MOST = 100
_NAME = re.compile(r"([1-9][0-9]{0,17})(?:\.([1-9][0-9]{0,17}))?")  # no board has another name, or news would miss it


def snapshot(name: str) -> Mapping[str, Any]:
    """`meta`, and `row.<entrant>` for the first hundred, as the public sees it; staff read behind a freeze over REST.

    Five queries and the clock, ten where it is frozen. Raises NotFound: no_stage.
    """
    stage, group = _read(name)
    if stage is None:
        raise no_stage()
    shown = standings_of(stage, group, limit=ROWS_MOST)
    return {"meta": shown.meta, **{f"row.{row.entrant.id}": row for row in shown.results}}


def changes_at(name: str) -> datetime | None:
    """When the board freezes, if it will; one query, and the clock."""
    stage, _ = _read(name)
    due = stage.competition.frozen_at if stage else None
    return due if due and due > database_now() else None


def may_hear(user: User | None, name: str) -> bool:
    """Whether this person may see that board; three queries at most."""
    return who_may_hear([user], name)[0]


def who_may_hear(users: Sequence[User | None], name: str) -> list[bool]:
    """The same of each of these; three queries at most, however many they are."""
    stage, _ = _read(name)
    if stage is None:
        return [False] * len(users)
    return [rules.may_see(stand) for stand in _stands(stage.competition, users)]


def _stands(row: Competition, users: Sequence[User | None]) -> list[rules.Stand]:
    roles = dict(row.staff.values_list("user", "role"))
    roles[row.host_id] = rules.HOST
    return [rules.Stand(row, user, roles.get(user.pk) if user else None) for user in users]


def _read(name: str) -> tuple[Stage | None, int | None]:
    """The stage and the group that a topic's name names. Two queries at most."""
    found = _NAME.fullmatch(name)
    stage = Stage.objects.filter(pk=found[1]).select_related("competition").first() if found else None
    group = int(found[2]) if found and found[2] else None
    if stage and group and not stage.groups.filter(pk=group).exists():
        return None, None
    return stage, group

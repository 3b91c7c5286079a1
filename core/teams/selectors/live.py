"""What open screens are shown of a team: the state behind `team.<id>`, and for its captain `team.<id>.requests`."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.accounts.models import User
from core.accounts.shapes import card
from core.teams import shapes
from core.teams.models import Membership, Team
from core.teams.selectors.teams import (
    ACTIVE,
    find_team,
    members_of,
    mine_of,
    open_requests,
    show_member,
    show_request,
    team_fields,
)
from core.work.clock import database_now

_NAME = re.compile(r"([1-9][0-9]{0,17})(\.requests)?")  # no team has another name, or changes of access would miss it


def _read(name: str) -> tuple[int, bool]:
    """The team that a topic's name names, and whether it is about who asks to join."""
    found = _NAME.fullmatch(name)
    return (int(found[1]), bool(found[2])) if found else (0, False)


def snapshot(name: str) -> Mapping[str, Any]:
    """`meta` and `member.<id>`, or `request.<id>`. Two queries, and the clock. Raises NotFound: no_team."""
    team_id, of_requests = _read(name)
    row = find_team(team_id)
    if of_requests:
        waiting = open_requests(database_now()).filter(team=row)
        return {f"request.{request.pk}": show_request(request) for request in waiting}
    members = members_of(row)
    meta = shapes.Team(**team_fields(row, captain=card(members[0].user), members_count=len(members)))
    return {"meta": meta, **{f"member.{member.pk}": show_member(member) for member in members}}


def changes_at(name: str) -> datetime | None:
    """When the next request expires; one query, and the clock."""
    team_id, of_requests = _read(name)
    if not of_requests:
        return None
    waiting = open_requests(database_now()).filter(team=team_id).order_by("expires_at")
    return waiting.values_list("expires_at", flat=True).first()


def may_hear(user: User | None, name: str) -> bool:
    """Whether this person may hear that topic; two queries at most."""
    return who_may_hear([user], name)[0]


def who_may_hear(users: Sequence[User | None], name: str) -> list[bool]:
    """The same of each of these: teams are shown to whoever is signed in, requests to the captain. Two queries at
    most, however many they are."""
    team_id, of_requests = _read(name)
    if not Team.objects.filter(pk=team_id, disbanded_at=None).exists():
        return [False] * len(users)
    if not of_requests:
        return [user is not None for user in users]
    led = Membership.objects.filter(team=team_id, state=ACTIVE, role=Membership.Role.CAPTAIN)
    captains = set(led.values_list("user", flat=True))
    return [user is not None and user.pk in captains for user in users]


def mine(user: User, name: str) -> shapes.TeamMine:
    """What of a team belongs to one viewer; four queries, and the clock."""
    row = find_team(_read(name)[0])
    return mine_of(row, user, members_of(row))

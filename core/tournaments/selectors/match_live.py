"""What open screens are shown of a match: the state behind `match.<id>` for everybody, and behind `match.<id>.roster`
for those who play it and for staff."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from core.accounts.models import User
from core.tournaments import shapes, states
from core.tournaments.models import Match
from core.tournaments.rules import HOST, MatchStand, Stand
from core.tournaments.selectors.matches import find_match, no_match, show_match
from core.tournaments.selectors.rooms import is_released
from core.tournaments.selectors.staff_work import work_in_match
from core.tournaments.selectors.standing import public_until, sides_by_user
from core.work.clock import database_now

_NAME = re.compile(r"([1-9][0-9]{0,17})(\.roster)?")  # none has another name, or changes of access would miss it


def read_name(name: str) -> tuple[int, bool]:
    """The match that a topic's name names, and whether it is the one of its rosters."""
    found = _NAME.fullmatch(name)
    return (int(found[1]), bool(found[2])) if found else (0, False)


def snapshot(name: str) -> Mapping[str, Any]:
    """`meta`; of the rosters that the `room` is open, and the claims and disputes that are not decided. Where it is,
    nobody is told before they ask, as each look is written down (T10). Eight queries at most, and the clock. Raises
    NotFound: no_match."""
    match_id, of_rosters = read_name(name)
    match = _find(match_id)
    if match is None:
        raise no_match()
    if of_rosters:
        is_open = match.release_at is not None and is_released(match, database_now())
        room = {"room": shapes.RoomOpen(since=match.release_at)} if is_open and match.release_at else {}
        return {**room, **work_in_match(match_id)}
    return {"meta": show_match(match, as_of=public_until(match.competition))}


def changes_at(name: str) -> datetime | None:
    """When its room is released, or the public's boards freeze; one query, and the clock."""
    match_id, of_rosters = read_name(name)
    match = _find(match_id)
    if match is None:
        return None
    at = match.release_at if of_rosters else match.competition.frozen_at
    return at if at is not None and at > database_now() else None


def may_hear(user: User | None, name: str) -> bool:
    """Whether this person may hear that topic; three queries at most."""
    return who_may_hear([user], name)[0]


def who_may_hear(users: Sequence[User | None], name: str) -> list[bool]:
    """The same of each of these; three queries at most, however many they are."""
    match_id, of_rosters = read_name(name)
    match = _find(match_id)
    if match is None:
        return [False] * len(users)
    if not of_rosters and not states.is_hidden(match.competition):
        return [True] * len(users)
    people = [user for user in users if user is not None]
    roles = dict(match.competition.staff.filter(user__in=people).values_list("user", "role"))
    roles[match.competition.host_id] = HOST
    stands = [Stand(match.competition, user, roles.get(user.pk) if user else None) for user in users]
    if not of_rosters:
        return [stand.may("watch") for stand in stands]
    sides = sides_by_user(match, people)
    nobody = (None, False)
    return [
        MatchStand(stand, match, *(sides.get(user.pk, nobody) if user else nobody)).may_read_room
        for stand, user in zip(stands, users, strict=True)
    ]


def see(user: User | None, name: str) -> MatchStand:
    """How somebody who hears that topic stands to its match; five queries at most. Raises NotFound: no_match."""
    match = _find(read_name(name)[0])
    if match is None:
        raise no_match()
    return find_match(match.competition_id, match.pk, user)


def _find(match_id: int) -> Match | None:
    return Match.objects.filter(pk=match_id).select_related("competition", "stage").first()

"""The questions about teams: which there are, how people stand to them, what screens are shown of them."""

from core.teams.selectors.checking import find_differences
from core.teams.selectors.live import changes_at, may_hear, mine, snapshot, who_may_hear
from core.teams.selectors.teams import (
    find_team,
    list_teams,
    members_of,
    requests_of,
    seat_on,
    see_team,
    show_member,
    show_request,
    teams_of,
)

__all__ = [
    "changes_at",
    "find_differences",
    "find_team",
    "list_teams",
    "may_hear",
    "members_of",
    "mine",
    "requests_of",
    "seat_on",
    "see_team",
    "show_member",
    "show_request",
    "snapshot",
    "teams_of",
    "who_may_hear",
]

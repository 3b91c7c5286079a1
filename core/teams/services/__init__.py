"""The verbs of teams, by use case. All of them hold the row of the team."""

from core.teams.services.erasing import leave_teams, why_not_delete
from core.teams.services.holding import hold_team, release_team
from core.teams.services.invites import answer_invite, close_invite, open_invite, rotate_invite
from core.teams.services.members import end_membership, hand_over_team
from core.teams.services.requests import (
    accept_request,
    ask_to_join,
    decline_request,
    expire_request,
    withdraw_request,
)
from core.teams.services.teams import create_team, disband_team, edit_team, remove_logo, set_logo

__all__ = [
    "accept_request",
    "answer_invite",
    "ask_to_join",
    "close_invite",
    "create_team",
    "decline_request",
    "disband_team",
    "edit_team",
    "end_membership",
    "expire_request",
    "hand_over_team",
    "hold_team",
    "leave_teams",
    "open_invite",
    "release_team",
    "remove_logo",
    "rotate_invite",
    "set_logo",
    "why_not_delete",
    "withdraw_request",
]

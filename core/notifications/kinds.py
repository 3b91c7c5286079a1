"""The kinds of notification: the sentence that each one says, and how people are told of it. Pure, no Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Kind:
    """`sentence` names in braces keys of the notification's `data`; `by` is the name of who caused it.

    `about` is what a person is asked when they choose how to be told. `mail` says whether a mail comes unless they
    chose otherwise, `at_once` or when it was not read for a while; what is `fixed` they cannot choose (V89). `path` is
    the page that shows what it is about.
    """

    sentence: str
    about: str
    mail: bool = False
    fixed: bool = False
    at_once: bool = False
    path: str = "/lists/{list_id}"


ITEM = "/lists/{list_id}/items/{item_id}"
SHARE = "/matches/shared/{share_id}"
TEAM = "/teams/{team_id}"
COMPETITION = "/tournaments/{competition_id}"
MATCH = "/tournaments/{competition_id}/matches/{match_id}"

KINDS: Mapping[str, Kind] = {
    "mention": Kind("{by} mentioned you in {room}.", "Somebody mentions you", path="/chat"),
    "item_added": Kind("{by} added “{item}” to “{list}”.", "Something is proposed on a list of yours", path=ITEM),
    "item_changed": Kind(
        "{by} changed “{item}” after you voted on it.", "Something that you voted on changes", path=ITEM
    ),
    "item_locked_in": Kind("“{item}” is locked in on “{list}”.", "A proposal is locked in", path=ITEM),
    "item_completed": Kind("“{item}” on “{list}” is done.", "A proposal is done", path=ITEM),
    "comment": Kind("{by} commented on “{item}”: {line}", "Somebody answers to what you proposed or said", path=ITEM),
    "freeze_reminder": Kind("“{list}” closes on {until}.", "A list is about to close", mail=True),
    "list_frozen": Kind("“{list}” is closed: the result is sealed.", "A list closes", mail=True),
    "list_reopened": Kind("{by} opened “{list}” again.", "A list is opened again"),
    "deadline_changed": Kind("{by} moved the deadline of “{list}”.", "A deadline is moved"),
    "member_joined": Kind("{by} joined “{list}”.", "Somebody joins a list of yours"),
    "member_removed": Kind("{by} removed you from “{list}”.", "You are removed from a list", path="/lists"),
    "role_changed": Kind("You are now {role} of “{list}”.", "Your role on a list changes"),
    "match_offered": Kind(
        "{by} asks whether you agree with the match that you played: {score}.",
        "Somebody shares a match with you",
        path=SHARE,
    ),
    "match_answered": Kind(
        "{by} answered to the match that you share.", "Somebody answers to a shared match", path=SHARE
    ),
    "match_left": Kind(
        "{by} left the match that you shared ({score}). Yours stays.", "Somebody leaves a shared match", path="/matches"
    ),
    "team_request": Kind("{by} asks to join {team}.", "Somebody asks to join a team that you lead", path=TEAM),
    "team_answer": Kind("Your request to join {team} is decided.", "You are answered by a team", path=TEAM),
    "team_joined": Kind("{by} joined {team}.", "Somebody joins a team of yours", path=TEAM),
    "team_left": Kind("{by} left {team}.", "Somebody leaves a team of yours", path=TEAM),
    "team_removed": Kind("{by} removed you from {team}.", "You are removed from a team", path=TEAM),
    "team_captain": Kind("You lead {team} now.", "A team of yours has another captain", path=TEAM),
    "team_disbanded": Kind("{by} disbanded {team}.", "A team of yours is disbanded", path="/teams"),
    "competition_cancelled": Kind(
        "“{competition}” is cancelled.", "A competition of yours is cancelled", mail=True, path=COMPETITION
    ),
    "competition_announcement": Kind(
        "{by} in “{competition}”: {words}", "A host announces something", path=COMPETITION
    ),
    "competition_announcement_mailed": Kind(
        "{by} in “{competition}”: {words}",
        "A host announces something that cannot wait",
        mail=True,
        at_once=True,
        path=COMPETITION,
    ),
    "competition_staff": Kind(
        "{by} made you {role} of “{competition}”.", "Your role in a competition changes", path=COMPETITION
    ),
    "competition_not_started": Kind(
        "“{competition}” could not start by itself.",
        "A competition that you run could not start at its time",
        mail=True,
        at_once=True,
        path=COMPETITION,
    ),
    "competition_result": Kind(
        "The result of {match} in “{competition}” is confirmed.",
        "A result of a match of yours is confirmed or corrected",
        path=MATCH,
    ),
    "match_scheduled": Kind(
        "{match} in “{competition}” is on {at}.", "A match of yours is scheduled or moved", mail=True, path=MATCH
    ),
    "room_open": Kind(
        "The room of {match} in “{competition}” is open.", "The room of a match of yours opens", path=MATCH
    ),
    "advanced": Kind("{entrant} advances to {stage} in “{competition}”.", "You advance", path=COMPETITION),
    "eliminated": Kind("{entrant} is out of “{competition}” in {stage}.", "You are eliminated", path=COMPETITION),
    "claim_to_answer": Kind(
        "{by} says how {match} in “{competition}” ended, and waits for your answer.",
        "Somebody says how a match of yours ended",
        path=MATCH,
    ),
    "dispute_opened": Kind(
        "{by} protests against the result of {match} in “{competition}”.",
        "Somebody protests against a result",
        path=MATCH,
    ),
    "dispute_settled": Kind(
        "The dispute of {match} in “{competition}” is decided.", "A dispute of yours is decided", path=MATCH
    ),
    "competition_placement": Kind(
        "“{competition}” is over: {entrant} came in at place {place}.",
        "A competition of yours is over",
        mail=True,
        path=COMPETITION,
    ),
    "host_decided": Kind(
        "Your application to host is decided.",
        "Administrators decide on your application to host",
        mail=True,
        fixed=True,
        at_once=True,
        path="/me/hosting",
    ),
    "entry_confirmed": Kind(
        "{entrant} has a seat in {competition}.", "You have a seat in a competition", mail=True, path=COMPETITION
    ),
    "entry_waitlisted": Kind(
        "{entrant} waits for a seat in {competition}.", "You wait for a seat in a competition", path=COMPETITION
    ),
    "seat_offered": Kind(
        "A seat in {competition} is free for {entrant}. Take it before {until}.",
        "A seat in a competition is offered to you",
        mail=True,
        at_once=True,
        path=COMPETITION,
    ),
    "offer_lapsed": Kind(
        "Nobody took the seat for {entrant} in {competition}. It waits at the end of the line.",
        "A seat that was offered to you is gone",
        path=COMPETITION,
    ),
    "check_in_open": Kind(
        "Check-in for {competition} is open. Check {entrant} in before {until}.",
        "Check-in opens for a competition of yours",
        mail=True,
        at_once=True,
        path=COMPETITION,
    ),
    "absent": Kind(
        "{entrant} is not checked in for {competition}, and check-in closes {until}.",
        "Somebody is not checked in when check-in is about to close",
        path=COMPETITION,
    ),
    "entry_ended": Kind(
        "{entrant} withdrew from {competition}.", "What you play for is out of a competition", path=COMPETITION
    ),
    "roster_short": Kind(
        "{entrant} has {players} of the {lineup} who must play in {competition}.",
        "A roster has become too small",
        path=COMPETITION,
    ),
    "entries": Kind(
        "{count} registered for {competition}; {taken} of {capacity} seats are taken.",
        "Somebody registers for a competition that you host",
        path=COMPETITION,
    ),
    "capacity_reached": Kind(
        "All {capacity} seats of {competition} are taken.",
        "A competition that you host has no seats left",
        path=COMPETITION,
    ),
    "moderation": Kind(
        "A moderator has decided something that concerns you.",
        "Moderators decide on you",
        mail=True,
        fixed=True,
        path="/",
    ),
}

VARIANTS: Mapping[tuple[str, str], str] = {
    ("moderation", "timed_out"): "You may only read until {until}.",
    ("moderation", "banned"): "Your account is banned.",
    ("moderation", "lifted"): "A sanction of yours was lifted.",
    ("freeze_reminder", "one"): "“{list}” closes on {until}; one item waits for your vote.",
    ("freeze_reminder", "some"): "“{list}” closes on {until}; {unvoted} items wait for your vote.",
    ("freeze_reminder", "none"): "“{list}” closes on {until}. You have voted on everything.",
    ("deadline_changed", "set"): "{by} moved the deadline of “{list}” to {until}.",
    ("deadline_changed", "cleared"): "“{list}” has no deadline any more.",
    ("mention", "chat"): "{by} mentioned you in the chat of “{list}”.",
    ("mention", "comment"): "{by} mentioned you in a comment on “{item}”.",
    ("role_changed", "joined"): "{member} is now {role} of “{list}”.",
    ("mention", "match"): "{by} mentioned you in the chat of {match} in “{competition}”.",
    ("mention", "competition"): "{by} mentioned you in the chat of “{competition}”.",
    ("competition_staff", "dismissed"): "{by} took your role in “{competition}” from you.",
    ("team_answer", "accepted"): "{by} let you into {team}.",
    ("team_answer", "declined"): "{by} declined your request to join {team}.",
    ("team_answer", "expired"): "Nobody answered your request to join {team} in 14 days. You can ask again.",
    ("team_answer", "disbanded"): "{team} was disbanded, so your request to join it is void.",
    ("team_left", "removed"): "{by} removed {member} from {team}.",
    ("team_captain", "other"): "{member} leads {team} now.",
    ("host_decided", "approve"): "You are a host now: you can hold tournaments and scrims.",
    ("host_decided", "reject"): "Your application to host was rejected.",
    ("host_decided", "needs_info"): "More is asked of your application to host.",
    ("host_decided", "suspend"): "You may not host for now.",
    ("host_decided", "reinstate"): "You may host again.",
    ("match_scheduled", "moved"): "{match} in “{competition}” is moved to {at}.",
    ("room_open", "again"): "The room of {match} in “{competition}” is another one now.",
    ("advanced", "bracket"): "{entrant} goes on in “{competition}”: next is {match}.",
    ("dispute_settled", "upheld"): "The protest against the result of {match} in “{competition}” is upheld.",
    ("dispute_settled", "dismissed"): "The protest against the result of {match} in “{competition}” is dismissed.",
    ("competition_result", "corrected"): "{by} corrected the result of {match} in “{competition}”.",
    ("absent", "host"): "{count} are not checked in for {competition}, and check-in closes {until}: {names}.",
    ("absent", "no_show"): "{entrant} did not check in for {competition}, and lost its seat.",
    ("entry_ended", "removed"): "{by} removed {entrant} from {competition}.",
    ("entries", "one"): "{name} registered for {competition}; {taken} of {capacity} seats are taken.",
    ("match_answered", "agreed"): "{by} agrees: {score}. The match counts for both of you.",
    ("match_answered", "declined"): "{by} says that the match of {score} is not theirs.",
    ("match_answered", "corrected"): "{by} proposes other values for the match of {score}: {cells}.",
    ("match_answered", "settled"): "{by} answered what you proposed for the match of {score}.",
}
"""What a notification says instead if its `data.action` is the second word; a `data.reason` is shown after it."""

PATHS: Mapping[tuple[str, str], str] = {
    ("mention", "chat"): "/lists/{list_id}/chat",
    ("mention", "comment"): ITEM,
    ("mention", "match"): MATCH,
    ("mention", "competition"): f"{COMPETITION}/chat",
}
"""The page that shows it, in the same way."""


def sentence(kind: str, *, by: str, data: Mapping[str, Any]) -> str:
    """What a notification says to its person, in English; what its `data` lacks is left out."""
    template = VARIANTS.get((kind, str(data.get("action"))), KINDS[kind].sentence)
    words = template.format_map(_Words(data, by=by))
    reason = data.get("reason")
    return f"{words} Reason: {reason}" if reason else words


def path_of(kind: str, data: Mapping[str, Any]) -> str:
    """The page, on the app's own host, that shows what a notification is about."""
    path = PATHS.get((kind, str(data.get("action"))), KINDS[kind].path)
    return path.format_map(_Words(data))


class _Words(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"

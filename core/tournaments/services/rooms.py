"""Rooms in the game: where a match is played, shown to its rosters from their time on, and each look written down
(T10)."""

from datetime import datetime

from core.accounts.models import User
from core.accounts.system import Actor
from core.errors import Conflict
from core.events import emit
from core.text import clean_text
from core.tournaments import shapes
from core.tournaments.events import CompetitionChanged, MatchChanged
from core.tournaments.models import Match, RoomView
from core.tournaments.models.structure import ROOM_MOST
from core.tournaments.selectors.matches import find_match
from core.tournaments.selectors.rooms import is_released, no_room, show_room
from core.tournaments.services import telling_structure as telling
from core.tournaments.services.matches import BEFORE, open_match
from core.tournaments.services.opening import OpenCompetition, wake
from core.tournaments.states import OVER
from core.work.clock import database_now
from core.work.transactions import atomically


@atomically
def set_room(
    *,
    by: Actor,
    competition_id: int,
    match_id: int,
    room_id: str,
    room_password: str = "",
    release_at: datetime | None = None,
) -> shapes.Room:
    """The match is played there, and its rosters see that from `release_at` on (None: staff alone); where they could
    see another, from now on, and are told. An empty `room_id` takes the room back.

    For co-hosts and above. Raises NotFound: no_competition, no_match. NotAllowed: not_staff, banned, timed_out.
    Conflict: competition_over, match_settled. Invalid: invalid. Locks the competition, then inboxes. Emits
    MatchChanged, CompetitionChanged.
    """
    competition, match = open_match(competition_id, match_id, by)
    if match.state in Match.SETTLED:
        raise Conflict("match_settled", "It has its result.", facts={"state": match.state})
    before = (match.room_id, match.room_password)
    match.room_id = _words(room_id, "room_id")
    match.room_password = _words(room_password, "room_password") if match.room_id else ""
    match.release_at = release_at if match.room_id else None
    released = is_released(match, competition.now)
    again = released and match.released_at is not None
    if not released:
        match.released_at = None
        match.state = Match.State.SCHEDULED if match.state == Match.State.READY else match.state
    match.save()
    if again and before != (match.room_id, match.room_password):
        match.release_at = competition.now
        match.save(update_fields=["release_at"])
        telling.room_open(competition, match, again=True)
    elif released and not again:
        _release(competition, match)
    elif match.release_at is not None:
        wake(competition.row, match.release_at)
    emit(MatchChanged(match_id=match.pk, roster=True), CompetitionChanged(competition_id=competition_id))
    return show_room(match, competition.now, sees_all=True)


def release_rooms(competition: OpenCompetition) -> None:
    """A step of the clock: rooms whose time has come are open, and the rosters of their matches are told. Locks
    inboxes. Emits MatchChanged, CompetitionChanged."""
    row, now = competition.row, competition.now
    if row.state in OVER:
        return
    due = Match.objects.filter(competition=row, release_at__isnull=False, released_at=None).exclude(room_id="")
    for match in due.exclude(state__in=Match.SETTLED).select_related("stage").order_by("release_at", "pk"):
        if is_released(match, now):
            _release(competition, match)
        elif match.release_at is not None:
            wake(row, match.release_at)


@atomically
def look_at_room(*, by: User, competition_id: int, match_id: int) -> shapes.Room:
    """Where the match is played, for staff, and from its release on for those who play it; that `by` saw it is written
    down. Raises NotFound: no_competition, no_match, no_room. Locks nothing."""
    seen = find_match(competition_id, match_id, by)
    if not seen.may_read_room:
        raise no_room()
    now = database_now()
    room = show_room(seen.match, now, sees_all=seen.stand.may("read_rooms"))
    if room.room_id:
        RoomView.objects.create(match=seen.match, user=by, at=now)
    return room


def _release(competition: OpenCompetition, match: Match) -> None:
    match.released_at = competition.now
    if match.state in BEFORE:
        match.state = Match.State.READY
    match.save(update_fields=["released_at", "state"])
    emit(MatchChanged(match_id=match.pk, roster=True), CompetitionChanged(competition_id=competition.row.pk))
    telling.room_open(competition, match, again=False)


def _words(text: str, field: str) -> str:
    return clean_text(text, field=field, max_chars=ROOM_MOST) if text.strip() else ""

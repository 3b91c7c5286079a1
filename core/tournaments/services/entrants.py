"""Entrants opened for writing: whose they are, their state, their seat, and how they leave (T5, T6)."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, OuterRef, Subquery

from core.accounts.system import Actor
from core.errors import NotAllowed, NotFound
from core.events import emit
from core.teams.models import Membership
from core.teams.services import release_team
from core.tournaments import entering
from core.tournaments.events import CompetitionChanged, MatchChanged, StaffWorkChanged, StandingsChanged, access_changed
from core.tournaments.models import Competition, Entrant, Group, MatchSide, RosterPlace, Seat
from core.tournaments.selectors.entrants import entrants_in
from core.tournaments.selectors.overlays import overlays_of
from core.tournaments.services.opening import OpenCompetition, open_competition, open_for

State = Entrant.State


def open_entrant(competition_id: int, by: Actor, entrant_id: int | None = None) -> tuple[OpenCompetition, Entrant]:
    """Within a transaction: lock the competition; the entrant that `by` leads, or as its staff any one.

    Raises NotFound: no_competition, not_registered, no_entrant. NotAllowed: captain_only, not_staff, banned, timed_out.
    """
    if entrant_id is None:
        competition = open_competition(competition_id, by)
        return competition, own_entrant(competition, by)
    competition = open_for(competition_id, by, "admit")
    entrant = entrants_in(competition.row).filter(pk=entrant_id).first()
    if entrant is None:
        raise NotFound("no_entrant", "There is no such entrant in this competition.")
    return competition, entrant


def own_entrant(competition: OpenCompetition, by: Actor) -> Entrant:
    """What `by` leads, the one that is not out before any that is. Raises NotFound: not_registered. NotAllowed:
    captain_only."""
    follow_captains(competition.row.pk)
    row = competition.row
    led = entrants_in(row).filter(captain=by.id).order_by("-arrival")
    entrant = min(led, key=lambda it: it.state in Entrant.OUT, default=None)
    if entrant is not None:
        return entrant
    if RosterPlace.objects.filter(competition=row, user=by.id, counts=True).exists():
        raise NotAllowed("captain_only", "Only the captain does this.")
    raise NotFound("not_registered", "You are not registered in this competition.")


def follow_captains(competition_id: int) -> None:
    """Whoever leads a team now acts for it. One query."""
    lead = Membership.objects.filter(team=OuterRef("team"), role=Membership.Role.CAPTAIN).values("user")[:1]
    teams = Entrant.objects.filter(competition=competition_id, team__isnull=False).exclude(state__in=Entrant.OUT)
    moved = teams.annotate(lead=Subquery(lead)).filter(lead__isnull=False).exclude(lead=F("captain"))
    if moved.update(captain=Subquery(lead)):
        emit(CompetitionChanged(competition_id=competition_id))


def set_state(competition: OpenCompetition, entrant: Entrant, *way: str, **fields: Any) -> None:
    """The entrant goes that way, and has these `fields`. Raises Conflict: illegal_move. Emits CompetitionChanged,
    StaffWorkChanged, and of its matches MatchChanged."""
    row = competition.row
    entering.check_way(entrant.state, way, check_in=row.checkin_opens is not None)
    entrant.state = way[-1]
    if entrant.state != State.OFFERED:
        entrant.offer_expires_at = None
    for name, value in fields.items():
        setattr(entrant, name, value)
    entrant.save(update_fields=["state", "offer_expires_at", *fields])
    tell_change(row)
    if row.state != Competition.State.REGISTRATION_OPEN:  # nothing is drawn before
        tell_matches(entrant)


def tell_change(row: Competition) -> None:
    """Of the entrants of the competition, everybody and its staff see something new."""
    emit(CompetitionChanged(competition_id=row.pk), StaffWorkChanged(competition_id=row.pk))


def tell_matches(entrant: Entrant) -> None:
    """Its matches show it otherwise. One query."""
    matches = MatchSide.objects.filter(entrant=entrant).values_list("match", flat=True)
    emit(*(MatchChanged(match_id=match_id) for match_id in matches))


def tell_cards(row: Competition, entrant_ids: Collection[int]) -> None:
    """Matches and tables show the states of these entrants, which are others now. Three queries. Emits MatchChanged,
    StandingsChanged."""
    matches = MatchSide.objects.filter(entrant__in=entrant_ids).values_list("match", flat=True).distinct()
    emit(*(MatchChanged(match_id=match_id) for match_id in matches))
    groups: dict[int, list[int]] = {}
    concerned = Group.objects.filter(stage__placements__entrant__in=entrant_ids).distinct()
    for stage, group in concerned.values_list("stage", "pk"):
        groups.setdefault(stage, []).append(group)
    boards = overlays_of(row.pk) if groups else []
    emit(*(StandingsChanged(stage_id=it, group_ids=own, overlay_ids=boards) for it, own in groups.items()))


def put_out(competition: OpenCompetition, entrant: Entrant, *way: str) -> None:
    """The entrant is out: its seat, its people and its team are free. Raises Conflict: illegal_move. Emits
    AccessChanged as well."""
    set_state(competition, entrant, *way, checked_in_at=None)
    free_seat(entrant)
    places = RosterPlace.objects.filter(entrant=entrant)
    places.update(counts=False)
    release(entrant)
    tell_cards(competition.row, [entrant.pk])
    tell_access(competition.row, {entrant.captain_id, *places.values_list("user", flat=True)})


def release(entrant: Entrant) -> None:
    """Its team may be disbanded as far as this competition is concerned."""
    if entrant.team_id is not None:
        release_team(team_id=entrant.team_id, cause=cause_of(entrant.competition_id))


def cause_of(competition_id: int) -> str:
    """Under which name a competition holds teams."""
    return f"competition:{competition_id}"


def tell_access(row: Competition, user_ids: set[int]) -> None:
    """These people may hear more or less of the competition than before."""
    for user_id in sorted(user_ids):
        emit(*access_changed(row.pk, user_id=user_id))


def free_seats(row: Competition) -> int:
    return Seat.objects.filter(competition=row, entrant=None).count()


def take_seat(row: Competition, entrant: Entrant) -> bool:
    """The lowest free seat is the entrant's; False if none is free. The competition's lock keeps others away, and the
    seat is taken only while it is free (T6)."""
    free = Seat.objects.filter(competition=row, entrant=None).order_by("number").first()
    taken = free is not None and Seat.objects.filter(pk=free.pk, entrant=None).update(entrant=entrant) == 1
    forget_seat(entrant)
    return taken


def free_seat(entrant: Entrant) -> None:
    Seat.objects.filter(entrant=entrant).update(entrant=None)
    forget_seat(entrant)


def forget_seat(entrant: Entrant) -> None:
    """What was loaded of its seat is out of date."""
    entrant._state.fields_cache.pop("seat", None)


def last_in_line(row: Competition) -> int:
    """The number of whoever comes next (T6)."""
    row.arrivals += 1
    row.save(update_fields=["arrivals"])
    return row.arrivals

"""What the rows of entrants say of themselves, against what they must."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q

from core.teams.models import Hold
from core.tournaments.models import Competition, Entrant, RosterPlace, Seat
from core.tournaments.selectors.standing import NEVER_PUBLISHED
from core.tournaments.states import OVER
from core.work.clock import database_now

State = Entrant.State
SEATED = (State.AWAITING_PAYMENT, State.OFFERED, State.CONFIRMED, State.CHECKED_IN, State.ACTIVE)
NOTICED_WITHIN = timedelta(hours=2)


def find_differences_of_entry() -> Iterator[str]:
    """Seats of those who are out or of another competition, entrants without the seat that is theirs, competitions with
    fewer or more seats than they say, people of those who are out, offers that lapsed and nobody noticed, and teams
    that nothing holds. Eight queries."""
    seats = Seat.objects.exclude(entrant=None)
    for seat in seats.filter(Q(entrant__state__in=(*Entrant.OUT, State.WAITLISTED, State.APPLIED))):
        yield f"seat {seat.number} of competition {seat.competition_id} is of {seat.entrant_id}, who has none"
    for seat in seats.exclude(competition=F("entrant__competition")):
        yield f"seat {seat.number} of competition {seat.competition_id} is of {seat.entrant_id}, who is in another"
    for entrant in Entrant.objects.filter(state__in=SEATED, seat=None):
        yield f"entrant {entrant.pk} is {entrant.state} and has no seat"
    counted = Competition.objects.exclude(NEVER_PUBLISHED)
    for row in counted.annotate(there=Count("seats")).exclude(there=F("capacity")):
        yield f"competition {row.pk} is for {row.capacity} and has {row.there} seats"
    for place in RosterPlace.objects.filter(entrant__state__in=Entrant.OUT, counts=True):
        yield f"roster place {place.pk} counts, and its entrant {place.entrant_id} is out"
    for place in RosterPlace.objects.exclude(competition=F("entrant__competition")):
        yield f"roster place {place.pk} is of competition {place.competition_id}, and its entrant of another"
    yield from _late()
    held = Hold.objects.filter(team=OuterRef("team"))
    playing = Entrant.objects.filter(state__in=SEATED, team__isnull=False).exclude(competition__state__in=OVER)
    for entrant in playing.exclude(Exists(held)):
        yield f"team {entrant.team_id} plays in competition {entrant.competition_id}, and nothing holds it"


def _late() -> Iterator[str]:
    """An offer that lapsed is passed on within the hour in which the clock looks after everything."""
    late = Entrant.objects.filter(state=State.OFFERED, offer_expires_at__lt=database_now() - NOTICED_WITHIN)
    for entrant in late.exclude(competition__state__in=OVER):
        yield f"entrant {entrant.pk} was offered a seat until {entrant.offer_expires_at}, and nobody passed it on"

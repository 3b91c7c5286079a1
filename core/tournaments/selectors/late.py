"""In which competitions something should have happened by now: what the hourly sweep looks for."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from core.teams.models import Membership
from core.tournaments.models import Claim, Competition, Entrant, Match

LATE_AFTER = timedelta(minutes=5)  # until then its own job is taken to be on its way
READ_WITHIN = timedelta(minutes=15)
State = Competition.State
CLOSED = (State.REGISTRATION_CLOSED, State.CHECK_IN, State.LIVE, State.PAUSED)


def late_competitions(now: datetime) -> QuerySet[Competition]:
    """Those whose times, offers, rooms or claims were due five minutes ago and not seen to, and those in which a team
    is led by somebody else than it was. One query."""
    before = now - LATE_AFTER
    rows = Competition.objects.filter(_late_itself(before) | _late_within(before))
    return rows.exclude(state__in=(State.DRAFT, State.COMPLETED, State.ARCHIVED, State.CANCELLED)).order_by("pk")


def _late_itself(before: datetime) -> Q:
    return (
        Q(state=State.PUBLISHED, reg_opens__lte=before)
        | Q(state=State.REGISTRATION_OPEN, reg_closes__lte=before)
        | Q(state=State.REGISTRATION_CLOSED, checkin_opens__lte=before)
        | Q(state__in=CLOSED, rosters_locked_at=None)
        | Q(state__in=CLOSED[1:], checked_in_at=None, checkin_closes__lte=before)
        | Q(state__in=CLOSED[:2], starts_at__lte=before)
    )


def _late_within(before: datetime) -> Q:
    entrants = Entrant.objects.filter(competition=OuterRef("pk"))
    lead = Membership.objects.filter(team=OuterRef("team"), role=Membership.Role.CAPTAIN).values("user")[:1]
    led = entrants.filter(team__isnull=False).exclude(state__in=Entrant.OUT).annotate(lead=Subquery(lead))
    rooms = Match.objects.filter(competition=OuterRef("pk"), release_at__lte=before, released_at=None)
    claims = Claim.objects.filter(competition=OuterRef("pk"))
    unread = Q(state=Claim.State.READING, created_at__lte=before + LATE_AFTER - READ_WITHIN)
    waiting = Q(state=Claim.State.PROPOSED, window_ends_at__lte=before)
    return (
        Q(Exists(entrants.filter(state=Entrant.State.OFFERED, offer_expires_at__lte=before)))
        | Q(Exists(led.filter(lead__isnull=False).exclude(lead=F("captain"))))
        | Q(Exists(rooms.exclude(room_id="").exclude(state__in=Match.SETTLED)))
        | Q(Exists(claims.filter(unread | waiting)))
    )

"""How somebody stands to a competition and to its matches: what every rule is asked with."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet, Value

from core.accounts.models import User
from core.tournaments import rules
from core.tournaments.models import Competition, Entrant, Match, RosterPlace
from core.tournaments.rules import HOST, MatchStand, Stand
from core.tournaments.states import HIDDEN
from core.work.clock import database_now

NEVER_PUBLISHED = Q(state__in=HIDDEN) | Q(state=Competition.State.CANCELLED, published_at=None)
"""What `states.is_hidden` says of one, of rows."""


def stand_in(row: Competition, user: User | None) -> Stand:
    """One query, none for the host and for who is not signed in."""
    if user is None or row.host_id == user.pk:
        return Stand(row, user, HOST if user else None)
    return Stand(row, user, row.staff.filter(user=user).values_list("role", flat=True).first())


def stand_in_match(match: Match, stand: Stand, user: User | None) -> MatchStand:
    """Which side of the match they play for, or lead; one query."""
    if user is None:
        return MatchStand(stand, match)
    side, is_captain = sides_by_user(match, [user]).get(user.pk, (None, False))
    return MatchStand(stand, match, side, is_captain)


def sides_by_user(match: Match, users: Collection[User]) -> dict[int, tuple[int, bool]]:
    """Which of these play for a side of the match, or lead one without playing: which one, and whether they lead it;
    one query."""
    plays = places_in(match).filter(user__in=users).values_list("user", "entrant", "entrant__captain", Value(0))
    leads = Entrant.objects.filter(captain__in=users, pk__in=match.sides.values("entrant")).exclude(
        state__in=Entrant.OUT
    )
    found: dict[int, tuple[int, bool]] = {}
    rows = plays.union(leads.values_list("captain", "pk", "captain", Value(1)))
    for user, side, captain, _ in sorted(rows, key=lambda row: row[3]):
        found.setdefault(user, (side, captain == user))
    return found


def places_in(match: Match) -> QuerySet[RosterPlace]:
    """Who plays it, on all sides."""
    return RosterPlace.objects.filter(counts=True, entrant__in=match.sides.values("entrant"))


def seen_until(stand: Stand) -> datetime | None:
    """Until when what was recorded is shown to whoever stands so: behind a freeze staff alone see on (T25). None: all
    of it. No query; the clock, where a freeze is set."""
    return None if stand.may("watch") else public_until(stand.competition)


def public_until(row: Competition, now: datetime | None = None) -> datetime | None:
    """The same for everybody, at `now` if the clock was read already."""
    if row.frozen_at is None:
        return None
    return row.frozen_at if row.frozen_at <= (now or database_now()) else None


def find_competition(competition_id: int, user: User | None) -> Stand:
    """The competition, as `user` stands to it. Two queries. Raises NotFound: no_competition."""
    row = Competition.objects.filter(pk=competition_id).select_related("host__profile", "banner").first()
    if row is None:
        raise rules.no_competition()
    stand = stand_in(row, user)
    rules.check_may_see(stand)
    return stand


def check_kind(competition_id: int, kind: str) -> None:
    """One query. Raises NotFound: no_competition, also for one of the other kind (T1)."""
    if not Competition.objects.filter(pk=competition_id, kind=kind).exists():
        raise rules.no_competition()

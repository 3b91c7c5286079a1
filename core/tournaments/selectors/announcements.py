"""What hosts announced: to all, for everybody who sees the competition, or to one group, for its people."""

from django.db.models import Q, QuerySet

from core.accounts.models import User
from core.accounts.shapes import card
from core.tournaments import shapes
from core.tournaments.models import Announcement, Competition, Entrant, Placement, RosterPlace
from core.tournaments.rules import Stand

SHOWN = 50


def announcements_of(stand: Stand) -> shapes.Announcements:
    """Those that whoever stands so may read, the newest first; two queries at most."""
    rows = _rows(stand.competition)
    if not stand.may("watch"):
        rows = rows.filter(Q(group=None) | Q(group__in=groups_of(stand)))
    return shapes.Announcements(results=[show_announcement(row) for row in rows[:SHOWN]])


def public_announcements(row: Competition) -> list[shapes.Announcement]:
    """Those to all, the newest first; one query."""
    return [show_announcement(it) for it in _rows(row).filter(group=None)[:SHOWN]]


def show_announcement(row: Announcement) -> shapes.Announcement:
    """No query if its author and their profile are loaded."""
    return shapes.Announcement(id=row.pk, author=card(row.author), group=row.group_id, words=row.words, at=row.at)


def groups_of(stand: Stand) -> list[int]:
    """The groups in which somebody plays; one query, none for who is not signed in."""
    if not isinstance(stand.user, User):
        return []
    return list(placements_of(stand.competition, stand.user).values_list("group", flat=True))


def placements_of(row: Competition, user: User) -> QuerySet[Placement]:
    """Where in the groups of a competition somebody plays, or leads who does."""
    places = RosterPlace.objects.filter(competition=row, user=user, counts=True).values("entrant")
    led = Entrant.objects.filter(competition=row, captain=user).exclude(state__in=Entrant.OUT).values("pk")
    return Placement.objects.filter(Q(entrant__in=places) | Q(entrant__in=led), stage__competition=row)


def _rows(row: Competition) -> QuerySet[Announcement]:
    return row.announcements.select_related("author__profile").order_by("-at", "-pk")

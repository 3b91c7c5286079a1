"""Who takes part in a competition, who waits for a seat, and how they are shown."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q, QuerySet

from core.accounts.models import User
from core.accounts.shapes import card
from core.errors import NotFound
from core.files.selectors import picture
from core.tournaments import shapes
from core.tournaments.models import Competition, Entrant, RosterPlace
from core.tournaments.rules import Stand, check
from core.tournaments.selectors.standing import find_competition, seen_until

State = Entrant.State
PLAYING = (State.CONFIRMED, State.CHECKED_IN, State.ACTIVE)
"""They have a seat of their own, and nothing put them out."""


def entrants_in(row: Competition) -> QuerySet[Entrant]:
    """Everybody who ever registered, with what cards show, in the order of arrival."""
    found = Entrant.objects.filter(competition=row).order_by("arrival")
    return found.select_related("team__logo", "seat", "captain__profile")


def active_entrants(row: Competition) -> list[Entrant]:
    """Who plays, or will, by seat; one query."""
    return list(entrants_in(row).filter(state__in=PLAYING).order_by("seat__number"))


def absent_in(row: Competition) -> list[shapes.EntrantCard]:
    """While check-in is open: who has not checked in; one query."""
    if row.state != Competition.State.CHECK_IN:
        return []
    return [show_entrant_card(it) for it in entrants_in(row).filter(state=State.CONFIRMED)]


def list_entrants(user: User | None, competition_id: int, *, limit: int, after: int = 0) -> shapes.EntrantPage:
    """A page of those who are in it or wait, in the order of arrival. Six queries at most. Raises NotFound:
    no_competition."""
    stand = find_competition(competition_id, user)
    return _page(stand, entrants_in(stand.competition).exclude(state__in=Entrant.OUT), limit, after)


def list_registrations(
    user: User, competition_id: int, *, limit: int, after: int = 0, state: Collection[str] = (), q: str = ""
) -> shapes.EntrantPage:
    """A page of everybody who ever registered, for staff: in these states, or whose name or tag says `q`. Six queries
    at most. Raises NotFound: no_competition. NotAllowed: not_staff."""
    stand = find_competition(competition_id, user)
    check(stand, "watch")
    rows = entrants_in(stand.competition)
    if state:
        rows = rows.filter(state__in=state)
    if q := q.strip():
        rows = rows.filter(Q(name__icontains=q) | Q(tag__iexact=q))
    return _page(stand, rows, limit, after)


def see_own_entrant(user: User, competition_id: int) -> shapes.Entrant:
    """What `user` plays for or leads. Raises NotFound: no_competition, not_registered."""
    stand = find_competition(competition_id, user)
    entrant = entrant_of(stand.competition, user)
    if entrant is None:
        raise NotFound("not_registered", "You are not registered in this competition.")
    return show_entrant(entrant, stand)


def _page(stand: Stand, rows: QuerySet[Entrant], limit: int, after: int) -> shapes.EntrantPage:
    found = list(rows.filter(arrival__gt=after)[: limit + 1])
    results = show_entrants(found[:limit], stand)
    return shapes.EntrantPage(results=results, next=results[-1].arrival if len(found) > limit else None)


def cards_of(entrant_ids: Collection[int], *, frozen: bool = False) -> dict[int, shapes.EntrantCard]:
    """Their cards, by id; one query."""
    rows = Entrant.objects.filter(pk__in=entrant_ids).select_related("team__logo", "seat")
    return {row.pk: show_entrant_card(row, frozen=frozen) for row in rows}


def show_entrant_card(row: Entrant, *, frozen: bool = False) -> shapes.EntrantCard:
    """While the boards are `frozen`, whom results put out is shown as playing: nothing tells when they did. No query if
    its team, the logo and its seat are loaded."""
    seat = getattr(row, "seat", None)  # Django's way to say that none refers to it is an AttributeError
    return shapes.EntrantCard(
        id=row.pk,
        name=row.name,
        tag=row.tag,
        logo=picture(row.team.logo) if row.team else None,
        team=row.team_id,
        state=State.ACTIVE if frozen and row.state in Entrant.BY_RESULTS else row.state,
        seat=seat.number if seat else None,
    )


def show_entrants(rows: Sequence[Entrant], stand: Stand) -> list[shapes.Entrant]:
    """These entrants of one competition, as whoever stands so sees them. Two queries, however many they are, if what
    `entrants_in` loads is loaded."""
    places: dict[int, list[RosterPlace]] = {row.pk: [] for row in rows}
    found = RosterPlace.objects.filter(entrant__in=rows).select_related("user__profile")
    for place in found.order_by("is_substitute", "pk"):
        places[place.entrant_id].append(place)
    waiting = places_in_line(stand.competition) if any(row.state == State.WAITLISTED for row in rows) else {}
    frozen = seen_until(stand) is not None
    return [_show(row, places[row.pk], waiting.get(row.pk), stand, frozen) for row in rows]


def show_entrant(row: Entrant, stand: Stand) -> shapes.Entrant:
    """The same of one."""
    return show_entrants([row], stand)[0]


def places_in_line(row: Competition) -> Mapping[int, int]:
    """By entrant: its place in the waitlist, from 1; one query."""
    waiting = Entrant.objects.filter(competition=row, state=State.WAITLISTED).order_by("arrival")
    return {pk: place for place, pk in enumerate(waiting.values_list("pk", flat=True), 1)}


def entrant_of(row: Competition, user: User) -> Entrant | None:
    """What `user` plays for or leads, the one that is not out before any that is; one query."""
    own = entrants_in(row).filter(pk__in=_of(row, user)).order_by("-arrival")
    return min(own, key=lambda it: it.state in Entrant.OUT, default=None)


def _of(row: Competition, user: User) -> Collection[int]:
    led = Entrant.objects.filter(competition=row, captain=user).values_list("pk", flat=True)
    played = RosterPlace.objects.filter(competition=row, user=user).values_list("entrant", flat=True)
    return {*led, *played}


def _show(
    row: Entrant, places: Sequence[RosterPlace], waiting: int | None, stand: Stand, frozen: bool
) -> shapes.Entrant:
    reader = stand.user.pk if isinstance(stand.user, User) else None
    sees_all = stand.may("watch") or reader in {row.captain_id, *(place.user_id for place in places)}
    members = [
        shapes.RosterMember(
            user=card(place.user),
            in_game_id=place.in_game_id if sees_all else None,
            in_game_name=place.in_game_name,
            is_substitute=place.is_substitute,
        )
        for place in places
    ]
    seen = show_entrant_card(row, frozen=frozen and not sees_all)
    return shapes.Entrant(
        **{name: getattr(seen, name) for name in shapes.EntrantCard.__dataclass_fields__},
        captain=card(row.captain),
        roster=members,
        arrival=row.arrival,
        waiting=waiting,
        offer_expires_at=row.offer_expires_at,
        registered_at=row.registered_at,
        checked_in_at=row.checked_in_at,
    )

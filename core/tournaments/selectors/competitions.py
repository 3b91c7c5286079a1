"""Which competitions there are, and how one is shown."""

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from core.accounts.models import User
from core.accounts.shapes import card
from core.errors import Invalid
from core.files.selectors import picture
from core.games.selectors import find_mode
from core.tournaments import shapes, states
from core.tournaments.models import Competition, Entrant, RosterPlace, Staff
from core.tournaments.rules import HOST, Stand
from core.tournaments.selectors.entrants import entrant_of, show_entrant, show_entrant_card
from core.tournaments.selectors.stages import show_stages
from core.tournaments.selectors.standing import NEVER_PUBLISHED, find_competition, seen_until
from core.work.clock import database_now

State, Plan = Competition.State, Competition.Plan
RANKS = {Plan.PREMIUM: 0, Plan.FEATURED: 1, Plan.BASIC: 2, Plan.FREE: 3}
ACT_OF = {"published": "publish", "cancelled": "cancel"}
"""By state into which somebody brings a competition: the act of the table of rights, where it is not `move`."""
SEATED = ("confirmed", "checked_in", "active", "eliminated", "finished", "no_show", "disqualified")
_CURSOR = re.compile(r"([01])\.([0-3])\.(\d{1,18})\.([1-9]\d{0,17})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def list_competitions(
    user: User | None,
    *,
    kind: str,
    limit: int,
    after: str | None = None,
    mine: bool = False,
    game: str = "",
    state: Collection[str] = (),
    mode: str = "",
    fee: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    host: str = "",
    q: str = "",
) -> shapes.CompetitionPage:
    """A page of those that everybody may find, or of those that `user` runs, plays in or leads a team in: what is to
    come first, better plans before others, then by their start; then what is over, the newest first. Three queries at
    most, and the clock.

    Raises Invalid: bad_cursor.
    """
    now = database_now()
    rows = _placed(_findable(kind, user if mine else None), now)
    rows = rows.filter(stands__in=state) if state else rows
    exact = {"game": game, "mode": mode, "starts_at__gte": since, "starts_at__lt": until}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if fee:
        rows = rows.filter(entry_fee_paise__gt=0) if fee == "paid" else rows.filter(entry_fee_paise=0)
    if host:
        rows = rows.filter(host__username_key=User.key_of(host))
    if q := q.strip():
        rows = rows.filter(title__icontains=q)
    if after is not None:
        rows = rows.filter(_behind(after))
    found = list(rows.select_related("host__profile", "banner")[: limit + 1])
    results = show_cards(found[:limit], now)
    return shapes.CompetitionPage(results=results, next=_cursor(found[limit - 1]) if len(found) > limit else None)


def see_competition(competition_id: int, user: User | None) -> shapes.CompetitionView:
    """The competition whole, as `user` sees it. Raises NotFound: no_competition."""
    stand = find_competition(competition_id, user)
    row, now = stand.competition, database_now()
    row.state = states.state_at(row, now)
    stages = show_stages(row, as_of=seen_until(stand)).results
    return shapes.CompetitionView(**competition_fields(row, now), stages=stages, mine=mine_of(stand))


def mine_of(stand: Stand) -> shapes.CompetitionMine:
    """What of it is one viewer's own. Six queries at most."""
    moves = [move for move in states.legal(stand.competition) if stand.may(ACT_OF.get(move, "move"))]
    user = stand.user if isinstance(stand.user, User) else None
    entrant = entrant_of(stand.competition, user) if user else None
    return shapes.CompetitionMine(
        role=stand.role,
        acts=stand.acts,
        moves=moves,
        entrant=show_entrant(entrant, stand) if entrant else None,
        is_captain=entrant is not None and user is not None and entrant.captain_id == user.pk,
    )


def staff_of(row: Competition) -> shapes.StaffList:
    """Who runs it, the host first, then in the order in which they came. One query if its host is loaded."""
    staff = row.staff.select_related("user__profile").order_by("added_at", "pk")
    host = shapes.StaffMember(user=card(row.host), role=HOST)
    return shapes.StaffList(results=[host, *(shapes.StaffMember(user=card(it.user), role=it.role) for it in staff)])


def counts_of(rows: Sequence[Competition]) -> dict[int, tuple[int, int]]:
    """By competition, how many took a seat and how many wait. One query."""
    counted = Entrant.objects.filter(competition__in=rows).values("competition")
    counted = counted.annotate(
        seated=Count("pk", filter=Q(state__in=SEATED)), waiting=Count("pk", filter=Q(state__in=["waitlisted"]))
    )
    return {pk: (seated, waiting) for pk, seated, waiting in counted.values_list("competition", "seated", "waiting")}


def show_cards(rows: Sequence[Competition], now: datetime) -> list[shapes.CompetitionCard]:
    """One query if their hosts and banners are loaded."""
    counts = counts_of(rows)
    return [shapes.CompetitionCard(**card_fields(row, now, counts.get(row.pk, (0, 0)))) for row in rows]


def card_fields(row: Competition, now: datetime, counts: tuple[int, int]) -> dict[str, Any]:
    """What lists show of it at `now`. No query if its host and its banner are loaded."""
    same = (
        *("kind", "title", "slug", "game", "mode", "visibility", "plan", "capacity", "entry_fee_paise"),
        *("reg_opens", "reg_closes", "checkin_opens", "checkin_closes", "starts_at"),
    )
    return {name: getattr(row, name) for name in same} | {
        "id": row.pk,
        "banner": picture(row.banner),
        "state": states.state_at(row, now),
        "host": card(row.host),
        "entrants_count": counts[0],
        "waiting_count": counts[1],
    }


def competition_fields(row: Competition, now: datetime) -> dict[str, Any]:
    """What everybody sees of it at `now`. Two queries if its host and its banner are loaded."""
    mode = find_mode(row.game, row.mode)
    won = row.placings.filter(place=1).select_related("entrant__team__logo", "entrant__seat").order_by("pk")[:2]
    winners = [placing.entrant for placing in won]
    same = (
        *("rules_text", "time_zone", "waitlist_capacity", "confirm_window_s", "protest_window_s", "auto_confirm"),
        *("frozen_at", "created_at", "published_at", "completed_at", "cancelled_at", "reason"),
    )
    return {
        **card_fields(row, now, counts_of([row]).get(row.pk, (0, 0))),
        **{name: getattr(row, name) for name in same},
        "lineup": mode.lineup,
        "roster_most": mode.roster_most,
        "prizes": [shapes.Prize(**line) for line in row.prizes],
        "winner": show_entrant_card(winners[0]) if len(winners) == 1 else None,
    }


def _findable(kind: str, of: User | None) -> QuerySet[Competition]:
    rows = Competition.objects.filter(kind=kind)
    if of is None:
        return rows.filter(visibility=Competition.Visibility.PUBLIC).exclude(NEVER_PUBLISHED)
    runs = Staff.objects.filter(user=of).values("competition")
    plays = RosterPlace.objects.filter(user=of, counts=True).values("competition")
    leads = Entrant.objects.filter(captain=of).exclude(state__in=Entrant.OUT).values("competition")
    takes_part = Q(pk__in=plays) | Q(pk__in=leads)
    return rows.filter(Q(host=of) | Q(pk__in=runs) | takes_part & ~NEVER_PUBLISHED)


def _placed(rows: QuerySet[Competition], now: datetime) -> QuerySet[Any]:
    """In the order of the list, with the state in which each stands at `now`."""
    past = Q(state__in=states.OVER)
    ranks = [When(past, then=Value(0)), *(When(plan=plan, then=Value(rank)) for plan, rank in RANKS.items())]
    return rows.annotate(
        stands=Case(
            When(_opened(now, "checkin_opens", State.REGISTRATION_CLOSED), then=Value("check_in")),
            When(_opened(now, "reg_closes", State.REGISTRATION_OPEN), then=Value("registration_closed")),
            When(_opened(now, "reg_opens", State.PUBLISHED), then=Value("registration_open")),
            default=F("state"),
        ),
        past=Case(When(past, then=Value(1)), default=Value(0), output_field=IntegerField()),
        rank=Case(*ranks, default=Value(3), output_field=IntegerField()),
    ).order_by(
        "past", "rank", Case(When(past=0, then=F("starts_at"))), Case(When(past=1, then=F("starts_at"))).desc(), "pk"
    )


def _opened(now: datetime, field: str, last: str) -> Q:
    """Its time came in a state from which time alone leads on."""
    order = [State.PUBLISHED, State.REGISTRATION_OPEN, State.REGISTRATION_CLOSED]
    return Q(state__in=order[: order.index(State(last)) + 1], **{f"{field}__lte": now})


def _cursor(row: Any) -> str:
    return f"{row.past}.{row.rank}.{(row.starts_at - _EPOCH) // timedelta(microseconds=1)}.{row.pk}"


def _behind(cursor: str) -> Q:
    found = _CURSOR.fullmatch(cursor)
    if not found:
        wrong = "This is no `next` of a page."
        raise Invalid("bad_cursor", wrong, fields={"after": [wrong]})
    past, rank, micros, pk = map(int, found.groups())
    at = _EPOCH + timedelta(microseconds=min(micros, 10**16))
    later = Q(starts_at__lt=at) if past else Q(starts_at__gt=at)
    return Q(past__gt=past) | Q(past=past) & (Q(rank__gt=rank) | Q(rank=rank) & (later | Q(starts_at=at, pk__gt=pk)))

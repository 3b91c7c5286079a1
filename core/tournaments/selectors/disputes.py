"""Protests against results, for those who play the match and for staff."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from core.accounts.models import User
from core.accounts.shapes import card
from core.errors import NotFound
from core.tournaments import rules, shapes
from core.tournaments.claim_moves import UNSETTLED
from core.tournaments.models import Dispute, DisputeMessage, Entrant, MatchSide, RosterPlace
from core.tournaments.selectors.entrants import cards_of
from core.tournaments.selectors.matches import match_in
from core.tournaments.selectors.standing import find_competition, stand_in_match


def no_dispute() -> NotFound:
    return NotFound("no_dispute", "There is no such dispute, or none that you may see.")


def disputes_of(competition_id: int, user: User, *, match: int | None = None) -> shapes.Disputes:
    """Newest first: all for staff, for others those of matches that they play. Seven queries at most. Raises NotFound:
    no_competition."""
    stand = find_competition(competition_id, user)
    rows = whole(Dispute.objects.filter(competition=stand.competition)).order_by("-pk")
    if match is not None:
        rows = rows.filter(match=match)
    if not stand.may("watch"):
        played = RosterPlace.objects.filter(competition=stand.competition, user=user, counts=True)
        led = Entrant.objects.filter(competition=stand.competition, captain=user).exclude(state__in=Entrant.OUT)
        own = Q(entrant__in=played.values("entrant")) | Q(entrant__in=led)
        rows = rows.filter(match__in=MatchSide.objects.filter(own).values("match"))
    return shapes.Disputes(results=show_disputes(rows))


def see_dispute(competition_id: int, dispute_id: int, user: User) -> shapes.Dispute:
    """Raises NotFound: no_competition, no_dispute."""
    stand = find_competition(competition_id, user)
    row = whole(Dispute.objects.filter(pk=dispute_id, competition=stand.competition)).first()
    if row is None:
        raise no_dispute()
    if not rules.may_see_claims(stand_in_match(match_in(stand.competition, row.match_id), stand, user)):
        raise no_dispute()
    return show_disputes([row])[0]


def open_disputes(**of: int) -> list[shapes.Dispute]:
    """Those not decided of a `competition` or a `match`, the oldest first; three queries."""
    return show_disputes(whole(Dispute.objects.filter(state__in=UNSETTLED, **of)).order_by("pk"))


def whole(rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
    messages = DisputeMessage.objects.select_related("author__profile").order_by("pk")
    people = rows.select_related("opened_by__profile", "decided_by__profile")
    return people.prefetch_related(Prefetch("messages", messages))


def show_disputes(rows: Iterable[Dispute]) -> list[shapes.Dispute]:
    """One query, if what `whole` loads is loaded."""
    rows = list(rows)
    cards = cards_of({row.side_id for row in rows})
    return [_show(row, cards[row.side_id]) for row in rows]


def show_message(row: DisputeMessage) -> shapes.DisputeMessage:
    return shapes.DisputeMessage(id=row.pk, author=card(row.author), words=row.words, at=row.at)


def _show(row: Dispute, side: shapes.EntrantCard) -> shapes.Dispute:
    return shapes.Dispute(
        id=row.pk,
        match=row.match_id,
        side=side,
        opened_by=card(row.opened_by),
        state=row.state,
        messages=[show_message(it) for it in row.messages.all()],
        opened_at=row.opened_at,
        decided_at=row.decided_at,
        decided_by=card(row.decided_by) if row.decided_by else None,
        reason=row.reason,
    )

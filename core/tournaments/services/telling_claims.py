"""Telling people that they are asked whether a match ended so, and of disputes: one function for each news (T22a).

Every function is called within the transaction that made its news true and that holds the competition. All lock
inboxes, so they come after every other lock. Emit InboxTold.
"""

from collections.abc import Collection

from core.accounts.models import User
from core.accounts.system import SYSTEM, Actor
from core.notifications.services import Notice, add_notices
from core.tournaments.models import Claim, Dispute, Entrant
from core.tournaments.rules import ACTS
from core.tournaments.selectors.standing import places_in
from core.tournaments.services.claim_opening import OpenMatch


def asked(match: OpenMatch, claim: Claim) -> None:
    """Of a duel the captains who may answer, of a lobby those who may confirm it."""
    to = _referees(match) if match.is_lobby else _captains(match) - _of_side(match, claim.side_id)
    add_notices([_notice(match, "claim_to_answer", by=claim.author, to=to, cause=f"claim:{claim.pk}")])


def disputed(match: OpenMatch, dispute: Dispute) -> None:
    """Those who decide, and in a duel the captain of the other side."""
    to = _referees(match) | (set() if match.is_lobby else _captains(match) - _of_side(match, dispute.side_id))
    cause = f"dispute:{dispute.pk}"
    add_notices([_notice(match, "dispute_opened", by=dispute.opened_by, to=to, cause=cause)])


def settled(match: OpenMatch, dispute: Dispute, *, by: Actor) -> None:
    """Its side, whoever opened it, and in a duel the other side."""
    to = _of_side(match, dispute.side_id) if match.is_lobby else _everybody(match)
    notice = _notice(
        match,
        "dispute_settled",
        by=by,
        to={*to, dispute.opened_by_id},
        cause=f"dispute:{dispute.pk}:{dispute.state}",
        action=dispute.state,
        reason=dispute.reason,
    )
    add_notices([notice])


def _referees(match: OpenMatch) -> set[int]:
    row = match.open.row
    helpers = row.staff.filter(role__in=ACTS["settle"]).values_list("user", flat=True)
    return {row.host_id, *helpers}


def _captains(match: OpenMatch) -> set[int]:
    sides = match.row.sides.values("entrant")
    return set(Entrant.objects.filter(pk__in=sides).values_list("captain", flat=True))


def _of_side(match: OpenMatch, side_id: int | None) -> set[int]:
    return set(places_in(match.row).filter(entrant=side_id).values_list("user", flat=True)) if side_id else set()


def _everybody(match: OpenMatch) -> set[int]:
    return set(places_in(match.row).values_list("user", flat=True))


def _notice(match: OpenMatch, kind: str, *, by: Actor, to: Collection[int], cause: str, **data: str) -> Notice:
    row = match.open.row
    return Notice(
        by=by or SYSTEM,
        kind=kind,
        recipients={*to} - ({by.pk} if isinstance(by, User) else set()),
        cause=f"tournaments.{cause}",
        target_kind="tournaments.match",
        target_id=str(match.row.pk),
        data={
            "competition": row.title,
            "competition_id": row.pk,
            "match_id": match.row.pk,
            "match": match.row.name or f"match {match.row.number}",
            **data,
        },
    )

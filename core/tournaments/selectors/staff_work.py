"""What waits for those who run a competition: the state behind `tournament.<id>.staff`, and what of it a match's own
topic shows."""

from collections.abc import Mapping
from typing import Any

from core.tournaments.models import Competition
from core.tournaments.selectors.claims import waiting_claims, waiting_claims_of_match
from core.tournaments.selectors.disputes import open_disputes
from core.tournaments.selectors.entrants import absent_in


def staff_work(row: Competition) -> Mapping[str, Any]:
    """`claim.<id>` and `dispute.<id>` that are not decided, `absent.<entrant>` while check-in is about to close. Nine
    queries at most, and the clock."""
    claims = {f"claim.{it.id}": it for it in waiting_claims(row.pk)}
    disputes = {f"dispute.{it.id}": it for it in open_disputes(competition=row.pk)}
    return {**claims, **disputes, **{f"absent.{it.id}": it for it in absent_in(row)}}


def work_in_match(match_id: int) -> Mapping[str, Any]:
    """`claim.<id>` and `dispute.<id>` of one match that are not decided, for who plays it. Seven queries."""
    claims = {f"claim.{it.id}": it for it in waiting_claims_of_match(match_id)}
    return {**claims, **{f"dispute.{it.id}": it for it in open_disputes(match=match_id)}}

"""Matches as they go and what is said of them, live: the twins of the REST routes that a night's screens need; the
topics of the match, of its roster and of the staff show what became of it."""

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from core.tournaments import services, shapes
from core.tournaments.selectors.claims import see_claim
from core.tournaments.selectors.entries import show_recorded
from core.tournaments.selectors.matches import find_match, view_match
from realtime.topics import command

if TYPE_CHECKING:
    from core.accounts.models import User

Id = Annotated[int, Meta(ge=1, lt=2**53)]
Few = Annotated[int, Meta(ge=1, le=99)]


class OfClaim(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    competition: Id
    claim: Id


class ClaimAnswer(OfClaim, frozen=True, kw_only=True):
    """`version` is that of the claim as it was seen."""

    version: Annotated[int, Meta(ge=1, lt=2**31)] | None = None


class ClaimRefusal(OfClaim, frozen=True, kw_only=True):
    reason: str


class OfMatch(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    competition: Id
    match: Id


class ResultPut(OfMatch, frozen=True, kw_only=True):
    """As REST has it; with the same `client_id` it is recorded once."""

    client_id: UUID
    payload: dict[str, Any]
    game_no: Few | None = None
    reason: str = ""
    supersedes: Id | None = None


@command("claim.agree", ClaimAnswer)
def agree(user: "User", body: ClaimAnswer) -> shapes.Claim:
    at = {"competition_id": body.competition, "claim_id": body.claim}
    services.agree_to_claim(by=user, **at, version=body.version)
    return see_claim(body.competition, body.claim, user)


@command("claim.contest", ClaimRefusal)
def contest(user: "User", body: ClaimRefusal) -> shapes.Claim:
    at = {"competition_id": body.competition, "claim_id": body.claim}
    services.contest_claim(by=user, **at, reason=body.reason)
    return see_claim(body.competition, body.claim, user)


@command("claim.confirm", ClaimAnswer)
def confirm(user: "User", body: ClaimAnswer) -> shapes.Claim:
    at = {"competition_id": body.competition, "claim_id": body.claim}
    services.confirm_claim(by=user, **at, version=body.version)
    return see_claim(body.competition, body.claim, user)


@command("claim.reject", ClaimRefusal)
def reject(user: "User", body: ClaimRefusal) -> shapes.Claim:
    at = {"competition_id": body.competition, "claim_id": body.claim}
    services.reject_claim(by=user, **at, reason=body.reason)
    return see_claim(body.competition, body.claim, user)


@command("match.start", OfMatch)
def start(user: "User", body: OfMatch) -> shapes.MatchView:
    services.start_match(by=user, competition_id=body.competition, match_id=body.match)
    return view_match(body.competition, body.match, user)


@command("match.finish", OfMatch)
def finish(user: "User", body: OfMatch) -> shapes.MatchView:
    services.finish_match(by=user, competition_id=body.competition, match_id=body.match)
    return view_match(body.competition, body.match, user)


@command("result.put", ResultPut)
def put_result(user: "User", body: ResultPut) -> shapes.RecordedResult:
    find_match(body.competition, body.match, user)
    entry = services.put_result(
        by=user,
        match_id=body.match,
        payload=body.payload,
        game_no=body.game_no,
        reason=body.reason,
        supersedes=body.supersedes,
        idempotency_key=str(body.client_id),
    )
    return show_recorded(entry)

"""What sides say of a match, and who agrees (T13, T14); for who plays it and for staff, to others it is not there."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from api.authentication import SignedInRequest
from api.idempotency import KEY, idempotent
from api.parsers import StrictJSONParser
from api.tournaments import claim_serializers as read
from api.tournaments.twins import CompetitionViewSet, below_one
from core.tournaments import services, shapes
from core.tournaments.selectors import claims as selectors

NEW = {"multipart/form-data": read.CLAIM_FORM, "application/json": read.NewClaim}


@extend_schema(tags=["Claims and disputes"])
class MatchClaimViews(CompetitionViewSet):
    permission_classes = [IsAuthenticated]
    parser_classes = [StrictJSONParser, read.ClaimParser]

    @extend_schema("claims", summary="List the claims of a match", responses=shapes.Claims)
    def all(self, request: SignedInRequest, competition_id: int, match_id: int) -> Response:
        """Newest first."""
        return Response(selectors.claims_of(competition_id, match_id, request.user))

    @extend_schema(summary="Claim a result", parameters=[KEY], request=NEW, responses={201: shapes.Claim})
    def propose(self, request: SignedInRequest, competition_id: int, match_id: int) -> HttpResponseBase:
        """By hand: the whole result. Or up to ten screenshots, which are read at once: until then it is `reading`, then
        it says what is sure in them, with the rest empty and listed in `cells`. It counts once it is confirmed."""
        form: Any = request.data
        if not isinstance(form, read.ClaimUpload):
            return self._by_hand(request, competition_id=competition_id, match_id=match_id)
        taken = services.take_evidence(by=request.user, raws=form.screenshot)
        return self._from_pictures(request, taken=taken, competition_id=competition_id, match_id=match_id)

    @idempotent
    def _by_hand(self, request: SignedInRequest, **at: int) -> Response:
        given = read.NewClaim.read(request.data) | at
        given["source"] = "import" if given.pop("imported") else "hand"
        claim = services.propose_claim(by=request.user, **given)
        return Response(selectors.see_claim(at["competition_id"], claim.pk, request.user), status=201)

    @idempotent
    def _from_pictures(self, request: SignedInRequest, taken: Sequence[services.Taken], **at: int) -> Response:
        form: Any = request.data
        claim = services.propose_from_pictures(by=request.user, taken=taken, **form.words, **at)
        return Response(selectors.see_claim(at["competition_id"], claim.pk, request.user), status=201)


@extend_schema(tags=["Claims and disputes"], responses=shapes.Claim)
class ClaimViews(CompetitionViewSet):
    permission_classes = [IsAuthenticated]

    @extend_schema("claim", summary="Show a claim")
    def show(self, request: SignedInRequest, competition_id: int, claim_id: int) -> Response:
        return Response(selectors.see_claim(competition_id, claim_id, request.user))

    @extend_schema(summary="Correct a claim", request=read.ClaimCorrection)
    def correct(self, request: SignedInRequest, competition_id: int, claim_id: int) -> Response:
        """The whole payload anew. Its author while it is proposed, referees until it is decided."""
        given = read.ClaimCorrection.read(request.data)
        services.correct_claim(by=request.user, competition_id=competition_id, claim_id=claim_id, **given)
        return Response(selectors.see_claim(competition_id, claim_id, request.user))

    @extend_schema(summary="Agree to a claim", request=read.ClaimAnswer)
    @idempotent
    def agree(self, request: SignedInRequest, competition_id: int, claim_id: int) -> Response:
        """For the captain of another side. Of a duel it is confirmed at once."""
        given = read.ClaimAnswer.read(request.data or {})
        services.agree_to_claim(by=request.user, competition_id=competition_id, claim_id=claim_id, **given)
        return Response(selectors.see_claim(competition_id, claim_id, request.user))

    @extend_schema(summary="Contest a claim", request=read.Because)
    @idempotent
    def contest(self, request: SignedInRequest, competition_id: int, claim_id: int) -> Response:
        """For the captain of another side. The referee decides."""
        given = read.Because.read(request.data)
        services.contest_claim(by=request.user, competition_id=competition_id, claim_id=claim_id, **given)
        return Response(selectors.see_claim(competition_id, claim_id, request.user))

    @extend_schema(summary="Confirm a claim", request=read.ClaimAnswer)
    @idempotent
    def confirm(self, request: SignedInRequest, competition_id: int, claim_id: int) -> Response:
        """For referees who do not play the match. What it says is the result."""
        given = read.ClaimAnswer.read(request.data or {})
        services.confirm_claim(by=request.user, competition_id=competition_id, claim_id=claim_id, **given)
        return Response(selectors.see_claim(competition_id, claim_id, request.user))

    @extend_schema(summary="Reject a claim", request=read.Because)
    @idempotent
    def reject(self, request: SignedInRequest, competition_id: int, claim_id: int) -> Response:
        """For referees who do not play the match."""
        given = read.Because.read(request.data)
        services.reject_claim(by=request.user, competition_id=competition_id, claim_id=claim_id, **given)
        return Response(selectors.see_claim(competition_id, claim_id, request.user))


ROUTES = below_one(
    [
        ("matches/<id:match_id>/claims/", MatchClaimViews, {"get": "all", "post": "propose"}),
        ("claims/<id:claim_id>/", ClaimViews, {"get": "show", "patch": "correct"}),
        ("claims/<id:claim_id>/agree/", ClaimViews, {"post": "agree"}),
        ("claims/<id:claim_id>/contest/", ClaimViews, {"post": "contest"}),
        ("claims/<id:claim_id>/confirm/", ClaimViews, {"post": "confirm"}),
        ("claims/<id:claim_id>/reject/", ClaimViews, {"post": "reject"}),
    ]
)

"""Matches that two people share. To anybody else they are not there."""

from uuid import UUID

import msgspec
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from api.idempotency import idempotent
from api.matches import share_serializers as read
from api.throttles import AddressThrottle
from core.accounts.shapes import without_names
from core.tracker import services, shown
from core.tracker.selectors import sharing
from core.work.rates import Rate

VIEW = shown.SharedMatchView


class Previews(AddressThrottle):
    """A token cannot be guessed, and nobody shall try."""

    rate = Rate("match.preview", 30, 60)


def _seen(request: SignedInRequest, share_id: int, status: int = 200) -> Response:
    return Response(sharing.see_share(request.user, share_id), status=status)


@extend_schema(tags=["Shared matches"])
class OfferViews(ViewSet):
    @extend_schema(summary="Ask the opponent", request=read.Asked, responses={201: VIEW})
    @idempotent
    def ask(self, request: SignedInRequest, match_id: UUID) -> Response:
        """That person is asked whether they agree with your match, and sees its pictures from now on."""
        share_id = services.offer_match(by=request.user, match_id=match_id, **read.Asked.read(request.data))
        return _seen(request, share_id, 201)

    @extend_schema(summary="Make a link", request=None, responses={200: shown.ShareLink, 201: shown.ShareLink})
    def link(self, request: SignedInRequest, match_id: UUID) -> Response:
        """For an opponent whose account you do not know: the link that stands, or a new one (201), good for one person
        and 7 days."""
        link, is_new = services.link_match(by=request.user, match_id=match_id)
        return Response(link, status=201 if is_new else 200)


@extend_schema(tags=["Shared matches"])
class ShareViews(ViewSet):
    @extend_schema("shared_matches", summary="List shared matches", responses=shown.SharedMatches)
    def mine(self, request: SignedInRequest) -> Response:
        """The 100 newest that you offered or were offered; those of people whom you block are left out."""
        return Response(sharing.my_shares(request.user))

    @extend_schema(summary="Show a shared match", responses=VIEW)
    def show(self, request: SignedInRequest, share_id: int) -> Response:
        """What both see: whose it is, the pictures of both, every row, and what either wants otherwise."""
        return _seen(request, share_id)

    @extend_schema("share_candidates", summary="List own matches that it may be", responses=shown.Candidates)
    def candidates(self, request: SignedInRequest, share_id: int) -> Response:
        """For the opponent: own matches that may be the same one, and the cells in which they differ."""
        return Response(sharing.candidates(request.user, share_id))

    @extend_schema(summary="Take an offer back", request=None, responses={204: None})
    def withdraw(self, request: SignedInRequest, share_id: int) -> Response:
        """For the owner, until the opponent has agreed."""
        services.withdraw_share(by=request.user, share_id=share_id)
        return Response(status=204)

    @extend_schema(summary="Agree", request=read.Version, responses=VIEW)
    @idempotent
    def agree(self, request: SignedInRequest, share_id: int) -> Response:
        """For the opponent: it counts for both from now on."""
        services.agree(by=request.user, share_id=share_id, **read.Version.read(request.data))
        return _seen(request, share_id)

    @extend_schema(summary="Decline", request=None, responses=VIEW)
    @idempotent
    def decline(self, request: SignedInRequest, share_id: int) -> Response:
        """For the opponent: this is not their match."""
        services.decline(by=request.user, share_id=share_id)
        return _seen(request, share_id)

    @extend_schema(summary="Bring an own match", request=read.Brought, responses=VIEW)
    def bring(self, request: SignedInRequest, share_id: int) -> Response:
        """For the opponent: this own match is the same one. Equal ones are agreed on; cells that differ are proposed.
        Refused, with the `differences`, if it is of another game or another match."""
        body = read.Brought.read(request.data)
        by, version = request.user, body["version"]
        services.bring_match(by=by, share_id=share_id, version=version, match_id=body["match"])
        return _seen(request, share_id)

    @extend_schema(summary="Propose corrections", request=read.Corrections, responses=VIEW)
    @idempotent
    def correct(self, request: SignedInRequest, share_id: int) -> Response:
        """What these cells should be. Before both have agreed only the opponent proposes: the owner changes the match
        itself."""
        services.correct_share(by=request.user, share_id=share_id, **read.Corrections.read(request.data))
        return _seen(request, share_id)

    @extend_schema(summary="Answer corrections", request=read.Answers, responses=VIEW)
    @idempotent
    def answer(self, request: SignedInRequest, share_id: int) -> Response:
        """Cell by cell, of what the other one proposed."""
        services.answer_corrections(by=request.user, share_id=share_id, **read.Answers.read(request.data))
        return _seen(request, share_id)

    @extend_schema(summary="Leave a shared match", request=None, responses={204: None})
    def leave(self, request: SignedInRequest, share_id: int) -> Response:
        """Your match is gone, with its pictures; the other one keeps theirs."""
        services.leave_share(by=request.user, share_id=share_id)
        return Response(status=204)


@extend_schema(tags=["Shared matches"])
class MatchLinkViews(ViewSet):
    """For whoever holds a link."""

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self.action == "preview" else IsAuthenticated()]

    def get_throttles(self) -> list[BaseThrottle]:
        return [Previews()] if self.action == "preview" else []

    @extend_schema("match_link", summary="See where a link to a match leads", responses=shown.SharePreview)
    def preview(self, request: AnyRequest, token: str) -> Response:
        """Whose match it is and its score; a link that expired or was used (`is_valid` false) says nothing of it."""
        preview = sharing.preview_link(request.user, token)
        return Response(preview if request.user else without_names(msgspec.to_builtins(preview)))

    @extend_schema("take_match_link", summary="Follow a link to a match", request=None, responses=VIEW)
    @idempotent
    def take(self, request: SignedInRequest, token: str) -> Response:
        """You are its opponent, and the link is good for nobody else from now on."""
        return _seen(request, services.take_link(by=request.user, token=token))

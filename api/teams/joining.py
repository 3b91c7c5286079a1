"""Joining a team: by asking its captain, or by a link."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from api.idempotency import KEY, idempotent
from api.invites import InvitePreviews, InviteReply
from api.teams.serializers import Asking
from core.teams import selectors, services, shapes
from core.teams.selectors import invites


@extend_schema(tags=["Joining a team"])
class RequestViews(ViewSet):
    @extend_schema("join_requests", summary="Show who asks to join", responses=shapes.JoinRequests)
    def all(self, request: SignedInRequest, team_id: int) -> Response:
        """For the captain: who waits for an answer, the longest first."""
        return Response(selectors.requests_of(team_id, request.user))

    @extend_schema(summary="Ask to join", request=Asking, responses={201: shapes.JoinRequest})
    @idempotent
    def ask(self, request: SignedInRequest, team_id: int) -> Response:
        """The captain has 14 days to answer. Whoever asks again meanwhile has asked once."""
        asked = services.ask_to_join(by=request.user, team_id=team_id, **Asking.read(request.data))
        return Response(asked, status=201)

    @extend_schema(summary="Let somebody in", request=None, responses=shapes.TeamMember)
    @idempotent
    def accept(self, request: SignedInRequest, team_id: int, request_id: int) -> Response:
        """For the captain. Whoever was removed once may come back like this."""
        return Response(services.accept_request(by=request.user, team_id=team_id, request_id=request_id))

    @extend_schema(summary="Decline a request", request=None, responses=shapes.JoinRequest)
    @idempotent
    def decline(self, request: SignedInRequest, team_id: int, request_id: int) -> Response:
        """For the captain."""
        return Response(services.decline_request(by=request.user, team_id=team_id, request_id=request_id))

    @extend_schema(summary="Withdraw a request", request=None, responses=shapes.JoinRequest)
    @idempotent
    def withdraw(self, request: SignedInRequest, team_id: int, request_id: int) -> Response:
        """For whoever asked."""
        return Response(services.withdraw_request(by=request.user, team_id=team_id, request_id=request_id))


@extend_schema(tags=["Joining a team"])
class InviteViews(ViewSet):
    """For the captain: the link by which people join."""

    @extend_schema("team_invite", summary="Show the link to a team", responses=shapes.TeamInvite)
    def show(self, request: SignedInRequest, team_id: int) -> Response:
        return Response(invites.invite_of(request.user, team_id))

    @extend_schema(
        summary="Open a link to a team",
        request=None,
        parameters=[KEY],
        responses={200: shapes.TeamInvite, 201: shapes.TeamInvite},
    )
    def open(self, request: SignedInRequest, team_id: int) -> Response:
        """The link that stands, or a new one (201) if there is none or it expired. Safe to repeat as it is; what holds
        a token is not kept under an Idempotency-Key."""
        invite, is_new = services.open_invite(by=request.user, team_id=team_id)
        return Response(invite, status=201 if is_new else 200)

    @extend_schema(summary="Rotate the link to a team", request=None, responses=shapes.TeamInvite)
    def rotate(self, request: SignedInRequest, team_id: int) -> Response:
        """A new link, good for 7 days; the one before leads nowhere from now on."""
        return Response(services.rotate_invite(by=request.user, team_id=team_id))

    @extend_schema(summary="Close the link to a team", request=None, responses={204: None})
    def close(self, request: SignedInRequest, team_id: int) -> Response:
        services.close_invite(by=request.user, team_id=team_id)
        return Response(status=204)


@extend_schema(tags=["Joining a team"])
class LinkViews(ViewSet):
    """For whoever holds a link."""

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self.action == "preview" else IsAuthenticated()]

    def get_throttles(self) -> list[BaseThrottle]:
        return [InvitePreviews()] if self.action == "preview" else []

    @extend_schema("team_behind_a_link", summary="See which team a link leads to", responses=shapes.TeamInvitePreview)
    def preview(self, request: AnyRequest, token: str) -> Response:
        """The team behind a link, before joining it; an expired one (`is_valid` false) says nothing of it."""
        return Response(invites.preview_invite(request.user, token))

    @extend_schema(
        "answer_link_to_team",
        summary="Answer a link to a team",
        request=InviteReply,
        responses={200: shapes.TeamInviteAnswer, 201: shapes.TeamInviteAnswer},
    )
    @idempotent
    def answer(self, request: SignedInRequest, token: str) -> Response:
        """Join (201), or decline."""
        answer = services.answer_invite(by=request.user, token=token, **InviteReply.read(request.data))
        return Response(answer, status=201 if answer.outcome == "joined" else 200)

"""Invites: links by which people join a list."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from api.idempotency import KEY, idempotent
from api.invites import InvitePreviews, InviteReply
from core.bucketlists import selectors, services, shapes


@extend_schema(tags=["Invites"])
class InviteViews(ViewSet):
    """For the owner: the link of a role, `editor` or `viewer`."""

    @extend_schema(summary="Show a link", responses=shapes.Invite)
    def show(self, request: SignedInRequest, list_id: int, role: str) -> Response:
        return Response(selectors.invite_of(request.user, list_id, role))

    @extend_schema(
        summary="Open a link", request=None, parameters=[KEY], responses={200: shapes.Invite, 201: shapes.Invite}
    )
    def open(self, request: SignedInRequest, list_id: int, role: str) -> Response:
        """The link that stands, or a new one (201) if there is none or it expired. Safe to repeat as it is; what holds
        a token is not kept under an Idempotency-Key."""
        invite, is_new = services.open_invite(by=request.user, list_id=list_id, role=role)
        return Response(invite, status=201 if is_new else 200)

    @extend_schema(summary="Rotate a link", request=None, responses=shapes.Invite)
    def rotate(self, request: SignedInRequest, list_id: int, role: str) -> Response:
        """A new link, good for 7 days; the one before leads nowhere from now on."""
        return Response(services.rotate_invite(by=request.user, list_id=list_id, role=role))

    @extend_schema(summary="Close a link", request=None, responses={204: None})
    def close(self, request: SignedInRequest, list_id: int, role: str) -> Response:
        """There is no link of that role any more."""
        services.close_invite(by=request.user, list_id=list_id, role=role)
        return Response(status=204)


@extend_schema(tags=["Invites"])
class LinkViews(ViewSet):
    """For whoever holds a link."""

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self.action == "preview" else IsAuthenticated()]

    def get_throttles(self) -> list[BaseThrottle]:
        return [InvitePreviews()] if self.action == "preview" else []

    @extend_schema(summary="See where a link leads", responses=shapes.InvitePreview)
    def preview(self, request: AnyRequest, token: str) -> Response:
        """The list behind a link, before joining it; an expired one (`is_valid` false) says nothing of it."""
        return Response(selectors.preview_invite(request.user, token))

    @extend_schema(
        summary="Answer a link",
        request=InviteReply,
        responses={200: shapes.InviteAnswer, 201: shapes.InviteAnswer},
    )
    @idempotent
    def answer(self, request: SignedInRequest, token: str) -> Response:
        """Join (201), or decline; a link raises a viewer to editor, and never lowers anybody."""
        answer = services.answer_invite(by=request.user, token=token, **InviteReply.read(request.data))
        return Response(answer, status=201 if answer.outcome == "joined" else 200)

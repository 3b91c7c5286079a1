"""Members: who is on a list as what, and who owns it."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from api.bucketlists.serializers import HeirGiven, RoleGiven
from api.idempotency import idempotent
from core.bucketlists import selectors, services, shapes


@extend_schema(tags=["Members"])
class MemberViews(ViewSet):
    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self.action == "show" else IsAuthenticated()]

    @extend_schema("list_members", summary="Show the members", responses=shapes.Members)
    def show(self, request: AnyRequest, list_id: int) -> Response:
        """Everybody on a list that you may see, the owner first; the owner also sees whom they removed."""
        return Response(selectors.show_members(request.user, list_id))

    @extend_schema(summary="Change a role", request=RoleGiven, responses=shapes.Membership)
    def change(self, request: SignedInRequest, list_id: int, membership_id: int) -> Response:
        """For the owner: that member is an editor or a viewer."""
        role = RoleGiven.read(request.data)["role"]
        membership = services.change_role(by=request.user, list_id=list_id, membership_id=membership_id, role=role)
        return Response(membership)

    @extend_schema(summary="Leave, or remove a member", request=None, responses={204: None})
    def end(self, request: SignedInRequest, list_id: int, membership_id: int) -> Response:
        """Your own membership: you leave. Somebody else's, as the owner: they are removed, and no link brings them back
        until you lift that. Votes are withdrawn while the list is open."""
        services.end_membership(by=request.user, list_id=list_id, membership_id=membership_id)
        return Response(status=204)

    @extend_schema(summary="Lift a removal", request=None, responses={204: None})
    def lift(self, request: SignedInRequest, list_id: int, user_id: int) -> Response:
        """For the owner: whom you removed may come back by a link."""
        services.lift_removal(by=request.user, list_id=list_id, user_id=user_id)
        return Response(status=204)

    @extend_schema(summary="Hand a list over", request=HeirGiven, responses=shapes.Membership)
    @idempotent
    def transfer(self, request: SignedInRequest, list_id: int) -> Response:
        """For the owner: that member owns the list from now on, and you are an editor. Answers the new owner."""
        return Response(services.transfer_list(by=request.user, list_id=list_id, **HeirGiven.read(request.data)))

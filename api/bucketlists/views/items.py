"""What is proposed on a list."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from api.bucketlists import serializers as read
from api.idempotency import idempotent
from core.bucketlists import selectors, services, shapes


@extend_schema(tags=["Lists"])
class ItemViews(ViewSet):
    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema("list_items", summary="List the items of a list", responses=shapes.Items)
    def of_list(self, request: AnyRequest, list_id: int) -> Response:
        """In their ranking order, cancelled ones last."""
        return Response(selectors.see_items(list_id, request.user))

    @extend_schema(summary="Propose an item", request=read.NewItem, responses={201: shapes.ItemView})
    @idempotent
    def create(self, request: SignedInRequest, list_id: int) -> Response:
        """For the owner and editors; on a frozen list for the owner alone, for the next round."""
        item = services.add_item(by=request.user, list_id=list_id, **read.NewItem.read(request.data))
        return Response(selectors.see_item(item.pk, request.user), status=201)

    @extend_schema(summary="Show an item", responses=shapes.ItemView)
    def show(self, request: AnyRequest, item_id: int) -> Response:
        return Response(selectors.see_item(item_id, request.user))

    @extend_schema(summary="Change an item", request=read.ItemChanges, responses=shapes.ItemView)
    def change(self, request: SignedInRequest, item_id: int) -> Response:
        """For who proposed it while it is proposed, and the owner, who alone moves its status. What is not given stays,
        with PUT as with PATCH; votes stay in any case."""
        services.edit_item(by=request.user, item_id=item_id, **read.ItemChanges.read(request.data))
        return Response(selectors.see_item(item_id, request.user))

    @extend_schema(summary="Delete an item", request=None, responses={204: None})
    def remove(self, request: SignedInRequest, item_id: int) -> Response:
        """The owner can bring it back for 30 days."""
        services.delete_item(by=request.user, item_id=item_id)
        return Response(status=204)

    @extend_schema(summary="Bring an item back", request=None, responses=shapes.ItemView)
    @idempotent
    def restore(self, request: SignedInRequest, item_id: int) -> Response:
        """For the owner of the list, within 30 days after it was deleted; its votes come with it."""
        services.restore_item(by=request.user, item_id=item_id)
        return Response(selectors.see_item(item_id, request.user))

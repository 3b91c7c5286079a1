"""Lists: the own ones, the directory, and what their owner does with them."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from api.bucketlists import serializers as read
from api.idempotency import idempotent
from api.serializers import PageQuery
from core.bucketlists import selectors, services, shapes


@extend_schema(tags=["Lists"])
class OwnListViews(ViewSet):
    @extend_schema("own_lists", summary="List the own lists", parameters=[PageQuery], responses=shapes.Lists)
    def mine(self, request: SignedInRequest) -> Response:
        """The lists that you are a member of, newest first."""
        page = PageQuery.read(request.query_params.dict())
        return Response(selectors.my_lists(request.user, **page))

    @extend_schema(summary="Make a list", request=read.NewList, responses={201: shapes.ListView})
    @idempotent
    def create(self, request: SignedInRequest) -> Response:
        """You are its owner."""
        row = services.create_list(by=request.user, **read.NewList.read(request.data))
        return Response(selectors.see_list(row.pk, request.user), status=201)

    @extend_schema("deleted_lists", summary="List the own deleted lists", responses=shapes.Deletions)
    def deleted(self, request: SignedInRequest) -> Response:
        """Those that you can still bring back, the newest first."""
        return Response(selectors.deleted_lists(request.user))

    @extend_schema("deleted_items", summary="List the deleted items of a list", responses=shapes.Deletions)
    def deleted_items(self, request: SignedInRequest, list_id: int) -> Response:
        """For the owner: those that can still be brought back, the newest first."""
        return Response(selectors.deleted_items(list_id, request.user))

    @extend_schema(summary="Bring a list back", request=None, responses=shapes.ListView)
    @idempotent
    def restore(self, request: SignedInRequest, list_id: int) -> Response:
        """For its owner, within 30 days after it was deleted."""
        services.restore_list(by=request.user, list_id=list_id)
        return Response(selectors.see_list(list_id, request.user))

    @extend_schema(summary="Freeze or reopen a list", request=read.Freeze, responses=shapes.ListView)
    def freeze(self, request: SignedInRequest, list_id: int) -> Response:
        """For its owner. Reopening after the deadline needs a new `decision_deadline`, or null."""
        services.freeze_list(by=request.user, list_id=list_id, **read.Freeze.read(request.data))
        return Response(selectors.see_list(list_id, request.user))

    @extend_schema(summary="Show the own pseudonym", responses=shapes.MyRef)
    def my_ref(self, request: SignedInRequest, list_id: int) -> Response:
        """The `voter_ref` of your ballots, which nobody else is told."""
        return Response(selectors.my_ref(selectors.visible_list(list_id, request.user).list, request.user))

    @extend_schema(summary="Show who changed what", parameters=[read.AuditQuery], responses=shapes.Audit)
    def audit(self, request: SignedInRequest, list_id: int) -> Response:
        """For members, newest first; who voted what is not in it."""
        row = selectors.members_list(list_id, request.user)
        return Response(selectors.audit_of(row, **read.AuditQuery.read(request.query_params.dict())))


@extend_schema(tags=["Lists"])
class ListViews(ViewSet):
    """Public lists are anybody's to read."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(
        "public_lists", summary="Search public lists", parameters=[read.DirectoryQuery], responses=shapes.Lists
    )
    def public(self, request: AnyRequest) -> Response:
        """Newest first; with `q`, those in whose title or description it is."""
        page = read.DirectoryQuery.read(request.query_params.dict())
        return Response(selectors.directory(request.user, **page))

    @extend_schema(summary="Show a list", responses=shapes.ListView)
    def show(self, request: AnyRequest, list_id: int) -> Response:
        """The list whole, as you see it."""
        shown = selectors.see_list(list_id, request.user)
        if shown.frozen_reason == "deadline":
            services.seal_due(list_id=list_id)  # where no clock runs, whoever looks first is the one who tells
        return Response(shown)

    @extend_schema(summary="Change a list", request=read.ListChanges, responses=shapes.ListView)
    def change(self, request: SignedInRequest, list_id: int) -> Response:
        """For its owner. What is not given stays, with PUT as with PATCH."""
        services.update_list(by=request.user, list_id=list_id, **read.ListChanges.read(request.data))
        return Response(selectors.see_list(list_id, request.user))

    @extend_schema(summary="Delete a list", request=None, responses={204: None})
    def remove(self, request: SignedInRequest, list_id: int) -> Response:
        """For its owner, who can bring it back for 30 days."""
        services.delete_list(by=request.user, list_id=list_id)
        return Response(status=204)

"""The pictures of lists and items."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from api.files.parsers import PICTURE_FORM, FileParser, file_of
from core.bucketlists import selectors, services
from core.errors import NotFound
from core.files.shapes import Picture


def _found(cover: Picture | None) -> Picture:
    if cover is None:
        raise NotFound("no_cover", "There is no picture here.")
    return cover


@extend_schema(tags=["Lists"])
class ListCoverViews(ViewSet):
    permission_classes = [IsAuthenticatedOrReadOnly]
    parser_classes = [FileParser]

    @extend_schema("list_cover", summary="Show the cover of a list", responses=Picture)
    def show(self, request: AnyRequest, list_id: int) -> Response:
        """Links to it; those to the cover of a private list end."""
        return Response(_found(selectors.see_list(list_id, request.user).cover))

    @extend_schema("set_list_cover", summary="Set the cover of a list", request=PICTURE_FORM, responses=Picture)
    def put(self, request: SignedInRequest, list_id: int) -> Response:
        """For its owner. The picture is made anew, smaller and without what cameras write beside it."""
        services.set_list_cover(by=request.user, list_id=list_id, raw=file_of(request))
        return Response(selectors.see_list(list_id, request.user).cover)

    @extend_schema("remove_list_cover", summary="Remove the cover of a list", request=None, responses={204: None})
    def remove(self, request: SignedInRequest, list_id: int) -> Response:
        services.remove_list_cover(by=request.user, list_id=list_id)
        return Response(status=204)


@extend_schema(tags=["Lists"])
class ItemCoverViews(ViewSet):
    permission_classes = [IsAuthenticatedOrReadOnly]
    parser_classes = [FileParser]

    @extend_schema("item_cover", summary="Show the cover of an item", responses=Picture)
    def show(self, request: AnyRequest, item_id: int) -> Response:
        """Links to it; those to the cover of an item on a private list end."""
        return Response(_found(selectors.see_item(item_id, request.user).cover))

    @extend_schema("set_item_cover", summary="Set the cover of an item", request=PICTURE_FORM, responses=Picture)
    def put(self, request: SignedInRequest, item_id: int) -> Response:
        """For whoever may change its words. The picture is made anew, smaller and without what cameras write beside
        it."""
        services.set_item_cover(by=request.user, item_id=item_id, raw=file_of(request))
        return Response(selectors.see_item(item_id, request.user).cover)

    @extend_schema("remove_item_cover", summary="Remove the cover of an item", request=None, responses={204: None})
    def remove(self, request: SignedInRequest, item_id: int) -> Response:
        services.remove_item_cover(by=request.user, item_id=item_id)
        return Response(status=204)

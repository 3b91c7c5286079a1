"""The comments on an item: messages of the room that is its thread, as chat has them."""

import msgspec
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from api.chat.serializers import Deletion, NewMessage, NewWords, PageQuery
from api.idempotency import KEY, client_id_of
from core.accounts.selectors import blocked_ids
from core.accounts.shapes import without_names
from core.bucketlists.selectors.conversations import check_may_read, comments_on
from core.chat import selectors, services, shapes

SEQ = OpenApiParameter("seq", int, OpenApiParameter.PATH)


@extend_schema(tags=["Comments"])
class CommentViews(ViewSet):
    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema("comments", summary="Read the comments", parameters=[PageQuery], responses=shapes.History)
    def history(self, request: AnyRequest, item_id: int) -> Response:
        """The newest comments on an item, or those before one, ascending; deleted ones keep their place. On public
        lists anybody reads them."""
        room = _readable(request, item_id)
        query = PageQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        page = query.validated_data
        history = selectors.history(room, before=page.get("before"), limit=page["limit"], blocked=_blocked(request))
        return Response(_as_seen(request, history))

    @extend_schema(summary="Comment", parameters=[KEY], request=NewMessage, responses={201: shapes.Message})
    def create(self, request: SignedInRequest, item_id: int) -> Response:
        """Say something about an item. The Idempotency-Key is the comment's `client_id`: a repeat answers the first
        one. `reply_to` is a comment that is no reply itself."""
        body = NewMessage.read(request.data)
        body["client_id"] = client_id_of(request, body.get("client_id"))
        posted = services.post_message(by=request.user, room=comments_on(item_id), **body)
        return Response(selectors.as_author_sees(posted), status=201)

    @extend_schema(summary="Show a comment", parameters=[SEQ], responses=shapes.Message)
    def show(self, request: AnyRequest, item_id: int, seq: int) -> Response:
        """One comment as it stands now."""
        room = _readable(request, item_id)
        shown = selectors.show(room, selectors.find_message(room, seq))
        return Response(_as_seen(request, shapes.for_reader(shown, _blocked(request))))

    @extend_schema(summary="Edit a comment", parameters=[SEQ], request=NewWords, responses=shapes.Message)
    def edit(self, request: SignedInRequest, item_id: int, seq: int) -> Response:
        """Change the words of an own comment, within 15 minutes."""
        words = NewWords.read(request.data)
        edited = services.edit_message(by=request.user, room=comments_on(item_id), seq=seq, **words)
        return Response(selectors.as_author_sees(edited))

    @extend_schema(summary="Delete a comment", parameters=[SEQ], request=Deletion, responses={200: shapes.Message})
    def remove(self, request: SignedInRequest, item_id: int, seq: int) -> Response:
        """Delete an own comment, or anybody's as a moderator with a reason; what stays is its place."""
        reason = Deletion.read(request.data)
        return Response(services.delete_message(by=request.user, room=comments_on(item_id), seq=seq, **reason))


def _readable(request: AnyRequest, item_id: int) -> str:
    """The room of the comments. Raises NotFound: no_item."""
    room = comments_on(item_id)
    check_may_read(request.user, room)
    return room


def _as_seen(request: AnyRequest, shown: shapes.History | shapes.Message) -> object:
    """Who is not signed in gets to know no more of people than name and picture (V8)."""
    return shown if request.user else without_names(msgspec.to_builtins(shown))


def _blocked(request: AnyRequest) -> frozenset[int]:
    return blocked_ids(request.user.pk) if request.user else frozenset()

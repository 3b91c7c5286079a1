"""Rooms and their messages."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import SignedInRequest
from api.chat.serializers import Deletion, NewMessage, NewWords, PageQuery, ReadUpTo, SlowModeSetting
from api.idempotency import KEY, client_id_of, idempotent
from core.accounts.rules import check_may_moderate
from core.accounts.selectors import blocked_ids
from core.chat import rules, selectors, services, shapes

SEQ = OpenApiParameter("seq", int, OpenApiParameter.PATH)


@extend_schema(tags=["Chat"])
class RoomViews(ViewSet):
    @extend_schema(summary="Show a room", responses=shapes.RoomState)
    def show(self, request: SignedInRequest, room: str) -> Response:
        """A room as you stand in it: its newest seq, how far you read, what you may do."""
        return Response(selectors.room_state(request.user, room, rules.rights(request.user, room)))

    @extend_schema(summary="Mark a room as read", request=ReadUpTo, responses=shapes.ReadMarker)
    @idempotent
    def read(self, request: SignedInRequest, room: str) -> Response:
        """You have read everything up to `seq`; it never moves back."""
        return Response(services.mark_read(by=request.user, room=room, **ReadUpTo.read(request.data)))

    @extend_schema(summary="Set slow mode", request=SlowModeSetting, responses=shapes.RoomState)
    @idempotent
    def slow_mode(self, request: SignedInRequest, room: str) -> Response:
        """For moderators: everybody else waits so many seconds between two messages. Answers the room."""
        services.set_slow_mode(by=request.user, room=room, **SlowModeSetting.read(request.data))
        return self.show(request, room)


@extend_schema(tags=["Chat"])
class MessageViews(ViewSet):
    @extend_schema("chat_history", summary="Read the history", parameters=[PageQuery], responses=shapes.History)
    def history(self, request: SignedInRequest, room: str) -> Response:
        """The newest messages, or those before one, ascending; deleted ones keep their place."""
        rules.check_may_read(request.user, room)
        query = PageQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        page = query.validated_data
        blocked = blocked_ids(request.user.pk)
        return Response(selectors.history(room, before=page.get("before"), limit=page["limit"], blocked=blocked))

    @extend_schema(summary="Post a message", parameters=[KEY], request=NewMessage, responses={201: shapes.Message})
    def create(self, request: SignedInRequest, room: str) -> Response:
        """Say something. The Idempotency-Key is the message's `client_id`: a repeat answers the first message."""
        body = NewMessage.read(request.data)
        body["client_id"] = client_id_of(request, body.get("client_id"))
        posted = services.post_message(by=request.user, room=room, **body)
        return Response(selectors.as_author_sees(posted), status=201)

    @extend_schema(summary="Show a message", parameters=[SEQ], responses=shapes.Message)
    def show(self, request: SignedInRequest, room: str, seq: int) -> Response:
        """One message as it stands now."""
        rules.check_may_read(request.user, room)
        message = selectors.show(room, selectors.find_message(room, seq))
        return Response(shapes.for_reader(message, blocked_ids(request.user.pk)))

    @extend_schema(summary="Show a message's revisions", parameters=[SEQ], responses=shapes.Revisions)
    def revisions(self, request: SignedInRequest, room: str, seq: int) -> Response:
        """For moderators: the words that it had before, who changed them, why and when; words are kept 30 days."""
        rules.check_may_read(request.user, room)
        check_may_moderate(request.user)
        return Response(selectors.revisions_of(selectors.find_message(room, seq)))

    @extend_schema(summary="Edit a message", parameters=[SEQ], request=NewWords, responses=shapes.Message)
    def edit(self, request: SignedInRequest, room: str, seq: int) -> Response:
        """Change the words of an own message, within 15 minutes."""
        edited = services.edit_message(by=request.user, room=room, seq=seq, **NewWords.read(request.data))
        return Response(selectors.as_author_sees(edited))

    @extend_schema(summary="Delete a message", parameters=[SEQ], request=Deletion, responses={200: shapes.Message})
    def remove(self, request: SignedInRequest, room: str, seq: int) -> Response:
        """Delete an own message, or anybody's as a moderator with a reason; what stays is its place."""
        return Response(services.delete_message(by=request.user, room=room, seq=seq, **Deletion.read(request.data)))

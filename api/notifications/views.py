"""What a person should see."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import SignedInRequest
from api.idempotency import idempotent
from api.notifications.serializers import AfterQuery, WhatWasRead
from core.notifications import selectors, services, shapes


@extend_schema(tags=["Notifications"])
class NotificationViews(ViewSet):
    @extend_schema(summary="List notifications", parameters=[AfterQuery], responses=shapes.Notifications)
    def show(self, request: SignedInRequest) -> Response:
        """Those of the last 30 days that you have not dismissed, newest first, fifty at a time."""
        page = AfterQuery.read(request.query_params.dict())
        return Response(selectors.notifications_of(request.user, **page))

    @extend_schema(summary="Count what is unread", responses=shapes.Unread)
    def unread_count(self, request: SignedInRequest) -> Response:
        """Exactly how many unread ones the list would show."""
        return Response(selectors.unread_of(request.user))

    @extend_schema(summary="Mark notifications as read", request=WhatWasRead, responses=shapes.Unread)
    @idempotent
    def read(self, request: SignedInRequest) -> Response:
        """One, several, or all that were there before this request; `dismiss` also takes them out of the list.

        Answers how many are left unread. Doing it again changes nothing.
        """
        return Response(services.read_notifications(by=request.user, **WhatWasRead.read(request.data)))

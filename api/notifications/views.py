"""What a person should see."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import SignedInRequest
from api.idempotency import idempotent
from api.notifications.serializers import AfterQuery, Choice, TokenQuery, WhatWasRead
from api.throttles import Unsubscribing
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


@extend_schema(tags=["Notifications"])
class PreferenceViews(ViewSet):
    @extend_schema(summary="Show how you are told of what", responses=shapes.Preferences)
    def show(self, request: SignedInRequest) -> Response:
        """Every kind of notification, whether it is listed and counted, and whether it is mailed."""
        return Response(selectors.preferences_of(request.user))

    @extend_schema(summary="Choose how you are told", request=Choice, responses=shapes.Preference)
    def change(self, request: SignedInRequest, kind: str) -> Response:
        """What is left out stays as it is."""
        return Response(services.set_preference(by=request.user, kind=kind, **Choice.read(request.data)))


@extend_schema(tags=["Notifications"])
class UnsubscribeViews(ViewSet):
    authentication_classes = ()
    permission_classes = [AllowAny]
    throttle_classes = [Unsubscribing]

    @extend_schema(
        summary="Get no more mails of a kind", parameters=[TokenQuery], request=None, responses=shapes.Preference
    )
    def unsubscribe(self, request: Request) -> Response:
        """Without a sign-in: the token of a mail names a person and a kind. Mail programs call it at one click."""
        return Response(services.unsubscribe(**TokenQuery.read(request.query_params.dict())))

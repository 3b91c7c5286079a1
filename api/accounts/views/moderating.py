"""Keeping order: what was decided about a person, and deciding it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.accounts import serializers as read
from api.authentication import SignedInRequest
from api.idempotency import idempotent
from core.accounts import selectors, services, shapes
from core.accounts.rules import check_may_moderate
from core.work.clock import database_now

if TYPE_CHECKING:
    from core.accounts.models import User


@extend_schema(tags=["Moderation"])
class ModerationViews(ViewSet):
    @extend_schema(summary="Show a person's sanctions", responses=shapes.Record)
    def record(self, request: SignedInRequest, username: str) -> Response:
        """For moderators: the 100 newest, with their reasons."""
        return Response(selectors.record_of(_person(request, username)))

    @extend_schema(summary="Time a person out", request=read.TimeoutSerializer, responses={201: shapes.Sanction})
    @idempotent
    def time_out(self, request: SignedInRequest, username: str) -> Response:
        """They only read for so long, over REST and sockets alike, from now on."""
        person, body = _person(request, username), read.TimeoutSerializer.read(request.data)
        until = _ends(body["seconds"])
        given = services.time_out_user(by=request.user, user_id=person.pk, reason=body["reason"], until=until)
        return Response(shapes.sanction(given, now=given.created_at), status=201)

    @extend_schema(summary="Ban a person", request=read.BanSerializer, responses={201: shapes.Sanction})
    @idempotent
    def ban(self, request: SignedInRequest, username: str) -> Response:
        """Every sign-in of theirs is over now, and they cannot sign in until it ends."""
        person, body = _person(request, username), read.BanSerializer.read(request.data)
        until = _ends(body["seconds"]) if body.get("seconds") else None
        given = services.ban_user(by=request.user, user_id=person.pk, reason=body["reason"], until=until)
        return Response(shapes.sanction(given, now=given.created_at), status=201)

    @extend_schema(summary="Lift a sanction", request=read.LiftSerializer, responses=shapes.Sanction)
    def lift(self, request: SignedInRequest, sanction_id: int) -> Response:
        """It holds no longer, from now on."""
        check_may_moderate(request.user)
        why = read.LiftSerializer.read(request.data)["reason"]
        lifted = services.lift_sanction(by=request.user, sanction_id=sanction_id, why=why)
        return Response(shapes.sanction(lifted, now=database_now()))


def _person(request: SignedInRequest, username: str) -> "User":
    """Whom the path names, if a moderator asks."""
    check_may_moderate(request.user)
    return selectors.person_named(username)


def _ends(seconds: int) -> datetime:
    return database_now() + timedelta(seconds=seconds)

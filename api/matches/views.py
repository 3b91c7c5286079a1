"""The own matches. Anybody else's are not there."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import SignedInRequest
from api.idempotency import KEY, idempotent, key_of
from api.matches import serializers as read
from api.matches.parsers import MATCH_FORM, MatchParser, Upload
from api.parsers import StrictJSONParser
from core.tracker import selectors, services, shapes

NEW = {"multipart/form-data": MATCH_FORM, "application/json": read.TypedMatch}


@extend_schema(tags=["Matches"])
class MatchViews(ViewSet):
    parser_classes = [StrictJSONParser, MatchParser]

    @extend_schema("own_matches", summary="List matches", parameters=[read.MatchQuery], responses=shapes.Matches)
    def mine(self, request: SignedInRequest) -> Response:
        """Your own, the last played first."""
        return Response(selectors.my_matches(request.user, **read.MatchQuery.read(request.query_params.dict())))

    @extend_schema(summary="Add a match", parameters=[KEY, read.AgainQuery], request=NEW, responses={201: shapes.Match})
    def create(self, request: SignedInRequest) -> HttpResponseBase:
        """Pictures of it, which are read at once: the reading comes on `user.<id>` as `match.changed` and stands at the
        match, mostly within a second. Or, as JSON, its numbers, which are confirmed then."""
        again = read.AgainQuery.read(request.query_params.dict())["again"]
        form: Any = request.data
        if not isinstance(form, Upload):
            return self._record(request)
        if not (again := again or form.again) and key_of(request) is None:
            services.check_new(by=request.user, raws=form.screenshot)
        taken = services.take_pictures(by=request.user, raws=form.screenshot)
        return self._add(request, taken=taken, again=again)

    @idempotent
    def _record(self, request: SignedInRequest) -> Response:
        match = services.record_match(by=request.user, **read.TypedMatch.read(request.data))
        return Response(selectors.see_match(request.user, match.pk), status=201)

    @idempotent
    def _add(self, request: SignedInRequest, *, taken: list[services.Taken], again: bool) -> Response:
        form: Any = request.data
        match = services.add_match(by=request.user, taken=taken, again=again, **form.words)
        return Response(selectors.see_match(request.user, match.pk), status=201)

    @extend_schema(summary="Show a match", responses=shapes.Match)
    def show(self, request: SignedInRequest, match_id: UUID) -> Response:
        return Response(selectors.see_match(request.user, match_id))

    @extend_schema(summary="Confirm a match", request=read.Confirmation, responses=shapes.Match)
    def confirm(self, request: SignedInRequest, match_id: UUID) -> Response:
        """It counts from now on, with these numbers. What is not given stays as it was confirmed or, where the reading
        is sure, proposed; null takes a number away. Without a `version`, whatever it is by now is confirmed."""
        services.confirm_match(by=request.user, match_id=match_id, **read.Confirmation.read(request.data))
        return Response(selectors.see_match(request.user, match_id))

    @extend_schema(summary="Change a match", request=read.WordsChange, responses=shapes.Match)
    def change(self, request: SignedInRequest, match_id: UUID) -> Response:
        """Its side, opponent, game or time. Another `side` swaps everything."""
        services.change_match(by=request.user, match_id=match_id, **read.WordsChange.read(request.data))
        return Response(selectors.see_match(request.user, match_id))

    @extend_schema(summary="Delete a match", request=None, responses={204: None})
    def remove(self, request: SignedInRequest, match_id: UUID) -> Response:
        """With its pictures, and for good."""
        services.delete_match(by=request.user, match_id=match_id)
        return Response(status=204)

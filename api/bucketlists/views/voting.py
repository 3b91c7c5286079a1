"""Votes, and what anyone needs to count them again."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from api.bucketlists import serializers as read
from api.idempotency import idempotent
from core.bucketlists import selectors, services, shapes


@extend_schema(tags=["Lists"])
class VoteViews(ViewSet):
    @extend_schema(
        summary="Vote on an item", request=read.NewVote, responses={200: shapes.Receipt, 201: shapes.Receipt}
    )
    @idempotent
    def cast(self, request: SignedInRequest, item_id: int) -> Response:
        """201 for the first vote on it, 200 for a change; a vote that came too late is refused."""
        receipt = services.cast_vote(by=request.user, item_id=item_id, **read.NewVote.read(request.data))
        return Response(receipt, status=201 if receipt.is_first else 200)

    @extend_schema(summary="Have this vote on an item", request=read.NewVote, responses=shapes.Receipt)
    def put(self, request: SignedInRequest, item_id: int) -> Response:
        """As POST, and safe to repeat."""
        return Response(services.cast_vote(by=request.user, item_id=item_id, **read.NewVote.read(request.data)))

    @extend_schema(summary="Take a vote back", request=None, responses={204: None})
    def remove(self, request: SignedInRequest, item_id: int) -> Response:
        """Whether there was one or not."""
        services.cast_vote(by=request.user, item_id=item_id, vote_type=None)
        return Response(status=204)


@extend_schema(tags=["Lists"])
class ResultViews(ViewSet):
    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(summary="Show a result", parameters=[read.RoundQuery], responses=shapes.Result)
    def result(self, request: AnyRequest, list_id: int) -> Response:
        """A sealed round, by default the newest: it never changes again, and its ballots lead to it."""
        seat = selectors.visible_list(list_id, request.user)
        number = read.RoundQuery.read(request.query_params.dict()).get("round")
        return Response(selectors.result(services.sealed_round(list_id=seat.list.pk, number=number)))

    @extend_schema(summary="List the ballots of a round", parameters=[read.BallotsQuery], responses=shapes.Ballots)
    def ballots(self, request: AnyRequest, list_id: int) -> Response:
        """Every vote under its voter's pseudonym, ascending, by default those of the running round."""
        seat = selectors.visible_list(list_id, request.user)
        return Response(selectors.ballots_of(seat.list, **read.BallotsQuery.read(request.query_params.dict())))

"""Standings: tables, why they stand so, the log behind them, and the freeze (T19, T25)."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from api.authentication import AnyRequest, SignedInRequest
from api.idempotency import idempotent
from api.tournaments import reading_results as read
from api.tournaments.competitions import shown
from api.tournaments.twins import CompetitionViewSet, below_one
from core.tournaments import shapes
from core.tournaments.selectors import competitions, entries, standings
from core.tournaments.services import board_freezing


@extend_schema(tags=["Standings"])
class StandingsViews(CompetitionViewSet):
    @extend_schema("standings", summary="Show standings", parameters=[read.StandingsQuery], responses=shapes.Standings)
    def show(self, request: AnyRequest, competition_id: int) -> Response:
        """Behind a freeze only staff see the table move."""
        query = read.StandingsQuery.read(request.query_params.dict())
        return Response(standings.see_standings(competition_id, request.user, **query))

    @extend_schema(
        "explain_standings",
        summary="Say why one is above another",
        parameters=[read.ExplainQuery],
        responses=shapes.Explanation,
    )
    def explain(self, request: AnyRequest, competition_id: int) -> Response:
        """What was asked of both until something separated them, both values, and the entries behind them."""
        query = read.ExplainQuery.read(request.query_params.dict())
        return Response(standings.explain(competition_id, request.user, **query))

    @extend_schema(
        "result_entries", summary="Read the result log", parameters=[read.EntriesQuery], responses=shapes.ResultEntries
    )
    def entries(self, request: AnyRequest, competition_id: int) -> Response:
        """Newest first: every entry that ever was, with who made it and why; what was corrected too."""
        query = read.EntriesQuery.read(request.query_params.dict())
        return shown(request, entries.entries_of(competition_id, request.user, **query))

    @extend_schema(summary="Freeze the public boards", request=read.Freezing, responses=shapes.CompetitionView)
    @idempotent
    def freeze(self, request: SignedInRequest, competition_id: int) -> Response:
        """For co-hosts and above: from `at` on, or now, only staff see them move."""
        board_freezing.freeze_board(by=request.user, competition_id=competition_id, **read.Freezing.read(request.data))
        return Response(competitions.see_competition(competition_id, request.user))

    @extend_schema(summary="Unfreeze the public boards", request=None, responses=shapes.CompetitionView)
    def unfreeze(self, request: SignedInRequest, competition_id: int) -> Response:
        """Everybody sees them as they are."""
        board_freezing.unfreeze_board(by=request.user, competition_id=competition_id)
        return Response(competitions.see_competition(competition_id, request.user))


ROUTES = below_one(
    [
        ("standings/", StandingsViews, {"get": "show"}),
        ("standings/explain/", StandingsViews, {"get": "explain"}),
        ("entries/", StandingsViews, {"get": "entries"}),
        ("freeze/", StandingsViews, {"post": "freeze", "delete": "unfreeze"}),
    ]
)

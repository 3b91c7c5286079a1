"""How competitions come out: the winner, the places, and what teams and people did over all of theirs (T18, T22)."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from api.idempotency import idempotent
from api.tournaments.twins import CompetitionViewSet, below_one
from core.accounts.selectors import person_named
from core.teams.selectors import find_team
from core.tournaments import shapes
from core.tournaments.selectors import competitions, outcomes
from core.tournaments.selectors.entrants import show_entrant_card
from core.tournaments.services import completing


@extend_schema(tags=["Results"])
class OutcomeViews(CompetitionViewSet):
    @extend_schema(summary="Ask who won", request=None, responses=shapes.EntrantCard)
    def select_winner(self, request: SignedInRequest, competition_id: int) -> Response:
        """For co-hosts and above, once every match is settled. 409 `tied` names those who share the first place, until
        a lot, a play-off or an override is recorded."""
        winner = completing.select_winner(by=request.user, competition_id=competition_id)
        return Response(show_entrant_card(winner))

    @extend_schema(summary="Complete a tournament", request=None, responses=shapes.CompetitionView)
    @idempotent
    def complete(self, request: SignedInRequest, competition_id: int) -> Response:
        """For co-hosts and above. The outcome stands: everybody has a place, and nothing is recorded any more."""
        completing.complete(by=request.user, competition_id=competition_id)
        return Response(competitions.see_competition(competition_id, request.user))

    @extend_schema("placings", summary="List the places", responses=shapes.Placings)
    def placings(self, request: AnyRequest, competition_id: int) -> Response:
        """The first first; empty until it is completed."""
        return Response(outcomes.placings_of(competition_id, request.user))


@extend_schema(tags=["Results"], responses=shapes.Statistics)
class StatisticsViews(ViewSet):
    @extend_schema("team_statistics", summary="Show what a team achieved")
    def of_team(self, request: SignedInRequest, team_id: int) -> Response:
        """In the competitions that it completed."""
        return Response(outcomes.team_statistics(find_team(team_id).pk))

    @extend_schema("person_statistics", summary="Show what somebody achieved")
    def of_person(self, request: SignedInRequest, username: str) -> Response:
        """In the competitions that those completed for whom they played."""
        return Response(outcomes.person_statistics(person_named(username).pk))


ROUTES = below_one(
    [
        ("select-winner/", OutcomeViews, {"post": "select_winner"}),
        ("complete/", OutcomeViews, {"post": "complete"}),
        ("placings/", OutcomeViews, {"get": "placings"}),
    ]
)
URLS = [
    path("teams/<id:team_id>/statistics/", StatisticsViews.as_view({"get": "of_team"})),
    path("profiles/<username:username>/statistics/", StatisticsViews.as_view({"get": "of_person"})),
]

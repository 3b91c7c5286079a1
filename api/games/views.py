"""The catalogue of games."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest
from core.games import selectors, shapes


@extend_schema(tags=["Games"])
class GameViews(ViewSet):
    permission_classes = [AllowAny]

    @extend_schema(summary="List the games", responses=shapes.Games)
    def all(self, request: AnyRequest) -> Response:
        """What can be played here, by how many, and what in-game ids look like."""
        return Response(selectors.all_games())

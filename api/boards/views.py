"""Global boards: which there are, and who stands where."""

import msgspec
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest
from api.boards.serializers import BoardQuery
from core.accounts.shapes import without_names
from core.boards import selectors, shapes


@extend_schema(tags=["Leaderboards"])
class BoardViews(ViewSet):
    permission_classes = [AllowAny]

    @extend_schema("leaderboards", summary="List the leaderboards", responses=shapes.Boards)
    def all(self, request: AnyRequest) -> Response:
        """One of each game, and `xp`, which counts experience over all."""
        return Response(selectors.all_boards())

    @extend_schema("leaderboard", summary="Show a leaderboard", parameters=[BoardQuery], responses=shapes.BoardPage)
    def show(self, request: AnyRequest, board: str) -> Response:
        """Best first. `me` is your own line; whoever is not signed in sees of people no more than name and picture."""
        query = BoardQuery.read(request.query_params.dict())
        around_me = query.pop("around", None) is not None
        if around_me and request.user is None:
            raise NotAuthenticated
        page = selectors.see_board(board, request.user, around_me=around_me, **query)
        return Response(page if request.user else without_names(msgspec.to_builtins(page)))

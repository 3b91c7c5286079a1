"""One set of views for two prefixes: what is below `tournaments/` is below `scrims/` as well, each by its kind (T1)."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.urls import URLPattern, path
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.viewsets import ViewSet

from core.tournaments.selectors.standing import check_kind

KINDS = {"tournaments": "tournament", "scrims": "scrim"}
OF_ONE = "<id:competition_id>/"


class Route(NamedTuple):
    """A path below a prefix, and the actions of a view by method."""

    path: str
    views: type["CompetitionViewSet"]
    actions: dict[str, str]


class CompetitionViewSet(ViewSet):
    """Views of competitions of one `kind`; one of the other kind is not found. Reading is for everybody, unless a
    view says otherwise."""

    kind = "tournament"
    permission_classes = [IsAuthenticatedOrReadOnly]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        competition_id = kwargs.get("competition_id")
        if competition_id:
            check_kind(competition_id, self.kind)


def below_one(routes: Iterable[tuple[str, type[CompetitionViewSet], dict[str, str]]]) -> list[Route]:
    """Routes below one competition."""
    return [Route(OF_ONE + route, views, actions) for route, views, actions in routes]


def both(*parts: Sequence[Route]) -> list[URLPattern]:
    """These routes below both prefixes. The description has those of tournaments, as scrims have the same."""
    found = []
    for prefix, kind in KINDS.items():
        described: dict[str, Any] = {} if kind == "tournament" else {"schema": None}
        for route in (route for part in parts for route in part):
            actions: Any = route.actions
            found.append(path(f"{prefix}/{route.path}", route.views.as_view(actions, kind=kind, **described)))
    return found

"""The calendar of a competition, for programs that subscribe to it (T26)."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from api.authentication import AnyRequest
from api.tournaments.twins import CompetitionViewSet, below_one
from core.tournaments.selectors.calendars import calendar_of


class CalendarRenderer(BaseRenderer):
    media_type = "text/calendar"
    format = "ics"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return str(data).encode()


@extend_schema(tags=["Tournaments and scrims"])
class CalendarViews(CompetitionViewSet):
    renderer_classes = [CalendarRenderer]

    @extend_schema(
        "competition_calendar",
        summary="Subscribe to a tournament's calendar",
        responses={(200, "text/calendar"): OpenApiTypes.STR},
    )
    def show(self, request: AnyRequest, competition_id: int) -> Response:
        """iCalendar: its times, and its matches as they are scheduled; programs look again every 15 minutes."""
        return Response(calendar_of(competition_id, request.user))


ROUTES = below_one([("calendar.ics", CalendarViews, {"get": "show"})])

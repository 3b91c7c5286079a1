"""What the own matches say together."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import SignedInRequest
from api.stats.serializers import SummaryQuery
from core.tracker import shown
from core.tracker.selectors.summary import summary_of


@extend_schema(tags=["Matches"])
class SummaryViews(ViewSet):
    @extend_schema("summary", summary="Sum up the matches", parameters=[SummaryQuery], responses=shown.Summary)
    def show(self, request: SignedInRequest) -> Response:
        """Of those that you confirmed: results, averages of every statistic, form, streaks, and points for plots."""
        return Response(summary_of(request.user, **SummaryQuery.read(request.query_params.dict())))

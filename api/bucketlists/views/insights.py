"""What votes say: numbers for plots."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from core.bucketlists import selectors
from core.bucketlists.insights import ListInsights, PublicInsights


@extend_schema(tags=["Lists"])
class InsightViews(ViewSet):
    @extend_schema(summary="Show what the votes on a list say", responses=ListInsights)
    def of_list(self, request: SignedInRequest, list_id: int) -> Response:
        """For members: votes over time, the most wanted items and categories, and how far the group agrees."""
        return Response(selectors.list_insights(list_id, request.user))


@extend_schema(tags=["Lists"])
class PublicInsightViews(ViewSet):
    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(summary="Show what the votes on all public lists say", responses=PublicInsights)
    def show(self, request: AnyRequest) -> Response:
        """Counted once a minute."""
        return Response(selectors.public_insights())

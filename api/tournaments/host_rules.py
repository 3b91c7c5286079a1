"""Scoring profiles and tie-break chains: those that ship, and those that hosts make (T16, T17)."""

from typing import Any, ClassVar

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from api.authentication import AnyRequest, SignedInRequest
from api.idempotency import idempotent
from api.serializers import StrictSerializer, Text
from api.tournaments.reading_results import Payload
from core.tournaments import shapes
from core.tournaments.selectors import host_rules as selectors
from core.tournaments.services import host_rules as services


class RuleBody(StrictSerializer):
    body = Payload(help_text="As docs/results-format.md has it; name and version are added.")


class NewRule(RuleBody):
    name = Text(max_length=40)


class RuleViews(ViewSet):
    kind: ClassVar[services.Kind]
    permission_classes = [IsAuthenticatedOrReadOnly]

    @extend_schema(request=NewRule, responses={201: shapes.HostRule}, summary="Make a rule, or a new version of it")
    @idempotent
    def create(self, request: SignedInRequest) -> Response:
        """For hosts. A draft, until you publish it; the same name again makes the next version."""
        rule = services.create_rule(by=request.user, kind=self.kind, **NewRule.read(request.data))
        return Response(selectors.show_rule(rule), status=201)

    @extend_schema(request=RuleBody, responses=shapes.HostRule, summary="Change a draft of a rule")
    def change(self, request: SignedInRequest, rule_id: int) -> Response:
        given = RuleBody.read(request.data)
        return Response(
            selectors.show_rule(services.edit_rule(by=request.user, kind=self.kind, rule_id=rule_id, **given))
        )

    @extend_schema(request=None, responses=shapes.HostRule, summary="Publish a rule")
    @idempotent
    def publish(self, request: SignedInRequest, rule_id: int) -> Response:
        """Stages may use it by its name, and it changes no more."""
        rule = services.publish_rule(by=request.user, kind=self.kind, rule_id=rule_id)
        return Response(selectors.show_rule(rule))


@extend_schema(tags=["Scoring profiles"])
class ProfileViews(RuleViews):
    kind = "profile"

    @extend_schema("scoring_profiles", summary="List scoring profiles", responses=shapes.HostRules)
    def all(self, request: AnyRequest) -> Response:
        """Those that ship, and your own."""
        return Response(selectors.profiles_of(request.user))


@extend_schema(tags=["Tie-break chains"])
class ChainViews(RuleViews):
    kind = "chain"

    @extend_schema("tiebreak_chains", summary="List tie-break chains", responses=shapes.HostRules)
    def all(self, request: AnyRequest) -> Response:
        """Those that ship, and your own."""
        return Response(selectors.chains_of(request.user))


def _routes(prefix: str, views: type[RuleViews]) -> list[Any]:
    return [
        path(f"{prefix}/", views.as_view({"get": "all", "post": "create"})),
        path(f"{prefix}/<id:rule_id>/", views.as_view({"put": "change"})),
        path(f"{prefix}/<id:rule_id>/publish/", views.as_view({"post": "publish"})),
    ]


URLS = [*_routes("scoring-profiles", ProfileViews), *_routes("tiebreak-chains", ChainViews)]

"""What REST reads about results, penalties and standings."""

from fractions import Fraction
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers import MOST_SEQ, StrictSerializer, Text, Whole, WholeQuery
from api.tournaments.serializers import Moment
from core.tournaments.exact import convert


def _id(**more: Any) -> Whole:
    return Whole(min_value=1, max_value=MOST_SEQ, **more)


def _reason(**more: Any) -> Text:
    return Text(max_length=2_000, help_text="At most 500 characters; everybody can read it.", **more)


@extend_schema_field(OpenApiTypes.OBJECT)
class Payload(serializers.JSONField):
    """A lobby or a duel, as docs/results-format.md has them; what is wrong with it the service says."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            raise serializers.ValidationError("A result is an object.")
        return data


@extend_schema_field({"oneOf": [{"type": "integer"}, {"type": "string"}]})
class Points(serializers.Field[Fraction, Any, Any, Any]):
    """A whole number, or a fraction as text."""

    def to_internal_value(self, data: Any) -> Fraction:
        try:
            return convert(data, Fraction)
        except ValueError:
            raise serializers.ValidationError('A whole number, or a fraction written as "1/2" or "0.5".') from None


class NewResult(StrictSerializer):
    payload = Payload()
    game_no = Whole(required=False, allow_null=True, min_value=1, max_value=99, help_text="Of a lobby with games.")
    effective_at = Moment(required=False, allow_null=True, help_text="Since when it counts, if not now.")
    reason = _reason(required=False, allow_blank=True)


class ResultPut(NewResult):
    supersedes = _id(required=False, allow_null=True)
    reason = _reason(required=False, allow_blank=True)


class WalkoverAward(StrictSerializer):
    winner = _id()
    reason = _reason(required=False, allow_blank=True)


class Forfeit(StrictSerializer):
    reason = _reason(required=False, allow_blank=True)


class Voiding(StrictSerializer):
    game_no = Whole(required=False, allow_null=True, min_value=1, max_value=99)
    reason = _reason()


class Why(StrictSerializer):
    reason = _reason()


class Adjustment(StrictSerializer):
    stage_id = _id()
    entrant_id = _id()
    points = Points(help_text="Below 0 they are taken.")
    effective_at = Moment(required=False, allow_null=True, help_text="Since when it counts, if not now.")
    reason = _reason()


class LotDrawn(StrictSerializer):
    stage_id = _id()
    order = serializers.ListField(child=_id(), min_length=2, max_length=100, help_text="The first drawn first.")
    reason = _reason()


class Overriding(StrictSerializer):
    stage_id = _id()
    entrant_id = _id()
    place = Whole(min_value=1, max_value=100_000)
    reason = _reason()


class Disqualifying(StrictSerializer):
    entrant_id = _id()
    results = serializers.ChoiceField(("keep", "annul", "last"), help_text="What becomes of its results.")
    effective_at = Moment(required=False, allow_null=True)
    reason = _reason()


class Reinstating(StrictSerializer):
    entrant_id = _id()
    reason = _reason()


class StandingsQuery(StrictSerializer):
    stage = WholeQuery(help_text="By default the last one that is drawn.")
    group = WholeQuery(help_text="By default the whole stage.")
    as_of = serializers.DateTimeField(required=False, help_text="What counted then.")


class ExplainQuery(StandingsQuery):
    a = WholeQuery(required=True)
    b = WholeQuery(required=True)


class EntriesQuery(StrictSerializer):
    before = WholeQuery(help_text="The `next` of the page before.")
    limit = WholeQuery(max_value=100, default=50)
    stage = WholeQuery()
    match = WholeQuery()


class Freezing(StrictSerializer):
    at = Moment(required=False, allow_null=True, help_text="By default now.")

import re
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers import StrictSerializer, Text
from core.tracker.selectors.summary import PLOTTED

YEARS = range(1970, 9999)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@extend_schema_field({"type": "string", "format": "date"})
class Day(serializers.Field[Any, Any, Any, Any]):
    def to_internal_value(self, data: Any) -> date:
        try:
            if isinstance(data, str) and _DAY.fullmatch(data) and (day := date.fromisoformat(data)).year in YEARS:
                return day
        except ValueError:
            pass
        raise serializers.ValidationError("Give a date, such as 2026-06-01.")


class SummaryQuery(StrictSerializer):
    since = Day(required=False, help_text="Played on that day or later, in your own time zone.")
    until = Day(required=False, help_text="Played on that day or before.")
    game = Text(required=False, allow_blank=True, max_length=40)
    stat = Text(required=False, max_length=60, default=PLOTTED, help_text="What the plot shows beside goals.")

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers import StrictSerializer, Text, Uuid, Whole
from core.tracker.numbers import VALUE_MOST
from core.tracker.services.correcting import MOST_CELLS

CELLS = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": MOST_CELLS,
    "additionalProperties": {"type": "number", "minimum": 0, "maximum": VALUE_MOST},
}


@extend_schema_field(CELLS)
class CellValues(serializers.Field[Any, Any, Any, Any]):
    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict) or not all(type(value) in (int, float) for value in data.values()):
            raise serializers.ValidationError("Give an object of numbers by cell.")
        return data


class Version(StrictSerializer):
    version = Whole(min_value=1, max_value=2**53 - 1, help_text="Of the shared match as you saw it.")


class Asked(StrictSerializer):
    username = Text(max_length=60)


class Corrections(Version):
    cells = CellValues(help_text="By cell, such as `stats.shots.opponent`, what it should be.")


class CellNames(serializers.ListField):
    child = Text(max_length=100)


class Answers(Version):
    accept = CellNames(required=False, max_length=MOST_CELLS, help_text="Cells that are as the other one says.")
    decline = CellNames(required=False, max_length=MOST_CELLS, help_text="Cells that stay.")


class Brought(Version):
    match = Uuid(help_text="Your own match that is the same one.")

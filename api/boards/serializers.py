"""What REST reads about boards."""

from typing import Any

from rest_framework import serializers

from api.serializers import StrictSerializer, Text, WholeQuery


class BoardQuery(StrictSerializer):
    after = Text(required=False, max_length=60, help_text="The `next` of the page before.")
    around = serializers.ChoiceField(["me"], required=False, help_text="The lines above and below your own instead.")
    limit = WholeQuery(max_value=100, default=50)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "after" in attrs and "around" in attrs:
            raise serializers.ValidationError({"around": ["A page is around you, or after another one."]})
        return attrs

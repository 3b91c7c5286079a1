from types import NoneType
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers import StrictSerializer, Text, Whole
from core.tracker.lobbies import COLUMNS_MOST, PLACES_MOST, PLAYER, PLAYERS_MOST
from core.tracker.models import NAME_MOST, Match
from core.tracker.numbers import GOALS_MOST, OTHER, ROWS_MOST, VALUE_MOST

GAME = r"\A[a-z0-9_]{1,40}\Z"


@extend_schema_field({"type": ["number", "null"], "minimum": 0, "maximum": VALUE_MOST})
class Number(serializers.Field[Any, Any, Any, Any]):
    def to_internal_value(self, data: Any) -> int | float:
        if isinstance(data, bool) or not isinstance(data, int | float):
            raise serializers.ValidationError("Give a number, or null.")
        return data


class Row(StrictSerializer):
    user = Number(allow_null=True, required=False, default=None)
    opponent = Number(allow_null=True, required=False, default=None)


ROWS = {
    "type": "object",
    "maxProperties": ROWS_MOST,
    "additionalProperties": {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: {"type": ["number", "null"], "minimum": 0} for name in ("user", "opponent")},
    },
}


@extend_schema_field(ROWS)
class Stats(serializers.Field[Any, Any, Any, Any]):
    """Rows by key; those under `other` stand beside them."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict) or not isinstance(other := data.get(OTHER, {}), dict) or OTHER in other:
            raise serializers.ValidationError("Give an object of rows by key.")
        rows = {**other, **{key: row for key, row in data.items() if key != OTHER}}
        read, wrong = {}, {}
        for key, row in rows.items():
            try:
                read[key] = Row.read(row)
            except serializers.ValidationError as error:
                wrong[key] = error.detail
        if wrong:
            raise serializers.ValidationError(wrong)
        return read


PLACE = {"type": ["integer", "null"], "minimum": 1, "maximum": PLACES_MOST}
LOBBY = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "placement": PLACE,
        "total": PLACE,
        "own_row": {"type": ["integer", "null"], "minimum": 0, "maximum": PLAYERS_MOST - 1},
        "players": {
            "type": "array",
            "maxItems": PLAYERS_MOST,
            "items": {
                "type": "object",
                "maxProperties": COLUMNS_MOST,
                "properties": {"player": {"type": ["string", "null"], "maxLength": NAME_MOST}},
                "additionalProperties": {"type": ["number", "string", "null"]},
            },
        },
    },
}


class Players(serializers.Field[Any, Any, Any, Any]):
    def to_internal_value(self, data: Any) -> list[dict[str, Any]]:
        if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
            raise serializers.ValidationError("Give a list of rows.")
        for at, row in enumerate(data):
            for key, cell in row.items():
                kinds = (str, NoneType) if key == PLAYER else (int, float, str, NoneType)
                if type(cell) not in kinds:
                    raise serializers.ValidationError({str(at): {key: "Give a number, words or null."}})
        return data


class LobbyTable(StrictSerializer):
    placement = Whole(required=False, allow_null=True)
    total = Whole(required=False, allow_null=True)
    own_row = Whole(required=False, allow_null=True, min_value=0, max_value=PLAYERS_MOST - 1)
    players = Players(required=False)


@extend_schema_field(LOBBY)
class Lobby(serializers.Field[Any, Any, Any, Any]):
    def to_internal_value(self, data: Any) -> dict[str, Any]:
        return LobbyTable.read(data)


class Moment(serializers.DateTimeField):
    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.fail("invalid", format="RFC 3339")
        return super().to_internal_value(value)


class MatchWords(StrictSerializer):
    opponent_name = Text(required=False, allow_blank=True, max_length=NAME_MOST)
    game = serializers.RegexField(GAME, required=False, allow_blank=True, max_length=40)
    side = serializers.ChoiceField(Match.Side.choices, required=False, help_text="Where you stand in the pictures.")
    played_at = Moment(required=False, help_text="RFC 3339; by default when it came in.")


class UploadWords(MatchWords):
    again = serializers.BooleanField(required=False, default=False)


class WordsChange(MatchWords):
    version = Whole(min_value=1, max_value=2**31 - 1, required=False, help_text="Of the match as you saw it.")


class Numbers(StrictSerializer):
    score_user = Whole(min_value=0, max_value=GOALS_MOST, required=False, allow_null=True)
    score_opponent = Whole(min_value=0, max_value=GOALS_MOST, required=False, allow_null=True)
    stats = Stats(required=False)
    lobby = Lobby(required=False, help_text="The table of a lobby, or the parts of it that are others.")


class TypedMatch(MatchWords, Numbers):
    pass


class Confirmation(WordsChange, Numbers):
    pass


class AgainQuery(StrictSerializer):
    again = serializers.BooleanField(required=False, default=False, help_text="As in the form.")


class MatchQuery(StrictSerializer):
    after = Text(max_length=80, required=False, help_text="The `next` of the page before.")
    limit = serializers.IntegerField(min_value=1, max_value=100, default=50)
    opponent = Text(max_length=NAME_MOST, required=False, help_text="Part of the opponent's name.")
    result = serializers.ChoiceField(Match.Result.choices, required=False)
    state = serializers.ChoiceField(Match.State.choices, required=False)
    game = Text(max_length=40, required=False)
    since = serializers.DateTimeField(required=False, help_text="Played then or later.")
    until = serializers.DateTimeField(required=False, help_text="Played before then.")

"""What REST reads about taking part."""

from typing import Any

from rest_framework import serializers

from api.serializers import MOST_SEQ, Flag, PageQuery, StrictSerializer, Text, Whole
from core.tournaments.models import Entrant
from core.tournaments.models.competitions import REASON_MOST
from core.tournaments.models.entrants import GAME_NAME_MOST
from core.tournaments.services import Player

ROSTER_MOST = 50


class CalledInGame(StrictSerializer):
    in_game_id = Text(required=False, max_length=GAME_NAME_MOST, help_text="That of the account, if left out.")
    in_game_name = Text(required=False, max_length=GAME_NAME_MOST)


class PlayerGiven(CalledInGame):
    user_id = Whole(min_value=1, max_value=MOST_SEQ)
    is_substitute = Flag(required=False)


class Roster(serializers.ListField):
    child = PlayerGiven()

    def to_internal_value(self, data: Any) -> Any:
        return [Player(**player) for player in super().to_internal_value(data)]


class RosterGiven(StrictSerializer):
    roster = Roster(max_length=ROSTER_MOST)


class Registering(CalledInGame):
    team_id = Whole(required=False, min_value=1, max_value=MOST_SEQ, help_text="Where teams play; you lead it.")
    roster = Roster(required=False, max_length=ROSTER_MOST)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """A team comes with its roster, a person with what they are called."""
        if "team_id" in given and given.keys() != {"team_id", "roster"}:
            raise serializers.ValidationError({"roster": "A team registers with its roster alone."})
        if "team_id" not in given and "roster" in given:
            raise serializers.ValidationError({"team_id": "Whose roster is this?"})
        return given


class OfferAnswer(StrictSerializer):
    accept = Flag()


class Removing(StrictSerializer):
    reason = Text(max_length=REASON_MOST, help_text="Shown to those who played for it.")


class EntrantStates(serializers.CharField):
    """States in a query, comma separated."""

    def to_internal_value(self, data: Any) -> Any:
        found = super().to_internal_value(data).split(",")
        if unknown := sorted({*found} - {*Entrant.State.values}):
            raise serializers.ValidationError(f"There is no state {unknown[0]!r}.")
        return found


class RegistrationsQuery(PageQuery):
    state = EntrantStates(required=False, max_length=200, help_text="One or several, comma separated.")
    q = Text(required=False, max_length=100, allow_blank=True, help_text="Words of a name, or a tag.")

"""What REST reads about teams."""

from typing import Any

from rest_framework import serializers

from api.serializers import MOST_SEQ, PageQuery, StrictSerializer, Text, Whole
from core.games.catalogue import GAMES
from core.teams.models import ABOUT_MOST, NAME_MOST, TAG_MOST, WORDS_MOST

GAME_CHOICES = [(game_id, game.name) for game_id, game in GAMES.items()]


class YesQuery(serializers.BooleanField):
    """`true` or `false` in a query, which is text."""

    def to_internal_value(self, data: Any) -> bool:
        if data not in ("true", "false"):
            self.fail("invalid", input=data)
        return bool(data == "true")


class TeamsQuery(PageQuery):
    mine = YesQuery(required=False, help_text="Only those that you are in.")
    asked = YesQuery(required=False, help_text="Only those that you wait to be let into.")
    q = Text(required=False, max_length=100, allow_blank=True, help_text="Words of a name, or how a tag begins.")
    game = serializers.ChoiceField(GAME_CHOICES, required=False)


class TeamChanges(StrictSerializer):
    name = Text(required=False, max_length=NAME_MOST)
    tag = Text(required=False, max_length=4 * TAG_MOST, help_text="2 to 5 letters or digits that no other team has.")
    about = Text(required=False, allow_blank=True, max_length=ABOUT_MOST)


class NewTeam(TeamChanges):
    game = serializers.ChoiceField(GAME_CHOICES)
    name = Text(max_length=NAME_MOST)
    tag = Text(max_length=4 * TAG_MOST, help_text="2 to 5 letters or digits that no other team has.")


class Asking(StrictSerializer):
    words = Text(required=False, allow_blank=True, max_length=WORDS_MOST, help_text="For the captain.")


class CaptainGiven(StrictSerializer):
    membership_id = Whole(min_value=1, max_value=MOST_SEQ)

"""What REST reads about stages, draws, matches and rooms."""

from typing import Any

from rest_framework import serializers

from api.serializers import MOST_SEQ, Flag, PageQuery, StrictSerializer, Text, Whole, WholeQuery
from api.tournaments.serializers import Moment
from core.tournaments.models import Match, Stage
from core.tournaments.models.competitions import CAPACITY_MOST
from core.tournaments.models.results import RULE_NAME_MOST
from core.tournaments.models.structure import GROUPS_MOST, NAME_MOST, ROOM_MOST
from core.tournaments.planning import SIDES_MOST


class Shaped(serializers.JSONField):
    """A JSON object whose shape docs/results-format.md has."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            self.fail("invalid")
        return super().to_internal_value(data)


class StageChanges(StrictSerializer):
    name = Text(required=False, max_length=NAME_MOST)
    format = serializers.ChoiceField(Stage.Format.choices, required=False)
    seeding = serializers.ChoiceField(Stage.Seeding.choices, required=False)
    groups_count = Whole(required=False, min_value=1, max_value=GROUPS_MOST)
    profile = Text(required=False, max_length=RULE_NAME_MOST, help_text="The name of a scoring profile.")
    chain = Text(required=False, max_length=RULE_NAME_MOST, help_text="The name of a tie-break chain.")
    advance = Shaped(required=False, allow_null=True, help_text="Who goes on to the next stage; null: nobody.")
    plan = Shaped(
        required=False, help_text="How its matches are made: matches, games, legs, best_of, draws, maps; all optional."
    )


class GroupName(StrictSerializer):
    name = Text(max_length=NAME_MOST)


class Order(StrictSerializer):
    order = serializers.ListField(
        child=Whole(min_value=1, max_value=MOST_SEQ),
        max_length=CAPACITY_MOST,
        required=False,
        help_text="Of a stage seeded by hand: ids of all entrants, the first seed first.",
    )


class MatchesQuery(PageQuery):
    stage = WholeQuery()
    group = WholeQuery()
    entrant = WholeQuery()
    state = serializers.ChoiceField(Match.State.choices, required=False)


class MatchChanges(StrictSerializer):
    name = Text(required=False, allow_blank=True, max_length=NAME_MOST)
    map = Text(required=False, allow_blank=True, max_length=NAME_MOST)
    best_of = Whole(required=False, min_value=1, max_value=99, help_text="Of a duel.")
    games = Whole(required=False, min_value=1, max_value=99, help_text="Of a lobby.")
    draws = Flag(required=False, help_text="Whether a duel may end level.")
    scheduled_at = Moment(required=False, allow_null=True)
    entrants = serializers.ListField(
        child=Whole(min_value=1, max_value=MOST_SEQ), max_length=SIDES_MOST, required=False, help_text="Its sides."
    )


class NewMatch(MatchChanges):
    group = Whole(min_value=1, max_value=MOST_SEQ)


class NewRoom(StrictSerializer):
    room_id = Text(max_length=ROOM_MOST, allow_blank=True, help_text="Empty: there is no room any more.")
    room_password = Text(max_length=ROOM_MOST, required=False, allow_blank=True)
    release_at = Moment(required=False, allow_null=True, help_text="When its rosters see it; null: staff alone do.")

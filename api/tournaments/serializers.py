"""What REST reads about competitions themselves."""

from typing import Any

from rest_framework import serializers

from api.serializers import MOST_SEQ, Flag, StrictSerializer, Text, Whole
from core.games.catalogue import GAMES
from core.tournaments.models import Competition, Staff
from core.tournaments.models.competitions import (
    CAPACITY_LEAST,
    CAPACITY_MOST,
    FEE_MOST_PAISE,
    PRIZES_MOST,
    REASON_MOST,
    RULES_MOST,
    TITLE_MOST,
    WAITLIST_MOST,
    WORDS_MOST,
)
from core.tournaments.services.describing import PRIZE_MOST, WINDOW_MOST_S

GAME_CHOICES = [(game_id, game.name) for game_id, game in GAMES.items()]
MODES = ("solo", "duo", "squad")


class Moment(serializers.DateTimeField):
    """RFC 3339; numbers are not taken for one."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.fail("invalid", format="RFC 3339")
        return super().to_internal_value(value)


class YesQuery(serializers.BooleanField):
    """`true` or `false` in a query, which is text."""

    def to_internal_value(self, data: Any) -> bool:
        if data not in ("true", "false"):
            self.fail("invalid", input=data)
        return bool(data == "true")


class States(serializers.CharField):
    """States in a query, comma separated."""

    def to_internal_value(self, data: Any) -> Any:
        found = super().to_internal_value(data).split(",")
        if unknown := sorted({*found} - {*Competition.State.values}):
            raise serializers.ValidationError(f"There is no state {unknown[0]!r}.")
        return found


class CompetitionsQuery(StrictSerializer):
    after = Text(max_length=80, required=False, help_text="The `next` of the page before.")
    limit = serializers.IntegerField(min_value=1, max_value=100, default=50)
    mine = YesQuery(required=False, help_text="Only those that you run or play in, drafts too.")
    game = serializers.ChoiceField(GAME_CHOICES, required=False)
    state = States(required=False, max_length=200, help_text="One or several, comma separated.")
    mode = serializers.ChoiceField(MODES, required=False)
    fee = serializers.ChoiceField(("free", "paid"), required=False)
    since = serializers.DateTimeField(required=False, help_text="It starts then or later.")
    until = serializers.DateTimeField(required=False, help_text="It starts before then.")
    host = Text(max_length=60, required=False, help_text="The host's username.")
    q = Text(max_length=100, required=False, allow_blank=True, help_text="Part of the title.")


class PrizeLine(StrictSerializer):
    places = Text(max_length=9, help_text="One place, such as 1, or a range, such as 2-3.")
    prize = Text(max_length=PRIZE_MOST)


class CompetitionChanges(StrictSerializer):
    game = serializers.ChoiceField(GAME_CHOICES, required=False)
    mode = serializers.ChoiceField(MODES, required=False)
    title = Text(required=False, max_length=TITLE_MOST)
    rules_text = Text(required=False, allow_blank=True, max_length=RULES_MOST)
    time_zone = Text(required=False, max_length=64, help_text="IANA; by default yours.")
    visibility = serializers.ChoiceField(Competition.Visibility.choices, required=False)
    capacity = Whole(required=False, min_value=CAPACITY_LEAST, max_value=CAPACITY_MOST)
    waitlist_capacity = Whole(required=False, min_value=0, max_value=WAITLIST_MOST)
    entry_fee_paise = Whole(required=False, min_value=0, max_value=FEE_MOST_PAISE)
    plan = serializers.ChoiceField(Competition.Plan.choices, required=False)
    prizes = serializers.ListField(child=PrizeLine(), max_length=PRIZES_MOST, required=False)
    reg_opens = Moment(required=False, help_text="RFC 3339, as all times.")
    reg_closes = Moment(required=False)
    checkin_opens = Moment(required=False, allow_null=True, help_text="Null: there is no check-in.")
    checkin_closes = Moment(required=False, allow_null=True)
    starts_at = Moment(required=False)
    confirm_window_s = Whole(required=False, min_value=60, max_value=WINDOW_MOST_S)
    protest_window_s = Whole(required=False, min_value=0, max_value=WINDOW_MOST_S)
    auto_confirm = Flag(required=False)


class NewCompetition(CompetitionChanges):
    game = serializers.ChoiceField(GAME_CHOICES)
    mode = serializers.ChoiceField(MODES)
    title = Text(max_length=TITLE_MOST)
    capacity = Whole(min_value=CAPACITY_LEAST, max_value=CAPACITY_MOST)
    reg_opens = Moment(help_text="RFC 3339, as all times.")
    reg_closes = Moment()
    starts_at = Moment()


class Cancelling(StrictSerializer):
    reason = Text(max_length=REASON_MOST, help_text="Everybody who is in it reads it.")


class Appointment(StrictSerializer):
    username = Text(max_length=60)
    role = serializers.ChoiceField(Staff.Role.choices)


class NewAnnouncement(StrictSerializer):
    words = Text(max_length=WORDS_MOST)
    group = Whole(required=False, allow_null=True, min_value=1, max_value=MOST_SEQ, help_text="Null: all entrants.")
    mail = Flag(required=False, help_text="By mail as well, at once, to who did not choose otherwise.")

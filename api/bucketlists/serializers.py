import re
from datetime import date, datetime, time
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers import MOST_SEQ, Flag, PageQuery, StrictSerializer, Text, Whole, WholeQuery
from core.bucketlists.models import Invite, Item, Reaction
from core.bucketlists.models.lists import DESCRIPTION_MOST, TITLE_MOST
from core.bucketlists.when import Deadline, read_moment

_TIME = re.compile(r"\d\d:\d\d(:\d\d)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@extend_schema_field({"type": "string"})
class DeadlineField(serializers.Field[Any, Any, Any, Any]):
    def to_internal_value(self, data: Any) -> datetime | date:
        if not isinstance(data, str):
            raise serializers.ValidationError("This is not a string.")
        return read_moment(data)


@extend_schema_field({"type": "string"})
class Day(serializers.Field[Any, Any, Any, Any]):
    def to_internal_value(self, data: Any) -> date:
        try:
            if isinstance(data, str) and _DAY.fullmatch(data):
                return date.fromisoformat(data)
        except ValueError:
            pass
        raise serializers.ValidationError("Give a date, such as 2026-06-01.")


@extend_schema_field({"type": "string"})
class ClockTime(serializers.Field[Any, Any, Any, Any]):
    def to_internal_value(self, data: Any) -> time:
        try:
            if isinstance(data, str) and _TIME.fullmatch(data):
                return time.fromisoformat(data)
        except ValueError:
            pass
        raise serializers.ValidationError("Give a time, such as 18:30.")


class Words(StrictSerializer):
    title = Text(required=False, max_length=TITLE_MOST)
    description = Text(required=False, allow_blank=True, max_length=DESCRIPTION_MOST)
    start_date = Day(required=False, allow_null=True, help_text="A date; dates and times are the list's own zone's.")
    end_date = Day(required=False, allow_null=True)
    start_time = ClockTime(required=False, allow_null=True, help_text="HH:MM or HH:MM:SS.")
    end_time = ClockTime(required=False, allow_null=True)


class Closing(StrictSerializer):
    decision_deadline = DeadlineField(
        required=False,
        allow_null=True,
        help_text="RFC 3339 with offset, or a date: through its end in the list's zone. Null: never.",
    )
    decision_deadline_input = DeadlineField(required=False, allow_null=True, help_text="The same by another name.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What the service takes: `deadline`, if one was given (V40)."""
        names = ("decision_deadline", "decision_deadline_input")
        given = [Deadline(attrs.pop(name)) for name in names if name in attrs]
        if len(given) == 2 and given[0] != given[1]:
            raise serializers.ValidationError({names[1]: ["This is not the decision_deadline."]})
        return attrs | ({"deadline": given[0]} if given else {})


class ListChanges(Words, Closing):
    is_public = Flag(required=False)
    allow_viewer_voting = Flag(required=False)
    time_zone = Text(required=False, max_length=64, help_text="An IANA name; by default your own.")


class NewList(ListChanges):
    title = Text(max_length=TITLE_MOST)


class Freeze(Closing):
    is_frozen = Flag()


class ItemWords(Words):
    category = serializers.ChoiceField(Item.Category.choices, required=False, allow_blank=True)


class NewItem(ItemWords):
    title = Text(max_length=TITLE_MOST)


class ItemChanges(ItemWords):
    status = serializers.ChoiceField(Item.Status.choices, required=False, help_text="For the owner of the list.")


class NewVote(StrictSerializer):
    vote_type = serializers.ChoiceField(["upvote", "downvote"])


class DirectoryQuery(PageQuery):
    q = Text(required=False, max_length=100, allow_blank=True, help_text="Words of a title or a description.")


class RoundQuery(StrictSerializer):
    round = WholeQuery(help_text="By default the newest.")


class BallotsQuery(RoundQuery):
    after = WholeQuery(min_value=0, default=0, help_text="The `next` of the page before.")
    limit = WholeQuery(max_value=1_000, default=1_000)


class AuditQuery(StrictSerializer):
    item = WholeQuery(help_text="Only what was changed of this one.")
    before = WholeQuery(help_text="The `next` of the page before.")
    limit = WholeQuery(max_value=100, default=50)


class ReactionGiven(StrictSerializer):
    reaction = serializers.ChoiceField(Reaction.Kind.choices)


class RoleGiven(StrictSerializer):
    role = serializers.ChoiceField(Invite.Role.choices)


class HeirGiven(StrictSerializer):
    membership_id = Whole(min_value=1, max_value=MOST_SEQ)


class MutedGiven(StrictSerializer):
    muted = Flag()

from rest_framework import serializers

from api.serializers import StrictSerializer, Text, Uuid, Whole
from core.chat.models import SLOW_MODE_MOST_S

MOST_SEQ = 2**53 - 1  # what every JSON reader can hold


class PageQuery(serializers.Serializer[dict[str, int]]):
    before = serializers.IntegerField(
        min_value=1, max_value=MOST_SEQ, required=False, help_text="Only messages with a smaller seq."
    )
    limit = serializers.IntegerField(min_value=1, max_value=100, default=50)


class NewMessage(StrictSerializer):
    ignored = frozenset({"author", "sender", "user", "user_id", "username"})  # who posts is who signed in

    text = Text(trim_whitespace=False, allow_blank=True, help_text="1 to 2000 characters after NFC and trimming.")
    client_id = Uuid(required=False, help_text="The same as the Idempotency-Key; a repeat answers the first message.")
    reply_to = Whole(
        min_value=1, max_value=MOST_SEQ, required=False, allow_null=True, help_text="The seq of a message."
    )


class NewWords(StrictSerializer):
    text = Text(trim_whitespace=False, allow_blank=True, help_text="1 to 2000 characters after NFC and trimming.")


class Deletion(StrictSerializer):
    reason = Text(default="", allow_blank=True, help_text="Needed from moderators; at most 500 characters.")


class SlowModeSetting(StrictSerializer):
    seconds = Whole(min_value=0, max_value=SLOW_MODE_MOST_S, help_text="0 ends slow mode.")


class ReadUpTo(StrictSerializer):
    seq = Whole(min_value=0, max_value=MOST_SEQ)

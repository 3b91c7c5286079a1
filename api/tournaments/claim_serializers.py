"""What REST reads about claims and disputes."""

from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from api.pictures import Form, PicturesParser, form_of
from api.serializers import MOST_SEQ, Flag, StrictSerializer, Text, Whole, WholeQuery
from api.tournaments.reading_results import Payload
from core.tournaments.models.claims import PICTURES_MOST
from core.tournaments.models.competitions import REASON_MOST, WORDS_MOST

CLAIM_FORM = form_of(
    PICTURES_MOST,
    "Up to ten pictures of one match",
    game_no={"type": "integer", "minimum": 1, "maximum": 99, "description": "Of a lobby with games."},
)


class NewClaim(StrictSerializer):
    payload = Payload()
    game_no = Whole(required=False, allow_null=True, min_value=1, max_value=99, help_text="Of a lobby with games.")
    imported = Flag(required=False, default=False, help_text="From a file, not typed by hand.")


class FormWords(StrictSerializer):
    game_no = serializers.IntegerField(required=False, min_value=1, max_value=99)


class ClaimCorrection(StrictSerializer):
    payload = Payload()
    version = Whole(min_value=1, max_value=2**31 - 1, help_text="Of the claim as you saw it.")


class ClaimAnswer(StrictSerializer):
    version = Whole(required=False, min_value=1, max_value=2**31 - 1, help_text="Of the claim as you saw it.")


class Because(StrictSerializer):
    reason = Text(max_length=REASON_MOST, help_text="Who plays the match reads it.")


class DisputesQuery(StrictSerializer):
    match = WholeQuery(help_text="Only those of this match.")


class NewDispute(StrictSerializer):
    match_id = Whole(min_value=1, max_value=MOST_SEQ)
    words = Text(max_length=WORDS_MOST)


class DisputeWords(StrictSerializer):
    words = Text(max_length=WORDS_MOST)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimUpload:
    """A form as it came: the bytes of each picture, and what was said beside them."""

    screenshot: list[bytes]
    words: dict[str, Any]


class ClaimParser(PicturesParser):
    most = PICTURES_MOST

    def read(self, form: Form) -> ClaimUpload:
        return ClaimUpload(screenshot=form.screenshot, words=FormWords.read(form.said))

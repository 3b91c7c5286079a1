"""What REST reads about claims and disputes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import SuspiciousOperation
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import MultiPartParser

from api.errors import BodyTooLarge
from api.serializers import MOST_SEQ, Flag, StrictSerializer, Text, Whole, WholeQuery
from api.tournaments.reading_results import Payload
from core.files.admission import MOST_BYTES
from core.tournaments.models.claims import PICTURES_MOST
from core.tournaments.models.competitions import REASON_MOST, WORDS_MOST

FIELD = "screenshot"
CLAIM_FORM = {
    "type": "object",
    "required": [FIELD],
    "additionalProperties": False,
    "properties": {
        FIELD: {
            "type": "array",
            "minItems": 1,
            "maxItems": PICTURES_MOST,
            "items": {"type": "string", "format": "binary"},
            "description": "Up to ten pictures of one match, 8 MiB each: PNG, JPEG, WebP or HEIC.",
        },
        "game_no": {"type": "integer", "minimum": 1, "maximum": 99, "description": "Of a lobby with games."},
    },
}


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


class ClaimParser(MultiPartParser):
    """The names and types that pictures had elsewhere are read by nobody."""

    def parse(  # type: ignore[override]
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> ClaimUpload:
        """Raises ParseError, ValidationError, BodyTooLarge."""
        try:
            form = super().parse(stream, media_type, parser_context)
        except SuspiciousOperation as error:  # too many parts, or too much in those that are no files
            raise ParseError(str(error)) from None
        if unknown := sorted({*form.files} - {FIELD}):
            raise ValidationError({name: [ErrorDetail("Unknown field.", "unknown_field")] for name in unknown})
        given = form.files.getlist(FIELD)
        if not 1 <= len(given) <= PICTURES_MOST:
            raise ValidationError({FIELD: [f"Give 1 to {PICTURES_MOST} pictures."]})
        raws = [one.read(MOST_BYTES + 1) for one in given]
        if any(len(raw) > MOST_BYTES for raw in raws):
            raise BodyTooLarge
        return ClaimUpload(screenshot=raws, words=FormWords.read(form.data.dict()))

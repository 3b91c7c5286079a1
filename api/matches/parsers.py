"""Uploads of matches: a form with up to four pictures, and a few words beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import SuspiciousOperation
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import MultiPartParser

from api.errors import BodyTooLarge
from api.matches.serializers import UploadWords
from core.files.admission import MOST_BYTES
from core.tracker.services import PICTURES_MOST

FIELD = "screenshot"
MATCH_FORM = {
    "type": "object",
    "required": [FIELD],
    "additionalProperties": False,
    "properties": {
        FIELD: {
            "type": "array",
            "minItems": 1,
            "maxItems": PICTURES_MOST,
            "items": {"type": "string", "format": "binary"},
            "description": "Up to four pictures of one match, 8 MiB each: PNG, JPEG, WebP or HEIC.",
        },
        "opponent_name": {"type": "string", "maxLength": 60},
        "game": {"type": "string", "maxLength": 40},
        "side": {"type": "string", "enum": ["home", "away"]},
        "played_at": {"type": "string", "format": "date-time"},
        "again": {"type": "boolean", "description": "Make another match of pictures that are in one already."},
    },
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A form as it came: the bytes of each picture, and what was said beside them."""

    screenshot: list[bytes]
    again: bool
    words: dict[str, Any]


class MatchParser(MultiPartParser):
    """The names and types that pictures had elsewhere are read by nobody."""

    def parse(  # type: ignore[override]
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Upload:
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
        words = UploadWords.read(form.data.dict())
        return Upload(screenshot=raws, again=words.pop("again"), words=words)

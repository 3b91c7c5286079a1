"""Uploads: a form with one file in it, and nothing else."""

from collections.abc import Mapping
from typing import IO, Any

from django.core.exceptions import SuspiciousOperation
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from api.errors import BodyTooLarge
from core.files.admission import MOST_BYTES

FIELD = "file"
ONE_FILE = "Give one file."
PICTURE_FORM = {
    "multipart/form-data": {
        "type": "object",
        "required": [FIELD],
        "additionalProperties": False,
        "properties": {
            FIELD: {
                "type": "string",
                "format": "binary",
                "description": "PNG, JPEG, WebP or HEIC; at most 8 MiB, 12 megapixels and 8192 pixels a side.",
            }
        },
    }
}


class FileParser(MultiPartParser):
    """The body is the file's bytes; the name that it had elsewhere is read by nobody."""

    def parse(  # type: ignore[override]
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, bytes]:
        """Raises ParseError, ValidationError, BodyTooLarge."""
        try:
            form = super().parse(stream, media_type, parser_context)
        except SuspiciousOperation as error:  # too many parts, or too much in those that are no files
            raise ParseError(str(error)) from None
        if unknown := sorted({*form.data, *form.files} - {FIELD}):
            raise ValidationError({name: [ErrorDetail("Unknown field.", "unknown_field")] for name in unknown})
        given = form.files.getlist(FIELD)
        if len(given) != 1:
            raise ValidationError({FIELD: [ONE_FILE]})
        raw = given[0].read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise BodyTooLarge
        return {FIELD: raw}


def file_of(request: Request) -> bytes:
    """What a request brought that `FileParser` reads. Raises ValidationError: where there is no body, nothing does."""
    form: Any = request.data
    raw: bytes | None = form.get(FIELD)
    if raw is None:
        raise ValidationError({FIELD: [ONE_FILE]})
    return raw

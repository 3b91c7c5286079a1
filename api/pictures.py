"""Forms with pictures: several of one field, and a few words beside them."""

from collections.abc import Mapping
from typing import IO, Any, NamedTuple

from django.core.exceptions import SuspiciousOperation
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import MultiPartParser

from api.errors import BodyTooLarge
from core.files.admission import MOST_BYTES

FIELD = "screenshot"


class Form(NamedTuple):
    """A form as it came: the bytes of each picture, and what was said beside them, unread."""

    screenshot: list[bytes]
    said: dict[str, Any]


def form_of(most: int, about: str, **words: Mapping[str, Any]) -> dict[str, Any]:
    """How the schema describes it: up to `most` pictures `about` something, and these words."""
    pictures = {
        "type": "array",
        "minItems": 1,
        "maxItems": most,
        "items": {"type": "string", "format": "binary"},
        "description": f"{about}, 8 MiB each: PNG, JPEG, WebP or HEIC.",
    }
    properties = {FIELD: pictures, **words}
    return {"type": "object", "required": [FIELD], "additionalProperties": False, "properties": properties}


class PicturesParser(MultiPartParser):
    """Of up to `most` pictures. The names and types that they had elsewhere are read by nobody."""

    most: int

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Raises ParseError, ValidationError, BodyTooLarge."""
        try:
            form = super().parse(stream, media_type, parser_context)
        except SuspiciousOperation as error:  # too many parts, or too much in those that are no files
            raise ParseError(str(error)) from None
        if unknown := sorted({*form.files} - {FIELD}):
            raise ValidationError({name: [ErrorDetail("Unknown field.", "unknown_field")] for name in unknown})
        given = form.files.getlist(FIELD)
        if not 1 <= len(given) <= self.most:
            raise ValidationError({FIELD: [f"Give 1 to {self.most} pictures."]})
        raws = [one.read(MOST_BYTES + 1) for one in given]
        if any(len(raw) > MOST_BYTES for raw in raws):
            raise BodyTooLarge
        return self.read(Form(raws, form.data.dict()))

    def read(self, form: Form) -> Any:
        """What the view gets."""
        raise NotImplementedError

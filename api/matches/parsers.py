"""Uploads of matches: a form with up to four pictures, and a few words beside them."""

from dataclasses import dataclass
from typing import Any

from api.matches.serializers import UploadWords
from api.pictures import Form, PicturesParser, form_of
from core.tracker.services import PICTURES_MOST

MATCH_FORM = form_of(
    PICTURES_MOST,
    "Up to four pictures of one match",
    opponent_name={"type": "string", "maxLength": 60},
    game={"type": "string", "maxLength": 40},
    side={"type": "string", "enum": ["home", "away"]},
    played_at={"type": "string", "format": "date-time"},
    again={"type": "boolean", "description": "Make another match of pictures that are in one already."},
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A form as it came: the bytes of each picture, and what was said beside them."""

    screenshot: list[bytes]
    again: bool
    words: dict[str, Any]


class MatchParser(PicturesParser):
    most = PICTURES_MOST

    def read(self, form: Form) -> Upload:
        words = UploadWords.read(form.said)
        return Upload(screenshot=form.screenshot, again=words.pop("again"), words=words)

"""What lists and items have in common when they change: their words, their zone, when they take place."""

from datetime import date, time
from typing import Any, TypedDict

from core.accounts.rules import is_time_zone
from core.bucketlists.models import Item, List
from core.bucketlists.models.lists import DESCRIPTION_MOST, TITLE_MOST
from core.bucketlists.when import schedule_faults
from core.errors import Invalid
from core.text import clean_text


class Words(TypedDict, total=False):
    """What a list and an item both say of themselves."""

    title: str
    description: str
    start_date: date | None
    end_date: date | None
    start_time: time | None
    end_time: time | None


class ListChanges(Words, total=False):
    is_public: bool
    allow_viewer_voting: bool
    time_zone: str


class ItemChanges(Words, total=False):
    category: str


def clean(changes: ListChanges | ItemChanges) -> dict[str, Any]:
    """The changes as they are kept (V3, V10): words in NFC and trimmed, a title on one line.

    Raises Invalid, naming the field.
    """
    cleaned: dict[str, Any] = dict(changes)
    if "title" in cleaned:
        cleaned["title"] = clean_text(" ".join(cleaned["title"].split()), field="title", max_chars=TITLE_MOST)
    if cleaned.get("description"):
        text = cleaned["description"]
        words = clean_text(text, field="description", max_chars=DESCRIPTION_MOST) if text.strip() else ""
        cleaned["description"] = words
    if "time_zone" in cleaned and not is_time_zone(cleaned["time_zone"]):
        wrong = "This is no IANA time zone."
        raise Invalid("invalid", wrong, fields={"time_zone": [wrong]})
    return cleaned


def apply(row: List | Item, cleaned: dict[str, Any]) -> dict[str, Any]:
    """Let `row`, unsaved, be as `cleaned` says; answers what those fields were before that differ now.

    Raises Invalid: invalid_schedule.
    """
    before = {name: getattr(row, name) for name, value in cleaned.items() if getattr(row, name) != value}
    for name in before:
        setattr(row, name, cleaned[name])
    if faults := schedule_faults(row):
        fields = {name: [fault] for name, fault in faults.items()}
        raise Invalid("invalid_schedule", next(iter(faults.values())), fields=fields)
    return before

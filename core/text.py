"""What counts as words (C11): pure, no Django."""

import re
import unicodedata

from core.errors import Invalid

MAX_CHARS = 2_000
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # categories Cc and Cs, but newline and tab
UNSEEN_KINDS = {"Cc", "Cf", "Zl", "Zp", "Zs"}  # control, format, separators; unassigned ones may be newer emoji
UNSEEN_CHARS = {  # letters, symbols and marks that are drawn as nothing
    *"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0",
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}


def clean_text(text: str, *, field: str = "text", max_chars: int = MAX_CHARS) -> str:
    """`text` in NFC and trimmed: 1 to `max_chars` characters, at least one of which can be seen.

    Marks of direction (U+202A to U+2069) stay: right-to-left writers need them, and every face shows each message
    isolated, so that one cannot turn its neighbours around. HTML is text like any other.
    Raises Invalid, naming `field`: nothing to see, too long, control characters other than newline and tab, half a
    surrogate pair.
    """
    if _CONTROLS.search(text):
        raise _wrong(field, "Control characters are not allowed.")
    text = unicodedata.normalize("NFC", text).strip()
    if not text or not any(map(_can_be_seen, text)):
        raise _wrong(field, "Write something that can be seen.")
    if len(text) > max_chars:
        raise _wrong(field, f"At most {max_chars} characters.")
    return text


def _can_be_seen(char: str) -> bool:
    return unicodedata.category(char) not in UNSEEN_KINDS and char not in UNSEEN_CHARS


def _wrong(field: str, detail: str) -> Invalid:
    return Invalid("invalid", detail, fields={field: [detail]})

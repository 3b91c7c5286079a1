"""Whom a text names with `@` (C17): pure, no Django."""

import re
from dataclasses import dataclass

MOST = 10
EVERYONE = "everyone"

_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"  # a block
    r"|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)",  # a span
    re.DOTALL | re.MULTILINE,
)
_ADDRESS = re.compile(r"\bhttps?://\S+", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w.+/@-])@(\w[\w.-]*)(?![\w@])")
_LEAST_CHARS, _MOST_CHARS = 3, 30  # of a username


@dataclass(frozen=True, slots=True)
class Mentions:
    """`names` in the order of the text, without `everyone`. Each is what may be meant, the longest first: a name may
    end with a dot, and so may a sentence."""

    names: tuple[tuple[str, ...], ...] = ()
    everyone: bool = False


def find_mentions(text: str) -> Mentions:
    """The first ten different names in `text`; more are not mentions, so that nobody calls a crowd.

    Code spans, fenced blocks, e-mail and web addresses mention nobody.
    """
    plain = _ADDRESS.sub(" ", _CODE.sub(" ", text))
    found = [_readings(written) for written in _NAME.findall(plain)]
    names: dict[str, tuple[str, ...]] = {}
    for readings in found:
        if readings and not _is_everyone(readings):
            names.setdefault(readings[0].casefold(), readings)
    return Mentions(tuple(names.values())[:MOST], any(map(_is_everyone, found)))


def _readings(written: str) -> tuple[str, ...]:
    """`written` without none, one, … all of the dots and dashes at its end, as far as that can be a username."""
    bare = len(written.rstrip(".-"))
    readings = (written[:end] for end in range(len(written), bare - 1, -1))
    return tuple(name for name in readings if _LEAST_CHARS <= len(name) <= _MOST_CHARS)


def _is_everyone(readings: tuple[str, ...]) -> bool:
    return bool(readings) and readings[-1].casefold() == EVERYONE

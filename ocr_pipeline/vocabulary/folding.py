"""Words as readers of text confuse them: folded, and how alike two of them are."""

import unicodedata
from functools import cache, lru_cache

BARE = str.maketrans(
    {"ł": "l", "\u0131": "i", "ß": "ss", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "¢": "c", "€": "e", "$": "s"}
)
ALIKE = ("l1i!|tjfr", "o0ecaqg", "s5z2", "b8", "g9q", "nuhrm", "vyw")  # taken for each other at small sizes
CONFUSED = 0.5  # of a change, where the letters look alike


MISREAD = (("\u00fc", "ii"), ("\u00df", "b"))  # u with two points, sharp s: by a reader that has not learnt them


def foldings(spelling: str) -> set[str]:
    """How a printed word folds, and how it does where a reader knew no letter like one of its."""
    found = {spelling.lower()}
    for letter, shape in MISREAD:
        found |= {word.replace(letter, shape) for word in found}
    return {folded(word) for word in found}


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Letters and digits alone, small, without accents: `Celność strzałów %` is `celnoscstrzalow`."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(BARE))
    return "".join(letter for letter in bare if letter.isalnum())


def likeness(one: str, other: str) -> float:
    """1 for equal folded words, less by each letter that must change, by half where the letters look alike."""
    longer = max(len(one), len(other))
    if one == other or not longer:
        return 1.0
    return 1 - _distance(one, other) / longer


@cache
def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return CONFUSED if any(one in letters and other in letters for letters in ALIKE) else 1.0


def _distance(one: str, other: str) -> float:
    """Levenshtein, with `rn` and `m` one letter that looks alike."""
    before: list[float] = [float(place) for place in range(len(other) + 1)]
    older = before
    for row, letter in enumerate(one, 1):
        now = [float(row)]
        for column, against in enumerate(other, 1):
            least = min(before[column] + 1, now[-1] + 1, before[column - 1] + _cost(letter, against))
            if letter == "m" and other[column - 2 : column] == "rn":
                least = min(least, before[column - 2] + CONFUSED)
            if against == "m" and one[row - 2 : row] == "rn":
                least = min(least, older[column - 1] + CONFUSED)
            now.append(least)
        older, before = before, now
    return before[-1]

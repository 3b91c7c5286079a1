"""Whom the names in a picture mean: look-alike letters folded, small misreadings forgiven, nobody guessed (T14). Pure.

Letters are folded as in Unicode's technical standard 39 (skeletons of confusable strings), for the scripts that players
of one lobby mix.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from core.tournaments.assigning import FORBIDDEN, assign

SAME, SAME_LETTERS, ALIKE, MISREAD = 0, 1, 3, 30  # what it costs to take one name for another
UNTAGGED = 20  # more, without the clan's tag in front
UNKNOWN = 100  # what it costs to know nobody
MARGIN = 12  # by so much another solution must be worse, or nobody knows
MOST_MISREAD = 0.2  # of the letters
LEAST_MISREADABLE, LEAST_UNTAGGED = 5, 3  # letters

_CYRILLIC = str.maketrans("АВЕЅІЈКМНОРСТУХаеѕіјорсухькмнтвԁԛԝгпһӏ", "ABESIJKMHOPCTYXaesijopcyxbkmhtbdqwrnhl")
_GREEK = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβγεηικνορτυχω", "ABEZHIKMNOPTYXabyenlkvoptuxw")
_ALIKE = str.maketrans("01i|!5$8@\u0131", "ollllssbal")  # the last is an i without its dot
_NAMED = re.compile(r"(?:LETTER|SMALL CAPITAL|INDICATOR SYMBOL LETTER) ([A-Z])(?= WITH|$)")
_OVERLAY, _ACCENT = 1, 200  # combining classes: strikes through; from here on accents. Other marks spell
_PAUSE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a name may mean: a player (`key`) of a side, or with no key the side itself; its `tag` may stand before any
    of the names."""

    side: int
    key: int | None
    names: tuple[str, ...]
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a name means: a side, and which of its players if that is clear too."""

    side: int
    key: int | None


def resolve(read: Sequence[str], people: Sequence[Person], *, unsure: Collection[int] = ()) -> list[Known | None]:
    """Whom each of the names means, as one assignment over all of them: no person twice, the least there is to forgive
    in sum. None for whoever is not among `people`, and wherever another assignment is nearly as good. A name at one of
    the places in `unsure` may not have a single letter misread besides."""
    costs = [[_cost(name, person, strict=at in unsure) for person in people] for at, name in enumerate(read)]
    known: list[Known | None] = [None] * len(read)
    for rows, columns in _apart(costs):
        part = [[costs[row][column] for column in columns] for row in rows]
        for row, found in zip(rows, _resolve(part, [people[it] for it in columns]), strict=True):
            known[row] = found
    return known


@lru_cache(maxsize=4_096)
def skeleton(name: str) -> str:
    """`name` without what looks alike: scripts, typefaces, case, accents, marks between letters."""
    plain = unicodedata.normalize("NFKD", name.translate(_CYRILLIC).translate(_GREEK))
    bare = "".join(_latin(letter) for letter in plain if not _is_ornament(letter))
    spelt = bare.casefold().translate(_ALIKE)
    letters = "".join(it for it in spelt if it.isalnum() or unicodedata.category(it).startswith("M"))
    return letters.replace("rn", "m").replace("vv", "w")


def _is_ornament(letter: str) -> bool:
    kind = unicodedata.combining(letter)
    return kind == _OVERLAY or kind >= _ACCENT


def _latin(letter: str) -> str:
    """Small capitals, letters in squares and with strokes, as the letters that they are."""
    if letter.isascii():
        return letter
    name = unicodedata.name(letter, "")
    found = _NAMED.search(name) if "LATIN" in name or name.startswith("REGIONAL") else None
    return found[1] if found else letter


def _cost(read: str, person: Person, *, strict: bool) -> float:
    return min((_between(read, name, person.tag, strict=strict) for name in person.names), default=FORBIDDEN)


def _between(read: str, name: str, tag: str, *, strict: bool) -> float:
    one, other = (unicodedata.normalize("NFKC", it).strip() for it in (read, name))
    if not skeleton(one) or not skeleton(other):
        return SAME if one == other and one else FORBIDDEN
    if one == other:
        return SAME
    if one.casefold() == other.casefold():
        return SAME_LETTERS
    wholes = [(skeleton(one), skeleton(it)) for it in ((other, tag + other) if tag else (other,))]
    bare = [(skeleton(a), skeleton(b)) for a, b in _untagged(one, other)]
    ways = [(_distance(*it, misreadable=not strict and _digits(one, other)), 0) for it in wholes]
    ways += [(_distance(*it, misreadable=False), UNTAGGED) for it in bare]
    return min(cost + more for cost, more in ways)


def _untagged(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Both names, one of them or both without what stands before the first mark between letters."""
    forms = [[it, *_PAUSE.split(it.strip("".join(_marks(it))), maxsplit=1)[1:]] for it in (one, other)]
    for a in forms[0]:
        for b in forms[1]:
            if (a, b) != (one, other) and min(len(a), len(b)) >= LEAST_UNTAGGED:
                yield a, b


def _marks(name: str) -> set[str]:
    return {letter for letter in name if _PAUSE.fullmatch(letter)} or {" "}


def _digits(one: str, other: str) -> bool:
    """Whether both have the same digits: a number in a name is no misreading of another."""
    return [it for it in one if it.isdigit()] == [it for it in other if it.isdigit()]


def _distance(one: str, other: str, *, misreadable: bool) -> float:
    if one == other:
        return ALIKE
    if not misreadable or min(len(one), len(other)) < LEAST_MISREADABLE:
        return FORBIDDEN
    apart = Levenshtein.normalized_distance(one, other, score_cutoff=MOST_MISREAD)
    return MISREAD + 100 * apart if apart <= MOST_MISREAD else FORBIDDEN


def _apart(costs: Sequence[Sequence[float]]) -> Iterator[tuple[list[int], list[int]]]:
    """Rows and columns that have to do with each other: what each part is resolved to says nothing of the others."""
    left = set(range(len(costs)))
    while left:
        rows, columns, look = list[int](), set[int](), [left.pop()]
        while look:
            row = look.pop()
            rows.append(row)
            columns |= {it for it, cost in enumerate(costs[row]) if cost < UNKNOWN}
            near = {it for it in left if any(costs[it][column] < UNKNOWN for column in columns)}
            left -= near
            look += near
        yield rows, sorted(columns)


def _resolve(costs: Sequence[Sequence[float]], people: Sequence[Person]) -> list[Known | None]:
    best = assign(costs, UNKNOWN)
    sides: list[set[int | None]] = [{None if it is None else people[it].side} for it in best]
    keys: list[set[int | None]] = [{None if it is None else people[it].key} for it in best]
    for row, own in enumerate(best):
        if own is None or not _is_contested(costs[row], own):
            continue
        other = assign(costs, UNKNOWN, without=(row, own))
        if _sum(costs, other) - _sum(costs, best) < MARGIN:
            for at, it in enumerate(other):
                sides[at].add(None if it is None else people[it].side)
                keys[at].add(None if it is None else people[it].key)
    return [_known(*pair) for pair in zip(sides, keys, strict=True)]


def _is_contested(costs: Sequence[float], own: int) -> bool:
    """Whether somebody else is nearly as likely; in any nearly as good solution there is one for whom it is so."""
    return any(cost - costs[own] < MARGIN for it, cost in enumerate(costs) if it != own)


def _sum(costs: Sequence[Sequence[float]], chosen: Sequence[int | None]) -> float:
    return sum(UNKNOWN if it is None else costs[row][it] for row, it in enumerate(chosen))


def _known(sides: set[int | None], keys: set[int | None]) -> Known | None:
    side = next(iter(sides))
    if len(sides) > 1 or side is None:
        return None
    return Known(side, next(iter(keys)) if len(keys) == 1 else None)

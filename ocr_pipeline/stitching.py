"""Several overlapping pictures of one lobby become one table: a row is known by its name, place and figures."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ocr_pipeline.agreement import agreed, said
from ocr_pipeline.reading import Name, Player, Value

LOOKALIKES = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "8": "b", "v": "u", "2": "z"})
NEAR = 0.2  # of the longer name may differ where place or figures agree


@dataclass(frozen=True)
class Standing:
    """One row of a lobby: name and cells as printed, and by column the picture that its box lies in."""

    name: Name
    cells: dict[str, Value]
    pictures: dict[str, int]

    @property
    def placement(self) -> Value | None:
        return self.cells.get("placement")

    @property
    def kills(self) -> Value | None:
        return self.cells.get("kills")

    @property
    def damage(self) -> Value | None:
        return self.cells.get("damage")


@dataclass(frozen=True)
class Standings:
    """A whole lobby: rows in order, the places that no picture shows, and what does not fit together.

    `apart` are pictures that share no row with those before them, where places do not tell how they follow;
    `clashes` are places that two rows hold although no picture shows one place twice.
    """

    rows: tuple[Standing, ...]
    gaps: tuple[int, ...]
    apart: tuple[int, ...]
    clashes: tuple[int, ...]


@dataclass(frozen=True)
class _Seen:
    row: Player
    picture: int


def stitched(pictures: Sequence[Sequence[Player]]) -> Standings:
    """One table of all `pictures` of one lobby, whose rows are given from top to bottom; pictures in any order."""
    if len(pictures) > 1:
        pictures = [_whole(rows) for rows in pictures]
    table: list[list[_Seen]] = []
    joined = [_join(table, rows, picture) for picture, rows in enumerate(pictures)]
    rows = _in_order([_standing(seen) for seen in table])
    places = [place for place in map(_place, rows) if place is not None]
    apart = () if len(places) == len(rows) else tuple(n for n, joins in enumerate(joined) if n and not joins)
    gaps = tuple(sorted({*range(1, max(places, default=0))} - {*places}))
    clashes = {place for place in places if places.count(place) > 1} if _teams(pictures) else set()
    return Standings(tuple(rows), gaps, apart, tuple(sorted(clashes)))


def skeleton(name: str) -> str:
    """`name` without what a reader mistakes: case, accents, spaces, and letters that look like each other."""
    bare = unicodedata.normalize("NFKD", name).casefold().translate(LOOKALIKES)
    return "".join(letter for letter in bare if letter.isalnum())


def same_row(one: Player, other: Player) -> bool:
    """Whether two pictures show one row: places that are sure never differ, then names decide, then figures."""
    places, figures = _agreement(one, other, {"placement"}), _agreement(one, other, {*one.cells} - {"placement"})
    if places < 0:
        return False
    apart = _distance(one.name.text, other.name.text)
    if apart is None:
        return places > 0 and figures > 0
    if apart == 0:
        return figures >= 0 or places > 0
    unsure = not (one.name.accepted and other.name.accepted)
    return apart <= NEAR and figures >= 0 and (places > 0 or (unsure and figures > 1))


def _join(table: list[list[_Seen]], rows: Sequence[Player], picture: int) -> int:
    """Put `rows` where they belong in `table`; how many of them stood there already."""
    known = list(table)
    found = [_take(known, row) for row in rows]
    following = next((entry for entry in found if entry is not None), None)
    at = len(table) if following is None else _index(table, following)
    for row, entry in zip(rows, found, strict=True):
        if entry is None:
            table.insert(at, [_Seen(row, picture)])
        else:
            entry.append(_Seen(row, picture))
            at = _index(table, entry)
        at += 1
    return sum(entry is not None for entry in found)


def _take(known: list[list[_Seen]], row: Player) -> list[_Seen] | None:
    """The entry that shows `row`, taken out of `known`: two rows of one picture are never one. Of several, as of people
    with one name, it is the one whose cells agree most."""
    found = [at for at, entry in enumerate(known) if any(same_row(it.row, row) for it in entry)]
    best = max(found, key=lambda at: max(_agreement(it.row, row, {*row.cells}) for it in known[at]), default=None)
    return None if best is None else known.pop(best)


def _whole(rows: Sequence[Player]) -> list[Player]:
    """`rows` without those at the edges that a scrolled list cut off: nothing in them could be read surely."""
    sure = [at for at, row in enumerate(rows) if row.name.accepted or any(cell.accepted for cell in row.cells.values())]
    return list(rows[sure[0] : sure[-1] + 1]) if sure else list(rows)


def _index(table: list[list[_Seen]], entry: list[_Seen]) -> int:
    return next(at for at, other in enumerate(table) if other is entry)


def _standing(seen: list[_Seen]) -> Standing:
    name, at = agreed([it.row.name for it in seen])
    cells, pictures = {}, {"name": seen[at].picture}
    for key in dict.fromkeys(key for it in seen for key in it.row.cells):
        shown = [it for it in seen if key in it.row.cells]
        cells[key], at = agreed([it.row.cells[key] for it in shown])
        pictures[key] = shown[at].picture
    return Standing(name, cells, pictures)


def _in_order(rows: list[Standing]) -> list[Standing]:
    """By place where it is known; a row without one stays behind the row that it followed."""
    keyed, place = [], 0
    for row in rows:
        place = _place(row) or place
        keyed.append((place, row))
    return [row for _, row in sorted(keyed, key=lambda pair: pair[0])]


def _place(row: Standing | Player) -> int | None:
    place = row.cells.get("placement")
    return int(place.value) if place and place.accepted and place.value else None


def _teams(pictures: Sequence[Sequence[Player]]) -> bool:
    """Whether rows of one picture never share a place: they are teams, not players of teams."""
    shown = [[place for place in map(_place, rows) if place] for rows in pictures]
    return all(len({*places}) == len(places) for places in shown)


def _agreement(one: Player, other: Player, keys: set[str]) -> int:
    """How many cells that are sure in both agree, or -1 where one differs."""
    pairs = [(one.cells[key], other.cells[key]) for key in keys & {*one.cells} & {*other.cells}]
    sure = [(a, b) for a, b in pairs if a.accepted and b.accepted]
    return -1 if any(said(a) != said(b) for a, b in sure) else len(sure)


def _distance(one: str, other: str) -> float | None:
    """Letters to change per letter of the longer name, lookalikes being equal; None where a name is not read."""
    if not one or not other:
        return None
    a, b = skeleton(one) or one, skeleton(other) or other
    return 0.0 if a == b else _edits(a, b) / max(len(a), len(b))


def _edits(a: str, b: str) -> int:
    """Letters to insert, drop or change (Levenshtein)."""
    before = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        now = [i]
        for j, against in enumerate(b, 1):
            now.append(min(before[j] + 1, now[-1] + 1, before[j - 1] + (letter != against)))
        before = now
    return before[-1]

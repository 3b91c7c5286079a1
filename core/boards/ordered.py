"""Many keys in order, in memory, pure: which stands at which place, and how many are before another, in O(log n).

They lie in blocks of about a thousand, as plain numbers side by side, because among a million what takes time is
waiting for memory; a Fenwick tree counts what the blocks before one hold.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

Key: TypeAlias = tuple[int, int, int]
"""What is sorted by: three numbers of 64 bits, the first counts most."""

BLOCK = 2048  # keys; one that holds twice as many becomes two


class Block:
    """Some keys in order, as three columns."""

    __slots__ = ("columns",)

    def __init__(self, keys: Sequence[Key]) -> None:
        self.columns = [array("q", [key[number] for key in keys]) for number in range(3)]

    def __len__(self) -> int:
        return len(self.columns[0])

    def at(self, number: int) -> Key:
        first, second, third = self.columns
        return first[number], second[number], third[number]

    def keys(self, start: int, end: int) -> Iterator[Key]:
        return zip(*(column[start:end] for column in self.columns), strict=True)

    def find(self, key: Key) -> int:
        """How many are less."""
        start, end = 0, len(self)
        for column, value in zip(self.columns, key, strict=True):
            start = bisect_left(column, value, start, end)
            if start == end or column[start] != value:
                break
            end = bisect_right(column, value, start, end)
        return start

    def insert(self, number: int, key: Key) -> None:
        for column, value in zip(self.columns, key, strict=True):
            column.insert(number, value)

    def replace(self, number: int, key: Key) -> None:
        for column, value in zip(self.columns, key, strict=True):
            column[number] = value

    def remove(self, number: int) -> None:
        for column in self.columns:
            del column[number]


class Ordered:
    """Different keys, ascending."""

    def __init__(self, keys: Iterable[Key] = ()) -> None:
        found = sorted(keys)
        self._blocks = [Block(found[at : at + BLOCK]) for at in range(0, len(found), BLOCK)]
        self._count_anew()

    def __len__(self) -> int:
        return self._size

    def add(self, key: Key) -> None:
        """`key`, which is not in it yet, is."""
        if not self._blocks:
            self._blocks = [Block([key])]
            self._count_anew()
            return
        number = min(self._lasts.find(key), len(self._blocks) - 1)
        block = self._blocks[number]
        block.insert(block.find(key), key)
        self._counted(number, 1)
        if len(block) >= 2 * BLOCK:
            self._blocks[number : number + 1] = [Block([*block.keys(at, at + BLOCK)]) for at in (0, BLOCK)]
            self._count_anew()

    def remove(self, key: Key) -> None:
        """`key`, which is in it, is not any more."""
        number = self._lasts.find(key)
        block = self._blocks[number]
        block.remove(block.find(key))
        if len(block):
            self._counted(number, -1)
        else:
            del self._blocks[number]
            self._count_anew()

    def before(self, key: Key) -> int:
        """How many are less than `key`, whether or not it is in it."""
        number = self._lasts.find(key)
        if number == len(self._blocks):
            return self._size
        return self._sum(number) + self._blocks[number].find(key)

    def slice(self, start: int, count: int) -> list[Key]:
        """At most `count` keys, from the one on that has `start` before it."""
        found: list[Key] = []
        number, start = self._locate(start)
        while count > len(found) and number < len(self._blocks):
            found += self._blocks[number].keys(start, start + count - len(found))
            number, start = number + 1, 0
        return found

    def _counted(self, number: int, change: int) -> None:
        """That block has one more, or one less."""
        self._lasts.replace(number, self._blocks[number].at(-1))
        self._size += change
        at = number + 1
        while at < len(self._tree):
            self._tree[at] += change
            at += at & -at

    def _sum(self, number: int) -> int:
        """What the first `number` blocks hold."""
        found = 0
        while number:
            found += self._tree[number]
            number &= number - 1
        return found

    def _locate(self, place: int) -> tuple[int, int]:
        """The block that holds the key at `place`, and how many are before it there."""
        number, step = 0, 1 << len(self._tree).bit_length()
        while step:
            if number + step < len(self._tree) and self._tree[number + step] <= place:
                number += step
                place -= self._tree[number]
            step >>= 1
        return number, place

    def _count_anew(self) -> None:
        self._lasts = Block([block.at(-1) for block in self._blocks])
        sizes = [len(block) for block in self._blocks]
        self._size = sum(sizes)
        self._tree = [0, *sizes]
        for number in range(1, len(self._tree)):
            parent = number + (number & -number)
            if parent < len(self._tree):
                self._tree[parent] += self._tree[number]

"""The cheapest assignment of rows to columns, in which a row may go without (Kuhn, Munkres). Pure."""

from collections.abc import Sequence

FORBIDDEN = 1_000_000.0
"""The cost of what is out of the question."""


def assign(
    costs: Sequence[Sequence[float]], nobody: float, *, without: tuple[int, int] | None = None
) -> list[int | None]:
    """By row: its column, each at most once, or None at the price of `nobody`, so that the sum is least. `without` is a
    pair of row and column that is not allowed. O(rows² · (rows + columns))."""
    count = len(costs[0]) if costs else 0
    whole = [[*row, *([nobody] * len(costs))] for row in costs]
    if without:
        whole[without[0]][without[1]] = FORBIDDEN
    taken = _Assignment(whole)
    for row in range(len(whole)):
        taken.add(row)
    return [column if column < count else None for column in taken.columns()]


class _Assignment:
    """Rows are added one by one along the shortest augmenting path; column 0 of the arrays is where a path begins."""

    def __init__(self, costs: Sequence[Sequence[float]]) -> None:
        self._costs = costs
        self._width = len(costs[0]) if costs else 0
        self._of_row, self._of_column = [0.0] * (len(costs) + 1), [0.0] * (self._width + 1)
        self._row_at = [0] * (self._width + 1)  # which row a column has, from 1; 0: none

    def columns(self) -> list[int]:
        found = [0] * len(self._costs)
        for column, row in enumerate(self._row_at[1:]):
            if row:
                found[row - 1] = column
        return found

    def add(self, row: int) -> None:
        self._row_at[0] = row + 1
        way, at = self._path()
        while at:
            self._row_at[at] = self._row_at[way[at]]
            at = way[at]

    def _path(self) -> tuple[list[int], int]:
        """For each column from where the shortest path reaches it, and the free one at which the path ends."""
        far, way = [float("inf")] * (self._width + 1), [0] * (self._width + 1)
        seen, at = [False] * (self._width + 1), 0
        while self._row_at[at]:
            seen[at] = True
            row = self._row_at[at]
            for column in range(1, self._width + 1):
                if not seen[column]:
                    reduced = self._costs[row - 1][column - 1] - self._of_row[row] - self._of_column[column]
                    if reduced < far[column]:
                        far[column], way[column] = reduced, at
            step = min(column for column in zip(far[1:], range(1, self._width + 1), strict=True) if not seen[column[1]])
            self._move(seen, far, step[0])
            at = step[1]
        return way, at

    def _move(self, seen: Sequence[bool], far: list[float], by: float) -> None:
        for column in range(self._width + 1):
            if seen[column]:
                self._of_row[self._row_at[column]] += by
                self._of_column[column] -= by
            else:
                far[column] -= by

"""A Grid with its joined cells looked up quickly; it changes nothing in the grid."""

from __future__ import annotations

from app.rosters.grid import Cell, Grid, Range

_MOST_JOINED = 400_000


class Sheet:
    """Answers what stands in a cell, counting a joined area as filled everywhere; rows and columns from 0."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.height, self.width = len(grid.rows), grid.width
        self._area: dict[tuple[int, int], Range] = {}
        budget = _MOST_JOINED
        for area in grid.merged:
            top, left, bottom, right = area
            bottom, right = min(bottom, self.height - 1), min(right, self.width - 1)
            size = (bottom - top + 1) * (right - left + 1)
            if size < 2 or size > budget or top < 0 or left < 0:
                continue
            budget -= size
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self._area[row, column] = (top, left, bottom, right)

    def own(self, row: int, column: int) -> Cell:
        """What is typed in this very cell."""
        return self.grid.rows[row][column]

    def value(self, row: int, column: int) -> Cell:
        """What a reader sees there: a joined area's text in each of its cells."""
        value = self.grid.rows[row][column]
        if value is None and (row, column) in self._area:
            top, left, _, _ = self._area[row, column]
            return self.grid.rows[top][left]
        return value

    def area(self, row: int, column: int) -> Range:
        """The joined area of a cell, or the cell itself."""
        return self._area.get((row, column), (row, column, row, column))

    def span(self, row: int, column: int) -> int:
        """How many columns the cell's area covers."""
        area = self.area(row, column)
        return area[3] - area[1] + 1

    def filled(self, row: int) -> list[int]:
        """The columns of a row in which something is typed."""
        return [column for column, value in enumerate(self.grid.rows[row]) if value is not None]

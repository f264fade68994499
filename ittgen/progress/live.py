"""The board as a table that rich redraws, on terminals of any width. Imports rich only when it draws."""

from typing import TYPE_CHECKING

from ittgen.progress.board import Board, StageLine
from ittgen.progress.words import cut, packed

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


BAR, LEAST_BAR = 24, 6
"""Columns of a stage's bar in the live table, where there is room for them; with fewer than 6 there is no bar."""


def drawn(board: Board, width: int) -> "RenderableType":
    """The board as rich draws it: a bar for each stage, and what the one at work asked, in `width` columns at most."""
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    stages = list(board.stages)
    rows, bar = _fitted([_facts(line, board.clock()) for line in stages], width)
    grid = Table.grid(padding=(0, 2, 0, 0))
    for line, (stage, *facts) in zip(stages, rows, strict=True):
        bars = [ProgressBar(total=line.total or 1, completed=line.done, width=bar)] if bar else []
        grid.add_row(_line(stage), *bars, *map(_line, facts))
    asked = packed(board.calls(stages[-1]), width) if stages else ["starting"]
    return Group(grid, *(Text(text) for text in filter(None, [*asked, cut(board.met(), width), board.landing()])))


def _line(text: str) -> "Text":
    from rich.text import Text

    return Text(text, no_wrap=True, overflow="ellipsis")


def _facts(line: StageLine, now: float) -> list[str]:
    return [line.stage, line.amount, line.remaining(now), line.acceptance]


def _fitted(rows: list[list[str]], width: int) -> tuple[list[list[str]], int]:
    """(rows without what has no room, columns left for a bar, or 0)."""
    for shown in (4, 3, 2):
        kept = [row[:shown] for row in rows]
        room = width - sum(max(map(len, column)) + 2 for column in zip(*kept, strict=True))
        if room >= 0:
            return kept, min(BAR, room - 2) if room - 2 >= LEAST_BAR else 0
    return _squeezed(rows, width), 0


def _squeezed(rows: list[list[str]], width: int) -> list[list[str]]:
    """Each stage's name, cut, and how far it is without how many rows that gave."""
    amounts = [amount.split(", ")[0] for _, amount, *_ in rows]
    room = width - max(map(len, amounts)) - 4
    return [[cut(stage, max(room, 1)), amount] for (stage, *_), amount in zip(rows, amounts, strict=True)]

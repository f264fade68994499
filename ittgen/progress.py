"""What people see while a dataset grows: a live table, plain lines, JSON lines, or nothing; always on stderr.

Reads the engine's events and the run's meter. It knows nothing of recipes, teachers or journals, changes nothing in the
run, and imports rich only when it draws a live table. Events may come from another thread than the one that displays.
"""

import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Literal, get_args

from ittgen.errors import UsageError, nearest
from ittgen.events import Event, Froze, Meter, SlotCommitted, StageBegan, StageEnded, Stopping

if TYPE_CHECKING:
    from rich.console import RenderableType

Style = Literal["auto", "plain", "json", "none"]
Show = Callable[[Event], None]

EVERY = 30.0
"""Seconds between two plain lines about a stage that goes on."""
NAMES: Mapping[type, str] = {
    StageBegan: "stage-began",
    SlotCommitted: "slot-committed",
    StageEnded: "stage-ended",
    Stopping: "stopping",
    Froze: "froze",
}
"""What the events are called in JSON lines."""


def display(meter: Meter, style: Style, clock: Callable[[], float] = time.monotonic) -> AbstractContextManager[Show]:
    """A function that shows events; when the context ends, how many drafts became rows is summed up.

    "auto" is a live table on a terminal or in a notebook and "plain" elsewhere; "plain" is a line where a stage begins
    or ends and every 30 s; "json" is one object per event and line. Raises UsageError for any other style.
    """
    if style not in get_args(Style):
        raise UsageError(f'there is no progress style "{style}"{nearest(style, list(get_args(Style)))}')
    if style == "none":
        return _silent()
    if style == "json":
        return _json_lines(meter)
    board = Board(meter, clock)
    return _live(board) if style == "auto" and _can_be_live() else _summed(board, _to_stderr, _Lines(board, _to_stderr))


def columns(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table as text, one line a row: numbers to the right, words to the left, nothing for None.

    >>> print(columns(["stage", "rows"], [["propose", 1200], ["answer", None]]))
    stage     rows
    propose  1,200
    answer
    """
    if not rows:
        return "  ".join(header).rstrip()
    right = [
        all(cell is None or isinstance(cell, (int, float)) for cell in column) for column in zip(*rows, strict=True)
    ]
    cells = [list(header), *([_cell(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    places = list(zip(widths, right, strict=True))
    lines = ([c.rjust(w) if r else c.ljust(w) for c, (w, r) in zip(row, places, strict=True)] for row in cells)
    return "\n".join("  ".join(line).rstrip() for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


@dataclass(slots=True)
class StageLine:
    """One stage as far as the events told."""

    stage: str
    target: int | None
    slots: int | None
    cursor: int
    accepted: int
    rejected: int
    before: Meter
    """The run's meter when the stage began."""
    after: Meter | None = None
    """The run's meter when the stage ended."""
    since: float = 0.0
    """Clock when the stage began."""
    start: int = 0
    """`done` when the stage began."""
    rules: Mapping[str, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Rows where the stage has a target, else slots."""
        return self.cursor if self.target is None else self.accepted

    @property
    def total(self) -> int | None:
        return self.slots if self.target is None else self.target

    @property
    def amount(self) -> str:
        """As "120 of 400 rows", or "12 of 40 slots, 30 rows" where there is no target."""
        of = f" of {self.total:,}" if self.total is not None else ""
        return f"{self.done:,}{of} rows" if self.target else f"{self.done:,}{of} slots, {self.accepted:,} rows"

    @property
    def acceptance(self) -> str:
        drafts = self.accepted + self.rejected
        return f"{self.accepted / drafts:.0%} accepted" if drafts else "nothing yet"

    def remaining(self, now: float) -> str:
        """Time to go by the pace of this run so far; empty while there is none."""
        if self.total is None or self.done <= self.start or self.after:
            return ""
        return _duration((self.total - self.done) * (now - self.since) / (self.done - self.start))


class Board:
    """Everything the events told so far."""

    def __init__(self, meter: Meter, clock: Callable[[], float]) -> None:
        self.meter, self.clock = meter, clock
        self.stages: list[StageLine] = []
        self.froze: Froze | None = None
        self.stopping = False

    def see(self, event: Event) -> None:
        """Take an event in."""
        if isinstance(event, StageBegan):
            self._begin(event)
        elif isinstance(event, SlotCommitted):
            line = self.stages[-1]
            line.cursor, line.accepted, line.rejected = event.slot + 1, event.accepted, event.rejected
        elif isinstance(event, StageEnded):
            line = self.stages[-1]
            line.rules, line.after = event.rules, replace(self.meter)
        elif isinstance(event, Stopping):
            self.stopping = True
        elif isinstance(event, Froze):
            self.froze = event

    def _begin(self, event: StageBegan) -> None:
        done = (event.cursor, event.accepted, event.rejected)
        line = StageLine(event.stage, event.target, event.slots, *done, replace(self.meter), since=self.clock())
        line.start = line.done
        self.stages.append(line)

    def calls(self, line: StageLine) -> str:
        """What a stage asked in this run: "80 calls sent, 12 known, 4 in flight, 0 retries, 52,310 tokens"."""
        now, before = line.after or self.meter, line.before
        dollars = f", ${now.dollars - before.dollars:,.2f}" if now.dollars else ""
        lands = "; stopping when those in flight have landed" if self.stopping and now.in_flight else ""
        return (
            f"{now.sent - before.sent:,} calls sent, {now.known - before.known:,} known, {now.in_flight:,} in flight, "
            f"{now.retries - before.retries:,} retries, {_tokens(now) - _tokens(before):,} tokens{dollars}{lands}"
        )

    def funnel(self) -> str:
        """From drafts proposed to rows accepted, a line for each stage; then the version, where there is one."""
        rows = [
            (line.stage, line.accepted + line.rejected, line.rejected, line.accepted, _listed(line.rules))
            for line in self.stages
        ]
        table = columns(["stage", "proposed", "rejected", "accepted", "rejected by rule"], rows)
        return f"{table}\n{_version(self.froze)}" if self.froze else table


class _Lines:
    """Plain lines: where a stage begins and ends, and now and then in between."""

    def __init__(self, board: Board, write: Callable[[str], None]) -> None:
        self.board, self.write = board, write
        self.last = board.clock()

    def __call__(self, event: Event) -> None:
        self.board.see(event)
        if isinstance(event, StageBegan):
            self._say("goes on at" if event.cursor else "begins,", calls=False)
        elif isinstance(event, StageEnded):
            self._say("done," if event.finished else "stopped at")
        elif self._is_time(event):
            self._say("at")

    def _is_time(self, event: Event) -> bool:
        if isinstance(event, Stopping):
            return self.board.meter.in_flight > 0
        return isinstance(event, SlotCommitted) and self.board.clock() - self.last >= EVERY

    def _say(self, how: str, *, calls: bool = True) -> None:
        line = self.board.stages[-1]
        text = f"{line.stage}: {how} {line.amount}"
        self.write(f"{text}, {line.acceptance}; {self.board.calls(line)}" if calls else text)
        self.last = self.board.clock()


@contextmanager
def _live(board: Board) -> Iterator[Show]:
    """A table that rich redraws four times a second, and that makes room for the sum when all is done."""
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True)

    def write(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    live = Live(console=console, get_renderable=lambda: _drawn(board), transient=True, redirect_stdout=False)
    with _summed(board, write, board.see) as show, live:
        yield show


def _drawn(board: Board) -> "RenderableType":
    """The board as rich draws it: a bar for each stage, and what the one at work asked."""
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2))
    stages = list(board.stages)
    for line in stages:
        bar = ProgressBar(total=line.total or 1, completed=line.done, width=24)
        eta = line.remaining(board.clock())
        grid.add_row(line.stage, bar, line.amount, line.acceptance, f"{eta} to go" if eta else "")
    return Group(grid, Text(board.calls(stages[-1]) if stages else "starting"))


@contextmanager
def _json_lines(meter: Meter) -> Iterator[Show]:
    def show(event: Event) -> None:
        values = {f.name: getattr(event, f.name) for f in fields(event)}
        line = {"event": NAMES[type(event)], **values, "meter": _metered(meter)}
        _to_stderr(json.dumps(line, ensure_ascii=False, default=str))

    yield show


@contextmanager
def _silent() -> Iterator[Show]:
    yield lambda _: None


@contextmanager
def _summed(board: Board, write: Callable[[str], None], show: Show) -> Iterator[Show]:
    """Show, and sum up at the end, also when the run stops early."""
    try:
        yield show
    finally:
        if board.stages:
            write(board.funnel())


def _can_be_live() -> bool:
    """On a terminal that can move its cursor, or in a notebook with widgets."""
    if "ipykernel" in sys.modules:
        return importlib.util.find_spec("ipywidgets") is not None
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _to_stderr(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _version(froze: Froze) -> str:
    partial = ", partial" if froze.partial else ""
    word = f"{froze.rows:,} rows{partial}" if froze.new else f"has these {froze.rows:,} rows already{partial}"
    return f"{froze.name}@{froze.version}{',' if froze.new else ''} {word}: {froze.path}"


def _metered(meter: Meter) -> dict[str, object]:
    counts = {f.name: getattr(meter, f.name) for f in fields(meter) if f.name != "usage"}
    return {**counts, **meter.usage.to_json()}


def _tokens(meter: Meter) -> int:
    return meter.usage.prompt_tokens + meter.usage.completion_tokens


def _listed(rules: Mapping[str, int]) -> str:
    return ", ".join(f"{rule} {count:,}" for rule, count in rules.items())


def _duration(seconds: float) -> str:
    """As "2h 05m", "3m 20s" or "12s"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return f"{hours}h {minutes_left:02}m"
    return f"{minutes}m {rest:02}s" if minutes else f"{rest}s"

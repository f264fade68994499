"""Where and how it is shown: a live table, plain lines, JSON lines, or nothing; always on stderr.

Reads the engine's events and the run's meter, and changes nothing in the run. Events may come from another thread than
the one that displays.
"""

import importlib.util
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal, get_args

from ittgen.errors import UsageError, nearest
from ittgen.events import Event, Meter
from ittgen.progress.board import Board
from ittgen.progress.live import drawn
from ittgen.progress.objects import Objects
from ittgen.progress.plain import Lines

Style = Literal["auto", "plain", "json", "none"]


Show = Callable[[Event], None]

LOOK = 1.0
"""Seconds between two looks at whether there is something to say: while a server is away there are no events."""


def display(meter: Meter, style: Style, clock: Callable[[], float] = time.monotonic) -> AbstractContextManager[Show]:
    """A function that shows events; when the context ends, how many drafts became rows is summed up.

    "auto" is a live table on a terminal or in a notebook and "plain" elsewhere; "plain" is a line where a stage begins
    or ends and every 30 s; "json" is one object per event and line, and one after 30 s without an event. Raises
    UsageError for any other style.
    """
    if style not in get_args(Style):
        raise UsageError(f'there is no progress style "{style}"{nearest(style, list(get_args(Style)))}')
    if style == "none":
        return _silent()
    if style == "json":
        return _json_lines(Board(meter, clock))
    board = Board(meter, clock)
    return _live(board) if style == "auto" and _can_be_live() else _plain(board)


@contextmanager
def _plain(board: Board) -> Iterator[Show]:
    """Lines to stderr, also while nothing happens."""
    lines = Lines(board, _to_stderr)
    with _summed(board, _to_stderr, lines) as show, _watched(lines.look):
        yield show


@contextmanager
def _watched(look: Callable[[], None]) -> Iterator[None]:
    """A thread that looks now and then whether there is something to say."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(LOOK):
            look()

    watcher = threading.Thread(target=watch, name="ittgen-progress", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


@contextmanager
def _live(board: Board) -> Iterator[Show]:
    """A table that rich redraws four times a second, and that makes room for the sum when all is done."""
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True)

    def write(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    live = Live(
        console=console, get_renderable=lambda: drawn(board, console.width), transient=True, redirect_stdout=False
    )
    with _summed(board, write, board.see, console.width) as show, live:
        yield show


@contextmanager
def _json_lines(board: Board) -> Iterator[Show]:
    objects = Objects(board, _to_stderr)
    with _watched(objects.look):
        yield objects


@contextmanager
def _silent() -> Iterator[Show]:
    yield lambda _: None


@contextmanager
def _summed(board: Board, write: Callable[[str], None], show: Show, width: int | None = None) -> Iterator[Show]:
    """Show, and sum up at the end, also when the run stops early."""
    try:
        yield show
    finally:
        if board.stages:
            write(board.funnel(width))


def _can_be_live() -> bool:
    """On a terminal that can move its cursor, or in a notebook with widgets."""
    if "ipykernel" in sys.modules:
        return importlib.util.find_spec("ipywidgets") is not None
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _to_stderr(text: str) -> None:
    print(text, file=sys.stderr, flush=True)

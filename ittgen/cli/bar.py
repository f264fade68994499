"""How far a long verb is: a bar on a terminal, elsewhere a line now and then; always on stderr. Knows no verb."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from ittgen.cli.output import say
from ittgen.progress import EVERY

Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done, and of how much."""


@contextmanager
def progress(data: TextIO | None = None) -> Iterator[Told]:
    """A function that is told how far it is; `data` is where rows are printed meanwhile, which no bar may disturb."""
    if _can_be_a_bar() and not (data and data.isatty()):
        with _bar() as told:
            yield told
    else:
        yield _lines()


def _can_be_a_bar() -> bool:
    """On a terminal that can move its cursor."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def _bar() -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as shown:
        row = shown.add_task("reading", total=None)
        doing = ""

        def told(what: str, done: int, of: int) -> None:
            nonlocal doing
            if what != doing:
                shown.reset(row, total=of, description=what)
                doing = what
            shown.update(row, completed=done)

        yield told


def _lines() -> Told:
    last = time.monotonic()

    def told(what: str, done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            say(f"{what}: {done / max(of, 1):.0%}")

    return told

"""Plain lines: where a stage begins and ends, and now and then in between."""

import threading
from collections.abc import Callable

from ittgen.events import Event, SlotCommitted, StageBegan, StageEnded, Stopping
from ittgen.progress.board import Board

EVERY = 30.0
"""Seconds between two plain lines about a stage that goes on."""


class Lines:
    """Plain lines: where a stage begins and ends, and now and then in between."""

    def __init__(self, board: Board, write: Callable[[str], None]) -> None:
        self.board, self.write = board, write
        self.last = board.clock()
        self.troubled = False
        self.lock = threading.Lock()

    def look(self) -> None:
        """Say it, once a stage, when calls are being retried."""
        with self.lock:
            if not self.troubled and (trouble := self.board.trouble()):
                self.troubled = True
                self.write(f"{self.board.stages[-1].stage}: {trouble}")

    def __call__(self, event: Event) -> None:
        self.board.see(event)
        if isinstance(event, StageBegan):
            self.troubled = False
        if isinstance(event, StageBegan):
            self._say("goes on at" if event.cursor else "begins,", calls=False)
        elif isinstance(event, StageEnded):
            self._say("done," if event.finished else "stopped at")
        elif self._is_time(event):
            self._say("at")
        if isinstance(event, SlotCommitted):
            self.look()

    def _is_time(self, event: Event) -> bool:
        if isinstance(event, Stopping):
            return self.board.meter.in_flight > 0
        return isinstance(event, SlotCommitted) and self.board.clock() - self.last >= EVERY

    def _say(self, how: str, *, calls: bool = True) -> None:
        line = self.board.stages[-1]
        text = f"{line.stage}: {how} {line.amount}"
        asked = "; ".join(filter(None, [self.board.calls(line), self.board.landing()]))
        said = ", ".join(filter(None, [text, line.acceptance, line.remaining(self.board.clock())]))
        self.write(f"{said}; {asked}" if calls else text)
        self.last = self.board.clock()

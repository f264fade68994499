"""Plain lines: where a stage begins and ends, and now and then in between."""

import threading
from collections.abc import Callable

from ittgen.events import Event, SlotCommitted, StageBegan, StageEnded, Stopping
from ittgen.progress.board import Board

EVERY = 30.0
"""Seconds between two plain lines about a stage that goes on."""


class Lines:
    """Plain lines: where a stage begins and ends, and now and then in between, whether anything happens or not."""

    def __init__(self, board: Board, write: Callable[[str], None]) -> None:
        self.board, self.write = board, write
        self.last = board.clock()
        self.troubled = False
        self.retries = 0
        """Retries of the stage when the last line was written."""
        self.lock = threading.Lock()

    def look(self) -> None:
        """Say how far the stage at work is when it is time, and once a stage that calls are being retried."""
        with self.lock:
            self._look()

    def __call__(self, event: Event) -> None:
        with self.lock:
            self.board.see(event)
            self._tell(event)

    def _tell(self, event: Event) -> None:
        if isinstance(event, StageBegan):
            self.troubled, self.retries = False, 0
            self._say("goes on at" if event.cursor else "begins,", calls=False)
        elif isinstance(event, StageEnded):
            self._say("done," if event.finished or self.board.stages[-1].whole else "stopped at")
        elif isinstance(event, Stopping) and self.board.meter.in_flight:
            self._say("at")
        elif isinstance(event, SlotCommitted):
            self._look()

    def _look(self) -> None:
        if not (line := self.board.at_work):
            return
        if self.board.clock() - self.last >= EVERY:
            self._say("at")
        if not self.troubled and (trouble := self.board.trouble()):
            self.troubled, self.retries = True, self.board.retries
            self.write(f"{line.stage}: {trouble}")

    def _say(self, how: str, *, calls: bool = True) -> None:
        line, now = self.board.stages[-1], self.board.clock()
        self.last = now
        text = f"{line.stage}: {how} {line.amount}"
        if not calls:
            self.write(text)
            return
        said = ", ".join(filter(None, [text, line.acceptance, line.remaining(now)]))
        self.write("; ".join(filter(None, [said, self.board.calls(line), self._met(), self.board.landing()])))

    def _met(self) -> str:
        """The last error where calls failed since the last line."""
        before, self.retries = self.retries, self.board.retries
        return self.board.met() if self.troubled and self.retries > before else ""

"""JSON lines: an object for each event, and one now and then while none comes."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import fields

from ittgen.events import Event, Froze, Meter, SlotCommitted, StageBegan, StageEnded, Stopping
from ittgen.progress.board import Board
from ittgen.progress.plain import EVERY

NAMES: Mapping[type, str] = {
    StageBegan: "stage-began",
    SlotCommitted: "slot-committed",
    StageEnded: "stage-ended",
    Stopping: "stopping",
    Froze: "froze",
}
"""What the events are called in JSON lines."""


class Objects:
    """One JSON object an event and line; `{"event": "meter", …}` while nothing happens."""

    def __init__(self, board: Board, write: Callable[[str], None]) -> None:
        self.board, self.write = board, write
        self.last = board.clock()
        self.troubled = False
        self.lock = threading.Lock()

    def look(self) -> None:
        """Write the meter when nothing was written for long, and when calls of a stage begin to be retried."""
        with self.lock:
            news = self.board.retries > 0 and not self.troubled
            if news or self.board.clock() - self.last >= EVERY:
                self._write("meter", {})

    def __call__(self, event: Event) -> None:
        with self.lock:
            self.board.see(event)
            self._write(NAMES[type(event)], {f.name: getattr(event, f.name) for f in fields(event)})

    def _write(self, name: str, values: Mapping[str, object]) -> None:
        self.last, self.troubled = self.board.clock(), self.board.retries > 0
        line = {"event": name, **values, "progress": self.board.numbers(), "meter": _metered(self.board.meter)}
        self.write(json.dumps(line, ensure_ascii=False, default=str))


def _metered(meter: Meter) -> dict[str, object]:
    counts = {f.name: getattr(meter, f.name) for f in fields(meter) if f.name != "usage"}
    return {**counts, **meter.usage.to_json()}

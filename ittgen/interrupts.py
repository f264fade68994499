"""Ctrl-C and its like: one press may come as several signals. Knows signals and a clock, and nothing of a run.

GNU `timeout` and others signal a process and its whole group, so that the same wish arrives twice at once.
"""

import math
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

MOMENT = 0.5
"""Seconds after a press within which another one is taken for the same."""

Handler = Callable[[int, FrameType | None], object]


class Presses:
    """Tells a new press from the echo of the last one that counted; whoever goes on pressing is heard again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = -math.inf

    def new(self) -> bool:
        """Whether a signal that comes now is a press of its own."""
        now = self._clock()
        if now - self._last < MOMENT:
            return False
        self._last = now
        return True

    def once(self, handler: Handler) -> Handler:
        """The handler, called only for what is a press of its own."""

        def handle(number: int, frame: FrameType | None) -> None:
            if self.new():
                handler(number, frame)

        return handle


@contextmanager
def heard_once(presses: Presses) -> Iterator[None]:
    """SIGINT and SIGTERM inside reach whoever handles them once a press; ignored ones stay ignored.

    An echo must not even raise: it would come while the first one is being handled.
    """
    replaced: list[tuple[signal.Signals, Handler]] = []
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            if callable(handler := signal.getsignal(number)):
                replaced.append((number, handler))
                signal.signal(number, presses.once(handler))
    except ValueError:  # not in the main thread, where signals do not come anyway
        replaced.clear()
    try:
        yield
    finally:
        for number, handler in replaced:
            signal.signal(number, handler)

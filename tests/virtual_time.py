"""An event loop whose clock jumps over every wait: hours of patience in a test that takes none."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Impatient(selectors.DefaultSelector):  # type: ignore[misc, valid-type]  # which class that is depends on the system
    """Never blocks: a wait that nothing ends is added to the clock instead."""

    skipped = 0.0

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if not ready and timeout is not None:
            self.skipped += timeout
        return ready


class JumpingLoop(asyncio.SelectorEventLoop):
    """Its `time` is that of the machine and all that was jumped over."""

    def __init__(self) -> None:
        self._impatient = _Impatient()
        super().__init__(self._impatient)

    def time(self) -> float:
        return super().time() + self._impatient.skipped


def jump(waiting: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that waits on timers alone, at once."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(waiting)

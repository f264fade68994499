"""How a run is told to stop, and what people are told about it. Knows the teachers' stack; no stage and no slot."""

import asyncio

from ittgen.errors import RefusedError, Stopped, TeacherError, TransientError, UsageError
from ittgen.saturation import FLOOR
from ittgen.teachers.gate import Closed
from ittgen.teachers.stack import Stack
from ittgen.teachers.wrappers import BudgetReached

STORED = "what was received is stored"
"""Said once in every message of a run that ends early."""


class Control:
    """How a run is told to stop: admit no more, let what is in flight land, commit."""

    def __init__(self, stack: Stack, floor: float = FLOOR, *, offline: bool = False) -> None:
        """offline: nothing is sent, so a teacher that cannot answer only lacks a stored answer."""
        self.stack = stack
        self.floor = floor
        self.offline = offline
        self.wake = asyncio.Event()
        self.stopped: Stopped | None = None
        self.failure: BaseException | None = None
        self.told = False

    def stop(self, reason: Stopped) -> None:
        """Stop for this reason; the first one counts."""
        self.stopped = self.stopped or reason
        self.stack.gate.close()
        self.wake.set()

    def announce(self) -> bool:
        """Whether the stop is still to be told to the world; true once."""
        told, self.told = self.told, self.stopped is not None
        return self.told and not told

    def judge(self, error: BaseException) -> None:
        """Stop because a slot ended with this error; one that is nobody's fault but the code's is raised at the end."""
        if isinstance(error, Closed):
            return
        if isinstance(error, BudgetReached):
            self.stop(Stopped(f"{error}; {STORED}, run again to go on"))
        elif isinstance(error, RefusedError) and error.too_long:
            self._fail(UsageError(f"nothing can be asked like this: {error}"))
        elif isinstance(error, TeacherError):
            self.stop(Stopped(f"{_sentence(error)} {self._advice(error)}; {STORED}"))
        elif isinstance(error, Stopped):
            self.stop(error)
        else:
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        self.failure = self.failure or error
        self.stop(Stopped(f"a slot failed: {error}"))

    def _advice(self, error: TeacherError) -> str:
        """What to do about it: wait, ask otherwise, or mend what every request would meet."""
        if self.offline:
            return "Leave out --offline to ask"
        if error.advice:
            return error.advice
        if isinstance(error, TransientError):
            return "Run again to go on, once the server answers"
        if isinstance(error, RefusedError):
            return "Mend what the server refuses, then run again"
        return "Mend that (the key, base_url, model or quota, whichever it names), then run again"


def _sentence(error: TeacherError) -> str:
    """The error as a sentence of its own."""
    said = f"the teacher cannot answer: {error}"
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."

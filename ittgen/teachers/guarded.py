"""The breaker: whether a refusal concerns one request or would meet every other.

A server that answers 400 without a telling code does not say. So nothing is concluded before another request fares
better or worse: an answer in between shows that the refused ones were alone in their fate, and each becomes a stored
answer with finish_reason "error"; so many refusals in a row stop the run, and none of them is stored.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ittgen.calls import Request, Response, Teacher
from ittgen.errors import RefusedError
from ittgen.teachers.gate import Closed, Gate
from ittgen.text import JSON

REFUSALS = 5
"""Refusals in a row that stop the run."""


class Breaker:
    """What became of the run's requests; shared by all of its teachers."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._active = 0
        self._row = 0
        self._undecided: list[tuple[RefusedError, bool, asyncio.Future[None]]] = []

    def begin(self) -> None:
        """Another request is on its way."""
        self._active += 1

    def end(self) -> None:
        """A request is done with, whatever became of it."""
        self._active -= 1
        self._look()

    def answered(self) -> None:
        """The server does answer: what it refused before, it refused for its own sake."""
        self._row = 0
        for _, _, verdict in self._taken():
            verdict.set_result(None)

    async def refused(self, error: RefusedError, trusted: bool) -> None:
        """Return once it is clear that the refusal concerns this request alone; raise it when it does not.

        trusted: the same teacher has answered requests of this kind before.
        Raises Closed when the run stops undecided.
        """
        verdict: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._row += 1
        self._undecided.append((error, trusted, verdict))
        if self._row >= REFUSALS:
            for _, _, waiting in self._taken():
                waiting.set_exception(error)
        await asyncio.sleep(0)  # others that were asked in this very moment are on their way then
        self._look()
        await verdict

    def _look(self) -> None:
        """Decide when all that is on its way waits for a decision: nothing else will come to tell."""
        if len(self._undecided) < self._active:
            return
        for error, trusted, verdict in self._taken():
            if self._gate.closed:
                verdict.set_exception(Closed("stopping"))
            elif trusted:
                verdict.set_result(None)
            else:
                verdict.set_exception(error)

    def _taken(self) -> list[tuple[RefusedError, bool, asyncio.Future[None]]]:
        """Those who wait for a decision, and none of them afterwards."""
        taken, self._undecided = self._undecided, []
        return [waiting for waiting in taken if not waiting[2].done()]


@dataclass(frozen=True, slots=True)
class Guarded:
    """Makes an answer of a refusal that concerns one request, and lets any other stop the run."""

    inner: Teacher
    breaker: Breaker
    trusts: Callable[[Request], bool]
    """Whether a request of the same teacher, model and sampling was answered before."""

    @property
    def identity(self) -> Mapping[str, JSON]:
        return self.inner.identity

    async def ask(self, request: Request) -> Response:
        self.breaker.begin()
        try:
            response = await self.inner.ask(request)
            self.breaker.answered()
            return response
        except RefusedError as error:
            await self.breaker.refused(error, self.trusts(request))
            return Response("", "error", model=request.model, error=str(error))
        finally:
            self.breaker.end()

    async def close(self) -> None:
        await self.inner.close()

"""The breaker: whether a refusal concerns one request or would meet every other.

A server that answers 400 without a telling code does not say. So nothing is concluded before another request of its
kind fares better or worse: an answer in between shows that the refused ones were alone in their fate, and each becomes
a stored answer with finish_reason "error"; so many refusals in a row stop the run, and none of them is stored.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ittgen.calls import Request, Response, Teacher
from ittgen.errors import RefusedError
from ittgen.teachers.gate import Closed, Gate
from ittgen.text import JSON

REFUSALS = 5
"""Refusals in a row that stop the run."""


TURNS = 32
"""Turns of the loop after which whoever was just answered has asked again."""
ANY = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal that waits for a decision."""

    error: RefusedError
    kind: str
    trusts: Callable[[], bool]
    """Whether the same teacher answered such requests in an earlier run."""
    verdict: asyncio.Future[None]


class Breaker:
    """What became of the run's requests; shared by all of its teachers.

    Requests of one kind meet the same fate; that one teacher answers says nothing of another.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._active = 0
        self._rows: Counter[str] = Counter()
        """Kind -> refusals in a row; under ANY those of all kinds."""
        self._answered: set[str] = set()
        """Kinds that were answered in this run."""
        self._undecided: list[Refused] = []

    def begin(self) -> None:
        """Another request is on its way."""
        self._active += 1

    def end(self) -> None:
        """A request is done with, whatever became of it."""
        self._active -= 1
        self._look()

    def answered(self, kind: str) -> None:
        """The server does answer such requests: what it refused of them before, it refused for its own sake."""
        self._answered.add(kind)
        if not self._undecided and not self._rows:
            return
        del self._rows[kind], self._rows[ANY]
        for refused in self._taken(kind):
            refused.verdict.set_result(None)

    async def refused(self, error: RefusedError, kind: str, trusts: Callable[[], bool]) -> None:
        """Return once it is clear that the refusal concerns this request alone; raise it when it does not.

        One that is known to be about the request's length is in no row: long ones often come together. Raises Closed
        when the run stops undecided.
        """
        if error.too_long and kind in self._answered:
            return
        refused = Refused(error, kind, trusts, asyncio.get_running_loop().create_future())
        self._undecided.append(refused)
        if not error.too_long:
            self._rows.update((kind, ANY))
        if max(self._rows[kind], self._rows[ANY]) >= REFUSALS:
            self._gate.close()  # before the next one can take this one's place
            for waiting in self._taken():
                waiting.verdict.set_exception(error)
        self._look()
        await refused.verdict

    def _look(self, turns: int = TURNS) -> None:
        """Decide when all on its way has waited for a decision for so many turns: nothing else will come to tell."""
        self._undecided = [refused for refused in self._undecided if not refused.verdict.done()]
        if not self._undecided or len(self._undecided) < self._active:
            return
        if turns:
            asyncio.get_running_loop().call_soon(self._look, turns - 1)
            return
        for refused in self._taken():
            if self._gate.closed:
                refused.verdict.set_exception(Closed("stopping"))
            elif refused.kind in self._answered or refused.trusts():
                refused.verdict.set_result(None)
            else:
                refused.verdict.set_exception(refused.error)

    def _taken(self, kind: str = ANY) -> list[Refused]:
        """Those of a kind who wait for a decision, and none of them afterwards."""
        taken = [refused for refused in self._undecided if kind in (ANY, refused.kind)]
        self._undecided = [refused for refused in self._undecided if refused not in taken]
        return [refused for refused in taken if not refused.verdict.done()]


@dataclass(frozen=True, slots=True)
class Guarded:
    """Makes an answer of a refusal that concerns one request, and lets any other stop the run."""

    inner: Teacher
    breaker: Breaker
    trusts: Callable[[Request], bool]
    """Whether a request of the same teacher, model, sampling and schema was answered before."""

    @property
    def identity(self) -> Mapping[str, JSON]:
        return self.inner.identity

    async def ask(self, request: Request) -> Response:
        self.breaker.begin()
        try:
            response = await self.inner.ask(request)
            self.breaker.answered(_kind(request))
            return response
        except RefusedError as error:
            await self.breaker.refused(error, _kind(request), lambda: self.trusts(request))
            return Response("", "error", model=request.model, error=str(error))
        finally:
            self.breaker.end()

    async def close(self) -> None:
        await self.inner.close()


def _kind(request: Request) -> str:
    """Requests that meet the same fate: one teacher, one model, one prompt."""
    return f"{request.teacher} {request.model} {request.label.partition(' ')[2]}"

"""The wrappers around a teacher, read outside in: `Recorded(Patient(Limited(Budgeted(teacher))))`.

A known answer is free; an unknown one is patiently retried; only an attempt on the wire holds a place and reserves its
worst case of the budget. Each wrapper is a Teacher and knows only the next one; `Stack` builds them and stops them.
"""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    stop_after_delay,
    wait_random_exponential,
)

from ittgen.budget import Budget, Cost
from ittgen.calls import Request, Response, Teacher, Usage
from ittgen.errors import IttgenError, TeacherError, TransientError
from ittgen.events import Meter
from ittgen.journal import Journal
from ittgen.text import JSON


class Closed(IttgenError):
    """The run is stopping: this request was not sent. Never leaves the engine."""


class BudgetReached(IttgenError):
    """The request's worst case does not fit into what is left. The engine turns it into `Stopped`."""


class Gate:
    """`places` attempts at a time, the lowest slot first; once closed, nobody else gets in."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._order = itertools.count()
        self._queue: list[tuple[int, int, asyncio.Future[None]]] = []
        self._closed = asyncio.Event()

    @asynccontextmanager
    async def place(self, slot: int) -> AsyncIterator[None]:
        """Hold one place. Raises Closed when the gate is closed or closes while waiting."""
        await self._enter(slot)
        try:
            yield
        finally:
            self._leave()

    async def pause(self, seconds: float) -> None:
        """Sleep between two attempts. Raises Closed as soon as the gate closes."""
        try:
            await asyncio.wait_for(self._closed.wait(), seconds)
        except TimeoutError:
            return
        raise Closed("stopping")

    def close(self) -> None:
        """Turn away everyone who waits and everyone who comes; who is inside stays to the end."""
        self._closed.set()
        for *_, turn in self._queue:
            if not turn.done():
                turn.set_exception(Closed("stopping"))
        self._queue.clear()

    def open(self) -> None:
        self._closed.clear()

    @property
    def closed(self) -> bool:
        return self._closed.is_set()

    async def _enter(self, slot: int) -> None:
        if self.closed:
            raise Closed("stopping")
        if self._free:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (slot, next(self._order), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and not turn.exception():
                self._leave()  # the place came in the same moment as the cancellation: pass it on
            raise

    def _leave(self) -> None:
        while self._queue:
            *_, turn = heapq.heappop(self._queue)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


@dataclass(slots=True)
class Budgeted:
    """Reserves a request's worst case before it is sent and settles what it cost; waits while others are in flight."""

    inner: Teacher
    budget: Budget
    meter: Meter
    _settled: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def identity(self) -> Mapping[str, JSON]:
        return self.inner.identity

    async def ask(self, request: Request) -> Response:
        """Raises BudgetReached when the worst case does not fit though nothing else is in flight."""
        worst = await self._reserve(request)
        usage: Usage | None = None
        try:
            response = await self.inner.ask(request)
            usage = response.usage
            return response
        finally:
            self.budget.settle(worst, usage)
            self.meter.dollars = self.budget.spent.dollars
            async with self._settled:
                self._settled.notify_all()

    async def close(self) -> None:
        await self.inner.close()

    async def _reserve(self, request: Request) -> Cost:
        async with self._settled:
            while (worst := self.budget.reserve(request)) is None:
                if not self.budget.reserved.calls:
                    raise BudgetReached(f"the budget of {self.budget.limits} is reached")
                await self._settled.wait()
        return worst


@dataclass(frozen=True, slots=True)
class Limited:
    """At most so many attempts on the wire; a retry that sleeps holds no place."""

    inner: Teacher
    gate: Gate
    meter: Meter

    @property
    def identity(self) -> Mapping[str, JSON]:
        return self.inner.identity

    async def ask(self, request: Request) -> Response:
        async with self.gate.place(request.slot):
            self.meter.sent += 1
            self.meter.in_flight += 1
            try:
                return await self.inner.ask(request)
            finally:
                self.meter.in_flight -= 1

    async def close(self) -> None:
        await self.inner.close()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on trying: exponential waits with full jitter, up to `tries` attempts and `seconds` in all."""

    tries: int = 8
    seconds: float = 600.0
    first: float = 0.5
    longest: float = 60.0

    def wait(self, state: RetryCallState) -> float:
        """The server's own Retry-After, else a random part of an exponentially growing wait."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, TransientError) and error.retry_after is not None:
            return error.retry_after
        return wait_random_exponential(multiplier=self.first, max=self.longest)(state)


@dataclass(frozen=True, slots=True)
class Patient:
    """Tries again where another try may help: the only retry loop there is."""

    inner: Teacher
    patience: Patience
    gate: Gate
    meter: Meter

    @property
    def identity(self) -> Mapping[str, JSON]:
        return self.inner.identity

    async def ask(self, request: Request) -> Response:
        """Raises the last TransientError when patience is at its end."""
        response: Response = await self._policy()(self.inner.ask, request)
        return response

    async def close(self) -> None:
        await self.inner.close()

    def _policy(self) -> AsyncRetrying:
        return AsyncRetrying(
            retry=retry_if_exception_type(TransientError),
            stop=stop_after_attempt(self.patience.tries) | stop_after_delay(self.patience.seconds),
            wait=self.patience.wait,
            sleep=self.gate.pause,
            before_sleep=self._count,
            reraise=True,
        )

    def _count(self, _: RetryCallState) -> None:
        self.meter.retries += 1


@dataclass(slots=True)
class Recorded:
    """Answers from the journal what it knows, sends equal questions once, and stores every answer before returning it.

    A question on the wire belongs to nobody: it lands and is stored even when the slot that asked is gone.
    """

    inner: Teacher
    journal: Journal
    meter: Meter
    offline: bool = False
    """Never send anything: an unknown question raises TeacherError."""
    _asking: dict[str, asyncio.Task[Response]] = field(default_factory=dict)

    @property
    def identity(self) -> Mapping[str, JSON]:
        return self.inner.identity

    async def ask(self, request: Request) -> Response:
        key = request.key
        if task := self._asking.get(key):
            return await asyncio.shield(task)
        if known := self.journal.answer(key):
            self.meter.known += 1
            return known
        if self.offline:
            raise TeacherError(f"offline, and the journal has no answer for {request.label} (request {key[:12]})")
        self._asking[key] = task = asyncio.create_task(self._send(request, key))
        task.add_done_callback(_seen)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Cancel what is still on the wire and close the teacher."""
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)
        await self.inner.close()

    async def landed(self) -> None:
        """Wait until nothing is on the wire."""
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    async def _send(self, request: Request, key: str) -> Response:
        try:
            response = await self.inner.ask(request)
            await self.journal.store(request, response)
            self.meter.answered += 1
            self.meter.usage += response.usage
            return response
        finally:
            del self._asking[key]


def _seen(task: asyncio.Task[Response]) -> None:
    """Look at the task's exception, so that one whose slot is gone does not complain about being ignored."""
    if not task.cancelled():
        task.exception()


class Stack:
    """The whole stack around one teacher, with the two things a run does to it: land and close."""

    def __init__(
        self,
        teacher: Teacher,
        journal: Journal,
        budget: Budget,
        meter: Meter,
        *,
        concurrency: int,
        patience: Patience,
        offline: bool = False,
    ) -> None:
        self.gate = Gate(concurrency)
        limited = Limited(Budgeted(teacher, budget, meter), self.gate, meter)
        self.teacher = Recorded(Patient(limited, patience, self.gate, meter), journal, meter, offline)

    async def land(self) -> None:
        """Send nothing more, and wait for what is on the wire."""
        self.gate.close()
        await self.teacher.landed()

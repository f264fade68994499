"""The wrappers around a teacher, read outside in: `Recorded(Patient(Limited(Budgeted(teacher))))`.

A known answer is free; an unknown one is patiently retried; only an attempt on the wire holds a place and reserves its
worst case of the budget. Each wrapper is a Teacher and knows only the next one; `Stack` builds them and stops them.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    wait_random_exponential,
)

from ittgen.budget import Budget, Cost, Limits, Price
from ittgen.calls import Request, Response, Teacher, Usage
from ittgen.errors import IttgenError, TeacherError, TransientError
from ittgen.events import Meter
from ittgen.journal import Journal
from ittgen.teachers.gate import Gate
from ittgen.text import JSON


class BudgetReached(IttgenError):
    """The request's worst case does not fit into what is left. The engine turns it into `Stopped`."""


@dataclass(frozen=True, slots=True)
class Budgeted:
    """Reserves a request's worst case before it is sent and settles what it cost; waits while others are in flight."""

    inner: Teacher
    budget: Budget
    gate: Gate
    meter: Meter

    @property
    def identity(self) -> Mapping[str, JSON]:
        return self.inner.identity

    async def ask(self, request: Request) -> Response:
        """Raises BudgetReached when the worst case does not fit though nothing else is in flight."""
        worst = await self._reserve(request)
        usage: Usage | None = None
        self.meter.sent += 1
        self.meter.in_flight += 1
        try:
            response = await self.inner.ask(request)
            usage = response.usage
            return response
        finally:
            self.meter.in_flight -= 1
            self.budget.settle(worst, usage)
            self.meter.dollars = self.budget.spent.dollars
            self.gate.stir()

    async def close(self) -> None:
        await self.inner.close()

    async def _reserve(self, request: Request) -> Cost:
        while (worst := self.budget.reserve(request)) is None:
            if not self.budget.reserved.calls:
                raise BudgetReached(self.budget.refusal(request))
            await self.gate.stirred()
        return worst


@dataclass(frozen=True, slots=True)
class Limited:
    """At most so many attempts on the wire; a retry that sleeps holds no place."""

    inner: Teacher
    gate: Gate

    @property
    def identity(self) -> Mapping[str, JSON]:
        return self.inner.identity

    async def ask(self, request: Request) -> Response:
        async with self.gate.place(request.slot):
            return await self.inner.ask(request)

    async def close(self) -> None:
        await self.inner.close()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on trying: exponential waits with full jitter, up to `tries` attempts and `seconds` of waiting.

    A server that asks to be left alone for longer than that is not waited for.
    """

    tries: int = 8
    seconds: float = 600.0
    first: float = 0.5
    longest: float = 60.0

    def spent(self, state: RetryCallState) -> bool:
        """Whether tries or seconds are used up; standing in line for a place is no waiting for the server."""
        return state.attempt_number >= self.tries or state.idle_for + state.upcoming_sleep > self.seconds

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
        """Raises the last TransientError when patience is at its end.

        The first attempt stands outside the policy, so that a call that goes well does not pay for it.
        """
        try:
            return await self.inner.ask(request)
        except TransientError as error:
            return await self._again(request, error)

    async def close(self) -> None:
        await self.inner.close()

    async def _again(self, request: Request, first: TransientError) -> Response:
        """Further attempts, where `first` ended the first one."""
        met = [first]

        async def attempt() -> Response:
            if met:
                raise met.pop()
            return await self.inner.ask(request)

        response: Response = await self._policy()(attempt)
        return response

    def _policy(self) -> AsyncRetrying:
        return AsyncRetrying(
            retry=retry_if_exception_type(TransientError),
            stop=self.patience.spent,
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
    """Key -> question on the wire; shared by teachers of one run, since some may be the same."""

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
    """The whole stack around a run's teachers, by name; they share the places, the budget and the journal."""

    def __init__(
        self,
        teachers: Mapping[str, tuple[Teacher, Price]],
        journal: Journal,
        limits: Limits,
        meter: Meter,
        *,
        concurrency: int,
        patience: Patience,
        offline: bool = False,
    ) -> None:
        self.gate = Gate(concurrency)
        budget = Budget(limits, Price())
        asking: dict[str, asyncio.Task[Response]] = {}

        def wrapped(teacher: Teacher, price: Price) -> Recorded:
            limited = Limited(Budgeted(teacher, budget.at(price), self.gate, meter), self.gate)
            return Recorded(Patient(limited, patience, self.gate, meter), journal, meter, offline, asking)

        self.teachers = {name: wrapped(teacher, price) for name, (teacher, price) in teachers.items()}

    async def land(self) -> None:
        """Send nothing more, and wait for what is on the wire."""
        self.gate.close()
        for teacher in self.teachers.values():
            await teacher.landed()

    async def close(self) -> None:
        """Give up what is on the wire and close the teachers."""
        for teacher in self.teachers.values():
            await teacher.close()

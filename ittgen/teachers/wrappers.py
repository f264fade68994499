"""The wrappers that stand between a question and the wire: money, places and patience.

Each wrapper is a Teacher and knows only the next one; `stack` says in which order.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    wait_random_exponential,
)

from ittgen.budget import Budget, Cost
from ittgen.calls import Request, Response, Teacher, Usage
from ittgen.errors import IttgenError, RefusedError, TeacherError, TransientError
from ittgen.events import Meter
from ittgen.teachers import failures
from ittgen.teachers.gate import Gate
from ittgen.teachers.pace import Pace
from ittgen.teachers.rates import Throttle
from ittgen.text import JSON


class BudgetReached(IttgenError):
    """The request's worst case does not fit into what is left. The engine turns it into `Stopped`."""


@dataclass(frozen=True, slots=True)
class Translated:
    """Says in ittgen's words what a teacher that somebody wrote with the openai SDK lets through."""

    inner: Teacher

    @property
    def identity(self) -> Mapping[str, JSON]:
        return self.inner.identity

    async def ask(self, request: Request) -> Response:
        try:
            return await self.inner.ask(request)
        except failures.sdk_errors() as error:
            told = failures.from_sdk(error)
            if isinstance(told, Response):
                return told
            raise told from None

    async def close(self) -> None:
        await self.inner.close()


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
    """So many attempts on the wire as the server keeps up with; a retry that sleeps holds no place."""

    inner: Teacher
    gate: Gate
    pace: Pace
    throttle: Throttle
    meter: Meter

    @property
    def identity(self) -> Mapping[str, JSON]:
        return self.inner.identity

    async def ask(self, request: Request) -> Response:
        """An error that every request would meet closes the gate before the next one can take this one's place."""
        async with self.gate.place(request.slot):
            counted = await self.throttle.admit(request)
            when, beside = self.pace.sent(), self.gate.held - 1
            try:
                response = await self.inner.ask(request)
            except TransientError as error:
                self.pace.failed(when, busy=error.busy)
                raise
            except RefusedError:
                raise
            except TeacherError:
                self.gate.close()
                raise
            else:
                self.pace.answered(when, _kind(request), response.latency, beside)
                self.throttle.settle(counted, response.usage)
                return response
            finally:
                self._resize()

    async def close(self) -> None:
        await self.inner.close()

    def _resize(self) -> None:
        if self.gate.places != self.pace.places:
            self.gate.resize(self.pace.places)
        self.meter.places = self.pace.places


def _kind(request: Request) -> str:
    """Requests whose latencies can be compared: one model, one prompt."""
    return f"{request.model} {request.label.partition(' ')[2]}"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on trying: exponential waits with full jitter, up to `tries` attempts and `seconds` of waiting.

    A server that asks to be left alone for longer than that is not waited for. One that is busy does work: there only
    the seconds count, for where many wait for few a minute, most tries come to nothing.
    """

    tries: int = 16
    """Enough for a server that is away for a minute, whatever the chance of the waits."""
    seconds: float = 600.0
    first: float = 0.5
    longest: float = 20.0

    def spent(self, state: RetryCallState) -> bool:
        """Whether tries or seconds are used up; standing in line for a place is no waiting for the server."""
        tried = state.attempt_number >= self.tries and not _met(state).busy
        return tried or state.idle_for + state.upcoming_sleep > self.seconds

    def wait(self, state: RetryCallState) -> float:
        """A random part of an exponentially growing wait, after what the server's own Retry-After says.

        Without it all who were told the same would come back together. 0: somebody else can be asked at once.
        """
        told = _met(state).retry_after
        if told == 0:
            return 0.0
        return (told or 0.0) + wait_random_exponential(multiplier=self.first, max=self.longest)(state)


def _met(state: RetryCallState) -> TransientError:
    """What ended the last attempt: nothing else is tried again."""
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, TransientError) else TransientError("")


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

    def _count(self, state: RetryCallState) -> None:
        self.meter.retries += 1
        self.meter.trouble = str(_met(state))

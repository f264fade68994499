"""Requests and tokens a minute: the leaky buckets of `aiolimiter`, small ones, so that no minute gets much more.

Tokens are counted before the answer is there, by the prompt's length and what earlier answers took; what it really was
is made up for by the next request.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ittgen.calls import Request, Usage, estimated
from ittgen.teachers.gate import Gate

if TYPE_CHECKING:
    from aiolimiter import AsyncLimiter

MEMORY = 0.9
"""How much of the running mean of an answer's tokens each new answer leaves as it was."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The most that may be sent in a minute, over all teachers of a run; None is no limit."""

    requests: float | None = None
    tokens: float | None = None


class Throttle:
    """Lets requests through at the rates; one for all teachers of a run."""

    def __init__(self, rates: Rates, gate: Gate) -> None:
        self._gate = gate
        self._requests = _bucket(rates.requests) if rates.requests else None
        self._tokens = _bucket(rates.tokens) if rates.tokens else None
        self._answer = 0.0
        self._debt = 0.0
        """Tokens of earlier answers that were not counted when they were sent; below 0 where too many were."""

    async def admit(self, request: Request) -> float:
        """Wait for the request's turn; the tokens counted for it. Raises Closed when the gate closes first."""
        if self._requests:
            await self._gate.unless_closed(self._requests.acquire())
        if not self._tokens:
            return 0.0
        counted = estimated(message.content for message in request.messages) + self._answer
        wanted, self._debt = max(0.0, counted + self._debt), min(0.0, counted + self._debt)
        await self._gate.unless_closed(_drawn(self._tokens, wanted))
        return counted

    def settle(self, counted: float, usage: Usage) -> None:
        """What a request that was let through with so many tokens counted really took."""
        self._answer = MEMORY * self._answer + (1 - MEMORY) * usage.completion_tokens
        if self._tokens:
            self._debt += usage.prompt_tokens + usage.completion_tokens - counted


def _bucket(per_minute: float) -> "AsyncLimiter":
    """A second's worth at a time, at least one."""
    from aiolimiter import AsyncLimiter

    size = max(1.0, per_minute / 60)
    return AsyncLimiter(size, 60 * size / per_minute)


async def _drawn(bucket: "AsyncLimiter", amount: float) -> None:
    """So much out of a bucket that may be smaller."""
    while amount > 0:
        await bucket.acquire(min(amount, bucket.max_rate))
        amount -= bucket.max_rate

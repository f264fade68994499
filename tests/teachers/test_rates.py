"""No minute gets more requests or tokens than were allowed, and whoever waits leaves when the run stops."""

import asyncio
from itertools import count

import pytest

from ittgen.calls import Request, Usage
from ittgen.records import Message
from ittgen.teachers.gate import Closed, Gate
from ittgen.teachers.rates import Rates, Throttle
from tests.virtual_time import jump

SECOND = 1.0
PROMPT = Request("m", (Message("user", "x" * 400),))
"""A hundred tokens by the rule of four bytes a token."""


async def admitted(rates: Rates, requests: int, usage: Usage) -> list[float]:
    """When each request was let through, in seconds after the first."""
    throttle, loop, times = Throttle(rates, Gate(1)), asyncio.get_running_loop(), list[float]()
    for _ in range(requests):
        counted = await throttle.admit(PROMPT)
        times.append(loop.time())
        throttle.settle(counted, usage)
    return [time - times[0] for time in times]


def most_in_a_minute(times: list[float]) -> int:
    return max(sum(1 for other in times if 0 <= other - time < 60) for time in times)


@pytest.mark.parametrize("allowed", [6, 60, 600])
def test_no_minute_has_more_requests_than_allowed_but_for_a_seconds_worth(allowed: int) -> None:
    times = jump(admitted(Rates(requests=allowed), 3 * allowed, Usage(100, 20)))
    assert allowed <= most_in_a_minute(times) <= allowed + max(1, allowed / 60)
    assert times[-1] == pytest.approx(180, abs=15)


def test_tokens_a_minute_hold_for_prompts_and_answers_together() -> None:
    """100 + 100 tokens each, so 30 a minute of 6,000; answers are unknown at first and made up for later."""
    times = jump(admitted(Rates(tokens=6000), 300, Usage(100, 100)))
    assert times[-1] / 60 == pytest.approx(300 * 200 / 6000, rel=0.05)


def test_a_request_larger_than_a_seconds_worth_still_gets_through() -> None:
    times = jump(admitted(Rates(tokens=120), 3, Usage(100, 0)))
    assert times[-1] == pytest.approx(100, rel=0.1)


def test_without_limits_nobody_waits() -> None:
    assert jump(admitted(Rates(), 1000, Usage(9, 9)))[-1] < SECOND


def test_both_limits_hold_at_once() -> None:
    times = jump(admitted(Rates(requests=600, tokens=6000), 100, Usage(100, 100)))
    assert times[-1] == pytest.approx(200, rel=0.1)


async def test_who_waits_for_a_rate_leaves_when_the_run_stops() -> None:
    gate = Gate(1)
    throttle = Throttle(Rates(requests=0.001), gate)
    await throttle.admit(PROMPT)
    numbers = count()

    async def waits() -> None:
        await throttle.admit(PROMPT)
        next(numbers)

    waiting = asyncio.create_task(waits())
    await asyncio.sleep(0)
    gate.close()
    with pytest.raises(Closed):
        await waiting
    assert next(numbers) == 0

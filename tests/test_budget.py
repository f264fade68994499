"""What is spent and what is set aside never pass the limits together, whatever the order of calls and answers."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.budget import ANSWER_TOKENS, Budget, Cost, Limits, Price
from ittgen.calls import Request, Usage
from ittgen.records import Message


def request(text: str = "hello", **sampling: int) -> Request:
    return Request("m", (Message("user", text),), sampling)


def budget(limits: Limits, price: Price = Price(1.0, 2.0)) -> Budget:  # noqa: B008  # a value, not a call
    return Budget(limits, price)


# Pricing


def test_a_price_is_dollars_a_million_tokens() -> None:
    assert Price(0.15, 0.60).of(Usage(1_000_000, 500_000)) == pytest.approx(0.45)
    assert Price().of(Usage(10**9, 10**9)) == 0


def test_the_worst_case_is_a_token_a_byte_and_all_of_max_tokens() -> None:
    worst = budget(Limits()).worst(request("é" * 100, max_tokens=50))
    assert worst.calls == 1 and worst.tokens >= 200 + 50
    assert worst.dollars == pytest.approx(((worst.tokens - 50) * 1.0 + 50 * 2.0) / 1e6)


def test_the_answers_worst_case_is_what_the_server_will_cut_it_at() -> None:
    free = budget(Limits())
    base = free.worst(request(max_tokens=1)).tokens - 1
    assert free.worst(request(max_completion_tokens=70, max_tokens=50)).tokens == base + 70
    assert free.worst(request()).tokens == base + ANSWER_TOKENS


def test_every_message_counts() -> None:
    turns = (Message("system", "a" * 100), Message("user", "b" * 100), Message("assistant", "c" * 100))
    assert budget(Limits()).worst(Request("m", turns, {"max_tokens": 1})).tokens >= 301


# Holding


@pytest.mark.parametrize(
    ("limits", "cost", "holds"),
    [
        (Limits(), Cost(1e9, 10**12, 10**9), True),
        (Limits(usd=1.0), Cost(1.0, 5, 1), True),
        (Limits(usd=1.0), Cost(1.01, 5, 1), False),
        (Limits(tokens=10), Cost(0, 10, 1), True),
        (Limits(tokens=10), Cost(0, 11, 1), False),
        (Limits(calls=2), Cost(0, 0, 2), True),
        (Limits(calls=2), Cost(0, 0, 3), False),
        (Limits(usd=9.0, tokens=10, calls=9), Cost(1.0, 11, 1), False),
    ],
)
def test_a_limit_may_be_reached_and_not_passed(limits: Limits, cost: Cost, holds: bool) -> None:
    assert limits.hold(cost) is holds


def test_limits_are_said_as_people_would() -> None:
    assert str(Limits(usd=2.5, tokens=1000, calls=3)) == "$2.5 and 1000 tokens and 3 calls"
    assert str(Limits()) == "no limit"


# Reserving and settling


def test_a_call_that_failed_counts_as_a_call_and_costs_no_tokens() -> None:
    purse = budget(Limits(calls=2))
    worst = purse.reserve(request())
    assert worst
    purse.settle(worst, None)
    assert purse.spent == Cost(calls=1)
    assert purse.reserve(request())
    assert purse.reserve(request()) is None


def test_a_call_that_was_answered_costs_what_it_really_took() -> None:
    purse = budget(Limits(tokens=6000))
    worst = purse.reserve(request(max_tokens=4000))
    assert worst and purse.reserve(request(max_tokens=4000)) is None
    purse.settle(worst, Usage(10, 20))
    assert (purse.spent.tokens, purse.spent.calls) == (30, 1)
    assert purse.spent.dollars == pytest.approx((10 + 40) / 1e6)
    assert purse.reserve(request(max_tokens=4000))


steps = st.lists(
    st.tuples(st.just("reserve"), st.integers(0, 60), st.integers(1, 200))
    | st.tuples(st.just("answer"), st.integers(0, 50), st.floats(0, 1))
    | st.tuples(st.just("fail"), st.integers(0, 50), st.just(0.0)),
    max_size=60,
)
limits = st.builds(
    Limits,
    usd=st.none() | st.floats(1e-5, 2e-3),
    tokens=st.none() | st.integers(100, 2000),
    calls=st.none() | st.integers(1, 8),
)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(limits=limits, price=st.builds(Price, st.floats(0, 5), st.floats(0, 5)), steps=steps)
def test_spent_and_reserved_never_pass_the_limits(
    limits: Limits, price: Price, steps: list[tuple[str, int, float]]
) -> None:
    purse, flying = Budget(limits, price), list[tuple[int, int, Cost]]()
    for step, n, x in steps:
        if step == "reserve":
            asked = request("a" * n, max_tokens=int(x))
            if worst := purse.reserve(asked):
                flying.append((n, int(x), worst))
            else:
                assert not limits.hold(purse.spent + purse.reserved + purse.worst(asked))
        elif flying:
            size, longest, worst = flying.pop(n % len(flying))
            purse.settle(worst, Usage(size, int(longest * x)) if step == "answer" else None)
        both = purse.spent + purse.reserved
        assert limits.hold(Cost(both.dollars * (1 - 1e-9), both.tokens, both.calls))
        assert purse.reserved.calls == len(flying)
        assert purse.reserved.tokens == sum(worst.tokens for *_, worst in flying)
        assert math.isclose(purse.reserved.dollars, sum(w.dollars for *_, w in flying), rel_tol=1e-6, abs_tol=1e-12)

"""What is spent and what is set aside never pass the limits together, whatever the order of calls and answers."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.budget import ANSWER_TOKENS, Budget, Cost, Limits, Price
from ittgen.calls import Request, Usage
from ittgen.records import Message
from ittgen.text import JSON


def request(text: str = "hello", **sampling: JSON) -> Request:
    return Request("m", (Message("user", text),), sampling)


def budget(limits: Limits, price: Price = Price(1.0, 2.0)) -> Budget:  # noqa: B008  # a value, not a call
    return Budget(limits, price)


# Pricing


def test_a_price_is_dollars_a_million_tokens() -> None:
    assert Price(0.15, 0.60).of(Usage(1_000_000, 500_000)) == pytest.approx(0.45)
    assert Price().of(Usage(10**9, 10**9)) == 0


def test_cached_and_thought_tokens_have_prices_of_their_own_where_they_are_stated() -> None:
    usage = Usage(1_000_000, 100_000, reasoning_tokens=40_000, cached_tokens=300_000)
    assert Price(2.0, 10.0).of(usage) == pytest.approx(2.0 + 1.0)
    assert Price(2.0, 10.0, cached=0.5).of(usage) == pytest.approx(0.7 * 2 + 0.3 * 0.5 + 1.0)
    assert Price(2.0, 10.0, reasoning=20.0).of(usage) == pytest.approx(2.0 + 0.6 + 0.8)
    assert Price(2.0, 10.0, cached=0.0, reasoning=0.0).of(usage) == pytest.approx(1.4 + 0.6)


def test_a_part_is_never_more_than_the_whole_whatever_the_server_says() -> None:
    usage = Usage(100, 10, reasoning_tokens=99, cached_tokens=999)
    assert Price(2.0, 10.0, cached=1.0, reasoning=5.0).of(usage) == pytest.approx((100 * 1 + 10 * 5) / 1e6)


def test_the_worst_case_is_dear_and_hopes_for_nothing_cached() -> None:
    usual = budget(Limits(), Price(1.0, 2.0)).worst(request(max_tokens=50))
    assert budget(Limits(), Price(1.0, 2.0, cached=0.1, reasoning=0.1)).worst(request(max_tokens=50)) == usual
    thoughtful = budget(Limits(), Price(1.0, 2.0, reasoning=7.0)).worst(request(max_tokens=50))
    assert thoughtful.dollars - usual.dollars == pytest.approx(50 * 5 / 1e6)


def test_a_schema_is_part_of_the_prompt() -> None:
    free = budget(Limits())
    asked = Request("m", (Message("user", "hello"),), schema={"type": "object", "title": "x" * 500})
    assert free.worst(asked).tokens >= free.worst(request()).tokens + 500


def test_the_worst_case_is_a_token_a_byte_and_all_of_max_tokens() -> None:
    worst = budget(Limits()).worst(request("é" * 100, max_tokens=50))
    assert worst.calls == 1 and worst.tokens >= 200 + 50
    assert worst.dollars == pytest.approx(((worst.tokens - 50) * 1.0 + 50 * 2.0) / 1e6)


def test_the_answers_worst_case_is_what_the_server_will_cut_it_at() -> None:
    free = budget(Limits())
    base = free.worst(request(max_tokens=1)).tokens - 1
    assert free.worst(request(max_completion_tokens=70, max_tokens=50)).tokens == base + 70
    assert free.worst(request(extra_body={"max_tokens": 9000.0})).tokens == base + 9000
    assert free.worst(request(extra_body={"max_tokens": 9000}, max_tokens=50)).tokens == base + 50
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
    assert str(Limits(usd=2.5, tokens=1000, calls=3)) == "$2.5 and 1,000 tokens and 3 calls"
    assert str(Limits(usd=1_234_567, tokens=1, calls=1)) == "$1,234,567 and 1 token and 1 call"
    assert str(Limits()) == "no limit"


def test_a_refusal_asks_for_more_only_where_not_even_one_call_fits() -> None:
    question = request(max_tokens=4000)
    worst = budget(Limits()).worst(question)
    tight = budget(Limits(tokens=worst.tokens))
    assert tight.reserve(question)
    takes = f"which may take {worst.tokens:,} tokens (${worst.dollars:,.4f})"
    assert tight.refusal(question) == f"the budget of {tight.limits} has no room for the next call, {takes}"
    tighter = budget(Limits(tokens=worst.tokens - 1))
    assert (
        tighter.refusal(question) == f"the budget of {tighter.limits} has no room for even one call, {takes}: raise it"
    )
    called = budget(Limits(calls=1))
    called.settle(called.worst(question), None)
    assert called.refusal(question) == "the budget of 1 call is reached"


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
dollars = st.floats(0, 5)
prices = st.builds(Price, dollars, dollars, st.none() | dollars, st.none() | dollars)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(limits=limits, price=prices, steps=steps)
def test_spent_and_reserved_never_pass_the_limits(
    limits: Limits, price: Price, steps: list[tuple[str, int, float]]
) -> None:
    """However many calls are in flight, and whatever part of their tokens is cached or thought."""
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
            said = int(longest * x)
            usage = Usage(size, said, reasoning_tokens=int(said * x), cached_tokens=int(size * x))
            purse.settle(worst, usage if step == "answer" else None)
        both = purse.spent + purse.reserved
        assert limits.hold(Cost(both.dollars * (1 - 1e-9), both.tokens, both.calls))
        assert purse.reserved.calls == len(flying)
        assert purse.reserved.tokens == sum(worst.tokens for *_, worst in flying)
        assert math.isclose(purse.reserved.dollars, sum(w.dollars for *_, w in flying), rel_tol=1e-6, abs_tol=1e-12)

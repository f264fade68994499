"""What a call costs, and how much a run may spend: reserve the worst case, settle what it really was, or refuse.

Pure bookkeeping without I/O: `teachers/wrappers.py` decides when to reserve and who waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ittgen.calls import Request, Usage
from ittgen.text import JSON, canonical

ANSWER_TOKENS = 4096
"""Worst case of an answer whose request sets no max_tokens."""


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars a million tokens: `Price(input=0.15, output=0.60, cached=0.075)`."""

    input: float = 0.0
    output: float = 0.0
    cached: float | None = None
    """For the part of the prompt that the server knew already; None: as `input`."""
    reasoning: float | None = None
    """For the part of the answer that is thought; None: as `output`."""

    def of(self, usage: Usage) -> float:
        """Dollars for this many tokens; no part of them is more than the whole, whatever the server says."""
        cached = min(usage.cached_tokens, usage.prompt_tokens)
        thought = min(usage.reasoning_tokens, usage.completion_tokens)
        return (
            (usage.prompt_tokens - cached) * self.input
            + cached * (self.input if self.cached is None else self.cached)
            + (usage.completion_tokens - thought) * self.output
            + thought * (self.output if self.reasoning is None else self.reasoning)
        ) / 1e6

    def most(self, prompt: float, completion: float) -> float:
        """The most dollars that so many tokens can cost: nothing is cached, and all of the answer is dear."""
        dearest = max(self.output, self.reasoning or 0.0)
        return (prompt * max(self.input, self.cached or 0.0) + completion * dearest) / 1e6


@dataclass(frozen=True, slots=True)
class Cost:
    """Dollars, tokens and calls, together."""

    dollars: float = 0.0
    tokens: int = 0
    calls: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.dollars + other.dollars, self.tokens + other.tokens, self.calls + other.calls)

    def __sub__(self, other: "Cost") -> "Cost":
        return Cost(self.dollars - other.dollars, self.tokens - other.tokens, self.calls - other.calls)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a run may spend; None is no limit."""

    usd: float | None = None
    tokens: int | None = None
    calls: int | None = None

    def hold(self, cost: Cost) -> bool:
        """Whether so much may be spent."""
        return (
            (self.usd is None or cost.dollars <= self.usd)
            and (self.tokens is None or cost.tokens <= self.tokens)
            and (self.calls is None or cost.calls <= self.calls)
        )

    def __str__(self) -> str:
        parts = [f"${self.usd:,.10g}"] if self.usd is not None else []
        parts += [_counted(self.tokens, "token")] if self.tokens is not None else []
        parts += [_counted(self.calls, "call")] if self.calls is not None else []
        return " and ".join(parts) or "no limit"


@dataclass(slots=True)
class Book:
    """What a run has spent, and what is reserved for its calls in flight."""

    spent: Cost = field(default_factory=Cost)
    reserved: Cost = field(default_factory=Cost)


class Budget:
    """Spent and reserved together never pass the limits; teachers at different prices share one book."""

    def __init__(self, limits: Limits, price: Price, book: Book | None = None) -> None:
        self.limits = limits
        self.price = price
        self.book = book or Book()

    def at(self, price: Price) -> "Budget":
        """The same budget, for a teacher at another price."""
        return Budget(self.limits, price, self.book)

    @property
    def spent(self) -> Cost:
        return self.book.spent

    @property
    def reserved(self) -> Cost:
        return self.book.reserved

    def reserve(self, request: Request) -> Cost | None:
        """Set the request's worst case aside; None when it does not fit now."""
        worst = self.worst(request)
        if not self.limits.hold(self.spent + self.reserved + worst):
            return None
        self.book.reserved += worst
        return worst

    def settle(self, worst: Cost, usage: Usage | None) -> None:
        """Give the reserve back and book what the call really cost; None is a call that failed and cost no tokens."""
        self.book.reserved -= worst
        usage = usage or Usage()
        self.book.spent += Cost(self.price.of(usage), usage.prompt_tokens + usage.completion_tokens, 1)

    def refusal(self, request: Request) -> str:
        """Why a request does not fit; what to do about it only where it would not fit into a fresh budget either."""
        worst = self.worst(request)
        if self.limits.calls is not None and self.spent.calls >= self.limits.calls:
            return f"the budget of {self.limits} is reached"
        dollars = f" (${worst.dollars:,.4f})" if worst.dollars else ""
        takes = f"which may take {_counted(worst.tokens, 'token')}{dollars}"
        if not self.limits.hold(worst):
            return f"the budget of {self.limits} has no room for even one call, {takes}: raise it"
        return f"the budget of {self.limits} has no room for the next call, {takes}"

    def worst(self, request: Request) -> Cost:
        """The most this request can cost: a prompt never has more tokens than UTF-8 bytes."""
        prompt = sum(len(m.content.encode()) + 8 for m in request.messages)
        if request.schema is not None:  # servers show it to the model, and bill it
            prompt += len(canonical(request.schema).encode())
        longest = longest_answer(request.sampling)
        return Cost(self.price.most(prompt, longest), prompt + longest, 1)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def longest_answer(sampling: Mapping[str, JSON]) -> int:
    """Tokens at which the server cuts an answer off."""
    extra = sampling.get("extra_body")
    told = {**extra, **sampling} if isinstance(extra, Mapping) else sampling
    limit = told.get("max_completion_tokens") or told.get("max_tokens")
    return int(limit) if isinstance(limit, int | float) else ANSWER_TOKENS

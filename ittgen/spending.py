"""What a stage really cost: the answers it used at the prices that the recipe states, and which drafts they went into.

Each slot's answers are shared out equally among its drafts, so that what the rejected ones cost can be told by rule.
Reads the journal once, slot by slot, and keeps nothing but sums.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby, starmap
from operator import attrgetter
from typing import NamedTuple

from ittgen.budget import Price
from ittgen.calls import Usage
from ittgen.journal import EVERY, Journal
from ittgen.recipe import Recipe
from ittgen.stages import Stage, prices_of
from ittgen.text import JSON, canonical

ACCEPTED = "accepted"
"""Where what was accepted stands among the rules."""
SLOT = attrgetter("slot")


class Answer(NamedTuple):
    """An answer that a slot used, as the journal tells it."""

    slot: int
    teacher: str
    endpoint: str
    usage: Usage


class Verdict(NamedTuple):
    """The rule that rejected one of a slot's drafts; None: accepted."""

    slot: int
    rule: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """What the drafts of one verdict cost."""

    drafts: int = 0
    tokens: int = 0
    dollars: float = 0.0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.drafts + other.drafts, self.tokens + other.tokens, self.dollars + other.dollars)

    def to_json(self) -> dict[str, JSON]:
        return {"drafts": self.drafts, "tokens": self.tokens, "dollars": self.dollars}


@dataclass(frozen=True, slots=True)
class Spent:
    """Answers used, their tokens, and dollars."""

    calls: int = 0
    usage: Usage = field(default_factory=Usage)
    dollars: float = 0.0
    by_rule: Mapping[str, Share] = field(default_factory=dict)
    """"accepted" and the rules that rejected drafts, the dearest first; together all of the tokens."""
    endpoints: Mapping[str, int] = field(default_factory=dict)
    """Endpoint -> answers it gave, where teachers name theirs."""

    def to_json(self) -> dict[str, JSON]:
        """Everything but the endpoints, which may differ from run to run."""
        return {
            "calls": self.calls,
            "prompt_tokens": self.usage.prompt_tokens,
            "completion_tokens": self.usage.completion_tokens,
            "cached_tokens": self.usage.cached_tokens,
            "reasoning_tokens": self.usage.reasoning_tokens,
            "dollars": self.dollars,
            "spent_by_rule": {rule: share.to_json() for rule, share in self.by_rule.items()},
        }


def spent(recipe: Recipe, stage: Stage, journal: Journal, slots: int = EVERY) -> Spent:
    """What the answers of the stage's first `slots` slots cost; one that slots share counts once, for the first."""
    prices = prices_of(recipe)
    sums = _Sums({canonical(voice.identity): prices[voice.name] for voice in stage.voices.values()})
    answers: Iterator[Answer | Verdict] = starmap(Answer, journal.spent(stage.identity, slots))
    verdicts: Iterator[Answer | Verdict] = starmap(Verdict, journal.verdicts(stage.identity, slots))
    for _, slot in groupby(merge(answers, verdicts, key=SLOT), key=SLOT):
        sums.add(list(slot))
    return sums.total()


class _Sums:
    """What is added up while the journal is read."""

    def __init__(self, prices: Mapping[str, Price]) -> None:
        self.prices = prices
        """Teacher's identity as JSON -> its price."""
        self.usage: dict[str, Usage] = {}
        self.endpoints: Counter[str] = Counter()
        self.rules: dict[str, Share] = {}

    def add(self, slot: Sequence[Answer | Verdict]) -> None:
        """Add what a slot asked and came to."""
        tokens, dollars = 0, 0.0
        for _, teacher, endpoint, usage in (entry for entry in slot if isinstance(entry, Answer)):
            self.usage[teacher] = self.usage.get(teacher, Usage()) + usage
            self.endpoints[endpoint] += 1
            tokens += usage.prompt_tokens + usage.completion_tokens
            dollars += self.prices.get(teacher, Price()).of(usage)
        rules = [entry.rule or ACCEPTED for entry in slot if isinstance(entry, Verdict)]
        for rule, share in _shares(rules, tokens, dollars):
            self.rules[rule] = self.rules.get(rule, Share()) + share

    def total(self) -> Spent:
        """The sums so far."""
        dearest = sorted(self.rules.items(), key=lambda item: (item[0] != ACCEPTED, -item[1].tokens, item[0]))
        return Spent(
            calls=self.endpoints.total(),
            usage=sum(self.usage.values(), start=Usage()),
            dollars=sum(self.prices.get(teacher, Price()).of(usage) for teacher, usage in self.usage.items()),
            by_rule=dict(dearest),
            endpoints={name: count for name, count in sorted(self.endpoints.items()) if name},
        )


def _shares(rules: Sequence[str], tokens: int, dollars: float) -> Iterator[tuple[str, Share]]:
    """Each draft's part of what its slot cost; the parts add up to the token."""
    drafts = len(rules)
    for n, rule in enumerate(rules):
        yield rule, Share(1, tokens * (n + 1) // drafts - tokens * n // drafts, dollars / drafts)

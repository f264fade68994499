"""What a stage really cost: the answers it used at the prices that the recipe states, and which drafts they went into.

Each slot's answers are shared out equally among its drafts, so that what the rejected ones cost can be told by rule.
Answers that no finished slot asked for are added up apart. Reads the journal slot by slot, and keeps nothing but sums.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby, starmap
from operator import attrgetter
from typing import Any, NamedTuple

from ittgen.accounts import EVERY, NONE
from ittgen.ask import LIMITS, Voice
from ittgen.budget import Price, longest_answer
from ittgen.calls import Usage
from ittgen.journal import Journal
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
        by_rule: dict[str, JSON] = {rule: share.to_json() for rule, share in self.by_rule.items()}
        return {**_bill(self.calls, self.usage, self.dollars), "spent_by_rule": by_rule}


@dataclass(frozen=True, slots=True)
class Kept:
    """Answers stored for slots that are not finished: those of a run that stopped, of a trial, or beyond a target.

    Told by stage, prompt, teacher and sampling, so a recipe that has all four in common may have asked for them.
    """

    calls: int = 0
    usage: Usage = field(default_factory=Usage)
    dollars: float = 0.0
    longest: int = 0
    """Completion tokens, had every answer been as long as its request allows."""
    dollars_at_most: float = 0.0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(
            self.calls + other.calls,
            self.usage + other.usage,
            self.dollars + other.dollars,
            self.longest + other.longest,
            self.dollars_at_most + other.dollars_at_most,
        )

    @property
    def tokens(self) -> int:
        return self.usage.prompt_tokens + self.usage.completion_tokens

    def to_json(self) -> dict[str, JSON]:
        return _bill(self.calls, self.usage, self.dollars)


def _bill(calls: int, usage: Usage, dollars: float) -> dict[str, JSON]:
    """What answers cost, as the manifest and `status --json` say it."""
    return {
        "calls": calls,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cached_tokens": usage.cached_tokens,
        "reasoning_tokens": usage.reasoning_tokens,
        "dollars": dollars,
    }


def spent(
    recipe: Recipe, stage: Stage, journal: Journal, slots: int = EVERY, earlier: Mapping[str, int] = NONE
) -> Spent:
    """What the answers of the stage's first `slots` slots cost; one that slots share counts once, for the first.

    earlier: identity -> slots of the recipe's stages before this one, whose answers are theirs.
    """
    prices = prices_of(recipe)
    sums = _Sums({canonical(voice.identity): prices[voice.name] for voice in stage.voices.values()})
    answers: Iterator[Answer | Verdict] = starmap(Answer, journal.accounts.spent(stage.identity, slots, earlier))
    verdicts: Iterator[Answer | Verdict] = starmap(Verdict, journal.accounts.verdicts(stage.identity, slots))
    for _, slot in groupby(merge(answers, verdicts, key=SLOT), key=SLOT):
        sums.add(list(slot))
    return sums.total()


def kept(recipe: Recipe, stages: Sequence[Stage], journal: Journal) -> dict[str, Kept]:
    """Name of each stage -> the answers that are stored for its slots to come."""
    prices, known = prices_of(recipe), {stage.name: stage for stage in stages}
    cursors = {stage.name: journal.progress(stage.identity).cursor for stage in stages}
    alike: dict[tuple[str, str, str], list[Usage]] = defaultdict(list)
    for name, prompt, asked, usage in journal.accounts.kept(cursors):
        alike[name, prompt, asked].append(usage)
    sums = {name: Kept() for name in known}
    for (name, prompt, asked), usages in alike.items():
        _, _, sampling = told = json.loads(asked)
        if prompt in known[name].generator.prompts and (voice := _voice_of(known[name], *told)):
            sums[name] += _kept(prices[voice.name], usages, longest_answer(sampling))
    return sums


def _kept(price: Price, usages: Sequence[Usage], longest: int) -> Kept:
    """What answers of one kind cost."""
    usage, most = sum(usages, start=Usage()), len(usages) * longest
    return Kept(len(usages), usage, price.of(usage), most, price.most(usage.prompt_tokens, most))


def _voice_of(stage: Stage, teacher: JSON, model: str, sampling: Mapping[str, JSON]) -> Voice | None:
    """The stage's voice that such a request can come from, if any."""
    for voice in stage.voices.values():
        same = canonical(dict(voice.identity)) == canonical(teacher) and voice.model == model
        if same and _fits(voice, stage, sampling):
            return voice
    return None


def _fits(voice: Voice, stage: Stage, sampling: Mapping[str, JSON]) -> bool:
    """Whether the sampling is the recipe's, but for what the generator's options or a second try may say otherwise."""
    options: Any = stage.what["generator"]
    own = {name for table in options.values() if isinstance(table, Mapping) for name in table}.union(LIMITS)
    return all(name in sampling and (name in own or sampling[name] == value)
               for name, value in voice.sampled({}).items())  # fmt: skip


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

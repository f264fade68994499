"""What a recipe will need: slots, calls, rows, tokens and dollars by stage, with what was assumed said aloud."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from ittgen.budget import ANSWER_TOKENS
from ittgen.calls import Usage
from ittgen.generators.base import Estimated
from ittgen.planning.rates import ACCEPTANCE, Call, Rate, rates_of
from ittgen.planning.warnings import warnings_of
from ittgen.progress import counted
from ittgen.stages import SEEDS, Stage
from ittgen.teachers.procedural import Procedural
from ittgen.text import JSON
from ittgen.workshop import Workshop

T = TypeVar("T", int, float)
NOISE = 1e-6
"""More than floating point is off by, and much less than a slot or a row."""


@dataclass(frozen=True, slots=True)
class ToGo:
    """What is still to come, and to be paid; None where nothing tells."""

    slots: int = 0
    calls: int = 0
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    dollars: float | None = None
    dollars_at_most: float | None = None

    def to_json(self) -> dict[str, JSON]:
        return {
            "slots": self.slots,
            "calls": self.calls,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "dollars": self.dollars,
            "dollars_at_most": self.dollars_at_most,
        }


@dataclass(frozen=True, slots=True)
class StagePlan:
    """What one stage is expected to need in all, what is done included; None where nothing tells."""

    stage: str
    generator: str
    slots: int
    calls: int
    rows: int
    basis: str = "assumed"
    """"measured" by the journal, "rehearsed" with the procedural teacher, or "assumed"."""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    completion_tokens_at_most: int | None = None
    """If every answer were as long as `max_tokens` allows."""
    dollars: float | None = None
    """None also where the recipe states no price."""
    dollars_at_most: float | None = None
    to_go: ToGo = field(default_factory=ToGo)
    """The part of it that is not done yet, without the answers that are stored for it."""
    kept: int = 0
    """Answers that are stored for slots to come."""

    @property
    def done(self) -> int:
        """Slots that are finished."""
        return self.slots - self.to_go.slots

    def to_json(self) -> dict[str, JSON]:
        return {
            "stage": self.stage,
            "generator": self.generator,
            "slots": self.slots,
            "calls": self.calls,
            "rows": self.rows,
            "basis": self.basis,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "completion_tokens_at_most": self.completion_tokens_at_most,
            "dollars": self.dollars,
            "dollars_at_most": self.dollars_at_most,
            "kept": self.kept,
            "to_go": self.to_go.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """What a recipe is expected to need, and what was assumed; a sum is None where a stage's part is."""

    name: str
    seeds: int
    stages: Sequence[StagePlan]
    assumed: Sequence[str]
    unpriced: Sequence[str] = ()
    """Names of the teachers whose price the recipe does not state, `[teacher]` as ""."""
    warnings: Sequence[str] = ()
    """What will not do what it seems to do."""

    @property
    def calls(self) -> int:
        return sum(stage.calls for stage in self.stages)

    @property
    def prompt_tokens(self) -> int | None:
        return _sum([stage.prompt_tokens for stage in self.stages])

    @property
    def completion_tokens(self) -> int | None:
        return _sum([stage.completion_tokens for stage in self.stages])

    @property
    def dollars(self) -> float | None:
        return _sum([stage.dollars for stage in self.stages])

    @property
    def dollars_at_most(self) -> float | None:
        return _sum([stage.dollars_at_most for stage in self.stages])

    @property
    def begun(self) -> bool:
        """Whether the journal has any part of it."""
        return any(stage.done or stage.kept for stage in self.stages)

    @property
    def to_go(self) -> ToGo:
        """What is still to come, of all stages."""
        parts = [stage.to_go for stage in self.stages]
        return ToGo(
            sum(part.slots for part in parts),
            sum(part.calls for part in parts),
            _sum([part.prompt_tokens for part in parts]),
            _sum([part.completion_tokens for part in parts]),
            _sum([part.dollars for part in parts]),
            _sum([part.dollars_at_most for part in parts]),
        )

    def to_json(self) -> dict[str, JSON]:
        return {
            "name": self.name,
            "seeds": self.seeds,
            "calls": self.calls,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "dollars": self.dollars,
            "dollars_at_most": self.dollars_at_most,
            "to_go": self.to_go.to_json(),
            "stages": [stage.to_json() for stage in self.stages],
            "assumed": list(self.assumed),
            "unpriced": list(self.unpriced),
            "warnings": list(self.warnings),
        }


def estimate(workshop: Workshop, journal: Path) -> Plan:
    """The plan of a recipe whose parts are found; `journal` need not exist. Raises JournalError where it is none."""
    rates, failure = rates_of(workshop, journal)
    rows, plans = {SEEDS: len(workshop.seeds)}, []
    for stage in workshop.stages:
        plan = _plan(workshop, stage, rates[stage.identity], rows[stage.source])
        rows[stage.identity] = plan.rows
        plans.append(plan)
    assumed = [*_assumed(workshop.stages, rates), *failure]
    warnings = warnings_of(workshop.stages, workshop.seeds)
    return Plan(workshop.recipe.name, len(workshop.seeds), plans, assumed, _unpriced(workshop), warnings)


def _plan(workshop: Workshop, stage: Stage, rate: Rate, source: int) -> StagePlan:
    """One stage, where its source has so many rows: what is done, and the rest at its rate."""
    known, slots = rate.known, _slots(workshop, stage, rate, source)
    left = slots - known.slots
    calls = math.ceil(left * rate.calls)
    to_go = ToGo(left, max(0, calls - known.kept.calls))
    plan = StagePlan(
        stage=stage.name,
        generator=stage.use,
        slots=slots,
        calls=known.spent.calls + calls,
        rows=_rows(stage, rate, left),
        basis=rate.basis,
        to_go=to_go,
        kept=known.kept.calls,
    )
    if rate.call is None:
        return plan
    plan = _with_tokens(plan, rate.call, known.spent.usage, calls)
    if not {voice.name for voice in stage.voices.values()}.isdisjoint(_unpriced(workshop)):
        return plan
    return _with_dollars(plan, rate.call, known.spent.dollars, calls)


def _slots(workshop: Workshop, stage: Stage, rate: Rate, source: int) -> int:
    """All of the stage's slots, those that are done included."""
    known = rate.known
    if known.finished:
        return known.slots
    missing = math.inf if stage.target is None else math.ceil((stage.target - known.rows) / rate.rows - NOISE)
    ends = stage.generator.plan(stage.slot(2**31, workshop.seeds, ())) is None
    return int(min(known.slots + missing, max(source, known.slots))) if ends else known.slots + int(missing)


def _rows(stage: Stage, rate: Rate, left: int) -> int:
    """As many as these slots more will give; more than the target is never waited for."""
    rows = rate.known.rows + math.floor(left * rate.rows + NOISE)
    return rows if stage.target is None else max(rate.known.rows, min(rows, stage.target))


def _with_tokens(plan: StagePlan, call: Call, spent: Usage, calls: int) -> StagePlan:
    """With the tokens that are spent, and those of so many calls more."""
    to_go = replace(
        plan.to_go,
        prompt_tokens=math.ceil(plan.to_go.calls * call.prompt),
        completion_tokens=math.ceil(plan.to_go.calls * call.completion),
    )
    return replace(
        plan,
        prompt_tokens=spent.prompt_tokens + math.ceil(calls * call.prompt),
        completion_tokens=spent.completion_tokens + math.ceil(calls * call.completion),
        completion_tokens_at_most=spent.completion_tokens + math.ceil(calls * call.longest),
        to_go=to_go,
    )


def _with_dollars(plan: StagePlan, call: Call, spent: float, calls: int) -> StagePlan:
    """With the dollars that are spent, and those of so many calls more."""
    paid = plan.to_go.calls
    to_go = replace(plan.to_go, dollars=paid * call.dollars, dollars_at_most=paid * call.dollars_at_most)
    return replace(
        plan,
        dollars=spent + calls * call.dollars,
        dollars_at_most=spent + calls * call.dollars_at_most,
        to_go=to_go,
    )


def _sum(parts: Sequence[T | None]) -> T | None:
    """None where a part is unknown."""
    known = [part for part in parts if part is not None]
    return sum(known[1:], start=known[0]) if len(known) == len(parts) else None


def _unpriced(workshop: Workshop) -> list[str]:
    """Names of the teachers that cost something, and nobody said what."""
    teachers, staff = workshop.teachers, workshop.recipe.staff
    return [name for name in staff if staff[name].price is None and not isinstance(teachers[name], Procedural)]


# What was assumed, in words


def _assumed(stages: Sequence[Stage], rates: Mapping[str, Rate]) -> Iterator[str]:
    """Nothing of what is finished."""
    left = [stage for stage in stages if not rates[stage.identity].known.finished]
    measured, rehearsed, assumed = (
        [stage for stage in left if rates[stage.identity].basis == basis]
        for basis in ("measured", "rehearsed", "assumed")
    )
    for stage in measured:
        rate = rates[stage.identity]
        yield (f"{stage.name}: goes on like the {rate.seen:,} slots that are done, with {rate.calls:.3g} calls and "
               f"{rate.rows:.3g} rows a slot")  # fmt: skip
    if unseen := [stage for stage in rehearsed if not rates[stage.identity].known.kept.calls]:
        yield (f"{_names(unseen)}: prompts and answers as long as in the first slots, rehearsed with the procedural "
               "teacher; a token for every 4 bytes")  # fmt: skip
    if guessed := [*rehearsed, *assumed]:
        yield f"{_names(guessed)}: {ACCEPTANCE:.0%} of the drafts pass filters and dedup"
    for stage in guessed:
        if not isinstance(stage.generator, Estimated):
            how = "as in rehearsal" if stage in rehearsed else "one call and one draft taken"
            yield f'{stage.name}: "{stage.use}" does not say what a slot needs: {how}'
    for stage in left:
        if kept := rates[stage.identity].known.kept.calls:
            alike = "" if stage in measured else "; prompts and answers as long as theirs"
            yield f"{stage.name}: {counted(kept, 'stored answer')} will be used and not paid again{alike}"
    if left:
        yield f"at most: every answer as long as max_tokens allows ({ANSWER_TOKENS:,} tokens where nothing is set)"


def _names(stages: Sequence[Stage]) -> str:
    return ", ".join(stage.name for stage in stages)

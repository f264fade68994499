"""What a recipe will need: slots, calls, rows, tokens and dollars by stage, with what was assumed said aloud."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from ittgen.budget import ANSWER_TOKENS
from ittgen.generators.base import Estimated
from ittgen.planning.rates import ACCEPTANCE, Rate, rates_of
from ittgen.stages import SEEDS, Stage
from ittgen.teachers.procedural import Procedural
from ittgen.text import JSON
from ittgen.workshop import Workshop

T = TypeVar("T", int, float)


@dataclass(frozen=True, slots=True)
class StagePlan:
    """What one stage is expected to need; None where nothing tells."""

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

    def to_json(self) -> dict[str, JSON]:
        return {
            "name": self.name,
            "seeds": self.seeds,
            "calls": self.calls,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "dollars": self.dollars,
            "dollars_at_most": self.dollars_at_most,
            "stages": [stage.to_json() for stage in self.stages],
            "assumed": list(self.assumed),
            "unpriced": list(self.unpriced),
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
    return Plan(workshop.recipe.name, len(workshop.seeds), plans, assumed, _unpriced(workshop))


def _plan(workshop: Workshop, stage: Stage, rate: Rate, source: int) -> StagePlan:
    """One stage, where its source has so many rows."""
    wanted = math.inf if stage.target is None else math.ceil(stage.target / rate.rows)
    ends = stage.generator.plan(stage.slot(2**31, workshop.seeds, ())) is None
    slots = source if ends and source < wanted else int(wanted)
    rows = stage.target if stage.target and slots == wanted else math.floor(slots * rate.rows)
    calls = math.ceil(slots * rate.calls)
    plan = StagePlan(stage.name, stage.use, slots, calls, rows, rate.basis)
    if rate.call is None:
        return plan
    plan = replace(
        plan,
        prompt_tokens=math.ceil(calls * rate.call.prompt),
        completion_tokens=math.ceil(calls * rate.call.completion),
        completion_tokens_at_most=math.ceil(calls * rate.call.longest),
    )
    if not {voice.name for voice in stage.voices.values()}.isdisjoint(_unpriced(workshop)):
        return plan
    return replace(plan, dollars=calls * rate.call.dollars, dollars_at_most=calls * rate.call.dollars_at_most)


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
    by_basis = {
        basis: [stage for stage in stages if rates[stage.identity].basis == basis]
        for basis in ("measured", "rehearsed", "assumed")
    }
    for stage in by_basis["measured"]:
        rate = rates[stage.identity]
        yield (f"{stage.name}: goes on like the {rate.seen:,} slots that are done, with {rate.calls:.3g} calls and "
               f"{rate.rows:.3g} rows a slot")  # fmt: skip
    if rehearsed := by_basis["rehearsed"]:
        yield (f"{_names(rehearsed)}: prompts and answers as long as in the first slots, rehearsed with the procedural "
               "teacher; a token for every 4 bytes")  # fmt: skip
    if guessed := [*rehearsed, *by_basis["assumed"]]:
        yield f"{_names(guessed)}: {ACCEPTANCE:.0%} of the drafts pass filters and dedup"
    for stage in guessed:
        if not isinstance(stage.generator, Estimated):
            how = "as in rehearsal" if stage in rehearsed else "one call and one draft taken"
            yield f'{stage.name}: "{stage.use}" does not say what a slot needs: {how}'
    yield f"at most: every answer as long as max_tokens allows ({ANSWER_TOKENS:,} tokens where nothing is set)"


def _names(stages: Sequence[Stage]) -> str:
    return ", ".join(stage.name for stage in stages)

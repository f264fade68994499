"""What a recipe will ask for: slots, calls and rows by stage, before anything is sent. Touches no network.

Counts only, and assumptions said aloud: how many of a slot's drafts pass is a guess until the recipe has run.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ittgen.generators.base import Estimated
from ittgen.stages import SEEDS, Stage
from ittgen.text import JSON
from ittgen.workshop import Workshop

ACCEPTANCE = 0.6
"""Share of drafts assumed to pass filters and dedup."""


@dataclass(frozen=True, slots=True)
class StagePlan:
    """What one stage is expected to need."""

    stage: str
    generator: str
    slots: int
    calls: int
    rows: int

    def to_json(self) -> dict[str, JSON]:
        return {
            "stage": self.stage,
            "generator": self.generator,
            "slots": self.slots,
            "calls": self.calls,
            "rows": self.rows,
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """What a recipe is expected to need, and what was assumed."""

    name: str
    seeds: int
    stages: Sequence[StagePlan]
    assumed: Sequence[str]

    @property
    def calls(self) -> int:
        return sum(stage.calls for stage in self.stages)

    def to_json(self) -> dict[str, JSON]:
        stages = [stage.to_json() for stage in self.stages]
        return {"name": self.name, "seeds": self.seeds, "calls": self.calls, "stages": stages,
                "assumed": list(self.assumed)}  # fmt: skip


def estimate(workshop: Workshop) -> Plan:
    """The plan of a recipe whose parts are found."""
    rows = {SEEDS: len(workshop.seeds)}
    plans = []
    for stage in workshop.stages:
        plan = _stage(stage, rows[stage.source])
        rows[stage.identity] = plan.rows
        plans.append(plan)
    assumed = [f"{ACCEPTANCE:.0%} of the drafts pass filters and dedup"]
    assumed += [
        f'"{stage.use}" does not say what a slot needs: one call and one draft taken'
        for stage in workshop.stages
        if not isinstance(stage.generator, Estimated)
    ]
    return Plan(workshop.recipe.name, len(workshop.seeds), plans, assumed)


def _stage(stage: Stage, source: int) -> StagePlan:
    calls, drafts = stage.generator.expects() if isinstance(stage.generator, Estimated) else (1.0, 1.0)
    per_slot = drafts * ACCEPTANCE
    slots = source if stage.target is None else math.ceil(stage.target / per_slot)
    rows = stage.target or math.floor(source * per_slot)
    return StagePlan(stage.name, stage.use, slots, math.ceil(slots * calls), rows)

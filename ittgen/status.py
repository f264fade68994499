"""How far a recipe came and what it spent, read from the journal, also while it runs. Sends and writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ittgen.extent import before, extents
from ittgen.journal import Journal
from ittgen.locks import holder
from ittgen.recipe import Recipe
from ittgen.spending import Kept, Share, kept, spent
from ittgen.stages import Stage
from ittgen.text import JSON
from ittgen.workshop import Workshop


@dataclass(frozen=True, slots=True)
class StageStatus:
    """How far one stage came, and the answers that its committed slots asked for."""

    stage: str
    generator: str
    target: int | None
    """Accepted rows wanted; None where the source decides."""
    cursor: int = 0
    """Slots committed."""
    accepted: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    """Rule -> drafts it rejected, the hungriest rule first."""
    calls: int = 0
    """Answers; one that several slots share counts once."""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    """Part of `prompt_tokens`."""
    reasoning_tokens: int = 0
    """Part of `completion_tokens`."""
    dollars: float = 0.0
    """By the price in the recipe; 0 where it states none."""
    spent_by_rule: Mapping[str, Share] = field(default_factory=dict)
    """"accepted" and the rules that rejected drafts -> what these drafts cost."""
    endpoints: Mapping[str, int] = field(default_factory=dict)
    """Endpoint -> answers it gave, where the teacher has several."""
    operations: Sequence[Mapping[str, JSON]] = ()
    """{operation, epoch, accepted, rejected}, where the generator names operations."""
    unfinished: Kept = field(default_factory=Kept)
    """Answers stored for slots that are not committed; in none of the sums above."""

    def to_json(self) -> dict[str, JSON]:
        return {
            "stage": self.stage,
            "generator": self.generator,
            "target": self.target,
            "cursor": self.cursor,
            "accepted": self.accepted,
            "rejected": dict(self.rejected),
            "calls": self.calls,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "cached_tokens": self.cached_tokens,
            "reasoning_tokens": self.reasoning_tokens,
            "dollars": self.dollars,
            "spent_by_rule": {rule: share.to_json() for rule, share in self.spent_by_rule.items()},
            "endpoints": dict(self.endpoints),
            "operations": [dict(operation) for operation in self.operations],
            "unfinished": self.unfinished.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Status:
    """How far every stage of a recipe came."""

    name: str
    stages: Sequence[StageStatus]
    holder: str = ""
    """The process that has the journal now, "process 71 on host (since …)"; empty where none has."""

    @property
    def unfinished(self) -> Kept:
        """Answers stored for slots of any stage that are not committed."""
        return sum((stage.unfinished for stage in self.stages), start=Kept())

    def to_json(self) -> dict[str, JSON]:
        return {
            "name": self.name,
            "holder": self.holder,
            "stages": [stage.to_json() for stage in self.stages],
            "unfinished": self.unfinished.to_json(),
        }


def status(recipe: Recipe, data: Path, journal: Path) -> Status:
    """The recipe's progress as the journal has it; all zero where it never ran.

    Needs no API key and no lock. Raises UsageError where the recipe cannot run at all or the file is no journal.
    """
    workshop = Workshop.of(recipe, data)
    if not journal.is_file():
        return Status(recipe.name, [_unborn(stage) for stage in workshop.stages])
    with Journal.read(journal) as known:
        ends = extents(workshop.stages, workshop.seeds, known)
        waiting = kept(recipe, workshop.stages, known)
        told = [_stage(recipe, stage, known, ends, waiting[stage.name]) for stage in workshop.stages]
        return Status(recipe.name, told, holder(journal))


def _unborn(stage: Stage) -> StageStatus:
    return StageStatus(stage.name, stage.use, stage.target)


def _stage(recipe: Recipe, stage: Stage, journal: Journal, ends: Mapping[str, int], unfinished: Kept) -> StageStatus:
    slots = ends[stage.identity]
    cost = spent(recipe, stage, journal, slots, before(stage, ends))
    return StageStatus(
        stage=stage.name,
        generator=stage.use,
        target=stage.target,
        cursor=slots,
        accepted=journal.visible(stage.identity, slots),
        rejected=journal.rules(stage.identity, slots),
        calls=cost.calls,
        prompt_tokens=cost.usage.prompt_tokens,
        completion_tokens=cost.usage.completion_tokens,
        cached_tokens=cost.usage.cached_tokens,
        reasoning_tokens=cost.usage.reasoning_tokens,
        dollars=cost.dollars,
        spent_by_rule=cost.by_rule,
        endpoints=cost.endpoints,
        operations=journal.accounts.operations(stage.identity, slots),
        unfinished=unfinished,
    )

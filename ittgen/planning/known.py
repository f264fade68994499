"""What the journal knows of a recipe's stages before they run: what is done, and what is stored for slots to come."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ittgen.extent import before, extents, source_of
from ittgen.journal import Journal
from ittgen.spending import Kept, Spent, kept, spent
from ittgen.stages import SEEDS, Stage
from ittgen.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Known:
    """One stage as the journal has it; all zero where it never began."""

    slots: int = 0
    """Committed, as far as they count."""
    rows: int = 0
    spent: Spent = field(default_factory=Spent)
    kept: Kept = field(default_factory=Kept)
    finished: bool = False
    """Whether no slot is left: the target is reached, or all that its source will ever have is worked on."""


def known_of(workshop: Workshop, journal: Journal) -> dict[str, Known]:
    """Stage identity -> what is known of it."""
    ends = extents(workshop.stages, workshop.seeds, journal)
    waiting = kept(workshop.recipe, workshop.stages, journal)
    known: dict[str, Known] = {}
    for stage in workshop.stages:
        slots = ends[stage.identity]
        known[stage.identity] = Known(
            slots,
            journal.visible(stage.identity, slots),
            spent(workshop.recipe, stage, journal, slots, before(stage, ends)),
            waiting[stage.name],
            _finished(workshop, stage, journal, ends, known),
        )
    return known


def _finished(
    workshop: Workshop, stage: Stage, journal: Journal, ends: Mapping[str, int], known: Mapping[str, Known]
) -> bool:
    slots = ends[stage.identity]
    if stage.target is not None and journal.visible(stage.identity, slots) >= stage.target:
        return True
    if stage.source != SEEDS and not known[stage.source].finished:
        return False
    source = source_of(stage, workshop.seeds, journal, ends)
    pool = journal.rows(stage.identity, journal.visible(stage.identity, stage.visible(slots)))
    return stage.generator.plan(stage.slot(slots, source, pool)) is None

"""How much of what the journal holds belongs to a recipe.

A journal may have gone further, towards a higher target that was given up or belongs to another run. A stage ends with
the slot in which its target is reached, or where its generator has no more work on the rows that its source has by
then; so 1,000 after 2,000 gives what 1,000 gives.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import takewhile

from ittgen.journal import Journal
from ittgen.records import Example
from ittgen.stages import SEEDS, Stage


def extents(stages: Sequence[Stage], seeds: Sequence[Example], journal: Journal) -> dict[str, int]:
    """Stage identity -> how many of its committed slots count, for the stages of one recipe in its order."""
    ends: dict[str, int] = {}
    for stage in stages:
        ends[stage.identity] = extent(stage, source_of(stage, seeds, journal, ends), journal)
    return ends


def before(stage: Stage, ends: Mapping[str, int]) -> dict[str, int]:
    """The stages that come before this one, with their ends, from `extents`."""
    return dict(takewhile(lambda item: item[0] != stage.identity, ends.items()))


def source_of(stage: Stage, seeds: Sequence[Example], journal: Journal, ends: Mapping[str, int]) -> Sequence[Example]:
    """What the stage works on: the seeds, or the rows of an earlier stage up to its end."""
    if stage.source == SEEDS:
        return seeds
    return journal.rows(stage.source, journal.visible(stage.source, ends[stage.source]))


def extent(stage: Stage, source: Sequence[Example], journal: Journal) -> int:
    """How many of the stage's committed slots count."""
    cursor = journal.progress(stage.identity).cursor
    if stage.target is not None:
        slot = journal.slot_of(stage.identity, stage.target - 1)
        cursor = cursor if slot is None else min(cursor, slot + 1)

    def beyond(number: int) -> bool:
        pool = journal.rows(stage.identity, journal.visible(stage.identity, stage.visible(number)))
        return stage.generator.plan(stage.slot(number, source, pool)) is None

    if not cursor or not beyond(cursor - 1):
        return cursor
    return bisect_left(range(cursor), True, key=beyond)

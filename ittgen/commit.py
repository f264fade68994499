"""Committing a slot: duplicates found, ids kept unique, provenance filled in, one transaction written.

Called strictly in slot order, so what a draft is compared with never depends on which slot was quicker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ittgen.ask import Asking
from ittgen.generators.base import Work
from ittgen.journal import Journal
from ittgen.neighbours import Neighbours
from ittgen.records import Child, Example, Provenance, Rejection
from ittgen.stages import Stage
from ittgen.steps import Outcome, Progress


class Committer:
    """What a stage has accepted so far, and the judge of what comes next."""

    def __init__(self, stage: Stage, seeds: Sequence[Example], journal: Journal, progress: Progress) -> None:
        self.stage, self.journal = stage, journal
        self.cursor, self.accepted, self.rejected = progress.cursor, progress.accepted, progress.rejected
        self._neighbours = Neighbours(stage, seeds, journal.rows(stage.identity, self.accepted))

    def commit(self, slot: int, work: Work, drafts: Sequence[Child], asking: Asking) -> Outcome:
        """Judge the drafts in their order, write the slot, move the cursor."""
        accepted: dict[str, Example] = {}
        rejected: list[Rejection] = []
        lines: dict[str, frozenset[str]] = {}
        for child in drafts or [Child(Rejection("", "nothing", note="the generator returned no draft"), ())]:
            line = _ancestors(child.parents, lines)
            parents = _others(child.parents or work.parents, child.draft)
            provenance = self._provenance(slot, parents, _root(work.parents), asking)
            verdict = self._judge(child.draft, accepted, line)
            if isinstance(verdict, Rejection):
                rejected.append(replace(verdict, provenance=provenance))
            else:
                accepted[verdict.id] = replace(verdict, provenance=provenance)
                self._neighbours.add(verdict)
            if isinstance(child.draft, Example):  # a chain goes on from a child that was rejected here, too
                lines[child.draft.id] = line
        outcome = Outcome(slot, tuple(accepted.values()), rejected, asking.requests)
        self.journal.commit(self.stage.identity, outcome, self.accepted)
        self.cursor = slot + 1
        self.accepted += len(accepted)
        self.rejected += len(rejected)
        return outcome

    def _judge(
        self, draft: Example | Rejection, siblings: dict[str, Example], line: frozenset[str]
    ) -> Example | Rejection:
        if isinstance(draft, Rejection):
            return draft

        def find(id: str) -> Example | None:
            return siblings.get(id) or self.journal.find(self.stage.identity, id)

        if find(draft.id):
            return Rejection(draft, "duplicate", near=draft.id, note="the stage has this very row already")
        return self._neighbours.judge(draft, line, find) or draft

    def _provenance(self, slot: int, parents: Sequence[str], root: str, asking: Asking) -> Provenance:
        return Provenance(
            stage=self.stage.name,
            generator=self.stage.use,
            slot=slot,
            parents=tuple(parents),
            root=root,
            # Sorted: a generator may ask side by side, and then the order of asking is a matter of latency.
            prompts=tuple(sorted(asking.prompts.items())),
            requests=tuple(sorted(asking.requests)),
            teacher=asking.identity,
        )


def _others(parents: Sequence[Example], draft: Example | Rejection) -> list[str]:
    """Ids of the parents; a row that a stage passes on as it is keeps those that it had."""
    own = draft.id if isinstance(draft, Example) else ""
    kept = [p.provenance.parents if p.provenance else () for p in parents if p.id == own]
    return [*(id for ids in kept for id in ids), *(p.id for p in parents if p.id != own)]


def _ancestors(parents: Sequence[Example], lines: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Ids of everything a child descends from, as far as is known: `lines` has its elder siblings' ancestors."""
    found = {parent.id for parent in parents}.union(*(lines.get(parent.id, ()) for parent in parents))
    for known in (parent.provenance for parent in parents if parent.provenance):
        found |= {known.root, *known.parents}
    return frozenset(found)


def _root(parents: Sequence[Example]) -> str:
    """Where a slot's line of descent began: its only parent's root, or that parent itself."""
    if len(parents) != 1:
        return ""
    known = parents[0].provenance
    return (known.root if known else "") or parents[0].id

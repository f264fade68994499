"""What a stage's drafts are compared with: instructions near to theirs, and the outputs that their tasks have.

Knows what was added and where it stands; writes nothing. A row from elsewhere goes by "other@3:ID" or "more.jsonl:ID",
so that it is never taken for one of the stage's own.
"""

from collections.abc import Callable, Iterable, Sequence

from ittgen.dedup.rouge import RougeIndex
from ittgen.duplicates import POOL, SEEDS, DedupTable
from ittgen.elsewhere import Elsewhere
from ittgen.records import Example, Rejection
from ittgen.stages import Stage
from ittgen.text import digest

Find = Callable[[str], Example | None]
"""The stage's own row with an id."""

SHOWN = 60
"""Characters of an output that a note shows."""


class Neighbours:
    """Everything that a stage compares with, as its `dedup` table says; nothing where it has none."""

    def __init__(self, stage: Stage, seeds: Sequence[Example], rows: Iterable[Example]) -> None:
        """rows: what the stage accepted before."""
        table = stage.dedup
        self._near = _Near(table, table.rouge_l, seeds, stage.elsewhere) if table and table.rouge_l else None
        self._answers = _Answers() if table and table.instances else None
        for row in rows if table else ():
            self.add(row)

    def add(self, row: Example) -> None:
        """Compare with this row from now on."""
        if self._near:
            self._near.add(row)
        if self._answers:
            self._answers.add(row)

    def judge(self, draft: Example, line: frozenset[str], find: Find) -> Rejection | None:
        """Why the draft is a duplicate, if it is; `line` has the ids of its ancestors, which it may be near to."""
        conflict = self._answers.conflict(draft, find) if self._answers else None
        return conflict or (self._near.duplicate(draft, line, find) if self._near else None)


class _Near:
    """Instructions, and the one most like a draft's, wherever it stands."""

    def __init__(
        self, table: DedupTable, limit: float, seeds: Sequence[Example], elsewhere: Sequence[Elsewhere]
    ) -> None:
        self._limit, self._pool = limit, POOL in table.compared
        self._index = RougeIndex(limit, table.tokens)
        self._seeds = {seed.id: seed.instruction for seed in seeds} if SEEDS in table.compared else {}
        self._elsewhere = {found.name: found.instructions for found in elsewhere}
        for id, instruction in self._seeds.items():
            self._index.add(id, instruction)
        for name, instructions in self._elsewhere.items():
            for id, instruction in instructions.items():
                self._index.add(f"{name}:{id}", instruction)

    def add(self, row: Example) -> None:
        if self._pool:
            self._index.add(row.id, row.instruction)

    def duplicate(self, draft: Example, line: frozenset[str], find: Find) -> Rejection | None:
        # An ancestor is one wherever it stands: the version that the seeds are may be compared with, too.
        line |= {f"{name}:{id}" for name in self._elsewhere for id in line}
        near = self._index.nearest(draft.instruction, without=line)
        if near is None:
            return None
        where, instruction = self._place(near.id, find)
        note = f"in {where}: {instruction}"
        return Rejection(draft, "near-duplicate", value=near.score, limit=self._limit, near=near.id, note=note)

    def _place(self, id: str, find: Find) -> tuple[str, str]:
        """(where the neighbour stands, its instruction), for people to compare."""
        if id in self._seeds:
            return "the seeds", self._seeds[id]
        name, _, bare = id.rpartition(":")
        if name:
            return name, self._elsewhere[name][bare]
        row = find(id)
        return "the pool", row.instruction if row else ""


class _Answers:
    """Which row answered a task first."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def add(self, row: Example) -> None:
        if row.output:
            self._first.setdefault(_task(row), row.id)

    def conflict(self, draft: Example, find: Find) -> Rejection | None:
        first = self._first.get(_task(draft)) if draft.output else None
        earlier = find(first) if first else None
        if earlier is None or earlier.output == draft.output:
            return None
        note = f"{_short(earlier.output)} before, {_short(draft.output)} now"
        return Rejection(draft, "conflicting-outputs", value=draft.input or None, near=earlier.id, note=note)


def _task(row: Example) -> str:
    """What an output answers, as a digest."""
    return digest([row.system, row.instruction, row.input])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f'"{line[:SHOWN]}{"…" if len(line) > SHOWN else ""}"'

"""What a slot came to, and how it lies in the journal's tables. Knows records and rows of SQLite, nothing of stages."""

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from ittgen.calls import Request, Response
from ittgen.records import Example, Rejection
from ittgen.text import canonical, well_formed

PAGE = 500

AnswerRow = tuple[str, str, str, str, float]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one slot came to, in the order of its drafts; committed as one transaction."""

    slot: int
    accepted: Sequence[Example]
    rejected: Sequence[Rejection]
    asked: Sequence[str]
    """Request keys."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage came: slots below `cursor` are committed."""

    cursor: int = 0
    accepted: int = 0
    rejected: int = 0


class Rows(Sequence[Example]):
    """A stage's first `length` rows as a sequence; indexing reads one row, iterating reads page by page."""

    def __init__(self, db: sqlite3.Connection, identity: str, length: int) -> None:
        self._db, self._identity, self._length = db, identity, length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Example: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Example]: ...
    def __getitem__(self, index: int | slice) -> Example | Sequence[Example]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        position = range(self._length)[index]
        query = "SELECT example FROM accepted WHERE stage = ? AND position = ?"
        return Example.from_json(json.loads(self._db.execute(query, (self._identity, position)).fetchone()[0]))

    def __iter__(self) -> Iterator[Example]:
        query = "SELECT example FROM accepted WHERE stage = ? AND position >= ? AND position < ? ORDER BY position"
        for start in range(0, self._length, PAGE):
            page = (self._identity, start, min(start + PAGE, self._length))
            for (text,) in self._db.execute(query, page).fetchall():
                yield Example.from_json(json.loads(text))


def answer_row(request: Request, response: Response) -> AnswerRow:
    return request.key, request.label, request.text, well_formed(canonical(response.to_json())), time.time()


def example_rows(identity: str, outcome: Outcome, position: int) -> Iterator[tuple[str, int, int, str, str]]:
    for i, example in enumerate(outcome.accepted):
        yield identity, position + i, outcome.slot, example.id, canonical(example.to_json())


def rejection_rows(identity: str, outcome: Outcome) -> Iterator[tuple[str, int, int, str, str]]:
    for n, rejection in enumerate(outcome.rejected):
        yield identity, outcome.slot, n, rejection.rule, canonical(rejection.to_json())

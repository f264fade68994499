"""Many pieces judged at once, here or in another process. Knows pieces and rules, and writes nothing."""

import json
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ittgen.errors import Blame
from ittgen.formats import Form
from ittgen.linting.forms import same_form
from ittgen.linting.pieces import Piece
from ittgen.linting.rows import Linted, linted
from ittgen.linting.rules import Rules

CHUNK = 2**18
"""Bytes of rows that are judged at once: some hundred rows, a fraction of a second."""
EXAMPLES = 3
"""Rows shown of each rule."""
SHOWN = 90
"""Characters shown of a row."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every chunk of a file."""

    path: str
    unit: str
    """What a piece's number counts: "line" or "row"."""
    form: Form
    rules: tuple[str, ...] | None
    told: bool
    """Whether every row's findings are wanted as JSON."""


@dataclass(slots=True)
class Tally:
    """What was found, in numbers, and some examples by rule."""

    rows: int = 0
    mended: int = 0
    """Rows that are good once mended."""
    rejected: int = 0
    found: Counter[str] = field(default_factory=Counter)
    """Rows by rule."""
    fixable: Counter[str] = field(default_factory=Counter)
    """Rows by rule, where the rule mended what it found."""
    examples: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    """By rule: line, what was found, what the row says."""

    def add(self, row: Linted) -> None:
        self.rows += 1
        self.mended += bool(row.findings) and row.keep
        self.rejected += not row.keep
        self.found.update({finding.rule for finding in row.findings})
        self.fixable.update({finding.rule for finding in row.findings if finding.mended})
        for finding in row.findings:
            told = finding.to_json()
            words = [str(told["value"])] if told["value"] not in (None, "") else []
            words += [str(told["note"])] if told["note"] else []
            self._show(finding.rule, (row.line, _short(", ".join(words)), _short(row.text)))

    def merge(self, other: "Tally") -> None:
        self.rows += other.rows
        self.mended += other.mended
        self.rejected += other.rejected
        self.found.update(other.found)
        self.fixable.update(other.fixable)
        for rule, examples in other.examples.items():
            for example in examples:
                self._show(rule, example)

    def _show(self, rule: str, example: tuple[int, str, str]) -> None:
        if len(shown := self.examples.setdefault(rule, [])) < EXAMPLES:
            shown.append(example)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a chunk: the pieces to keep, the lines to say, in order."""

    tally: Tally
    kept: list[bytes]
    rejected: list[bytes]
    told: list[bytes]


def chunks(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces by the handful, in order."""
    handful: list[Piece] = []
    size = 0
    for piece in pieces:
        handful.append(piece)
        size += len(piece.raw)
        if size >= CHUNK:
            yield handful
            handful, size = [], 0
    if handful:
        yield handful


def judge(job: Job, rules: Rules, pieces: Sequence[Piece]) -> Judged:
    """Judge each piece's row. Raises UsageError, with the line, for what is no row of this file's form."""
    judged = Judged(Tally(), [], [], [])
    for piece in pieces:
        where = f"{job.path}, {job.unit} {piece.number}"
        row = piece.row(where)
        same_form(row, job.form, where)
        with Blame(f"at {where}"):
            found = linted(row, job.form, rules, piece.number)
        _add(judged, job, piece, row, found)
    return judged


def _add(judged: Judged, job: Job, piece: Piece, row: Any, found: Linted) -> None:
    judged.tally.add(found)
    if found.keep:
        judged.kept.append(piece.raw if found.fixed is None else piece.saying(found.fixed))
    else:
        judged.rejected.append(_rejected(found, piece, row))
    if job.told:
        judged.told.append(_line(found.to_json()))


def _rejected(found: Linted, piece: Piece, row: Any) -> bytes:
    """The findings and the row; where it stands in one line it is written as it stands."""
    bare = piece.raw.removeprefix(BOM_UTF8).strip()
    about = {"line": found.line, "rules": [finding.to_json() for finding in found.findings]}
    return _line(about)[:-2] + b', "row": ' + (_line(row)[:-1] if b"\n" in bare else bare) + b"}\n"


def _line(value: object) -> bytes:
    """One line of JSON; what cannot be written as UTF-8 is escaped."""
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode() + b"\n"


def _short(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * SHOWN]).split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


# In another process


def begin() -> None:
    """Make this process one that works for another: Ctrl-C is for that one."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def judge_elsewhere(job: Job, pieces: Sequence[Piece]) -> Judged:
    """`judge` with rules that this process builds once."""
    return judge(job, _rules(job.rules), pieces)


@cache
def _rules(names: tuple[str, ...] | None) -> Rules:
    return Rules.named(names)

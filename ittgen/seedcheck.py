"""What is odd about a file of seed tasks, line by line, before anything grows from it.

Reads one file and judges its tasks alone; it knows no recipe, and drops or mends nothing. An "error" is what makes a
seed useless or counts it twice; a "notice" is what a person may want to look at, such as a seed that is much like an
earlier one: the Self-Instruct paper's own filters (https://arxiv.org/abs/2212.10560, section 2.2) would drop 3 of its
own 175 seeds, and all three are good tasks.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ittgen.dedup.rouge import RougeIndex
from ittgen.errors import SeedError
from ittgen.filters.base import Filter
from ittgen.filters.heuristics import FirstCharacter, Keywords, Length, StartsWith
from ittgen.filters.returned import SameAsInput
from ittgen.records import Example
from ittgen.seeds import load, numbered
from ittgen.text import JSON

NEAR = 0.7
"""ROUGE-L above which two instructions are near-duplicates, as in the paper."""
FILTERS: tuple[Filter, ...] = (Length(), Keywords(), StartsWith(), FirstCharacter(non_ascii=True), SameAsInput())
"""The paper's filters, every one of them with the paper's numbers."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing about one line."""

    line: int
    """Counted from 1, blank lines included."""
    id: str
    """The seed's own id; empty where its line has none."""
    rule: str
    note: str
    severity: Literal["error", "notice"]

    def to_json(self) -> dict[str, JSON]:
        return {"line": self.line, "id": self.id, "rule": self.rule, "note": self.note, "severity": self.severity}


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What a seed file holds, and what is odd about it."""

    path: Path
    rows: int
    """Lines that are seeds."""
    counts: Mapping[str, int]
    """Kind -> seeds; kinds are the field `kind`, or "classification" and "generation" where a line has none."""
    faults: tuple[Fault, ...]
    """In the order of the lines."""

    @property
    def errors(self) -> int:
        """Faults that ought to be mended."""
        return sum(fault.severity == "error" for fault in self.faults)

    @property
    def notices(self) -> int:
        return len(self.faults) - self.errors

    def to_json(self) -> dict[str, JSON]:
        return {
            "path": str(self.path),
            "rows": self.rows,
            "counts": dict(self.counts),
            "errors": self.errors,
            "notices": self.notices,
            "faults": [fault.to_json() for fault in self.faults],
        }


@dataclass(frozen=True, slots=True)
class _Seed:
    line: int
    example: Example

    @property
    def id(self) -> str:
        own = self.example.meta.get("id")
        return "" if own is None else str(own)

    @property
    def kind(self) -> str:
        kind = self.example.meta.get("kind")
        return str(kind) if kind else "classification" if self.classifies else "generation"

    @property
    def classifies(self) -> bool:
        return self.example.meta.get("is_classification") is True

    @property
    def instances(self) -> Sequence[tuple[str, str]]:
        """(input, output) of every instance."""
        listed: Any = self.example.meta.get("instances")
        if listed is None:
            return [(self.example.input, self.example.output)]
        return [(str(i.get("input", "")), str(i.get("output", ""))) for i in listed]

    def error(self, rule: str, note: str) -> Fault:
        return Fault(self.line, self.id, rule, note, "error")

    def notice(self, rule: str, note: str) -> Fault:
        return Fault(self.line, self.id, rule, note, "notice")


def check(path: Path) -> SeedReport:
    """Everything odd about the file's seeds. Raises SeedError when the file cannot be read or no line is a seed."""
    seeds: list[_Seed] = []
    faults: list[Fault] = []
    for line, read in numbered(path):
        if isinstance(read, SeedError):
            faults.append(Fault(line, "", "unreadable", _bare(read, path, line), "error"))
        else:
            seeds.append(_Seed(line, read))
    if not seeds:
        load(path)
    faults += [*_doubled_ids(seeds), *_copies(seeds)]
    for seed in seeds:
        faults += [*_unanswered(seed), *_filtered(seed), *_unnamed_labels(seed)]
    kinds = Counter(seed.kind for seed in seeds)
    return SeedReport(path, len(seeds), dict(kinds.most_common()), tuple(sorted(faults, key=lambda f: f.line)))


def _bare(error: SeedError, path: Path, line: int) -> str:
    """What is wrong, without the file and the line, which stand beside it already."""
    text = str(error)
    for place in (f"seeds {path}, ", f"line {line}: ", f"row {line}: "):
        text = text.removeprefix(place)
    return re.sub(r"line 1 column (\d+) \(char \d+\)$", r"column \1", text)


def _doubled_ids(seeds: Sequence[_Seed]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for seed in seeds:
        if "id" not in seed.example.meta:
            continue
        line = first.setdefault(seed.id, seed.line)
        if line != seed.line:
            yield seed.error("doubled-id", f"line {line} has this id too")


def _copies(seeds: Sequence[_Seed]) -> Iterator[Fault]:
    """Instructions that an earlier line has too, letter for letter or nearly; blanks around them apart."""
    index, lines, by_line = RougeIndex(NEAR, "unicode"), dict[str, int](), {seed.line: seed for seed in seeds}
    for seed in seeds:
        text = seed.example.instruction.strip()
        near = index.nearest(text)
        if text in lines:
            yield seed.error("duplicate", f"the instruction of {_place(by_line[lines[text]])}")
        elif near:
            other = by_line[int(near.id)]
            note = f'ROUGE-L {near.score:.2f} with {_place(other)}: "{other.example.instruction}"'
            yield seed.notice("near-duplicate", note)
        lines.setdefault(text, seed.line)
        index.add(str(seed.line), text)


def _place(seed: _Seed) -> str:
    return f"line {seed.line} ({seed.id})" if seed.id else f"line {seed.line}"


def _unanswered(seed: _Seed) -> Iterator[Fault]:
    several = len(seed.instances) > 1
    for number, (_, output) in enumerate(seed.instances, 1):
        if not output.strip():
            yield seed.error("no-answer", f"instance {number} has no output" if several else "no output")


def _filtered(seed: _Seed) -> Iterator[Fault]:
    """What the paper's filters would say, had a teacher written this row."""
    for rule in FILTERS:
        if verdict := rule(seed.example):
            parts = {"": verdict.note or None, "value ": verdict.value, "limit ": verdict.limit}
            said = [f"{word}{part}" for word, part in parts.items() if part is not None]
            yield seed.notice(verdict.rule, ", ".join(said))


def _unnamed_labels(seed: _Seed) -> Iterator[Fault]:
    """Labels of which neither the instruction nor the input has a single word: a reader cannot know them."""
    for given, output in seed.instances if seed.classifies else ():
        shown = f"{seed.example.instruction}\n{given}".casefold()
        if output.strip() and not any(word in shown for word in re.findall(r"\w+", output.casefold())):
            yield seed.notice("label-not-named", f'neither instruction nor input names the label "{output.strip()}"')

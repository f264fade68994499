"""What do the filters catch and what do they cost? Every rule asked of every row of the labelled set.

    .venv/bin/python benchmarks/labelled.py > table.md
    .venv/bin/python benchmarks/labelled.py --file tests/labelled/heldout.jsonl > heldout.md

Prints markdown: the default rules beside those of the papers, bad rows found by class, good rows kept by kind and by
language, and what each rule finds. A rule finds a row when it rejects it or would mend it; each is asked of the row as
it stands, whatever the others say. tests/labelled/README.md tells what the rows are.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ittgen import plugins
from ittgen.filters.base import Filter, mended, verdict
from ittgen.filters.defaults import DEFAULT
from ittgen.records import Example
from ittgen.text import JSON

LABELLED = Path(__file__).parent.parent / "tests" / "labelled"

DEVELOPED = (LABELLED / "bad.jsonl", LABELLED / "good.jsonl")
"""The files that the rules are improved with; the held-out one is read only when it is named."""

PAPERS: dict[str, dict[str, JSON]] = {
    "length": {},
    "keywords": {},
    "starts-with": {},
    "first-character": {"non_ascii": True},
    "ends-with-colon": {},
}
"""The rules of Self-Instruct as the paper has them; name -> options."""

UNSEEN = frozenset({"wrong-answer", "off-topic", "constraint-ignored"})
"""Classes of bad rows that take knowledge or judgement: no rule is expected to see them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the set; `sort` is the class of a bad row, the kind of a good one."""

    id: str
    lang: str
    good: bool
    sort: str
    example: Example


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and the names of the rules that find it."""

    row: Row
    found: frozenset[str]


@dataclass(frozen=True, slots=True)
class Share:
    """So many out of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 0.0

    def __str__(self) -> str:
        return f"{self.part} of {self.whole} ({self.value:.1%})" if self.whole else "-"


def load(files: Iterable[Path] = DEVELOPED) -> list[Row]:
    """All rows of the files, one file after the other."""
    return [_row(json.loads(line)) for path in files for line in _lines(path)]


def defaults() -> dict[str, Filter]:
    """Name -> filter of every rule that is on by default."""
    return {name: plugins.build("filter", name, {}, "the labelled set") for name in DEFAULT}


def papers() -> dict[str, Filter]:
    """Name -> filter of the papers' rules."""
    return {name: plugins.build("filter", name, options, "the labelled set") for name, options in PAPERS.items()}


def judged(rows: Iterable[Row], rules: Mapping[str, Filter]) -> list[Judged]:
    """Each row with the rules that find it."""
    return [Judged(row, frozenset(name for name, rule in rules.items() if finds(rule, row.example))) for row in rows]


def finds(rule: Filter, example: Example) -> bool:
    """Whether the rule rejects the row or would mend it."""
    return mended(rule, example) is not example or verdict(rule, example) is not None


def caught(rows: Iterable[Judged]) -> Share:
    """Of the bad rows that rules can see, those that some rule finds."""
    return _share([bool(r.found) for r in rows if not r.row.good and r.row.sort not in UNSEEN])


def kept(rows: Iterable[Judged]) -> Share:
    """Of the good rows, those that no rule finds."""
    return _share([not r.found for r in rows if r.row.good])


def dropped(rows: Iterable[Judged], rule: str) -> Share:
    """Of the good rows, those that this rule finds."""
    return _share([rule in r.found for r in rows if r.row.good])


def report(rows: Sequence[Row], ours: Mapping[str, Filter], theirs: Mapping[str, Filter]) -> str:
    """The tables, as markdown."""
    by_ours, by_theirs = judged(rows, ours), judged(rows, theirs)
    good, bad = [r for r in by_ours if r.row.good], [r for r in by_ours if not r.row.good]
    theirs_of = {r.row.id: r for r in by_theirs}
    tables = [
        _heading(rows),
        _table(["rules", "bad found, of those rules can see", "good kept"], _totals(by_ours, by_theirs)),
        _table(["class", "found by its own rule", "by any default rule", "by the papers'"], _classes(bad, theirs_of)),
        _table(["kind", "kept by the default rules", "by the papers'"], _kept(good, theirs_of, _sort)),
        _table(["language", "good kept by the default rules", "by the papers'"], _kept(good, theirs_of, _lang)),
        _table(["rule", "good dropped", "bad found"], [*_rules(by_ours, ours), *_rules(by_theirs, theirs)]),
    ]
    return "\n".join(tables)


def main() -> None:
    print(report(load(_files()), defaults(), papers()), end="")


# Reading


def _files() -> Sequence[Path]:
    parser = argparse.ArgumentParser(description="What the filters find in the labelled set.")
    parser.add_argument("--file", type=Path, action="append", help="read this file; may be repeated")
    return parser.parse_args().file or DEVELOPED


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text(encoding="utf-8").split("\n") if line)


def _row(data: Mapping[str, object]) -> Row:
    good = data["label"] == "good"
    sort = data["kind" if good else "class"]
    return Row(str(data["id"]), str(data["lang"]), good, str(sort), Example.from_json(data))


# Counting and printing


def _heading(rows: Sequence[Row]) -> str:
    good, languages = sum(row.good for row in rows), len({row.lang for row in rows})
    return f"{len(rows)} rows in {languages} languages: {good} good, {len(rows) - good} bad.\n"


def _totals(ours: Sequence[Judged], theirs: Sequence[Judged]) -> list[list[str]]:
    return [[name, str(caught(r)), str(kept(r))] for name, r in (("default", ours), ("the papers'", theirs))]


def _classes(bad: Sequence[Judged], theirs: Mapping[str, Judged]) -> Iterator[list[str]]:
    for name, group in _groups(bad, _sort).items():
        own = "-" if name in UNSEEN else str(_share([name in r.found for r in group]))
        found = _share([bool(r.found) for r in group])
        yield [name, own, str(found), str(_share([bool(theirs[r.row.id].found) for r in group]))]


def _kept(good: Sequence[Judged], theirs: Mapping[str, Judged], by: Callable[[Row], str]) -> Iterator[list[str]]:
    for name, group in _groups(good, by).items():
        yield [name, str(kept(group)), str(kept(theirs[r.row.id] for r in group))]


def _rules(rows: Sequence[Judged], rules: Iterable[str]) -> Iterator[list[str]]:
    for name in rules:
        yield [name, str(dropped(rows, name)), str(_share([name in r.found for r in rows if not r.row.good]))]


def _sort(row: Row) -> str:
    return row.sort


def _lang(row: Row) -> str:
    return row.lang


def _groups(rows: Iterable[Judged], by: Callable[[Row], str]) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = {}
    for judged_row in rows:
        groups.setdefault(by(judged_row.row), []).append(judged_row)
    return dict(sorted(groups.items()))


def _share(answers: Sequence[bool]) -> Share:
    return Share(sum(answers), len(answers))


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, rule, *lines))


if __name__ == "__main__":
    main()

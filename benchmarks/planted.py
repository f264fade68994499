"""Do the default rules find the faults that a careless teacher is known to have made?

    .venv/bin/python benchmarks/planted.py [ROWS] > table.md

Grows rows with the procedural teacher, noise 0.3 and no filter: half of them answers ("distill", which here lets pass
what it would itself refuse: refusals, and answers cut off), half of them instances of tasks ("instances"). The teacher
marks each reply with the faults that it planted; the mark stands where a server's request number does, so it reaches
the journal and no row, and no filter and no parser sees it. Each row is joined with the marks of its replies, each
default rule is asked about it, and a markdown table is printed.

Tasks, and inputs of the tasks to be answered, come from the same teacher with noise 0, so that every fault is one of
the replies measured. `UNSEEN` says which faults no rule can see, and why; rows with these alone are counted apart,
neither caught nor clean.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ittgen import api
from ittgen.calls import Response
from ittgen.journal import Journal
from ittgen.linting.rules import Rules
from ittgen.recipe import Recipe
from ittgen.records import Example
from ittgen.teachers.procedural.answers import MARK

NOISE = 0.3
ROWS = 1000

UNSEEN: Mapping[str, str] = {
    "wrong answer": "one letter or digit is another: whoever has not worked it out cannot know",
    "contradiction": "the output of another row with the word not before it: wrong, and well formed",
    "opening words": "talk before an answer that follows: a matter of taste, the answer is there",
    "preamble (around)": "before the list of instances; the parser takes it off",
    "chatter (around)": "after the list of instances; the parser takes it off",
    "cut off (around)": "the parser leaves out the instance that is cut; this one is whole",
    "input in words": "the parser makes no input of it",
    "repeated": "a row that is there twice: dedup, not a filter",
    "no output": "the parser makes no row of it",
    "adorned (around)": "how the teacher said whether the task is a classification; no part of the row",
}
"""Faults that no rule is expected to find in a row by itself, and why; "around": of a reply, not of this row in it."""

SEEN = ("apology", "refusal", "evasion", "only signs", "empty words", "cut off", "echo", "no answer")
"""Faults that a rule can see."""

_ITEM = re.compile(r"(.+) in (\d+)")
_BLOCKS = re.compile(r"^(?=Example \d+\n|Class label:)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Planted:
    """A row, what was planted in it, and the rules that find it."""

    example: Example
    faults: tuple[str, ...]
    found: tuple[str, ...]


def recipes(rows: int, seed: int = 1) -> Iterator[Recipe]:
    """Two that together make about so many rows."""
    tidy = {"use": "procedural", "noise": 0.0, "seed": seed}
    careless = {"use": "procedural", "noise": NOISE, "seed": seed}
    propose = {"name": "propose", "teacher": "tidy", "generator": {"use": "self-instruct"}, "target": rows // 2}
    instances = {"name": "instances", "source": "propose", "generator": {"use": "instances"}, "target": rows // 2}
    answers = {"name": "answers", "source": "instances", "target": rows - rows // 2, "generator": _answering()}
    common = {"seed": seed, "seeds": "general", "teacher": careless, "teachers": {"tidy": tidy}}
    yield _recipe({"name": "instances", **common, "stage": [propose, instances]})
    yield _recipe({"name": "answers", **common, "stage": [propose, {**instances, "teacher": "tidy"}, answers]})


def grown(rows: int, seed: int = 1) -> list[Planted]:
    """So many rows, grown in a folder that is gone afterwards, each with its faults and what finds it."""
    with TemporaryDirectory() as folder:
        data, journal = Path(folder) / "data", Path(folder) / "journal.sqlite"
        made = [
            list(api.grow(recipe, data=data, journal=journal, min_acceptance=0, progress="none"))
            for recipe in recipes(rows, seed)
        ]
        rules = Rules.named()
        with Journal.read(journal) as stored:
            return [_planted(example, stored, rules) for examples in made for example in examples]


def caught(rows: Iterable[Planted], fault: str) -> tuple[int, int]:
    """(rows found, rows) with this fault and no other."""
    found = [bool(row.found) for row in rows if row.faults == (fault,)]
    return sum(found), len(found)


def flagged(rows: Iterable[Planted]) -> list[Planted]:
    """Rows without any fault that a rule finds all the same."""
    return [row for row in rows if row.found and not row.faults]


def faults_in(rows: Iterable[Planted]) -> list[str]:
    """The faults there are, those that rules can see first."""
    there = {fault for row in rows for fault in row.faults}
    return [*(fault for fault in SEEN if fault in there), *sorted(there - set(SEEN))]


def report(rows: Sequence[Planted]) -> str:
    """The tables, as markdown."""
    clean = [row for row in rows if not row.faults]
    lines = [
        f"{len(rows)} rows grown with noise {NOISE}: {len(clean)} clean, {len(rows) - len(clean)} with faults.",
        "",
        f"Clean rows flagged: {_share(len(flagged(rows)), len(clean))}; by {_rules(flagged(rows))}.",
        "",
        "| fault planted | rows with it alone | caught | by | can a rule see it? |",
        "|---|---:|---:|---|---|",
    ]
    return "\n".join([*lines, *(_line(rows, fault) for fault in faults_in(rows)), ""])


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    print(report(grown(rows)), end="")


# Growing


def _answering() -> dict[str, object]:
    return {"use": "distill", "replace_outputs": True, "truncated": "keep", "refusal_words": 0}


def _recipe(said: Mapping[str, object]) -> Recipe:
    return Recipe.model_validate(said)


# Joining rows with marks


def _planted(example: Example, journal: Journal, rules: Rules) -> Planted:
    keys = example.provenance.requests if example.provenance else ()
    replies = [reply for key in keys if (reply := journal.answer(key))]
    faults = {fault for reply in replies for fault in _faults(example, reply)}
    found, _ = rules.judge(example)
    return Planted(example, tuple(sorted(faults)), tuple(sorted({finding.rule for finding in found})))


def _faults(example: Example, reply: Response) -> Iterator[str]:
    """The reply's faults that concern this row; those of an item concern the row made of that item."""
    marks = reply.request_id.removeprefix(MARK).split("; ") if reply.request_id.startswith(MARK) else []
    answers = example.provenance is not None and example.provenance.stage == "answers"
    for mark in marks:
        item = _ITEM.fullmatch(mark)
        if item is None:
            yield mark if answers else f"{mark} (around)"
        elif int(item[2]) in _items(example, reply.text):
            yield item[1]


def _items(example: Example, text: str) -> list[int]:
    """The places in a list of instances that may have become this row."""
    blocks = [block for block in _BLOCKS.split(text) if _BLOCKS.match(block)]
    return [i for i, block in enumerate(blocks, 1) if example.input in block and example.output in block]


# Printing


def _line(rows: Sequence[Planted], fault: str) -> str:
    found, there = caught(rows, fault)
    own = [row for row in rows if row.faults == (fault,)]
    return f"| {fault} | {there} | {_share(found, there)} | {_rules(own)} | {UNSEEN.get(fault, 'yes')} |"


def _rules(rows: Iterable[Planted]) -> str:
    times: dict[str, int] = {}
    for rule in (rule for row in rows for rule in row.found):
        times[rule] = times.get(rule, 0) + 1
    return ", ".join(f"{rule} {count}" for rule, count in sorted(times.items(), key=lambda pair: -pair[1])) or "none"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "-"


if __name__ == "__main__":
    main()

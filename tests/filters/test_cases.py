"""Every rule's planted cases: what it must catch, and what looks much like it and must be kept.

`cases/<rule>.jsonl` has one JSON object a line: "caught", "instruction", "input", "output", "system", "meta", "scores";
"options" for a rule that needs some; "lang" and "why" for people. A rule that mends catches what it changes.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ittgen import plugins
from ittgen.filters.base import Filter, Mender, mended, screen, verdict
from ittgen.filters.defaults import DEFAULT
from ittgen.records import Example

FILES = sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
LEAST = 8
"""Cases of each kind that a file must have at least."""

Case = dict[str, Any]


def cases(path: Path) -> list[tuple[str, Case]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(f"{path.stem}-{number}", json.loads(line)) for number, line in enumerate(lines, 1) if line.strip()]


ALL = [(path.stem, name, case) for path in FILES for name, case in cases(path)]


def example(case: Case) -> Example:
    texts = {name: case[name] for name in ("input", "output", "system", "reasoning") if name in case}
    return Example(case["instruction"], **texts, meta=case.get("meta", {}), scores=case.get("scores", {}))


@cache
def built(rule: str, options: str) -> Filter:
    found: Filter = plugins.build("filter", rule, json.loads(options), "cases")
    return found


def rule_of(rule: str, case: Case) -> Filter:
    return built(rule, json.dumps(case.get("options", {})))


@pytest.mark.parametrize(("rule", "case"), [(rule, case) for rule, _, case in ALL], ids=[name for _, name, _ in ALL])
def test_a_rule_catches_what_is_planted_and_keeps_what_only_looks_like_it(rule: str, case: Case) -> None:
    asked, row = rule_of(rule, case), example(case)
    said, better = verdict(asked, row), mended(asked, row)
    assert bool(said or better != row) == case["caught"], (said, case.get("why"))
    assert said is None or said.rule == rule
    assert (better is row) == (better == row)


@pytest.mark.parametrize(("rule", "case"), [(rule, case) for rule, _, case in ALL], ids=[name for _, name, _ in ALL])
def test_what_is_mended_is_mended_once_and_for_all(rule: str, case: Case) -> None:
    asked, row = rule_of(rule, case), example(case)
    better = screen(row, [asked])
    if isinstance(asked, Mender) and isinstance(better, Example):
        assert asked.mend(better) is better and asked(better) is None


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_cases_are_of_both_kinds_and_in_several_languages(path: Path) -> None:
    kinds = [case["caught"] for _, case in cases(path)]
    assert kinds.count(True) >= LEAST and kinds.count(False) >= LEAST
    assert not all(case["instruction"].isascii() and case["output"].isascii() for _, case in cases(path))


def test_every_default_rule_has_its_cases() -> None:
    assert not set(DEFAULT) - {path.stem for path in FILES} and len(set(DEFAULT)) == len(DEFAULT)

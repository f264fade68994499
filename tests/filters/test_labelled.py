"""The default rules on the labelled set: each is precise, together they find most of what rules can see."""

import json
from collections import Counter

import pytest

from benchmarks import labelled
from ittgen.filters.defaults import DEFAULT

LINES = [
    json.loads(line)
    for path in sorted(labelled.LABELLED.glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").split("\n")
    if line
]


@pytest.fixture(scope="module")
def rows() -> list[labelled.Row]:
    return labelled.load()


@pytest.fixture(scope="module")
def judged(rows: list[labelled.Row]) -> list[labelled.Judged]:
    return labelled.judged(rows, labelled.defaults())


# The set


def test_every_row_has_its_own_id_and_text() -> None:
    rows = labelled.load(sorted(labelled.LABELLED.glob("*.jsonl")))
    assert not [name for name, times in Counter(row.id for row in rows).items() if times > 1]
    assert not [text for text, times in Counter(row.example.id for row in rows).items() if times > 1]


def test_the_set_is_large_and_speaks_many_languages(rows: list[labelled.Row]) -> None:
    assert len(rows) >= 320
    for good in (True, False):
        spoken = Counter(row.lang for row in rows if row.good is good)
        assert len(spoken) >= 10
        assert spoken["en"] <= 0.55 * spoken.total()


def test_every_line_has_the_fields_of_its_label_and_no_others() -> None:
    common = {"id", "lang", "label", "instruction", "input", "output"}
    for line in LINES:
        own = {"good": "kind", "bad": "class"}[line["label"]]
        assert line.keys() - {"meta", "system"} == common | {own}, line["id"]


def test_every_class_is_a_default_rule_or_beyond_rules_and_every_rule_has_six_rows_in_three_languages(
    rows: list[labelled.Row],
) -> None:
    bad = [row for row in rows if not row.good]
    assert {row.sort for row in bad} == set(DEFAULT) | labelled.UNSEEN
    for rule in DEFAULT:
        own = [row for row in bad if row.sort == rule]
        assert len(own) >= 6, rule
        assert len({row.lang for row in own}) >= 3, rule


def test_the_readme_explains_every_class_and_every_kind(rows: list[labelled.Row]) -> None:
    told = (labelled.LABELLED / "README.md").read_text(encoding="utf-8")
    assert not {row.sort for row in rows if f"`{row.sort}`" not in told}


# The rules


@pytest.mark.parametrize("rule", DEFAULT)
def test_a_default_rule_drops_at_most_one_good_row_in_a_hundred(judged: list[labelled.Judged], rule: str) -> None:
    lost = [r.row.id for r in judged if r.row.good and rule in r.found]
    assert labelled.dropped(judged, rule).value <= 0.01, lost


@pytest.mark.parametrize("rule", DEFAULT)
def test_a_default_rule_finds_most_rows_of_its_own_class(judged: list[labelled.Judged], rule: str) -> None:
    own = [r for r in judged if r.row.sort == rule]
    missed = [r.row.id for r in own if rule not in r.found]
    assert len(missed) <= len(own) / 2, missed


def test_the_default_rules_find_most_of_the_bad_that_rules_can_see(judged: list[labelled.Judged]) -> None:
    missed = [r.row.id for r in judged if not r.row.good and not r.found]
    assert labelled.caught(judged).value >= 0.85, missed


def test_the_default_rules_keep_nearly_all_of_the_good(judged: list[labelled.Judged]) -> None:
    lost = {r.row.id: sorted(r.found) for r in judged if r.row.good and r.found}
    assert labelled.kept(judged).value >= 0.98, lost


def test_the_papers_rules_do_worse_on_both_counts(rows: list[labelled.Row], judged: list[labelled.Judged]) -> None:
    theirs = labelled.judged(rows, labelled.papers())
    assert labelled.caught(theirs).value < labelled.caught(judged).value
    assert labelled.kept(theirs).value < labelled.kept(judged).value


def test_the_report_says_what_was_counted(rows: list[labelled.Row], judged: list[labelled.Judged]) -> None:
    said = labelled.report(rows, labelled.defaults(), labelled.papers())
    assert f"| default | {labelled.caught(judged)} | {labelled.kept(judged)} |" in said
    assert all(f"| {rule} |" in said for rule in (*DEFAULT, *labelled.PAPERS))

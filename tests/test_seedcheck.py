"""Every planted fault is found once, on its line, and a good file has none."""

import json
from pathlib import Path
from typing import Any

import pytest

from ittgen import resources
from ittgen.errors import SeedError
from ittgen.seedcheck import FILTERS, Fault, SeedReport, check


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.jsonl"


def task(instruction: str, *outputs: str, given: str = "", **more: Any) -> dict[str, Any]:
    return {"instruction": instruction, "instances": [{"input": given, "output": o} for o in outputs], **more}


RIVERS = task("Name three rivers in South America.", "Amazon, Orinoco, Maipo", id="a")
POEM = task("Write a short poem about winter mornings.", "Frost on the pane", id="b")
LABEL = task("Is the review positive or negative?", "Positive", given="Lovely!", id="c", is_classification=True)


def checked(path: Path, *lines: dict[str, Any] | str) -> SeedReport:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return check(path)


def test_good_seeds_have_no_faults_and_are_counted_by_kind(path: Path) -> None:
    report = checked(path, RIVERS, POEM, LABEL, task("Add the two numbers given below.", "3", given="1 2", kind="sums"))
    assert report == SeedReport(path, 4, {"generation": 2, "classification": 1, "sums": 1}, ())
    assert (report.errors, report.notices) == (0, 0)


PLANTED: dict[str, tuple[dict[str, Any] | str, Fault]] = {
    "not JSON": ('{"instruction": ', Fault(4, "", "unreadable", "not JSON: Expecting value: column 17", "error")),
    "no seed": ('{"question": "x"}', Fault(4, "", "unreadable", '"instruction" is missing', "error")),
    "the same instruction": (
        task("  Name three rivers in South America.", "Amazon", id="d"),
        Fault(4, "d", "duplicate", "the instruction of line 1 (a)", "error"),
    ),
    "nearly the same instruction": (
        task("Name three rivers in North America.", "Yukon", id="d"),
        Fault(
            4, "d", "near-duplicate", 'ROUGE-L 0.83 with line 1 (a): "Name three rivers in South America."', "notice"
        ),
    ),
    "an id that is taken": (
        task("Explain how a kettle boils water.", "Heat.", id="b"),
        Fault(4, "b", "doubled-id", "line 2 has this id too", "error"),
    ),
    "no instance": (task("Explain how a kettle works.", id="d"), Fault(4, "d", "no-answer", "no output", "error")),
    "a flat task without an output": (
        {"instruction": "Explain how a kettle works.", "id": "d"},
        Fault(4, "d", "no-answer", "no output", "error"),
    ),
    "an empty output among others": (
        task("Explain how a kettle works.", "Heat.", " \n", id="d"),
        Fault(4, "d", "no-answer", "instance 2 has no output", "error"),
    ),
    "too short": (task("Sing now, please!", "La", id="d"), Fault(4, "d", "length", "value 3, limit 4", "notice")),
    "too long": (task("word " * 151, "x", id="d"), Fault(4, "d", "length", "value 151, limit 150", "notice")),
    "a word that hints at pictures": (
        task("Describe the picture on the wall.", "Blue", id="d"),
        Fault(4, "d", "keywords", "value picture", "notice"),
    ),
    "a program": (
        task("Write a program that sorts its lines.", "sort", id="d"),
        Fault(4, "d", "starts-with", "value Write a program", "notice"),
    ),
    "another script": (
        task("Переведите это предложение на английский.", "Hello", id="d"),
        Fault(4, "d", "first-character", "not ASCII, value П", "notice"),
    ),
    "a punctuation mark first": (
        task("(Optional) explain how kettles work.", "Heat.", id="d"),
        Fault(4, "d", "first-character", "punctuation, value (", "notice"),
    ),
    "an output that repeats the input": (
        task("Put the word into the plural.", "kettle", given="kettle", id="d"),
        Fault(4, "d", "output-equals-input", "the output repeats the input", "notice"),
    ),
    "a label nobody named": (
        task("Is the ticket about billing or shipping?", "Refund", given="Help!", id="d", is_classification=True),
        Fault(4, "d", "label-not-named", 'neither instruction nor input names the label "Refund"', "notice"),
    ),
}


@pytest.mark.parametrize(("line", "fault"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_fault_is_found_and_nothing_else(path: Path, line: dict[str, Any] | str, fault: Fault) -> None:
    report = checked(path, RIVERS, POEM, LABEL, line, task("Convert the temperature to Celsius.", "20", given="68 F"))
    (found,) = report.faults
    assert (found.line, found.id, found.rule, found.severity) == (fault.line, fault.id, fault.rule, fault.severity)
    assert fault.note in found.note and "line 4" not in found.note
    assert (report.errors, report.notices) == ((1, 0) if fault.severity == "error" else (0, 1))


def test_line_numbers_count_blank_lines(path: Path) -> None:
    report = checked(path, RIVERS, "", "  ", POEM, "", RIVERS | {"id": "d"})
    assert [(fault.line, fault.note) for fault in report.faults] == [(6, "the instruction of line 1 (a)")]
    assert report.rows == 3


def test_faults_come_in_the_order_of_the_lines_and_one_line_may_have_several(path: Path) -> None:
    report = checked(path, RIVERS, task("Draw it.", id="a"), "[]", task("Draw it.", "x", id="d"))
    assert [(fault.line, fault.rule) for fault in report.faults] == [
        (2, "doubled-id"),
        (2, "no-answer"),
        (2, "length"),
        (2, "keywords"),
        (3, "unreadable"),
        (4, "duplicate"),
        (4, "length"),
        (4, "keywords"),
    ]


def test_seeds_without_an_id_go_by_their_lines_alone(path: Path) -> None:
    nameless = {"instruction": "Sing now, please!", "output": "La"}
    (fault,) = checked(path, nameless).faults
    assert fault.id == ""
    assert checked(path, nameless, nameless).faults[1].note == "the instruction of line 1"


@pytest.mark.parametrize("output", ["Positive.", "NEGATIVE", "not positive", "negative, I would say"])
def test_a_label_that_is_named_in_any_spelling_is_no_fault(path: Path, output: str) -> None:
    (instance,) = LABEL["instances"]
    assert checked(path, LABEL | {"instances": [instance | {"output": output}]}).faults == ()


def test_only_classification_is_asked_for_named_labels(path: Path) -> None:
    assert checked(path, LABEL | {"is_classification": False, "instances": [{"output": "Whatever"}]}).faults == ()


def test_texts_without_latin_letters_are_compared_letter_for_letter(path: Path) -> None:
    """ROUGE-L is blind to them, and a copy is a copy all the same."""
    chinese = task("请 用 一句话 解释 光合作用。", "…", id="d")
    rules = [fault.rule for fault in checked(path, chinese, chinese | {"id": "e"}).faults]
    assert rules == ["first-character", "duplicate", "first-character"]


def test_the_filters_are_the_papers_with_the_papers_numbers() -> None:
    assert [type(rule).__name__ for rule in FILTERS] == [
        "Length",
        "Keywords",
        "StartsWith",
        "FirstCharacter",
        "SameAsInput",
    ]


def test_a_report_goes_to_json_and_back_whole(path: Path) -> None:
    report = checked(path, RIVERS, task("Sing now, please!", id="d"))
    assert json.loads(json.dumps(report.to_json())) == {
        "path": str(path),
        "rows": 2,
        "counts": {"generation": 2},
        "errors": 1,
        "notices": 1,
        "faults": [
            {"line": 2, "id": "d", "rule": "no-answer", "note": "no output", "severity": "error"},
            {"line": 2, "id": "d", "rule": "length", "note": "value 3, limit 4", "severity": "notice"},
        ],
    }


def test_a_file_without_one_seed_and_a_missing_one_are_refused_in_the_loaders_words(path: Path) -> None:
    with pytest.raises(SeedError, match=r"s\.jsonl: the file holds no task"):
        checked(path, "", "  ")
    with pytest.raises(SeedError, match=r"s\.jsonl, line 1: not JSON"):
        checked(path, "{oops", "{oops")
    with pytest.raises(SeedError, match=r"none\.jsonl: No such file"):
        check(path.with_name("none.jsonl"))


def test_the_packaged_seeds_have_no_errors_and_only_the_notices_they_declare() -> None:
    """seeds/general.md lists the ten rows whose instruction begins with a letter beyond ASCII."""
    report = check(resources.seeds() / "general.jsonl")
    assert report.rows == 235 and report.counts["classification"] == 40
    assert report.errors == 0
    assert [(fault.rule, fault.id[-3:]) for fault in report.faults] == [
        ("first-character", id) for id in "026 028 059 078 120 176 197 200 224 233".split()
    ]

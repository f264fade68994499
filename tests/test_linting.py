"""Linting: every rule about every row, what is mended, and files that come out as they were."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

import ittgen
from ittgen.errors import PluginError, UsageError
from ittgen.filters.defaults import DEFAULT
from ittgen.filters.heuristics import Length
from ittgen.linting import Report, Task, lint, lint_file
from ittgen.linting import pieces as pieces_module
from ittgen.linting.pieces import opened
from ittgen.linting.rules import Rules
from ittgen.records import Example, Rejection

RULES = ("no-input", "empty", "output-equals-input")
GOOD = {"instruction": "Name a prime number.", "input": "", "output": "7"}
PLACEHOLDER = GOOD | {"input": "N/A"}
EMPTY = GOOD | {"output": ""}


@dataclass(frozen=True, slots=True)
class Shout:
    """Mends a letter at a time: "no" -> "No" -> "NO"."""

    def mend(self, example: Example) -> Example:
        low = next((c for c in example.output if c.islower()), "")
        return replace(example, output=example.output.replace(low, low.upper(), 1)) if low else example

    def __call__(self, example: Example) -> Rejection | None:
        return (
            Rejection(example, "shout", value=1, note="a low letter")
            if example.output.upper() != example.output
            else None
        )


@dataclass(frozen=True, slots=True)
class Restless:
    """Never has enough."""

    def mend(self, example: Example) -> Example:
        return replace(example, output=example.output + "!")

    def __call__(self, example: Example) -> Rejection | None:
        return None


@dataclass(frozen=True, slots=True)
class Broken:
    def __call__(self, example: Example) -> Rejection | None:
        raise ZeroDivisionError("oh")


def written(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def fixed(path: Path, out: Path, rules: tuple[str, ...] = RULES, **more: Any) -> tuple[bytes, Report]:
    report = lint_file(Task(path, rules=rules, fixed=out, **more))
    return out.read_bytes(), report


# Rows


def test_every_rule_is_asked_and_not_only_the_first() -> None:
    (found,) = lint([{"instruction": "Say so.", "output": ""}], ["empty", Length(min_words=4)])
    assert [rule["rule"] for rule in found["rules"]] == ["empty", "length"]
    assert found["rules"][1] == {"rule": "length", "value": 2, "limit": 4, "note": ""}
    assert found["keep"] is False and "fixed" not in found


def test_a_row_without_findings_says_only_that() -> None:
    assert lint([GOOD | {"id": "a7"}], RULES) == [{"line": 1, "id": "a7", "keep": True, "rules": []}]


def test_a_row_that_can_be_mended_is_kept_and_shown_mended_with_all_its_fields() -> None:
    (found,) = lint([PLACEHOLDER | {"x": [1.5, None]}], RULES)
    assert found["keep"] is True and found["fixed"] == GOOD | {"x": [1.5, None]}
    (rule,) = found["rules"]
    assert rule["rule"] == "no-input" and rule["note"].startswith("mended: input")


def test_a_row_that_is_bad_also_when_mended_is_not_kept_and_not_shown_mended() -> None:
    (found,) = lint([PLACEHOLDER | {"output": ""}], RULES)
    assert [rule["rule"] for rule in found["rules"]] == ["no-input", "empty"]
    assert found["keep"] is False and "fixed" not in found


def test_menders_are_asked_until_none_changes_anything() -> None:
    (found,) = lint([GOOD | {"output": "no"}], [Shout()])
    assert found["fixed"]["output"] == "NO"
    assert found["rules"] == [{"rule": "shout", "value": 1, "limit": None, "note": "mended: output, a low letter"}]


def test_a_rule_that_never_stops_mending_is_named() -> None:
    with pytest.raises(PluginError, match="never come to an end: Restless"):
        lint([GOOD], [Restless()])


def test_an_error_in_a_rule_names_the_rule() -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        lint([GOOD], [Broken()])
    assert raised.value.__notes__ == ['the rule "Broken" raised']


def test_default_stands_for_the_default_rules_and_each_is_asked_once() -> None:
    assert [name for name, _ in Rules.named(None).every] == list(DEFAULT)
    assert [name for name, _ in Rules.named(["empty", "default", "length"]).every] == [
        "empty",
        *(name for name in DEFAULT if name != "empty"),
        "length",
    ]


def test_an_unknown_rule_is_named_with_the_nearest() -> None:
    with pytest.raises(PluginError, match=r'there is no rule "emty" \(did you mean "empty"\?\)'):
        lint([GOOD], ["emty"])
    with pytest.raises(PluginError, match="no rule to ask"):
        lint([GOOD], [])


def test_examples_are_linted_as_rows_are() -> None:
    row = Example("Name a prime number.", input="N/A", output="7")
    (found,) = ittgen.lint([row], RULES)
    assert found["id"] == row.id and found["fixed"]["input"] == ""


def test_all_rows_that_a_program_has_must_have_one_form() -> None:
    with pytest.raises(UsageError, match='row 2: a row of "messages" in a file whose rows have "instruction"'):
        lint([GOOD, {"messages": []}], RULES)


# Forms


CHAT = {
    "id": 3,
    "conversations": [
        {"from": "system", "value": "Be brief.", "weight": 0},
        {"from": "human", "value": "Name a prime number."},
        {"from": "gpt", "value": "seven", "weight": 1},
        {"from": "human", "value": "thanks"},
    ],
}


def test_a_conversation_is_mended_in_its_turn_and_nothing_else_is_changed() -> None:
    (found,) = lint([CHAT], [Shout()])
    turns = [dict(turn) for turn in CHAT["conversations"]]  # type: ignore[attr-defined]
    turns[2]["value"] = "SEVEN"
    assert found["id"] == 3 and found["fixed"] == {"id": 3, "conversations": turns}


def chat(*said: str) -> dict[str, object]:
    """A conversation in which user and assistant take turns."""
    return {"messages": [{"role": ("user", "assistant")[n % 2], "content": text} for n, text in enumerate(said)]}


def test_the_later_turns_of_a_conversation_are_judged_too_and_the_finding_says_which() -> None:
    row = chat("Name a prime.", "7", "And now describe the sea in one line.", "I'm sorry, but I can't help with that.")
    (found,) = lint([row], None)
    assert [(rule["rule"], rule["note"]) for rule in found["rules"]] == [("refusal", "turn 4")] and not found["keep"]


@pytest.mark.parametrize(
    "said",
    [
        ("Pretend that you are a robot.", "Beep.", "How do you feel?", "As an AI, I do not feel anything."),
        ("Summarise: the sea is deep.", "It is deep.", "Now the following text", "Which text do you mean?"),
        ("Tell me a long story about the sea.", "Once upon a time the sea was calm and the", "Go on.", "boats came."),
        ("Name a prime.", "7", "One more, in German", "Elf ist auch eine Primzahl, und dreizehn ebenso."),
        ("Name a prime.", "7", "Thanks!", "Sure!"),
    ],
)
def test_what_a_later_turn_leaves_to_those_before_it_is_no_fault(said: tuple[str, ...]) -> None:
    (found,) = lint([chat(*said)], None)
    assert found["keep"] and not found["rules"]


def test_a_conversation_that_breaks_off_is_truncated_at_its_end_alone() -> None:
    cut = "It is deep. It is wide. It is cold. It is blue. It is old. It holds fish, and whales, and also many of the"
    (found,) = lint([chat("Describe the sea.", "It is deep.", "More about it.", cut)], None)
    assert [rule["rule"] for rule in found["rules"]] == ["truncated"]
    (found,) = lint([chat("Describe the sea.", cut, "Go on.", "boats that were lost.")], None)
    assert found["keep"]


def test_calls_of_tools_and_what_tools_say_are_passed_over_and_kept() -> None:
    call = {"role": "assistant", "content": None, "tool_calls": [{"id": "1"}]}
    told = {"role": "tool", "content": "<|im_end|>", "tool_call_id": "1"}
    asked, answer = {"role": "user", "content": "How many?"}, {"role": "assistant", "content": "seven"}
    (found,) = lint([{"messages": [asked, call, told, answer]}], None)
    assert found["keep"] and not found["rules"]
    (found,) = lint([{"messages": [asked, call, told, answer]}], [Shout()])
    assert found["fixed"] == {"messages": [asked, call, told, {**answer, "content": "SEVEN"}]}


def test_a_conversation_without_an_answer_is_empty_and_not_damaged() -> None:
    row = {"messages": [{"role": "user", "content": "Name a prime number."}]}
    (found,) = lint([row], ["empty"])
    assert [rule["rule"] for rule in found["rules"]] == ["empty"]


def test_every_instance_of_a_task_is_looked_at_and_mended_in_its_place() -> None:
    row = {
        "id": "s1",
        "instruction": "Name a number.",
        "instances": [{"input": "", "output": "7"}, {"input": "none", "output": "8", "by": "me"}],
        "is_classification": False,
    }
    (found,) = lint([row], RULES)
    assert found["fixed"] == row | {"instances": [row["instances"][0], {"input": "", "output": "8", "by": "me"}]}  # type: ignore[index]
    (found,) = lint([row | {"instances": [{"input": "", "output": "7"}, {"input": "x", "output": ""}]}], RULES)
    assert [rule["rule"] for rule in found["rules"]] == ["empty"] and not found["keep"]


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ({"instruction": " ", "output": "x"}, '"instruction" is empty'),
        ({"instruction": "a", "output": 7}, '"output" must be text, not 7'),
        ({"instruction": "a", "output": "\ud83d"}, "half a character"),
    ],
)
def test_a_row_of_the_right_form_that_holds_no_task_is_a_finding_and_no_error(row: dict[str, Any], note: str) -> None:
    _, found = lint([GOOD, row], RULES)
    assert not found["keep"] and found["rules"][0]["rule"] == "unreadable" and note in found["rules"][0]["note"]


def test_rows_of_our_own_versions_keep_messages_and_id_true(tmp_path: Path) -> None:
    row = Example("Name a prime number.", input="N/A", output="7")
    told = [{"role": "user", "content": "Name a prime number.\n\nN/A"}, {"role": "assistant", "content": "7"}]
    ours = {k: v for k, v in row.to_json().items() if k in ("id", "instruction", "input", "output")}
    (found,) = lint([ours | {"messages": told, "meta": {}, "provenance": None, "note": 1}], RULES)
    assert found["fixed"]["id"] == replace(row, input="").id and found["fixed"]["note"] == 1
    assert found["fixed"]["messages"][0]["content"] == "Name a prime number."


# Files


LINES = [
    b'{"instruction": "Name a prime.",   "input":"", "output": "7", "n": 1.50, "n": 1e2}\r\n',
    b"\n",
    b'{"instruction": "Nenne eine Zahl.", "input": "N/A", "output": "f\xc3\xbcnf", "x": {"a": [1, null]}}\r\n',
    b'{"instruction": "Say nothing.", "input": "", "output": " "}\n',
    b'{"instruction": "\\u0048i", "input": "", "output": "caf\\u00e9 \xe2\x80\xa8"}',
]


def test_rows_without_findings_come_out_byte_for_byte_and_others_mended_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b"".join(LINES))
    out, report = fixed(path, tmp_path / "out", rejects=tmp_path / "rejects")
    mended = '{"instruction": "Nenne eine Zahl.", "input": "", "output": "fünf", "x": {"a": [1, null]}}\r\n'.encode()
    assert out == b"\xef\xbb\xbf" + LINES[0] + mended + LINES[4]
    assert (report.rows, report.good, report.mended, report.rejected, report.blank_lines) == (4, 2, 1, 1, 1)
    reject = (tmp_path / "rejects").read_bytes()
    assert reject.endswith(b', "row": ' + LINES[3].strip() + b"}\n") and json.loads(reject)["line"] == 4
    assert json.loads(reject)["rules"][0]["rule"] == "empty"


def test_fixing_twice_is_the_same_as_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(LINES))
    once, _ = fixed(path, tmp_path / "once")
    twice, report = fixed(tmp_path / "once", tmp_path / "twice")
    assert twice == once and report.clean


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_stays_an_array_and_its_good_rows_the_bytes_they_were(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "a.json"
    rows = [GOOD | {"n": n, "t": "é"} for n in range(5)]
    path.write_text(f" {json.dumps(rows, ensure_ascii=False, indent=indent)}\n ", encoding="utf-8")
    out, report = fixed(path, tmp_path / "same")
    assert out == path.read_bytes() and report.clean and report.unit == "row"
    path.write_text(json.dumps([EMPTY, *rows[:2], PLACEHOLDER, EMPTY], indent=indent))
    out, _ = fixed(path, tmp_path / "out", rejects=tmp_path / "rejects")
    assert json.loads(out) == [*rows[:2], GOOD]
    assert [json.loads(line)["line"] for line in (tmp_path / "rejects").read_text().splitlines()] == [1, 5]


def test_an_array_of_which_nothing_is_kept_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([EMPTY, EMPTY]))
    assert json.loads(fixed(tmp_path / "a.json", tmp_path / "out")[0]) == []


def test_an_array_is_cut_into_the_rows_that_json_sees_wherever_blocks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng, path = Random(5), tmp_path / "a.json"
    rows = [{"t": 'é"\\]},[{' * rng.randrange(9), "n": [rng.random(), {}], "": None} for _ in range(60)]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    for block in (1, 2, 3, 7, 64, 5000):
        monkeypatch.setattr(pieces_module, "BLOCK", block)
        with opened(path) as file:
            found = list(file.pieces())
        assert [piece.row("") for piece in found] == rows
        assert file.head + file.between.join(piece.raw for piece in found) + file.tail == path.read_bytes()


def test_several_processes_find_the_same_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ittgen.linting.chunks.CHUNK", 2_000)
    rng = Random(9)
    rows = [rng.choice([GOOD, PLACEHOLDER, EMPTY]) | {"n": n} for n in range(500)]
    path = written(tmp_path / "a.jsonl", rows)
    said: list[list[bytes]] = [[], []]
    tasks = [Task(path, rules=RULES, fixed=tmp_path / f"out{n}", processes=n) for n in (1, 2)]
    one, two = (lint_file(task, lines.append) for task, lines in zip(tasks, said, strict=True))
    assert b"".join(said[0]) == b"".join(said[1]) and b"".join(said[0]).count(b"\n") == 500
    assert (tmp_path / "out1").read_bytes() == (tmp_path / "out2").read_bytes()
    assert one.found == two.found and one.rows == two.rows == 500


def test_an_error_in_another_process_is_told_with_its_line_and_nothing_is_written(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [GOOD, [], GOOD])
    with pytest.raises(UsageError, match=r"a\.jsonl, line 2: not a JSON object but list"):
        lint_file(Task(path, rules=RULES, fixed=tmp_path / "out", processes=2))
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.jsonl"]

"""Alpaca, ShareGPT and messages files become examples, told by their rows; no field is lost, and a bad row is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from ittgen import seeds
from ittgen.errors import SeedError
from ittgen.records import Example, Message
from ittgen.text import JSON

ODD: dict[str, JSON] = {
    "source": {"book": {"page": 3, "lines": [1, None, "x"]}},
    "checked": None,
    "tags": ["a", 1, {"b": [0.5]}],
    "operation": "theirs",
    "stage": 4,
    "scores": {"quality": "good"},
}
"""Fields nobody knows, some by names that we use ourselves."""


def array(path: Path, *rows: object) -> Path:
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2))
    return path


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return path


def share(*turns: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"conversations": [{"from": who, "value": what} for who, what in turns], **more}


def messages(*turns: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"messages": [{"role": who, "content": what} for who, what in turns], **more}


TALK = ("Be brief.", "Name a river.", "The Maipo.", "Another?", "The Ob.")
CONVERSATION = Example(
    "Name a river.",
    output="The Maipo.",
    system="Be brief.",
    turns=(Message("user", "Another?"), Message("assistant", "The Ob.")),
)

ROWS = {
    "alpaca": ({"instruction": "Add.", "input": "1 2", "output": "3"}, Example("Add.", "1 2", "3")),
    "alpaca with a system prompt": (
        {"instruction": "Add.", "output": "3", "system": "Be brief."},
        Example("Add.", output="3", system="Be brief."),
    ),
    "sharegpt": (share(*zip(("system", "human", "gpt", "human", "gpt"), TALK, strict=True)), CONVERSATION),
    "messages": (
        messages(*zip(("system", "user", "assistant", "user", "assistant"), TALK, strict=True)),
        CONVERSATION,
    ),
}


@pytest.mark.parametrize("write", [array, lines])
@pytest.mark.parametrize(("row", "example"), ROWS.values(), ids=ROWS.keys())
def test_each_form_is_told_by_its_rows(tmp_path: Path, write: Any, row: dict[str, Any], example: Example) -> None:
    assert seeds.load(write(tmp_path / "x.json", row, row)) == [example, example]


@pytest.mark.parametrize("row", [row for row, _ in ROWS.values()], ids=ROWS.keys())
def test_fields_that_nobody_knows_are_kept_as_they_are(tmp_path: Path, row: dict[str, Any]) -> None:
    (read,) = seeds.load(array(tmp_path / "x.json", row | ODD | {"id": "r7"}))
    assert read.meta == {"id": "r7", "fields": ODD}


@pytest.mark.parametrize("system", ["", None, 3, ["a"]])
def test_a_system_field_that_is_no_prompt_is_a_field_like_any_other(tmp_path: Path, system: JSON) -> None:
    (read,) = seeds.load(array(tmp_path / "x.json", {"instruction": "Add.", "output": "3", "system": system}))
    assert (read.system, read.meta) == ("", {"fields": {"system": system}})


def test_further_fields_of_turns_and_unusual_speakers_are_kept(tmp_path: Path) -> None:
    row = share(("human", "Name a river."), ("chatgpt", "The Maipo."), ("user", "Why?"))
    row["conversations"][0]["weight"] = None
    row["conversations"][2]["markdown"] = {"a": 1}
    (read,) = seeds.load(array(tmp_path / "x.json", row))
    assert (read.instruction, read.output, read.turns) == ("Name a river.", "The Maipo.", (Message("user", "Why?"),))
    assert read.meta == {
        "turn_fields": [{}, {"weight": None}, {"from": "chatgpt"}, {"from": "user", "markdown": {"a": 1}}]
    }


def test_a_conversation_without_an_answer_is_a_task_without_an_output(tmp_path: Path) -> None:
    path = array(tmp_path / "x.json", messages(("user", "Sing.")), messages(("user", "Sing."), ("user", "Now!")))
    assert seeds.load(path) == [Example("Sing."), Example("Sing.", turns=(Message("user", "Now!"),))]


def test_conversations_spelled_as_messages_are_read_too(tmp_path: Path) -> None:
    row = {"conversations": messages(("user", "Sing."), ("assistant", "La"))["messages"]}
    assert seeds.load(array(tmp_path / "x.json", row)) == [Example("Sing.", output="La")]


def test_a_task_with_its_answer_is_a_task_though_it_has_messages_too(tmp_path: Path) -> None:
    row = {"instruction": "Sing.", "output": "La"} | messages(("user", "Sing."), ("assistant", "La"))
    (read,) = seeds.load(array(tmp_path / "x.json", row))
    assert (read.instruction, read.output, list(read.meta["fields"])) == ("Sing.", "La", ["messages"])  # type: ignore[arg-type]  # a mapping


def test_conversations_with_an_instruction_among_their_fields_are_conversations(tmp_path: Path) -> None:
    rows = [share(("human", "Sing."), instruction="x"), share(("human", "Sing."), instruction="x", output="y")]
    first, second = seeds.load(array(tmp_path / "x.json", *rows))
    assert first == Example("Sing.", meta={"fields": {"instruction": "x"}})
    assert second == Example("Sing.", meta={"fields": {"instruction": "x", "output": "y"}})


def test_instances_beside_an_output_are_a_field_of_a_flat_row(tmp_path: Path) -> None:
    row = {"instruction": "Add.", "output": "3", "instances": 5}
    assert seeds.load(array(tmp_path / "x.json", row)) == [
        Example("Add.", output="3", meta={"fields": {"instances": 5}})
    ]


# What is wrong

TASK = {"instruction": "Add.", "output": "3"}
BAD: dict[str, tuple[Any, Any, str]] = {
    "no instruction": (TASK, {"output": "3"}, '"instruction" is missing'),
    "none of the forms": (TASK, {"prompt": "3"}, 'there are no "conversations" or "messages"'),
    "an empty instruction": (TASK, {"instruction": " ", "output": "3"}, '"instruction" is empty'),
    "an output that is no text": (
        TASK,
        {"instruction": "a", "output": {"b": 1}},
        "\"output\" must be text, not {'b': 1}",
    ),
    "no object": (TASK, "Add.", "a seed is a JSON object with an instruction, not str"),
    "another form": (
        TASK,
        messages(("user", "a")),
        'a row of "messages" in a file whose rows have "instruction"; make two files of it',
    ),
    "yet another form": (
        messages(("user", "a")),
        share(("human", "a")),
        'a row of "conversations" in a file whose rows have "messages"',
    ),
    "no turns": (share(("human", "a")), {"conversations": []}, '"conversations" must be a list of turns'),
    "turns that are none": (share(("human", "a")), {"conversations": ["a"]}, "must be a list of turns, each a JSON"),
    "an assistant who begins": (share(("human", "a")), share(("gpt", "a")), '"conversations" has no instruction'),
    "a system prompt alone": (messages(("user", "a")), messages(("system", "a")), '"messages" has no instruction'),
    "a user who says nothing": (messages(("user", "a")), messages(("user", "\n")), '"messages" has no instruction'),
    "a speaker nobody knows": (
        share(("human", "a")),
        share(("human", "a"), ("tool", "b")),
        'turn 2: nobody knows the speaker "tool"; known are system',
    ),
    "a turn without a text": (
        messages(("user", "a")),
        {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": None}]},
        'turn 2: "content" is missing',
    ),
    "a turn in parts": (
        messages(("user", "a")),
        {"messages": [{"role": "user", "content": [{"type": "text"}]}]},
        'turn 1: "content" must be text, not [',
    ),
}


@pytest.mark.parametrize(("write", "place"), [(array, "row 3"), (lines, "line 3")])
@pytest.mark.parametrize(("good", "bad", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_row_is_named_and_hides_no_other(
    tmp_path: Path, write: Any, place: str, good: Any, bad: Any, said: str
) -> None:
    path = write(tmp_path / "x.json", good, good, bad, good)
    with pytest.raises(SeedError) as error:
        seeds.load(path)
    assert str(error.value).startswith(f"seeds {path}, {place}") and said in str(error.value)
    assert [isinstance(read, Example) for _, read in seeds.numbered(path)] == [True, True, False, True]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'[\n  {"instruction": "a"},\n  {"instruction" "b"}\n]', ", line 3: not JSON: Expecting ':' delimiter"),
        (b'[{"instruction": "a"}', ", line 1: not JSON: Expecting ',' delimiter"),
        (b'["a"]\n["b"]', ", line 2: not JSON: Extra data"),
        ('[{"instruction": "é"}]'.encode("latin-1"), ": not UTF-8"),
        (b'[{"instruction": "a", "x": NaN}]', ", row 1: no text or number that can be stored"),
        (b'[{"instruction": "a\\ud83d"}]', ", row 1: no text or number that can be stored"),
        (b'{"instruction": "a", "x": ' + b"[" * 100_000, ", line 1: no JSON that can be read"),
        (b"[" * 100_000, ": no JSON that can be read"),
        (b"[]", ": the file holds no task"),
        (b" \n [ ] ", ": the file holds no task"),
    ],
)
def test_a_file_that_is_no_json_or_empty_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(SeedError) as error:
        seeds.load(path)
    assert str(error.value).startswith(f"seeds {path}{said}")


def test_a_byte_order_mark_before_an_array_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(b'\xef\xbb\xbf\r\n[{"instruction": "a"}]\r\n')
    assert seeds.load(tmp_path / "x.json") == [Example("a")]


def test_null_for_input_or_output_means_that_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"instruction": "Name a river.", "input": null, "output": "The Rhine."}\n')
    [example] = seeds.load(path)
    assert (example.input, example.output) == ("", "The Rhine.")

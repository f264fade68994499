"""Exports hold what their format can, and appear whole or not at all."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ittgen.errors import UsageError, VersionError
from ittgen.records import Example
from ittgen.versions.dataset import Dataset
from ittgen.versions.export import export
from ittgen.versions.freeze import Frozen
from tests.versions.samples import example, rich


def test_alpaca_is_an_array_of_tasks_with_the_fields_of_meta(tmp_path: Path) -> None:
    rows = [example(1, input="a\u2028b", meta={"category": "numbers", "output": "no"}), example(2)]
    assert export(rows, "alpaca", tmp_path / "a.json") == 2
    assert json.loads((tmp_path / "a.json").read_bytes()) == [
        {"instruction": "Name the number 1.", "input": "a\u2028b", "output": "It is 1.", "category": "numbers"},
        {"instruction": "Name the number 2.", "input": "", "output": "It is 2."},
    ]


def test_messages_are_one_conversation_a_line(tmp_path: Path) -> None:
    assert export([rich(1), example(2)], "messages", tmp_path / "m.jsonl") == 2
    first, second = (json.loads(line) for line in (tmp_path / "m.jsonl").read_bytes().split(b"\n")[:-1])
    assert [message["role"] for message in first["messages"]] == ["system", "user", "assistant", "user", "assistant"]
    assert first["messages"][1]["content"] == "Name the number 1.\n\nIn words,\u2028please:\t„zwölf“ 🌲"
    assert [message["content"] for message in second["messages"]] == ["Name the number 2.", "It is 2."]


@pytest.mark.parametrize(("format", "text"), [("alpaca", "[]\n"), ("messages", "")])
def test_no_examples_make_a_file_without_any(tmp_path: Path, format: str, text: str) -> None:
    assert export([], format, tmp_path / "none") == 0
    assert (tmp_path / "none").read_text() == text


def test_an_existing_file_is_kept_unless_it_is_forced(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("mine")
    with pytest.raises(VersionError, match=r"mine.json exists"):
        export([example(1)], "alpaca", path)
    assert path.read_text() == "mine"
    assert export([example(1)], "alpaca", path, force=True) == 1
    assert len(json.loads(path.read_bytes())) == 1


def test_a_failure_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def rows() -> Iterator[Example]:
        yield example(1)
        raise RuntimeError("damaged")

    (tmp_path / "old").write_text("old")
    with pytest.raises(RuntimeError):
        export(rows(), "messages", tmp_path / "old", force=True)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("old", "old")]


def test_an_unknown_format_is_told_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r'no format "csv" \(known: alpaca, messages, sharegpt\)'):
        export([], "csv", tmp_path / "x")
    with pytest.raises(UsageError, match=r'did you mean "alpaca"'):
        export([], "alpacca", tmp_path / "x")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(VersionError, match=r"cannot write .*nowhere/x"):
        export([example(1)], "alpaca", tmp_path / "nowhere/x")


def test_a_dataset_exports_itself(frozen: Frozen, tmp_path: Path) -> None:
    assert Dataset.at(frozen.path).export(tmp_path / "all.json", "alpaca") == 10
    assert len(json.loads((tmp_path / "all.json").read_bytes())) == 10

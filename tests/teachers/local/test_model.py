"""A model's files: what is missing is told, and one model is told from another, wherever they lie."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ittgen.errors import UsageError
from ittgen.teachers.local import model

BIG = 300_000
"""Bytes of weights, of which samples are read."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What looks like a model: config, tokenizer with a template, weights."""
    place = tmp_path / "llama-tiny"
    place.mkdir()
    (place / "config.json").write_text(json.dumps({"model_type": "llama", "max_position_embeddings": 2048}))
    (place / "tokenizer.json").write_text("{}")
    (place / "tokenizer_config.json").write_text(json.dumps({"chat_template": "{{ messages }}"}))
    (place / "model.safetensors").write_bytes(bytes(n % 251 for n in range(BIG)))
    return place


def test_a_whole_model_passes_and_its_context_is_read(folder: Path) -> None:
    model.check(str(folder), "")
    assert model.context(str(folder)) == 2048


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("config.json", "no config.json"),
        ("tokenizer.json", "no tokenizer"),
        ("model.safetensors", "no weights"),
        ("tokenizer_config.json", 'chat_template = "FILE.jinja"'),
    ],
)
def test_what_is_missing_is_told_and_how_to_give_it(folder: Path, missing: str, said: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(UsageError) as told:
        model.check(str(folder), "")
    assert said in str(told.value) and str(folder) in str(told.value)


def test_what_is_given_elsewhere_need_not_be_in_the_folder(folder: Path) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json", "model.safetensors"):
        (folder / name).unlink()
    model.check(str(folder), "", ["template", "tokenizer", "weights"])


@pytest.mark.parametrize("name", ["chat_template.jinja", "tekken.json"])
def test_a_chat_template_may_stand_in_a_file_of_its_own(folder: Path, name: str) -> None:
    (folder / "tokenizer_config.json").write_text("{}")
    (folder / name).write_text("{}")
    model.check(str(folder), "")


@pytest.mark.parametrize("path", ["/no/such/folder", "./models/llama", "no-owner", "a/b/c", "~/nowhere-at-all"])
def test_a_path_that_is_not_there_is_no_name_on_the_hub(path: str) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        model.folder_of(path)


def test_a_name_on_the_hub_is_not_looked_for_on_the_disk() -> None:
    assert model.folder_of("meta-llama/Llama-3.1-8B-Instruct") is None
    assert model.called("meta-llama/Llama-3.1-8B-Instruct") == "meta-llama/Llama-3.1-8B-Instruct"


def test_a_file_is_no_model(folder: Path) -> None:
    with pytest.raises(UsageError, match="is a file"):
        model.folder_of(str(folder / "config.json"))


def test_a_model_that_moves_is_the_same(folder: Path, tmp_path: Path) -> None:
    before = model.digest(folder)
    moved = shutil.move(folder, tmp_path / "elsewhere")
    assert model.digest(Path(moved)) == before


def _flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "config.json").write_text("{}"),
        lambda folder: (folder / "tokenizer.json").write_text("{ }"),
        lambda folder: (folder / "generation_config.json").write_text("{}"),
        lambda folder: _flip(folder / "model.safetensors", 0),
        lambda folder: _flip(folder / "model.safetensors", BIG - 1),
        lambda folder: (folder / "model.safetensors").rename(folder / "other.safetensors"),
        lambda folder: (folder / "model.safetensors").write_bytes(bytes(BIG + 1)),
    ],
)
def test_a_model_with_other_files_is_another_one(folder: Path, change: Callable[[Path], object]) -> None:
    before = model.digest(folder)
    change(folder)
    assert model.digest(folder) != before


def test_notes_and_hidden_files_make_no_other_model(folder: Path) -> None:
    before = model.digest(folder)
    (folder / "README.md").write_text("a good one")
    (folder / ".cache").mkdir()
    (folder / ".cache" / "x.json").write_text("{}")
    assert model.digest(folder) == before

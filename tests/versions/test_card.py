"""The card tells people what the rows are and `datasets` how to load them, whatever is in meta."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ittgen.records import Example
from ittgen.versions import files
from ittgen.versions.dataset import Dataset
from ittgen.versions.freeze import Frozen, freeze
from ittgen.versions.rows import to_example
from ittgen.versions.verify import verify
from tests.versions.samples import content, example, rejections, rich

CHUNK = 10 * 2**20
"""Bytes that `datasets` reads at a time; it guesses the types anew for each."""

NASTY: list[dict[str, Any]] = [
    {"epoch": 1, "mixed": 1, "same": "a", "ops": []},
    {"epoch": 2.5, "mixed": "one", "day": "2024-01-01", "ops": ["deepen"]},
    {"mixed": [1, "two", None], "deep": {"a": [{"b": 1}]}, "stage": "mine", "名前": "x"},
    {"mixed": {"a": 1}, "deep": {"c": None}, "nothing": None, "": "no name", "_type": "Value"},
    {"big": 2**80, "list": [[1], ["x"]], "struct": True, "tiny": 1e-300, "exact": 0.12345678901234567},
    {},
]


def nasty(rows: int, size: int) -> list[Example]:
    """Plain rows of `size` characters, then some that look different in every way there is."""
    plain = [example(n, input="x" * size, meta={"epoch": 1}) for n in range(rows)]
    odd = [rich(rows + n, meta=meta) for n, meta in enumerate(NASTY)]
    return [*plain, *odd, example(rows + len(odd), provenance=None)]


def test_datasets_loads_the_folder_as_it_lies(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    import datasets

    rows = nasty(1200, 10_000)
    monkeypatch.setattr(files, "ROWS_PER_FILE", 1203)
    data = Dataset.at(freeze(home, content(rows, rejections())).path)
    sizes = [entry.bytes for entry in data.manifest.data]
    assert len(sizes) == 2 and sizes[0] > CHUNK

    loaded = datasets.load_dataset(str(data.path), split="train", cache_dir=str(tmp_path / "cache"))
    handed = data.to_hf(cache_dir=tmp_path / "cache")
    assert loaded.column_names == handed.column_names == [column["name"] for column in data.manifest.columns]
    assert loaded.features == handed.features
    for one in (loaded, handed):
        assert [to_example(row) for row in one] == rows
    assert verify(data.path) == []


def test_nothing_of_datasets_is_imported_before_it_is_asked_for() -> None:
    code = "import sys, ittgen.versions.dataset, ittgen.versions.freeze; sys.exit('datasets' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


def card(frozen: Frozen) -> str:
    return (frozen.path / "README.md").read_text("utf-8")


def test_its_yaml_is_yaml_and_names_only_the_data_files(frozen: Frozen) -> None:
    header = yaml.safe_load(card(frozen).split("---\n")[1])
    assert header["configs"] == [{"config_name": "default", "data_files": [{"split": "train", "path": "data-*.jsonl"}]}]
    assert header["size_categories"] == ["n<1K"]
    assert header["tags"] == ["synthetic", "instruction-tuning", "ittgen", "self-instruct", "distill"]
    assert [column["name"] for column in header["dataset_info"]["features"]][:2] == ["id", "instruction"]


def test_it_shows_how_the_rows_were_grown_and_what_became_of_the_drafts(home: Path) -> None:
    facts: dict[str, Any] = {
        "teachers": [{"name": "", "kind": "openai", "model": "big", "served": []}],
        "seeds": {"name": "general", "rows": 175},
        "licences": ["seeds: CC0"],
    }
    text = card(freeze(home, content([example(1)], rejections(), **facts)))
    for line in (
        "- Method: [Self-Instruct](https://arxiv.org/abs/2212.10560)",
        "- Teacher: kind `openai`, model `big`",
        "- Seeds: general (175 tasks)",
        "| propose | 9 | 2 | 0 |",
        "| answer | 1 | 1 | 1 |",
        "| propose | near-duplicate | 1 |",
        "- seeds: CC0",
    ):
        assert line in text.splitlines()


def test_a_notice_and_a_partial_run_stand_before_everything_else(home: Path) -> None:
    frozen = freeze(home, content([example(1)], notice="for trying out,\nnot for training", partial="budget reached"))
    head = card(frozen).split("# small\n\n")[1]
    assert head.startswith(
        "> **Notice: for trying out,\n> not for training**\n\n> **Partial.** The run was not complete"
    )
    assert Dataset.at(frozen.path).manifest.partial == "budget reached"
    assert "partial" in repr(Dataset.at(frozen.path))


def test_a_complete_version_without_notice_warns_of_nothing(frozen: Frozen) -> None:
    assert "Notice" not in card(frozen) and "Partial" not in card(frozen)


def test_it_tells_how_many_tokens_went_into_drafts_that_became_no_rows(home: Path) -> None:
    shares = {"accepted": {"drafts": 1, "tokens": 9_000, "dollars": 1.0}, "length": {"drafts": 1, "tokens": 3_000}}
    told = card(freeze(home, content([example(1)], stages=[{"name": "answer", "spent_by_rule": shares}])))
    assert "Of the 12,000 tokens that the answers took, 25% went into rejected drafts." in told.splitlines()


def test_it_tells_nothing_of_tokens_where_nothing_was_rejected_or_nobody_knows(home: Path, frozen: Frozen) -> None:
    kept = {"accepted": {"drafts": 1, "tokens": 9_000, "dollars": 1.0}}
    all_kept = freeze(home, content([example(2)], stages=[{"name": "answer", "spent_by_rule": kept}]))
    assert "tokens that the answers took" not in card(frozen) + card(all_kept)

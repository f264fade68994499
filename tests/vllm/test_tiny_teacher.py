"""A dataset grown with a language model that samples for real: the tiny teacher, trained here where it is not yet."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from ittgen.chance import seeded
from ittgen.dedup.rouge import rouge_l
from tests.tiny_teacher import keep
from tests.tiny_teacher.lessons import LESSONS, instructions

RECIPE = keep.HERE / "recipe.toml"
PATIENCE = 300.0
"""Seconds after which a run that does not end has failed its test."""
SETTINGS = {"OMP_NUM_THREADS": "1", "TORCHDYNAMO_DISABLE": "1"}
ENOUGH, MOST_CALLS = 100, 400
LONGEST_REPLY = 512
"""What the recipe leaves for a list of tasks."""


@dataclass(frozen=True)
class Grown:
    """A folder in which the recipe was grown, and what the run said."""

    folder: Path
    err: str

    @cached_property
    def version(self) -> Path:
        (version,) = (self.folder / "data" / "tiny-teacher").glob("v*")
        return version

    def lines(self, part: str) -> Sequence[Mapping[str, Any]]:
        files = sorted(self.version.glob(f"{part}-*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_text().splitlines()]

    @cached_property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        return self.lines("data")

    @property
    def calls(self) -> int:
        with closing(sqlite3.connect(self.folder / ".ittgen" / "journal.sqlite")) as journal:
            (count,) = journal.execute("SELECT count(*) FROM answers").fetchone()
        return int(count)


def ittgen(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ittgen", *words]
    around = {**os.environ, **SETTINGS}
    return subprocess.run(command, cwd=folder, env=around, capture_output=True, text=True, timeout=PATIENCE)


@pytest.fixture(scope="module")
def model() -> Path:
    return keep.ready()


def grow(model: Path, folder: Path) -> Grown:
    done = ittgen(folder, "grow", str(RECIPE), "--set", f"teacher.model={model}", "--progress", "plain")
    assert done.returncode == 0, done.stderr
    return Grown(folder, done.stderr)


@pytest.fixture(scope="module")
def grown(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Grown:
    return grow(model, tmp_path_factory.mktemp("grown"))


def test_a_hundred_instructions_are_grown_in_a_few_hundred_calls(grown: Grown) -> None:
    assert len({row["instruction"] for row in grown.rows}) >= ENOUGH
    assert ENOUGH < grown.calls <= MOST_CALLS, grown.err


def test_no_two_of_them_are_near_duplicates(grown: Grown) -> None:
    tasks = sorted({row["instruction"] for row in grown.rows})
    assert max(rouge_l(one, other) for i, one in enumerate(tasks) for other in tasks[:i]) <= 0.7
    assert not set(tasks) & set(instructions())


def test_what_it_says_badly_is_rejected_by_several_rules(grown: Grown) -> None:
    rules = Counter(rejection["rule"] for rejection in grown.lines("rejected"))
    assert rules["near-duplicate"] and len(rules) >= 3, rules


def test_why_tells_a_row_down_to_the_models_own_words(grown: Grown) -> None:
    row = grown.rows[0]
    said = ittgen(grown.folder, "why", "tiny-teacher", row["id"]).stdout
    assert row["instruction"] in said and row["output"] in said and "finish_reason stop" in said


def test_the_version_is_whole_and_growing_again_asks_nothing(grown: Grown, model: Path) -> None:
    assert ittgen(grown.folder, "verify", "tiny-teacher").returncode == 0
    again = ittgen(grown.folder, "grow", str(RECIPE), "--set", f"teacher.model={model}", "--offline")
    assert again.returncode == 0, again.stderr
    assert len(list(grown.version.parent.iterdir())) == 1


def test_grown_elsewhere_it_is_the_same_to_the_byte(grown: Grown, model: Path, tmp_path: Path) -> None:
    other = grow(model, tmp_path)
    assert other.calls == grown.calls
    for part in ("data", "rejected"):
        assert other.lines(part) == grown.lines(part)


def test_every_prompt_leaves_room_for_the_reply(model: Path) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(model)
    context = json.loads((model / "config.json").read_text())["max_position_embeddings"]
    for name, lesson in LESSONS.items():
        for number in range(20):
            said = [{"role": m.role, "content": m.content} for m in lesson(seeded("room", number)).messages]
            tokens = tokenizer.apply_chat_template(said, add_generation_prompt=True, return_dict=False)
            assert len(tokens) + LONGEST_REPLY <= context, name


def test_the_tokenizer_gives_every_text_back(model: Path) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(model)
    for text in (*instructions(), "🙂 \t  two  spaces\n\n"):
        assert tokenizer.decode(tokenizer(text).input_ids) == text


def test_training_twice_gives_the_same_files(tmp_path: Path) -> None:
    from tests.tiny_teacher.training import Phase, train

    phases = (Phase(steps=8, lessons=2, reach=160), Phase(steps=6, lessons=2, reach=10_000))
    for name in ("first", "second"):
        train(tmp_path / name, phases)
    files = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert "model.safetensors" in files and "chat_template.jinja" in files
    for name in files:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes(), name

"""An empty folder to run verbs in, in this process and by the same door as the command line."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ittgen.cli import main

RECIPE = """
name = "demo"
seed = 7
seeds = "general"

[teacher]
use = "procedural"
noise = 0.3

[[stage]]
name = "propose"
generator = { use = "self-instruct" }
filter = [{ use = "length" }]
dedup = { rouge_l = 0.7 }
target = 12
"""


@dataclass(frozen=True)
class Done:
    """What a verb left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ITTGEN_TRACEBACK", raising=False)
    return tmp_path


@pytest.fixture
def recipe(folder: Path) -> Path:
    path = folder / "recipe.toml"
    path.write_text(RECIPE)
    return path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("grow", "recipe.toml").out`."""

    def run(*args: str | Path) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as exit:
            main([str(arg) for arg in args])
        assert isinstance(exit.value.code, int)
        return Done(exit.value.code, *capsys.readouterr())

    return run

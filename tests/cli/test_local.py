"""Recipes with a model of one's own, where there is no vLLM; and what a run leaves that was wrong from the start."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

RECIPE = """
name = "demo"
seeds = "tasks.jsonl"
[teacher]
{teacher}
[[stage]]
name = "answer"
generator = {{ use = "distill" }}
"""
TOO_LONG = '''
from dataclasses import dataclass
from ittgen.calls import Response
from ittgen.errors import RefusedError

@dataclass(frozen=True)
class Narrow:
    """Has no room for a prompt with the word in it."""
    word: str
    identity = {"kind": "narrow"}

    async def ask(self, request):
        if self.word in request.messages[-1].content:
            raise RefusedError("it does not fit", too_long=True)
        return Response("Here you are.")

    async def close(self):
        pass
'''


@pytest.fixture
def model(folder: Path) -> Path:
    """What looks like a model's folder."""
    place = folder / "models" / "tiny"
    place.mkdir(parents=True)
    (place / "config.json").write_text("{}")
    (place / "tokenizer.json").write_text("{}")
    (place / "chat_template.jinja").write_text("{{ messages }}")
    (place / "model.safetensors").write_bytes(b"weights")
    return place


def write(folder: Path, teacher: str, *tasks: str) -> None:
    (folder / "recipe.toml").write_text(RECIPE.format(teacher=teacher))
    lines = (json.dumps({"id": f"t{n}", "instruction": task}) for n, task in enumerate(tasks))
    (folder / "tasks.jsonl").write_text("\n".join(lines))


@pytest.mark.parametrize("use", ["vllm", "vllm-server"])
def test_without_vllm_a_run_says_what_to_install_and_writes_nothing(
    folder: Path, run: Run, model: Path, use: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ittgen.teachers.local.machine.find_spec", lambda name: None)
    write(folder, f'use = "{use}"\nmodel = "models/tiny"', "Say hello.")
    before = sorted(folder.rglob("*"))
    done = run("grow", "recipe.toml")
    assert done.code == 2 and "pip install 'ittgen[vllm]'" in done.err
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("use", ["vllm", "vllm-server"])
def test_a_plan_needs_the_models_folder_and_no_vllm(folder: Path, run: Run, model: Path, use: str) -> None:
    write(folder, f'use = "{use}"\nmodel = "models/tiny"', "Say hello.", "Say goodbye.")
    assert run("plan", "recipe.toml", "--json").json["calls"] >= 2
    write(folder, f'use = "{use}"\nmodel = "models/nowhere/at-all"', "Say hello.")
    done = run("plan", "recipe.toml")
    assert done.code == 2 and "there is no such folder" in done.err


def test_a_request_that_is_too_long_fails_alone_though_many_come_together(folder: Path, run: Run) -> None:
    (folder / "narrow.py").write_text(TOO_LONG)
    tasks = [f"{'Long' if 2 <= n < 12 else 'Short'} task {n}." for n in range(16)]
    write(folder, 'use = "narrow:Narrow"\nword = "Long"', *tasks)
    done = run("grow", "recipe.toml", "--progress", "none", "--min-acceptance", "0")
    assert done.code == 0, done.err
    assert run("rejects", "demo", "--json").json == [{"stage": "answer", "rule": "error", "count": 10}]


@pytest.mark.parametrize("concurrency", ["1", "16"])
def test_where_every_request_is_too_long_the_recipe_is_wrong_and_nothing_is_left(
    folder: Path, run: Run, concurrency: str
) -> None:
    (folder / "narrow.py").write_text(TOO_LONG)
    write(folder, 'use = "narrow:Narrow"\nword = "task"', *(f"A task {n}." for n in range(9)))
    done = run("grow", "recipe.toml", "--progress", "none", "--concurrency", concurrency)
    assert done.code == 2 and "it does not fit" in done.err
    assert not (folder / ".ittgen").exists() and not (folder / "data").exists()

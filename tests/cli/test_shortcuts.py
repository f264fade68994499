"""Each short command runs exactly the recipe that it prints."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ittgen.recipe import Recipe
from ittgen.versions.dataset import Dataset
from tests.cli.conftest import Run

TASKS = [
    {"instruction": "Name the largest of the numbers.", "input": "3, 9, 4", "output": "9", "source": {"page": None}},
    {"instruction": "Count the letters of the word.", "input": "kettle", "output": "6"},
    {"instruction": "Sort the words by the alphabet.", "input": "pear, fig, plum", "output": "fig, pear, plum"},
]
SHORT = {
    "self-instruct": ["self-instruct", "tasks.json", "-n", "5"],
    "evolve": ["evolve", "tasks.json", "--epochs", "2"],
    "distill": ["distill", "tasks.json", "--replace-outputs"],
    "distill -n": ["distill", "tasks.json", "--replace-outputs", "-n", "2"],
}
PROCEDURAL = ["--teacher", "procedural", "--set", "teacher.noise=0.0"]


@pytest.fixture
def tasks(folder: Path) -> Path:
    (folder / "tasks.json").write_text(json.dumps(TASKS))
    return folder / "tasks.json"


def shown(run: Run, *args: str) -> dict[str, Any]:
    done = run(*args, "--show-recipe")
    assert (done.code, done.err) == (0, "")
    return tomllib.loads(done.out)


@pytest.mark.parametrize("args", SHORT.values(), ids=SHORT.keys())
def test_the_printed_recipe_gives_the_same_digest(tasks: Path, run: Run, args: list[str]) -> None:
    grown = run(*args, *PROCEDURAL, "-q", "--data", "one", "--journal", "one.sqlite")
    assert grown.code == 0, grown.err
    printed = run(*args, *PROCEDURAL, "--show-recipe", "--data", "one")
    (tasks.parent / "saved.toml").write_text(printed.out)
    again = run("grow", "saved.toml", "-q", "--data", "two", "--journal", "two.sqlite")
    assert again.code == 0, again.err
    one, two = (Dataset.at(tasks.parent / done.out.strip()).manifest for done in (grown, again))
    assert one.digest == two.digest and one.recipe == two.recipe and one.rows


@pytest.mark.parametrize("args", SHORT.values(), ids=SHORT.keys())
def test_showing_a_recipe_needs_no_key_and_leaves_nothing_behind(tasks: Path, run: Run, args: list[str]) -> None:
    before = sorted(tasks.parent.iterdir())
    table = shown(run, *args, "--model", "m", "--base-url", "http://localhost:1/v1", "--api-key-env", "MY_KEY")
    assert table["teacher"] == {
        "use": "openai",
        "model": "m",
        "base_url": "http://localhost:1/v1",
        "api_key_env": "MY_KEY",
    }
    assert sorted(tasks.parent.iterdir()) == before


@pytest.mark.parametrize("args", SHORT.values(), ids=SHORT.keys())
def test_the_printed_recipe_is_the_recipe_in_full(tasks: Path, run: Run, args: list[str]) -> None:
    table = shown(run, *args, *PROCEDURAL)
    assert Recipe.of(table).to_json() == Recipe.of(shown(run, *args, "--teacher", "procedural")).set(
        "teacher.noise", 0.0
    ).to_json() | {"name": table["name"]}


@pytest.mark.parametrize("args", SHORT.values(), ids=SHORT.keys())
def test_without_a_teacher_the_two_ways_to_have_one_are_told(tasks: Path, run: Run, args: list[str]) -> None:
    done = run(*args)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "ittgen: who answers? Say --model M (any OpenAI-compatible server), or --teacher procedural to try it out\n"
    )


def test_options_land_where_they_belong(folder: Path, run: Run) -> None:
    table = shown(run, "self-instruct", "general", "-n", "77", "--model", "m", "--name", "mine")
    assert (table["name"], table["seeds"], table["stage"][0]["target"]) == ("mine", "general", 77)
    (evolve,) = shown(run, "evolve", "general", "--epochs", "3", "--flavour", "code", "--model", "m")["stage"]
    assert evolve["generator"] == {"use": "evol-instruct", "epochs": 3, "flavour": "code"}
    (answer,) = shown(run, "distill", "general", "-n", "4", "--model", "m")["stage"]
    assert answer["generator"] == {"use": "distill", "replace_outputs": False, "n": 4, "choose": "judge"}


@pytest.mark.parametrize(
    ("source", "name", "seeds"),
    [
        ("general", "general-evolved", "general"),
        ("demo@2", "demo-evolved", "demo@2"),
        ("demo", "demo-evolved", "demo@latest"),
        ("plain", "plain-evolved", "./plain"),
        ("sub/my tasks (2).jsonl", "my-tasks-2-evolved", "sub/my tasks (2).jsonl"),
        ("sub/写.json", "evolved", "sub/写.json"),
    ],
)
def test_a_source_is_a_set_a_version_or_a_file(folder: Path, run: Run, source: str, name: str, seeds: str) -> None:
    (folder / "data/demo/v0001").mkdir(parents=True)
    (folder / "sub").mkdir()
    for file in ("plain", "sub/my tasks (2).jsonl", "sub/写.json"):
        (folder / file).write_text(json.dumps(TASKS))
    table = shown(run, "evolve", source, "--model", "m")
    assert (table["name"], table["seeds"]) == (name, seeds)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["self-instruct", "genral", *PROCEDURAL], 'there is no set "genral"'),
        (["evolve", "none.json", *PROCEDURAL], "seeds none.json: no such file"),
        (["distill", "none@1", *PROCEDURAL], "none"),
        (["distill", "general", "--model", "m", "--set", "teacher.modle=x", "--name", "a b"], '"name"'),
        (["distill", "general", "--model", "m", "--set", "stage.evolve.target=5"], 'there is no "evolve"'),
        (["self-instruct", "general", "--teacher", "openai"], 'needs the option "model"'),
        (["evolve", "general", "--teacher", "procedurl"], 'did you mean "procedural"?'),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_written(folder: Path, run: Run, args: list[str], said: str) -> None:
    done = run(*args)
    assert done.code == 2 and said in done.err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("args", SHORT.values(), ids=SHORT.keys())
@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (["--budget-usd", "0.0001", "--set", "teacher.price={input=1e5,output=1e5}"], "the budget of $0.0001 has no"),
        (["--budget-tokens", "10"], "the budget of 10 tokens has no room for even one call"),
        (["--max-minutes", "1e-9"], "minutes given are over"),
    ],
)
def test_every_limit_of_grow_holds_for_a_short_command(
    tasks: Path, run: Run, args: list[str], limit: list[str], said: str
) -> None:
    done = run(*args, *PROCEDURAL, *limit, "-q")
    assert done.code == 3 and said in done.err


@pytest.mark.parametrize("verb", ["self-instruct", "evolve", "distill"])
@pytest.mark.parametrize(
    "option", ["--budget-usd", "--max-minutes", "--requests-per-minute", "--tokens-per-minute", "--min-acceptance"]
)
def test_a_limit_that_is_none_is_named_by_a_short_command(folder: Path, run: Run, verb: str, option: str) -> None:
    done = run(verb, "general", *PROCEDURAL, "--set", "teacher.price={input=1.0,output=1.0}", option, "-1")
    assert done.code == 2 and f"({option}) " in done.err and "-1" in done.err


def test_a_budget_in_dollars_says_how_a_price_is_given(folder: Path, run: Run) -> None:
    done = run("distill", "general", *PROCEDURAL, "--budget-usd", "1")
    assert done.code == 2 and "--set 'teacher.price={input=…,output=…}'" in done.err


def test_a_missing_key_is_said_before_anything_is_sent(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    done = run("self-instruct", "general", "--model", "m")
    assert done.code == 2 and "OPENAI_API_KEY is not set" in done.err

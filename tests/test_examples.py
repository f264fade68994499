"""Every recipe that ittgen ships is one that runs: examples to the end, presets as far as no model is needed."""

from pathlib import Path

import pytest

from ittgen import api, resources
from ittgen.events import Event, Froze
from ittgen.recipe import Recipe
from ittgen.versions.verify import verify
from tests.cli.conftest import Run, folder, run

__all__ = ["folder", "run"]

ROOT = Path(__file__).parent.parent
EXAMPLES = {path.stem: path for path in sorted((ROOT / "examples").glob("*.toml"))}
PRESETS = {path.stem: path for path in sorted(resources.presets().glob("*.toml"))}
FEW = 6


def grown(recipe: Recipe, home: Path, *, offline: bool = False) -> Froze:
    """The version that comes of it; offline, a question that was not answered before would stop the run."""
    frozen: list[Froze] = []

    def note(event: Event) -> None:
        if isinstance(event, Froze):
            frozen.append(event)

    journal = home / "journal.sqlite"
    api.grow(recipe, data=home / "data", journal=journal, offline=offline, progress="none", on_event=note)
    (froze,) = frozen
    return froze


def test_the_examples_and_presets_that_are_promised_are_there() -> None:
    assert EXAMPLES.keys() == {"self_instruct", "alpaca", "evol_instruct", "distill", "full"}
    assert PRESETS.keys() == {"self-instruct", "alpaca", "wizardlm", "orca"}


@pytest.mark.parametrize("path", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_an_example_grows_verifies_and_asks_nothing_again(path: Path, tmp_path: Path) -> None:
    recipe = Recipe.load(path)
    assert api.plan(recipe).calls > 0
    small = recipe.set(f"stage.{recipe.stage[0].name}.target", FEW)
    first = grown(small, tmp_path)
    assert first.new and first.rows and verify(first.path) == []
    again = grown(small, tmp_path, offline=True)
    assert not again.new and again.path == first.path
    assert [version.name for version in first.path.parent.iterdir()] == ["v0001"]


@pytest.mark.parametrize("path", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_an_example_takes_another_teacher_as_make_regenerate_gives_it(path: Path, tmp_path: Path) -> None:
    recipe = Recipe.load(path)
    small = recipe.set("teacher", {"use": "procedural", "model": "m"}).set(f"stage.{recipe.stage[0].name}.target", 1)
    assert grown(small, tmp_path).rows


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_project_to_start_from(name: str, run: Run, folder: Path) -> None:
    done = run("init", "--preset", name, "mine")
    assert done.code == 0 and "name your model in mine/recipe.toml" in done.err
    recipe = Recipe.load(folder / "mine" / "recipe.toml")
    assert recipe.name == "my-dataset" and "my-dataset" in (folder / "mine" / "README.md").read_text()
    assert all(table.model == "your-model" for table in recipe.staff.values())
    assert api.plan(recipe).calls > 1000 or name in ("wizardlm", "orca")


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_grows_with_the_teacher_that_needs_no_model(name: str, tmp_path: Path) -> None:
    recipe = Recipe.load(PRESETS[name])
    for place in recipe.staff:
        recipe = recipe.set(f"teachers.{place}" if place else "teacher", {"use": "procedural", "noise": 0.0})
    assert grown(recipe.set(f"stage.{recipe.stage[0].name}.target", 2), tmp_path).rows


def test_a_preset_that_is_not_there_is_told_the_nearest(run: Run, folder: Path) -> None:
    done = run("init", "--preset", "wizadlm", "mine")
    assert done.code == 2 and 'no preset "wizadlm" (did you mean "wizardlm"?)' in done.err
    assert list(folder.iterdir()) == []


def test_the_help_names_every_preset(run: Run, folder: Path) -> None:
    help = " ".join(run("init", "--help").out.split())
    assert all(name in help for name in PRESETS)

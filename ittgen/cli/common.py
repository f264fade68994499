"""The options that several verbs share, each written once, and the recipe they make."""

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ittgen.errors import UsageError

if TYPE_CHECKING:
    from ittgen.recipe import Recipe

DATA = Path("data")
JOURNAL = Path(".ittgen/journal.sqlite")

RecipeFile = Annotated[Path, typer.Argument(metavar="RECIPE", help="The recipe, a TOML file.", show_default=False)]
Ref = Annotated[
    str,
    typer.Argument(
        metavar="NAME[@V]", help='A version: "NAME@3"; "NAME" is the newest; or its folder.', show_default=False
    ),
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change the recipe: stage.propose.target=500, teacher.model=… (TOML values, or else text). Repeatable.",
    ),
]
Target = Annotated[int | None, typer.Option("--target", metavar="N", min=1, help="Rows wanted of the first stage.")]
DataDir = Annotated[
    Path, typer.Option("--data", metavar="DIR", help="Where versions live.", callback=lambda path: _folder(path))
]
JournalFile = Annotated[
    Path,
    typer.Option(
        "--journal", metavar="FILE", help="Where answers and progress live.", callback=lambda path: _file(path)
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Concurrency = Annotated[int, typer.Option("--concurrency", metavar="N", min=1, help="Requests on the wire at a time.")]

BudgetUsd = Annotated[float | None, typer.Option("--budget-usd", metavar="X", help="Dollars to spend at most.")]
MaxCalls = Annotated[int | None, typer.Option("--max-calls", metavar="N", help="Calls to make at most.")]
BudgetTokens = Annotated[int | None, typer.Option("--budget-tokens", metavar="N", help="Tokens to spend at most.")]
MaxMinutes = Annotated[
    float | None, typer.Option("--max-minutes", metavar="X", help="Minutes after which nothing more is sent.")
]
RequestsPerMinute = Annotated[
    float | None, typer.Option("--requests-per-minute", metavar="N", help="Requests a minute at most.")
]
TokensPerMinute = Annotated[
    float | None, typer.Option("--tokens-per-minute", metavar="N", help="Tokens a minute at most.")
]
MinAcceptance = Annotated[
    float,
    typer.Option(
        "--min-acceptance",
        metavar="X",
        help="Stop when a smaller share of the last 200 slots' drafts became rows. 0: go on all the same.",
    ),
]


def _folder(path: Path) -> Path:
    if path.is_file():
        raise UsageError(f"--data {path}: is a file, not a folder")
    return path


def _file(path: Path) -> Path:
    if path.is_dir():
        raise UsageError(f"--journal {path}: is a folder, not a file; name a file in it: {path / JOURNAL.name}")
    return path


def load(path: Path, sets: list[str] | None = None, target: int | None = None) -> "Recipe":
    """The recipe in a file, with `--set` and `--target` applied. Raises RecipeError or UsageError."""
    from ittgen.recipe import Recipe

    recipe = changed(Recipe.load(path), sets)
    return recipe if target is None else recipe.set(f"stage.{recipe.stage[0].name}.target", target)


def changed(recipe: "Recipe", sets: list[str] | None) -> "Recipe":
    """The recipe with every `--set` applied. Raises RecipeError or UsageError."""
    for assignment in sets or []:
        recipe = recipe.set(*_parsed(assignment))
    return recipe


def _parsed(assignment: str) -> tuple[str, Any]:
    """`PATH=VALUE` in two: the value as TOML reads it where that is JSON too, else as text."""
    path, equals, text = assignment.partition("=")
    if not equals or not path:
        raise UsageError(f'--set wants PATH=VALUE, such as stage.propose.target=500, not "{assignment}"')
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return path, text
    return path, value if isinstance(value, (str, int, float, list, dict)) else text

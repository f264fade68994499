"""The verbs that need no recipe file: self-instruct, evolve, distill. Each makes a recipe and runs exactly that."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ittgen.cli import shorthand
from ittgen.cli.common import (
    DATA,
    JOURNAL,
    BudgetTokens,
    BudgetUsd,
    Concurrency,
    DataDir,
    JournalFile,
    MaxCalls,
    MaxMinutes,
    MinAcceptance,
    RequestsPerMinute,
    Sets,
    TokensPerMinute,
    changed,
)
from ittgen.cli.growing import run
from ittgen.cli.output import out
from ittgen.cli.shorthand import Table
from ittgen.saturation import FLOOR

if TYPE_CHECKING:
    from ittgen.recipe import Recipe

Flavour = Literal["general", "code"]
SHOWN = Path("(as --show-recipe prints it)")
"""Where messages say that something is wrong; relative paths start in the working directory."""

LIMITS = (
    *("budget_usd", "budget_tokens", "max_calls", "max_minutes"),
    *("requests_per_minute", "tokens_per_minute", "min_acceptance"),
)

Source = Annotated[
    str,
    typer.Argument(
        metavar="NAME@V|FILE", help="A version, or an Alpaca, ShareGPT, messages or seed file.", show_default=False
    ),
]
Model = Annotated[str, typer.Option("--model", metavar="M", help="The model that answers.")]
BaseUrl = Annotated[str, typer.Option("--base-url", metavar="URL", help="Its server; OpenAI itself if left out.")]
KeyName = Annotated[str, typer.Option("--api-key-env", metavar="VAR", help="The environment variable with the key.")]
Teacher = Annotated[
    str,
    typer.Option(
        "--teacher", metavar="USE", help="openai if there is a --model; or procedural: no model, for trying out."
    ),
]
Name = Annotated[
    str, typer.Option("--name", metavar="NAME", help="The dataset's name; made of the source's if left out.")
]
ShowRecipe = Annotated[bool, typer.Option("--show-recipe", help="Print the recipe, and run nothing.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Show no progress.")]


def self_instruct(
    seeds: Annotated[
        str, typer.Argument(metavar="SEEDS", help='A file of tasks, or a packaged set: "general".', show_default=False)
    ],
    n: Annotated[int, typer.Option("-n", metavar="N", min=1, help="New instructions wanted.")] = 1000,
    model: Model = "",
    base_url: BaseUrl = "",
    api_key_env: KeyName = "",
    teacher: Teacher = "",
    name: Name = "",
    sets: Sets = None,
    show_recipe: ShowRecipe = False,
    concurrency: Concurrency = 16,
    budget_usd: BudgetUsd = None,
    budget_tokens: BudgetTokens = None,
    max_calls: MaxCalls = None,
    max_minutes: MaxMinutes = None,
    requests_per_minute: RequestsPerMinute = None,
    tokens_per_minute: TokensPerMinute = None,
    min_acceptance: MinAcceptance = FLOOR,
    data: DataDir = DATA,
    journal: JournalFile = JOURNAL,
    quiet: Quiet = False,
) -> None:
    """Grow new tasks with their answers from a few seeds. Short for a recipe, which --show-recipe prints."""
    asked = shorthand.teacher(teacher, _wire(model, base_url, api_key_env))
    recipe = _recipe(seeds, "self-instruct", name, data, asked, shorthand.self_instruct(n), sets)
    limits = _limits(
        budget_usd, budget_tokens, max_calls, max_minutes, requests_per_minute, tokens_per_minute, min_acceptance
    )
    _show_or_run(recipe, show_recipe, concurrency, limits, data, journal, quiet)


def evolve(
    source: Source,
    epochs: Annotated[int, typer.Option("--epochs", metavar="N", min=1, help="Times each task is made harder.")] = 4,
    flavour: Annotated[
        Flavour, typer.Option("--flavour", metavar="general|code", help="What the tasks are.")
    ] = "general",
    model: Model = "",
    base_url: BaseUrl = "",
    api_key_env: KeyName = "",
    teacher: Teacher = "",
    name: Name = "",
    sets: Sets = None,
    show_recipe: ShowRecipe = False,
    concurrency: Concurrency = 16,
    budget_usd: BudgetUsd = None,
    budget_tokens: BudgetTokens = None,
    max_calls: MaxCalls = None,
    max_minutes: MaxMinutes = None,
    requests_per_minute: RequestsPerMinute = None,
    tokens_per_minute: TokensPerMinute = None,
    min_acceptance: MinAcceptance = FLOOR,
    data: DataDir = DATA,
    journal: JournalFile = JOURNAL,
    quiet: Quiet = False,
) -> None:
    """Make tasks harder, step by step, and answer them. Short for a recipe, which --show-recipe prints."""
    asked = shorthand.teacher(teacher, _wire(model, base_url, api_key_env))
    recipe = _recipe(source, "evolved", name, data, asked, shorthand.evolve(epochs, flavour), sets)
    limits = _limits(
        budget_usd, budget_tokens, max_calls, max_minutes, requests_per_minute, tokens_per_minute, min_acceptance
    )
    _show_or_run(recipe, show_recipe, concurrency, limits, data, journal, quiet)


def distill(
    source: Source,
    replace_outputs: Annotated[
        bool, typer.Option("--replace-outputs", help="Answer again what has an answer; else only what has none.")
    ] = False,
    n: Annotated[
        int, typer.Option("-n", metavar="N", min=1, help="Answers asked for; the teacher says which is best.")
    ] = 1,
    model: Model = "",
    base_url: BaseUrl = "",
    api_key_env: KeyName = "",
    teacher: Teacher = "",
    name: Name = "",
    sets: Sets = None,
    show_recipe: ShowRecipe = False,
    concurrency: Concurrency = 16,
    budget_usd: BudgetUsd = None,
    budget_tokens: BudgetTokens = None,
    max_calls: MaxCalls = None,
    max_minutes: MaxMinutes = None,
    requests_per_minute: RequestsPerMinute = None,
    tokens_per_minute: TokensPerMinute = None,
    min_acceptance: MinAcceptance = FLOOR,
    data: DataDir = DATA,
    journal: JournalFile = JOURNAL,
    quiet: Quiet = False,
) -> None:
    """Let a teacher answer tasks, or answer them anew. Short for a recipe, which --show-recipe prints."""
    asked = shorthand.teacher(teacher, _wire(model, base_url, api_key_env))
    recipe = _recipe(source, "distilled", name, data, asked, shorthand.distill(n, replace_outputs), sets)
    limits = _limits(
        budget_usd, budget_tokens, max_calls, max_minutes, requests_per_minute, tokens_per_minute, min_acceptance
    )
    _show_or_run(recipe, show_recipe, concurrency, limits, data, journal, quiet)


def _limits(*said: float | None) -> dict[str, float | None]:
    """What a run may spend, and how fast, as `api.grow` calls it."""
    return dict(zip(LIMITS, said, strict=True))


def _wire(model: str, base_url: str, api_key_env: str) -> dict[str, str]:
    return {"model": model, "base_url": base_url, "api_key_env": api_key_env}


def _recipe(
    source: str, suffix: str, name: str, data: Path, teacher: Table, stages: list[Table], sets: list[str] | None
) -> "Recipe":
    from ittgen.recipe import Recipe

    table = {
        "name": name or shorthand.name(source, suffix),
        "seed": 42,
        "seeds": shorthand.seeds(source, data),
        "teacher": teacher,
        "stage": stages,
    }
    return changed(Recipe.of(table, SHOWN), sets)


def _show_or_run(
    recipe: "Recipe",
    show: bool,
    concurrency: int,
    limits: Mapping[str, Any],
    data: Path,
    journal: Path,
    quiet: bool,
) -> None:
    if show:
        out(_toml(recipe), end="")
        return
    progress = "none" if quiet else "auto"
    run(recipe, concurrency=concurrency, data=data, journal=journal, progress=progress, **limits)


def _toml(recipe: "Recipe") -> str:
    """The recipe as a file to be saved in this folder, where its relative paths start; without what goes unsaid."""
    import tomli_w

    table = recipe.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    for said, stage in zip(table["stage"], recipe.stage, strict=True):
        if stage.dedup:
            said["dedup"] = stage.dedup.model_dump()
    return "# Saved in this folder, `ittgen grow FILE` runs the same.\n" + tomli_w.dumps(table)

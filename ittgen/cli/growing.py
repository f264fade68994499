"""The verbs that run recipes: plan, try, grow, status."""

from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from ittgen.cli.common import (
    DATA,
    JOURNAL,
    BudgetTokens,
    BudgetUsd,
    Concurrency,
    DataDir,
    JournalFile,
    Json,
    MaxCalls,
    MaxMinutes,
    MinAcceptance,
    RecipeFile,
    RequestsPerMinute,
    Sets,
    Target,
    TokensPerMinute,
    load,
)
from ittgen.cli.ending import end_as_json
from ittgen.cli.output import out, out_json, out_operations, out_table, say
from ittgen.cli.words import trial_text
from ittgen.progress import Style, counted, money
from ittgen.saturation import FLOOR

if TYPE_CHECKING:
    from ittgen.events import Event, Froze
    from ittgen.planning import Plan, StagePlan, ToGo
    from ittgen.recipe import Recipe
    from ittgen.running import Trial
    from ittgen.spending import Share
    from ittgen.text import JSON


def plan(
    recipe: RecipeFile,
    sets: Sets = None,
    target: Target = None,
    data: DataDir = DATA,
    journal: JournalFile = JOURNAL,
    as_json: Json = False,
) -> None:
    """Say what a recipe will need: calls, rows, tokens, dollars.

    Touches no network and writes nothing. Stages that the journal knows are measured by it; the others are rehearsed
    with the procedural teacher.
    """
    from ittgen import api

    expected = api.plan(load(recipe, sets, target), data=data, journal=journal)
    if as_json:
        out_json(expected.to_json())
        return
    out_table(
        ["stage", "generator", "slots", "calls", "rows", "prompt tokens", "completion tokens", "dollars", "at most"],
        [
            *((stage.stage, stage.generator, stage.slots, stage.calls, stage.rows, *_expense(stage))
              for stage in expected.stages),
            ("all", "", None, expected.calls, None, *_expense(expected)),
        ],
    )  # fmt: skip
    _out_to_go(expected)
    for assumption in expected.assumed:
        out(f"assumed: {assumption}")
    for warning in expected.warnings:
        out(f"warning: {warning}")
    if expected.unpriced:
        where = " and ".join(f"[teachers.{name}]" if name else "[teacher]" for name in expected.unpriced)
        out(f"for dollars: add price = {{ input = …, output = … }}, in dollars a million tokens, to {where}")


def _out_to_go(expected: "Plan") -> None:
    """What of a plan is done, where anything is, and what is still to pay."""
    done, slots = sum(stage.done for stage in expected.stages), sum(stage.slots for stage in expected.stages)
    if expected.begun and done == slots:
        out(f"\nnothing is left to pay: all {counted(slots, 'slot')} are done\n")
    elif expected.begun:
        out("\nof this, still to pay")
        whole = [(stage.stage, stage.done, stage.slots, stage.to_go.calls, *_expense(stage.to_go))
                 for stage in expected.stages]  # fmt: skip
        header = ["stage", "slots done", "of", "calls", "prompt tokens", "completion tokens", "dollars", "at most"]
        out_table(header, [*whole, ("all", done, slots, expected.to_go.calls, *_expense(expected.to_go))])
        out("")


def _expense(of: "Plan | StagePlan | ToGo") -> tuple[object, ...]:
    """Tokens and dollars, the last columns of a plan."""
    dollars = (None if sum is None else money(sum).removeprefix("$") for sum in (of.dollars, of.dollars_at_most))
    return of.prompt_tokens, of.completion_tokens, *dollars


def try_(
    recipe: RecipeFile,
    n: Annotated[int, typer.Option("-n", metavar="N", min=1, help="Slots of each stage.")] = 5,
    sets: Sets = None,
    data: DataDir = DATA,
    journal: JournalFile = JOURNAL,
    as_json: Json = False,
) -> None:
    """Show what a few slots ask, are told and make of it. Publishes nothing; the answers are kept for later."""
    from ittgen import api

    trials = api.try_(load(recipe, sets), n, data=data, journal=journal)
    if as_json:
        out_json([_trial_json(trial) for trial in trials])
        return
    out("\n\n".join(map(trial_text, trials)))


def grow(
    recipe: RecipeFile,
    target: Target = None,
    sets: Sets = None,
    concurrency: Concurrency = 16,
    budget_usd: BudgetUsd = None,
    budget_tokens: BudgetTokens = None,
    max_calls: MaxCalls = None,
    max_minutes: MaxMinutes = None,
    requests_per_minute: RequestsPerMinute = None,
    tokens_per_minute: TokensPerMinute = None,
    min_acceptance: MinAcceptance = FLOOR,
    offline: Annotated[bool, typer.Option("--offline", help="Use stored answers only.")] = False,
    freeze_partial: Annotated[bool, typer.Option("--freeze-partial", help="Publish also when stopped early.")] = False,
    data: DataDir = DATA,
    journal: JournalFile = JOURNAL,
    progress: Annotated[
        Style, typer.Option("--progress", metavar="|".join(get_args(Style)), help="What to show meanwhile, on stderr.")
    ] = "auto",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="The same as --progress none.")] = False,
    as_json: Json = False,
) -> None:
    """Run a recipe, or go on with it, and freeze a version. Prints the version's folder.

    Interrupt it and run it again at any time: what was answered is stored and never paid for twice.
    """
    style: Style = "none" if quiet else progress
    end_as_json(style == "json")
    run(
        load(recipe, sets, target),
        as_json,
        data=data,
        journal=journal,
        concurrency=concurrency,
        budget_usd=budget_usd,
        budget_tokens=budget_tokens,
        max_calls=max_calls,
        max_minutes=max_minutes,
        requests_per_minute=requests_per_minute,
        tokens_per_minute=tokens_per_minute,
        min_acceptance=min_acceptance,
        offline=offline,
        freeze_partial=freeze_partial,
        progress=style,
    )


def run(recipe: "Recipe", as_json: bool = False, **options: Any) -> None:
    """`api.grow` with these options; prints the version's folder, or what came out as JSON."""
    from ittgen import api
    from ittgen.events import Froze

    frozen: list[Froze] = []

    def note(event: "Event") -> None:
        if isinstance(event, Froze):
            frozen.append(event)

    try:
        api.grow(recipe, on_event=note, **options)
    finally:  # a run that stops early may have frozen a partial version
        for froze in frozen:
            _print_frozen(froze, as_json)


def status(
    recipe: RecipeFile,
    target: Target = None,
    sets: Sets = None,
    data: DataDir = DATA,
    journal: JournalFile = JOURNAL,
    as_json: Json = False,
) -> None:
    """Say how far a recipe came and what it spent. Also while it runs, and by which process."""
    from ittgen.errors import UsageError
    from ittgen.status import status

    if journal != JOURNAL and not journal.parent.is_dir():
        raise UsageError(f"--journal {journal}: there is no folder {journal.parent}")
    known = status(load(recipe, sets, target), data, journal)
    if as_json:
        out_json(known.to_json())
        return
    rows = [
        (
            stage.stage,
            stage.generator,
            stage.accepted,
            stage.target,
            stage.cursor,
            sum(stage.rejected.values()),
            stage.calls,
            stage.prompt_tokens + stage.completion_tokens,
            money(stage.dollars).removeprefix("$") if stage.dollars else "",
        )
        for stage in known.stages
    ]
    out_table(["stage", "generator", "rows", "target", "slots", "rejected", "calls", "tokens", "dollars"], rows)
    for stage in known.stages:
        out_operations(stage.stage, stage.operations)
    if (kept := known.unfinished).calls:
        dollars = f", {money(kept.dollars)}" if kept.dollars else ""
        out(f"\nanswers stored for unfinished slots, in no line above: {kept.calls:,}, {kept.tokens:,} tokens{dollars}")
    if shares := [_share(stage.stage, *item) for stage in known.stages for item in stage.spent_by_rule.items()]:
        out("\nwhere the money went")
        out_table(["stage", "drafts that were", "drafts", "tokens", "dollars"], shares)
    for stage in known.stages:
        if stage.endpoints:
            counts = ", ".join(f"{name} {count:,}" for name, count in stage.endpoints.items())
            out(f"\n{stage.stage}: answers by endpoint: {counts}")
    used = f"{known.holder or 'no process'} is using it" if journal.is_file() else "there is none yet"
    say(f"journal {journal}: {used}")


def _share(stage: str, rule: str, share: "Share") -> tuple[object, ...]:
    dollars = money(share.dollars).removeprefix("$") if share.dollars else ""
    return stage, rule, share.drafts, share.tokens, dollars


def _print_frozen(froze: "Froze", as_json: bool) -> None:
    from ittgen.versions.manifest import Manifest

    if not as_json:
        out(str(froze.path))
        return
    calls = sum(stage.get("calls", 0) for stage in Manifest.read(froze.path).stages)
    out_json(
        {
            "name": froze.name,
            "version": froze.version,
            "path": str(froze.path),
            "rows": froze.rows,
            "new": froze.new,
            "partial": froze.partial,
            "calls": calls,
        }
    )


def _trial_json(trial: "Trial") -> "JSON":
    return {
        "stage": trial.stage,
        "slot": trial.slot,
        "calls": [{"request": request, "response": response.to_json()} for request, response in trial.calls],
        "accepted": [example.to_json() for example in trial.accepted],
        "rejected": [rejection.to_json() for rejection in trial.rejected],
    }

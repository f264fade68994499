"""Grow, plan and try: engine and freeze put together, for programs, notebooks and the command line alike.

The engine runs in a thread of its own with its own event loop, so that all of this works inside a running loop too
(Jupyter), and so that Ctrl-C reaches the caller's thread, which tells the engine to land.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ittgen import stages
from ittgen.errors import UsageError
from ittgen.events import Event
from ittgen.interrupts import Presses, heard_once
from ittgen.progress import Style, display
from ittgen.recipe import Recipe
from ittgen.running import Growth, Options, Trial
from ittgen.saturation import FLOOR
from ittgen.versions.dataset import Dataset
from ittgen.workshop import Workshop, check_writable

if TYPE_CHECKING:
    from ittgen.planning import Plan

T = TypeVar("T")

JOURNAL = Path(".ittgen/journal.sqlite")
DATA = Path("data")


def grow(
    recipe: Recipe | str | Path,
    *,
    data: str | Path = DATA,
    journal: str | Path = JOURNAL,
    concurrency: int = 16,
    budget_usd: float | None = None,
    budget_tokens: int | None = None,
    max_calls: int | None = None,
    max_minutes: float | None = None,
    requests_per_minute: float | None = None,
    tokens_per_minute: float | None = None,
    min_acceptance: float = FLOOR,
    offline: bool = False,
    freeze_partial: bool = False,
    progress: Style = "auto",
    on_event: Callable[[Event], None] | None = None,
) -> Dataset:
    """Run the recipe, or go on with it, and freeze a version; returns that version.

    data, journal: where versions and answers live; made where they are missing.
    concurrency: requests on the wire at a time; it never changes a row.
    budget_usd, budget_tokens, max_calls: the most this run may spend.
    max_minutes: after so long nothing more is sent; what is in flight lands.
    requests_per_minute, tokens_per_minute: the pace that the teachers' servers allow.
    min_acceptance: share of drafts, over the last 200 slots, that must become rows for the run to go on; 0: any.
    offline: answers from the journal only.
    freeze_partial: publish what is complete also when the run stops early.
    on_event: told of every event, in the engine's thread.
    progress: "auto" (live on a terminal or in a notebook, else a line now and then), "plain", "json" or "none".

    Raises UsageError (recipe, seeds, key, folders) before anything is sent, and Stopped when the run ended early; then
    everything received is stored, and the same call goes on from there.
    """
    options = Options(
        data=Path(data),
        journal=Path(journal),
        concurrency=concurrency,
        usd=budget_usd,
        tokens=budget_tokens,
        calls=max_calls,
        minutes=max_minutes,
        requests_per_minute=requests_per_minute,
        tokens_per_minute=tokens_per_minute,
        min_acceptance=min_acceptance,
        offline=offline,
        freeze_partial=freeze_partial,
    )
    growth = _growth(recipe, options)
    with display(growth.meter, progress) as show:
        froze = _drive(growth, lambda: growth.grow(partial(_tell, (show, on_event))))
    return Dataset.open(options.data, f"{froze.name}@{froze.version}")


def plan(recipe: Recipe | str | Path, *, data: str | Path = DATA, journal: str | Path = JOURNAL) -> "Plan":
    """Calls, rows, tokens and dollars to be expected of each stage, with what was assumed.

    Stages that the journal knows are measured by it; it need not exist. Touches no network and writes nothing.
    """
    from ittgen.planning import estimate

    return estimate(Workshop.of(_loaded(recipe), Path(data)), Path(journal))


def try_(
    recipe: Recipe | str | Path,
    n: int = 5,
    *,
    data: str | Path = DATA,
    journal: str | Path = JOURNAL,
    concurrency: int = 16,
) -> list[Trial]:
    """Run the first `n` slots of every stage: prompts, replies and verdicts; nothing is published.

    The answers are stored, so a later `grow` has them for free.
    """
    if n < 1:
        raise UsageError(f"try needs at least 1 slot, not {n}")
    growth = _growth(recipe, Options(data=Path(data), journal=Path(journal), concurrency=concurrency))
    return _drive(growth, lambda: growth.try_(n, partial(_tell, ())))


def open_version(ref: str, *, data: str | Path = DATA) -> Dataset:
    """A published version: "NAME", "NAME@3" or "NAME@latest". Raises VersionError when there is none."""
    return Dataset.open(Path(data), ref)


def _loaded(recipe: Recipe | str | Path) -> Recipe:
    return recipe if isinstance(recipe, Recipe) else Recipe.load(recipe)


def _growth(recipe: Recipe | str | Path, options: Options) -> Growth:
    """Everything checked, nothing sent."""
    workshop = Workshop.of(_loaded(recipe), options.data)
    if not options.offline:
        for teacher in workshop.teachers.values():
            stages.ready(teacher)
    if options.usd is not None and (free := [n for n, t in workshop.recipe.staff.items() if t.price is None]):
        where = " and ".join(f"[teachers.{name}]" if name else "[teacher]" for name in free)
        path = f"teachers.{free[0]}.price" if free[0] else "teacher.price"
        raise UsageError(
            f"a budget in dollars needs the teacher's price: add price = {{ input = …, output = … }} to {where}, "
            f"or say --set '{path}={{input=…,output=…}}', in dollars a million tokens"
        )
    check_writable(options.data, "data folder")
    check_writable(options.journal.parent, "journal folder")
    return Growth(workshop, options)


def _tell(listeners: Sequence[Callable[[Event], None] | None], event: Event) -> None:
    for listener in listeners:
        if listener:
            listener(event)


def _drive(growth: Growth, run: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run in a thread; the first Ctrl-C asks the engine to land, every further one to leave at once."""
    interrupts = chain([growth.interrupt], repeat(growth.abort))
    with heard_once(Presses()), ThreadPoolExecutor(1, thread_name_prefix="ittgen") as pool:
        future = pool.submit(lambda: asyncio.run(run()))
        while True:
            try:
                return future.result()
            except KeyboardInterrupt:
                next(interrupts)()

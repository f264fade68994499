"""What a slot of each stage needs and gives, and what its calls cost: measured, rehearsed or assumed.

Touches no network. A stage that the journal knows is measured by what it came to so far. The others are rehearsed:
their first slots run in this process, with the procedural teacher in place of every other and a journal that is thrown
away, which shows how long their prompts are and, roughly, their answers; where the journal has answers for
them, from a trial or a run that stopped early, these tell tokens and dollars.
"""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import Any

from ittgen.budget import Price, longest_answer
from ittgen.calls import Response, Teacher, Usage, estimated
from ittgen.generators.base import Estimated
from ittgen.journal import Journal
from ittgen.planning.known import Known, known_of
from ittgen.running import Growth, Options, Trial
from ittgen.spending import Kept
from ittgen.stages import Stage, prices_of
from ittgen.teachers.procedural import Procedural
from ittgen.text import canonical
from ittgen.workshop import Workshop

ACCEPTANCE = 0.6
"""Share of drafts assumed to pass filters and dedup."""
REHEARSED = 12
"""Slots of each stage that are rehearsed; also those whose requests are looked at where a stage is measured."""


@dataclass(frozen=True, slots=True)
class Call:
    """The mean of some calls: tokens and dollars."""

    prompt: float
    completion: float
    longest: float
    """Tokens at which answers are cut off."""
    dollars: float
    dollars_at_most: float


NO_CALL = Call(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Rate:
    """What a slot of a stage needs and gives."""

    basis: str
    seen: int
    """Slots that it is known from."""
    calls: float
    rows: float
    call: Call | None
    """None where no call was seen."""
    known: Known = field(default_factory=Known)
    """What is done, and what is stored for slots to come."""


def rates_of(workshop: Workshop, journal: Path) -> tuple[dict[str, Rate], list[str]]:
    """Stage identity -> what is known of it, and why some could not be rehearsed.

    Raises JournalError where `journal` is a file and no journal.
    """
    known, rates = _measured(workshop, journal)
    missing = [stage for stage in workshop.stages if stage.identity not in rates]
    if not missing:
        return rates, []
    trials, failure = _rehearsed(workshop)
    others = {stage.identity: _rate(workshop, stage, trials, known[stage.identity]) for stage in missing}
    return rates | others, failure


# Measured: what the journal tells of stages that have begun


def _measured(workshop: Workshop, path: Path) -> tuple[dict[str, Known], dict[str, Rate]]:
    """Stage identity -> what is known of it, and its rate so far where it has accepted anything."""
    if not path.is_file():
        return {stage.identity: Known() for stage in workshop.stages}, {}
    with Journal.read(path) as journal:
        known = known_of(workshop, journal)
        begun = [stage for stage in workshop.stages if known[stage.identity].rows]
        return known, {stage.identity: _so_far(workshop, stage, journal, known[stage.identity]) for stage in begun}


def _so_far(workshop: Workshop, stage: Stage, journal: Journal, known: Known) -> Rate:
    cost, slots = known.spent, known.slots
    keys = [key for slot in range(min(slots, REHEARSED)) for key in journal.outcome(stage.identity, slot).asked]
    exchanges = [exchange for key in keys if (exchange := journal.exchange(key))]
    call = _mean([_call(request, response.usage, _prices(workshop, stage)) for request, response in exchanges])
    if cost.calls:
        dollars = cost.dollars / cost.calls
        call = replace(
            call,
            prompt=cost.usage.prompt_tokens / cost.calls,
            completion=cost.usage.completion_tokens / cost.calls,
            dollars=dollars,
            dollars_at_most=max(dollars, call.dollars_at_most),
        )
    return Rate("measured", slots, cost.calls / slots, known.rows / slots, call, known)


# Rehearsed: the first slots of every stage, asked of a teacher without a model


def _rehearsed(workshop: Workshop) -> tuple[list[Trial], list[str]]:
    """What the first slots of every stage did, or of the stages before one that cannot be rehearsed; and why."""
    failure = list[str]()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1, thread_name_prefix="ittgen") as pool:
        for last in range(len(workshop.stages), 0, -1):
            future = pool.submit(_rehearse, replace(workshop, stages=workshop.stages[:last]), Path(folder))
            if (error := future.exception()) is None:
                return future.result(), failure
            reason = f"{type(error).__name__}: {error}"
            failure = [
                f"{workshop.stages[last - 1].name}: could not be rehearsed ({reason}), so its tokens are unknown"
            ]
    return [], failure


def _rehearse(workshop: Workshop, folder: Path) -> list[Trial]:
    """Run in a thread of its own, so that it also works inside a running loop (Jupyter)."""
    teachers = {name: _stand_in(teacher) for name, teacher in workshop.teachers.items()}
    options = Options(data=folder, journal=folder / "journal.sqlite", min_acceptance=0.0)
    growth = Growth(replace(workshop, teachers=teachers), options)
    return asyncio.run(growth.try_(REHEARSED, lambda event: None))


def _stand_in(teacher: Teacher) -> Teacher:
    return teacher if isinstance(teacher, Procedural) else Procedural()


def _rate(workshop: Workshop, stage: Stage, trials: Sequence[Trial], known: Known) -> Rate:
    """What the generator expects a slot to need, or else what it took in rehearsal; and the tokens of that."""
    mine = [trial for trial in trials if trial.stage == stage.name]
    if not mine:
        calls, drafts = _expected(stage) or (1.0, 1.0)
        return Rate("assumed", 0, calls, drafts * ACCEPTANCE, _stored(known.kept), known)
    exchanges = [exchange for trial in mine for exchange in trial.calls]
    shown = (len(exchanges) / len(mine), sum(len(t.accepted) + len(t.rejected) for t in mine) / len(mine))
    calls, drafts = _expected(stage) or shown
    prices = _prices(workshop, stage)
    call = _mean([_call(request, _tokens(request, response), prices) for request, response in exchanges])
    calls = calls if exchanges else 0.0
    return Rate("rehearsed", len(mine), calls, drafts * ACCEPTANCE, _stored(known.kept) or call, known)


def _expected(stage: Stage) -> tuple[float, float] | None:
    """(calls, drafts) of a slot, where the generator tells."""
    return stage.generator.expects() if isinstance(stage.generator, Estimated) else None


def _tokens(request: Mapping[str, Any], response: Response) -> Usage:
    """As they are estimated, whatever the stand-in counts."""
    prompt = estimated(message["content"] for message in request["messages"])
    return Usage(prompt, estimated([response.text, response.reasoning]))


# Tokens and dollars of a call


def _call(request: Mapping[str, Any], usage: Usage, prices: Mapping[str, Price]) -> Call:
    price, longest = prices.get(canonical(request["teacher"]), Price()), longest_answer(request["sampling"])
    most = price.most(usage.prompt_tokens, longest)
    return Call(usage.prompt_tokens, usage.completion_tokens, longest, price.of(usage), most)


def _stored(kept: Kept) -> Call | None:
    """The mean of the answers that are stored for slots to come, if any."""
    if not kept.calls:
        return None
    usage, most = kept.usage, max(kept.dollars, kept.dollars_at_most)
    sums = (usage.prompt_tokens, usage.completion_tokens, kept.longest, kept.dollars, most)
    return Call(*(part / kept.calls for part in sums))


def _mean(calls: Sequence[Call]) -> Call:
    parts = zip(*map(astuple, calls), strict=True)
    return Call(*(sum(part) / len(calls) for part in parts)) if calls else NO_CALL


def _prices(workshop: Workshop, stage: Stage) -> dict[str, Price]:
    """Teacher's identity as JSON -> its price, of those that the stage asks."""
    prices = prices_of(workshop.recipe)
    return {canonical(voice.identity): prices[voice.name] for voice in stage.voices.values()}

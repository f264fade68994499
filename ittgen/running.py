"""One run: journal, teacher stack and engine wired together, from the first event to the frozen version."""

import asyncio
import math
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ittgen import engine, stages
from ittgen.budget import Limits
from ittgen.calls import Local, Response
from ittgen.control import STORED, Control
from ittgen.errors import Stopped, UsageError
from ittgen.events import Event, Froze, Meter
from ittgen.journal import Journal
from ittgen.publishing import publish
from ittgen.records import Example, Rejection
from ittgen.saturation import FLOOR
from ittgen.stages import Stage
from ittgen.teachers.rates import Rates
from ittgen.teachers.stack import Stack
from ittgen.teachers.wrappers import Patience
from ittgen.workshop import Workshop

OnEvent = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How to run, as against what: nothing in here changes a row."""

    data: Path
    journal: Path
    concurrency: int = 16
    usd: float | None = None
    tokens: int | None = None
    calls: int | None = None
    minutes: float | None = None
    """After so long no more is admitted; what is in flight lands."""
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    min_acceptance: float = FLOOR
    """Share of drafts that must become rows for a stage to go on."""
    offline: bool = False
    freeze_partial: bool = False

    def __post_init__(self) -> None:
        limits = {
            "concurrency": self.concurrency,
            "budget_usd": self.usd,
            "budget_tokens": self.tokens,
            "max_calls": self.calls,
            "max_minutes": self.minutes,
            "requests_per_minute": self.requests_per_minute,
            "tokens_per_minute": self.tokens_per_minute,
        }
        for name, value in limits.items():
            if value is not None and not 0 < value < math.inf:
                raise UsageError(f"{_flag(name)} must be above 0 and finite, not {value}")
        if not 0 <= self.min_acceptance < 1:
            raise UsageError(
                f"{_flag('min_acceptance')} is a share of drafts, from 0 (however few are accepted) to below 1, "
                f"not {self.min_acceptance}"
            )


@dataclass(frozen=True, slots=True)
class Trial:
    """What one slot of a trial did."""

    stage: str
    slot: int
    calls: Sequence[tuple[Mapping[str, Any], Response]]
    """(request, answer) in the order asked."""
    accepted: Sequence[Example]
    rejected: Sequence[Rejection]


class Growth:
    """A run of a workshop; `interrupt` and `abort` may be called from another thread."""

    def __init__(self, workshop: Workshop, options: Options) -> None:
        self.workshop, self.options = workshop, options
        self.meter = Meter()
        self._stop: Stopped | None = None
        self._aborted = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._control: Control | None = None
        self._task: asyncio.Task[object] | None = None

    def interrupt(self) -> None:
        """Admit no more, let what is in flight land, commit, raise Stopped."""
        self._stop = Stopped(f"interrupted; {STORED}, run again to go on", interrupted=True)
        loop, control = self._loop, self._control
        if loop and control:
            loop.call_soon_threadsafe(control.stop, self._stop)

    def abort(self) -> None:
        """Leave at once; what is on the wire is given up."""
        self._aborted = True
        if self._loop and self._task:
            self._loop.call_soon_threadsafe(self._task.cancel)

    async def grow(self, on_event: OnEvent) -> Froze:
        """Run to the end and freeze. Raises Stopped, after a partial freeze where that was asked for."""
        with Journal.open(self.options.journal) as journal:
            try:
                await self._run(journal, journal, on_event)
            except Stopped as stopped:
                if not self.options.freeze_partial:
                    raise
                if not self._has_rows(journal):
                    raise Stopped(f"{stopped}. No version: no published stage has a row yet",
                                  interrupted=stopped.interrupted) from None  # fmt: skip
                on_event(publish(self.workshop, journal, self.options.data, partial=str(stopped)))
                raise
            froze = publish(self.workshop, journal, self.options.data)
            on_event(froze)
            return froze

    async def try_(self, n: int, on_event: OnEvent) -> list[Trial]:
        """The first slots of every stage, committed to a scratch journal; the answers go to the real one."""
        with (
            tempfile.TemporaryDirectory() as scratch,
            Journal.open(self.options.journal) as journal,
            Journal.open(Path(scratch) / "scratch.sqlite") as steps,
        ):
            await self._run(journal, steps, on_event, n)
            return [trial for stage in self.workshop.stages for trial in _trials(stage, n, steps, journal)]

    async def _run(self, answers: Journal, steps: Journal, on_event: OnEvent, slots: int | None = None) -> None:
        stack = self._stack(answers)
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self._control = control = Control(stack, self.options.min_acceptance, offline=self.options.offline)
        if self._stop:
            control.stop(self._stop)
        events = engine.grow(
            self.workshop.stages,
            self.workshop.seeds,
            steps,
            control,
            dataset=self.workshop.recipe.name,
            concurrency=self.options.concurrency,
            slots=slots,
        )
        try:
            with self._alarm(control):
                async with aclosing(events):
                    async for event in events:
                        on_event(event)
        except asyncio.CancelledError:
            raise _at_once() from None
        finally:
            self._control = None
            await self._leave(stack)

    @contextmanager
    def _alarm(self, control: Control) -> Iterator[None]:
        """Stops the run inside when its time is up."""
        minutes = self.options.minutes
        if minutes is None:
            yield
            return
        alarm = asyncio.get_running_loop().call_later(minutes * 60, lambda: control.stop(self._over(minutes)))
        try:
            yield
        finally:
            alarm.cancel()

    def _over(self, minutes: float) -> Stopped:
        """Why a run stops whose time is up; one that was never answered says what the last try met."""
        said = f"the {minutes:g} minutes given are over"
        if not self.meter.answered and self.meter.trouble:
            said += f", and nothing was answered: {self.meter.trouble}"
        return Stopped(f"{said}; {STORED}, run again to go on")

    async def _leave(self, stack: Stack) -> None:
        """Whatever ended the run: answers on the wire are paid for, so they land, unless somebody cannot wait."""
        try:
            if not self._aborted:
                await stack.land()
        except asyncio.CancelledError:
            raise _at_once() from None
        finally:
            await stack.close()

    def _has_rows(self, journal: Journal) -> bool:
        published = (self.workshop.stage(name) for name in self.workshop.recipe.published)
        return any(journal.progress(stage.identity).accepted for stage in published)

    def _stack(self, answers: Journal) -> Stack:
        options, prices = self.options, stages.prices_of(self.workshop.recipe)
        for teacher in self.workshop.teachers.values():
            if isinstance(teacher, Local):
                teacher.keep_in(options.journal.parent)
        return Stack(
            {name: (teacher, prices[name]) for name, teacher in self.workshop.teachers.items()},
            answers,
            Limits(options.usd, options.tokens, options.calls),
            self.meter,
            concurrency=options.concurrency,
            patience=Patience(),
            offline=options.offline,
            rates=Rates(options.requests_per_minute, options.tokens_per_minute),
        )


def _flag(name: str) -> str:
    """An option as programs and as people at a terminal know it."""
    return f"{name} (--{name.replace('_', '-')})"


def _at_once() -> Stopped:
    return Stopped(f"interrupted at once; {STORED}", interrupted=True)


def _trials(stage: Stage, n: int, steps: Journal, answers: Journal) -> Iterator[Trial]:
    """What each of the first slots of a stage asked, was told, and came to."""
    for slot in range(min(n, steps.progress(stage.identity).cursor)):
        outcome = steps.outcome(stage.identity, slot)
        calls = [exchange for key in outcome.asked if (exchange := answers.exchange(key))]
        yield Trial(stage.name, slot, calls, outcome.accepted, outcome.rejected)

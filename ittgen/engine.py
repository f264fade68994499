"""The engine: plan -> run -> screen -> commit, in slot order. It yields events and prints nothing.

Slots run side by side inside a window and may finish in any order; their drafts are committed strictly by slot number,
and what a slot sees of the pool depends on its number alone. So the same recipe and journal give the same rows at any
concurrency and after any number of kills.
"""

import asyncio
import math
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from ittgen.ask import Asking
from ittgen.commit import Committer
from ittgen.control import Control
from ittgen.errors import IttgenError, PluginError, Stopped
from ittgen.events import Event, SlotCommitted, StageBegan, StageEnded, Stopping
from ittgen.extent import extent, source_of
from ittgen.filters.base import screen
from ittgen.generators.base import Work
from ittgen.journal import Journal
from ittgen.records import Child, Draft, Example, Rejection
from ittgen.saturation import CHANGE, GO_ON, Saturation, told
from ittgen.stages import Stage

FIRST_SLOTS = 8
"""Slots admitted towards a target while nothing is known about how many rows a slot gives."""
TOGETHER = 64
"""Slots committed in one transaction at most."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A slot whose generator is done and whose drafts are screened, not yet committed."""

    slot: int
    work: Work
    drafts: Sequence[Child]
    asking: Asking


async def grow(
    stages: Sequence[Stage],
    seeds: Sequence[Example],
    journal: Journal,
    control: Control,
    *,
    dataset: str,
    concurrency: int,
    slots: int | None = None,
) -> AsyncGenerator[Event, None]:
    """Run every stage to its end, or until something stops the run; with `slots`, only that many slots of each.

    Raises Stopped, once all that landed is committed; an error in a generator's own code is raised as it is.
    """
    ends: dict[str, int] = {}
    for stage in stages:
        source = source_of(stage, seeds, journal, ends)
        run = _StageRun(stage, source, seeds, journal, control, dataset, concurrency, slots)
        async for event in run.events():
            yield event
        ends[stage.identity] = extent(stage, source, journal)
        if control.failure:
            raise control.failure
        if control.stopped:
            raise control.stopped


class _StageRun:
    """One stage's run: the slots that are admitted and not yet committed, and what is committed."""

    def __init__(
        self,
        stage: Stage,
        source: Sequence[Example],
        seeds: Sequence[Example],
        journal: Journal,
        control: Control,
        dataset: str,
        concurrency: int,
        slots: int | None,
    ) -> None:
        self.limit = math.inf if slots is None else slots
        self.stage, self.journal, self.control = stage, journal, control
        progress = journal.begin(stage.identity, dataset, stage.name, stage.what)
        self.source = source
        self.committer = Committer(stage, seeds, journal, progress)
        self.places = 2 * concurrency
        self.next = progress.cursor
        self.exhausted = False
        self.running = 0
        self.slots: dict[int, asyncio.Task[Finished]] = {}
        self.saturation = Saturation(control.floor, progress.accepted)
        self.leaving = False

    async def events(self) -> AsyncGenerator[Event, None]:
        """Everything that happens, from the stage's beginning to its end."""
        yield self._began()
        try:
            while True:
                while committed := self._commit():
                    for event in committed:
                        yield event
                    await asyncio.sleep(0)  # the wire has its turn before the next ones
                self._admit()
                if self.control.announce():
                    yield Stopping(str(self.control.stopped))
                if not self.running or not self._wanted():
                    break
                self.control.wake.clear()
                await self.control.wake.wait()
            await self._land()
        finally:
            self._cancel()
        for event in self._ended():
            yield event

    # Admitting: which slots start, and when; never what they contain

    def _admit(self) -> None:
        while self._may_admit():
            if (work := self._plan(self.next)) is None:
                self.exhausted = True
                return
            task = asyncio.create_task(self._run(self.next, work), name=f"slot {self.next}")
            task.add_done_callback(self._done)
            self.slots[self.next] = task
            self.running += 1
            self.next += 1

    def _may_admit(self) -> bool:
        return (
            not self.control.stopped
            and not self.exhausted
            and self.next < self.limit
            and self.running < self.places
            and self.next - self.committer.cursor < min(self.stage.window, self._wanted())
            and self.stage.visible(self.next) <= self.committer.cursor
        )

    def _wanted(self) -> float:
        """How many more slots the target needs by what slots gave so far, so that the last ones are not overbought."""
        if self.stage.target is None:
            return math.inf
        missing = self.stage.target - self.committer.accepted
        if missing <= 0:
            return 0
        if not self.committer.accepted:
            return FIRST_SLOTS
        return math.ceil(missing * self.committer.cursor / self.committer.accepted)

    def _plan(self, number: int) -> Work | None:
        seen = self.journal.visible(self.stage.identity, self.stage.visible(number))
        slot = self.stage.slot(number, self.source, self.journal.rows(self.stage.identity, seen))
        with self.stage.blaming(number):
            return self.stage.generator.plan(slot)

    # Running

    async def _run(self, number: int, work: Work) -> Finished:
        stage = self.stage
        asking = Asking(self.control.stack.teachers, stage.voices, stage.name, number, tuple(stage.generator.prompts))
        with stage.blaming(number):
            try:
                drafts = [_child(draft) for draft in await stage.generator.run(work, asking)]
            finally:
                asking.settle()
            screened = [Child(screen(child.draft, stage.filters), child.parents) for child in drafts]
        return Finished(number, work, screened, asking)

    def _done(self, task: asyncio.Task[Finished]) -> None:
        self.running -= 1
        self.control.wake.set()
        error = _cancelled(self.stage, task.get_name()) if task.cancelled() else task.exception()
        if error and not self.leaving:
            self.control.judge(error)

    # Committing

    def _commit(self) -> list[Event]:
        """Commit the slots whose turn it is, in one transaction; a failed one holds up all behind it."""
        events: list[Event] = []
        with self.journal.together():
            while len(events) < TOGETHER and (slot := self._turn()):
                with self.stage.blaming(slot.slot):
                    outcome = self.committer.commit(slot.slot, slot.work, slot.drafts, slot.asking)
                rules = Counter(rejection.rule for rejection in outcome.rejected)
                self._watch(len(outcome.accepted), rules)
                done = (self.committer.accepted, self.committer.rejected)
                events.append(SlotCommitted(self.stage.name, slot.slot, *done, rules))
        return events

    def _turn(self) -> Finished | None:
        """The slot whose turn it is, once it is finished."""
        task = self.slots.get(self.committer.cursor)
        if not task or not task.done() or task.cancelled() or task.exception() or not self._wanted():
            return None
        return self.slots.pop(self.committer.cursor).result()

    def _watch(self, accepted: int, rules: Mapping[str, int]) -> None:
        """Stop when hardly anything is accepted any more, and more of the same would only cost."""
        self.saturation.see(accepted, rules)
        if self.limit == math.inf and (why := self.saturation.why()) and not self.control.stopped and not self._over():
            self._give_up(why, self.saturation.rules, GO_ON)

    def _over(self) -> bool:
        """Whether nothing is left to buy: the target is reached, or the generator has no more work."""
        if not self._wanted() or self.committer.cursor < self.next:
            return not self._wanted()
        return self._plan(self.next) is None

    def _give_up(self, why: str, rules: Mapping[str, int], advice: str) -> None:
        last = partial(self.journal.samples_of, self.stage.identity)
        self.control.stop(Stopped(told(self.stage.name, why, rules, last, advice)))

    # Beginning and end

    def _began(self) -> StageBegan:
        slots = len(self.source) if self.stage.target is None else None
        end, accepted, rejected, _ = self._extent()
        return StageBegan(self.stage.name, self.stage.target, slots, end, accepted, rejected)

    async def _land(self) -> None:
        """Drop the slots that are not needed any more, and wait for what is on the wire: it is paid for."""
        self._cancel()
        await self.control.stack.land()
        if not self.control.stopped:
            self.control.stack.gate.open()

    def _cancel(self) -> None:
        self.leaving = True
        for task in self.slots.values():
            task.cancel()

    def _ended(self) -> Iterator[Event]:
        _, accepted, rejected, rules = self._extent()
        if not accepted and not self.control.stopped and self.limit == math.inf:
            self._give_up("it ended without a single row", rules, CHANGE)
        if self.control.announce():
            yield Stopping(str(self.control.stopped))
        yield StageEnded(self.stage.name, accepted, rejected, rules, not self.control.stopped)

    def _extent(self) -> tuple[int, int, int, dict[str, int]]:
        """(slots, rows, rejections, rejections by rule) that count for this recipe."""
        identity = self.stage.identity
        end = extent(self.stage, self.source, self.journal)
        rules = self.journal.rules(identity, end)
        return end, self.journal.visible(identity, end), sum(rules.values()), rules


def _child(draft: Draft) -> Child:
    if not isinstance(draft, Example | Rejection | Child):
        raise PluginError(f"the generator returned {draft!r}; a draft is an Example, a Rejection or a Child")
    return draft if isinstance(draft, Child) else Child(draft, ())


def _cancelled(stage: Stage, slot: str) -> IttgenError:
    """Nobody but the engine may cancel a slot: its drafts would be missing without a word."""
    return PluginError(f'stage "{stage.name}", {slot}: the generator "{stage.use}" let its slot be cancelled')

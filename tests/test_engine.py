"""The engine's promises, with a teacher and a generator small enough to see through."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar

import pytest

from ittgen import engine
from ittgen.ask import Voice
from ittgen.budget import Limits, Price
from ittgen.calls import Ask, Request, Response, Usage
from ittgen.chance import pick, seeded
from ittgen.engine import Control
from ittgen.errors import Stopped, TeacherError, TransientError
from ittgen.events import Event, Meter, SlotCommitted, StageEnded
from ittgen.filters.heuristics import Length
from ittgen.generators.base import Slot, Work
from ittgen.journal import Journal
from ittgen.prompts import PromptBook
from ittgen.recipe import DedupTable
from ittgen.records import Draft, Example, Rejection
from ittgen.stages import Stage
from ittgen.teachers.stack import Stack
from ittgen.teachers.wrappers import Patience
from ittgen.text import JSON, digest

NOUNS = ("apple", "boat", "cloud", "drum", "eagle", "fern", "glove", "harp", "iris", "jacket", "kite", "lamp")
SEEDS = [Example(f"Describe a {noun} in one short sentence.") for noun in NOUNS[:4]]


@dataclass(frozen=True)
class Echo:
    """Answers with six words drawn from the question; lets others overtake it a random number of times."""

    asked: list[str] = field(default_factory=list)
    shuffle: int = 0
    fail: dict[int, Exception] = field(default_factory=dict)
    """Request number -> error raised instead of an answer."""

    @property
    def identity(self) -> dict[str, JSON]:
        return {"kind": "echo"}

    async def ask(self, request: Request) -> Response:
        number = len(self.asked)
        self.asked.append(request.key)
        for _ in range(int(seeded(self.shuffle, request.key).random() * 20) if self.shuffle else 0):
            await asyncio.sleep(0)
        if number in self.fail:
            raise self.fail[number]
        rng = seeded(request.messages[-1].content)
        lines = [" ".join(pick(rng, NOUNS[:8]) for _ in range(6)) for _ in range(3)]
        return Response("\n".join(lines), usage=Usage(10, 5))

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Lines:
    """One draft for every line of the reply; shows the newest row of the pool that it sees."""

    prompts: ClassVar[tuple[str, ...]] = ("lines",)
    reads_pool: ClassVar[bool] = True
    ends: int | None = None

    def plan(self, slot: Slot) -> Work | None:
        if self.ends is not None and slot.number >= self.ends:
            return None
        shown = [slot.pool[-1]] if len(slot.pool) else []
        return Work((pick(slot.rng("seed"), slot.source), *shown), {"slot": slot.number, "pool": len(slot.pool)})

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        text = " / ".join(parent.instruction for parent in work.parents)
        reply = await ask("lines", text=f"{text} #{work.notes['slot']} {work.notes['pool']}")
        return [Example(line) for line in reply.text.splitlines()]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "lines.toml").write_text('name = "lines"\nversion = 1\nuser = "$text"\n')
    return Stage(
        name="lines",
        identity=digest("lines"),
        what={},
        source="seeds",
        use="lines",
        generator=Lines(),
        filters=(Length(),),
        dedup=DedupTable(rouge_l=0.5),
        target=40,
        window=1024,
        seed=7,
        voices={"": Voice("", "m", {}, {"kind": "echo"}, PromptBook(tmp_path / "prompts"))},
    )


class Run:
    """A journal, a teacher, and what happened."""

    def __init__(self, folder: Path, teacher: Echo | None = None, concurrency: int = 8, **limits: int) -> None:
        self.path, self.teacher, self.concurrency = folder / "journal.sqlite", teacher or Echo(), concurrency
        self.limits = Limits(**limits)
        self.meter = Meter()
        self.events: list[Event] = []

    async def __call__(self, *stages: Stage, patience: Patience | None = None, stop_at: int | None = None) -> "Run":
        with Journal.open(self.path) as journal:
            stack = Stack(
                {"": (self.teacher, Price())},
                journal,
                self.limits,
                self.meter,
                concurrency=self.concurrency,
                patience=patience or Patience(tries=3, first=0.0),
            )
            control = Control(stack)
            try:
                async for event in self.stream(stages, journal, control):
                    self.events.append(event)
                    if isinstance(event, SlotCommitted) and event.slot == stop_at:
                        control.stop(Stopped("asked to"))
            finally:
                await stack.close()
        return self

    def stream(self, stages: Sequence[Stage], journal: Journal, control: Control) -> AsyncIterator[Event]:
        return engine.grow(stages, SEEDS, journal, control, dataset="d", concurrency=self.concurrency)

    def rows(self, stage: Stage) -> list[Example]:
        with Journal.read(self.path) as journal:
            return list(journal.rows(stage.identity))

    def rejected(self, stage: Stage) -> list[Rejection]:
        with Journal.read(self.path) as journal:
            return list(journal.rejections(stage.identity))


@pytest.mark.parametrize("concurrency", [1, 3, 8, 64])
@pytest.mark.parametrize("shuffle", [0, 1, 2])
async def test_rows_do_not_depend_on_concurrency_or_order(
    tmp_path: Path, stage: Stage, concurrency: int, shuffle: int
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    plain = await Run(tmp_path / "a", concurrency=1)(stage)
    other = await Run(tmp_path / "b", Echo(shuffle=shuffle), concurrency)(stage)
    assert other.rows(stage) == plain.rows(stage)
    assert other.rejected(stage) == plain.rejected(stage)
    assert len(plain.rows(stage)) >= 40


async def test_a_higher_target_continues_and_gives_what_it_alone_gives(tmp_path: Path, stage: Stage) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    steps = await Run(tmp_path / "a")(replace(stage, target=20))
    more = await Run(tmp_path / "a")(replace(stage, target=60))
    alone = await Run(tmp_path / "b")(replace(stage, target=60))
    assert more.rows(stage) == alone.rows(stage)
    asked = steps.teacher.asked + more.teacher.asked
    assert len(set(asked)) == len(asked), "nothing is paid twice"


async def test_the_same_run_again_asks_nothing(tmp_path: Path, stage: Stage) -> None:
    first = await Run(tmp_path)(stage)
    again = await Run(tmp_path)(stage)
    assert again.teacher.asked == []
    assert again.rows(stage) == first.rows(stage)


async def test_a_changed_stage_is_replayed_from_the_journal_for_nothing(tmp_path: Path, stage: Stage) -> None:
    await Run(tmp_path)(stage)
    strict = replace(stage, identity=digest("strict"), dedup=DedupTable(rouge_l=0.95), target=20)
    again = await Run(tmp_path)(strict)
    known = again.meter.known
    assert known > 0 and len(again.rows(strict)) >= 20


async def test_few_slots_are_bought_beyond_those_committed(tmp_path: Path, stage: Stage) -> None:
    run = await Run(tmp_path, concurrency=64)(stage)
    committed = sum(isinstance(event, SlotCommitted) for event in run.events)
    assert len(run.teacher.asked) <= 1.5 * committed


async def test_slots_see_the_pool_as_it_stood_half_way(tmp_path: Path, stage: Stage) -> None:
    run = await Run(tmp_path, concurrency=64)(stage)
    rows = run.rows(stage)
    for row in rows:
        assert row.provenance
        shown = row.provenance.parents[1:]
        seen = [other for other in rows if other.provenance.slot < row.provenance.slot // 2]  # type: ignore[union-attr]
        assert list(shown) == ([seen[-1].id] if seen else [])


async def test_every_draft_ends_accepted_or_rejected(tmp_path: Path, stage: Stage) -> None:
    run = await Run(tmp_path)(stage)
    committed = sum(isinstance(event, SlotCommitted) for event in run.events)
    rejected = run.rejected(stage)
    assert len(run.rows(stage)) + len(rejected) == 3 * committed
    near = [rejection for rejection in rejected if rejection.rule == "near-duplicate"]
    assert near and all(r.near and r.note and r.value > r.limit and r.provenance for r in near)  # type: ignore[operator]


async def test_a_stop_commits_what_landed_and_the_next_run_goes_on(tmp_path: Path, stage: Stage) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    stopped = Run(tmp_path / "a")
    with pytest.raises(Stopped, match="asked to"):
        await stopped(stage, stop_at=5)
    assert isinstance(stopped.events[-1], StageEnded) and not stopped.events[-1].finished
    with Journal.read(stopped.path) as journal:
        stored = journal._db.execute("SELECT count(*) FROM answers").fetchone()[0]
    assert stored == len(stopped.teacher.asked), "every answer that was bought is stored"
    resumed = await Run(tmp_path / "a")(stage)
    alone = await Run(tmp_path / "b")(stage)
    assert resumed.rows(stage) == alone.rows(stage)
    assert not set(stopped.teacher.asked) & set(resumed.teacher.asked)


async def test_a_budget_of_calls_stops_the_run_and_more_goes_on(tmp_path: Path, stage: Stage) -> None:
    poor = Run(tmp_path, calls=6)
    with pytest.raises(Stopped, match="6 calls"):
        await poor(stage)
    assert len(poor.teacher.asked) == 6
    rich = await Run(tmp_path)(stage)
    assert not set(poor.teacher.asked) & set(rich.teacher.asked)


async def test_transient_errors_are_retried_and_a_lasting_one_stops_the_run(tmp_path: Path, stage: Stage) -> None:
    run = await Run(tmp_path, Echo(fail={2: TransientError("busy", 0.0), 5: TransientError("busy")}))(stage)
    assert run.meter.retries == 2
    broken = Run(tmp_path, Echo(fail={i: TransientError("gone") for i in range(1000)}))
    with pytest.raises(Stopped, match="gone"):
        await broken(replace(stage, target=400))


async def test_an_error_of_all_requests_stops_the_run_at_once(tmp_path: Path, stage: Stage) -> None:
    run = Run(tmp_path, Echo(fail={i: TeacherError("the key is refused") for i in range(1000)}), concurrency=4)
    with pytest.raises(Stopped, match="the key is refused"):
        await run(stage)
    assert len(run.teacher.asked) <= 4


@dataclass(frozen=True, slots=True)
class Buggy(Lines):
    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        drafts = await Lines.run(self, work, ask)
        if work.notes["slot"] == 4:
            raise ZeroDivisionError("a bug in a plug-in")
        return drafts


async def test_a_bug_in_a_generator_is_raised_as_it_is_after_landing(tmp_path: Path, stage: Stage) -> None:
    run = Run(tmp_path)
    with pytest.raises(ZeroDivisionError):
        await run(replace(stage, generator=Buggy()))
    assert {row.provenance.slot for row in run.rows(stage)} <= {0, 1, 2, 3}  # type: ignore[union-attr]
    assert run.rows(stage)


async def test_slot_after_slot_without_a_row_stops_the_run(tmp_path: Path, stage: Stage) -> None:
    run = Run(tmp_path)
    with pytest.raises(Stopped, match="length"):
        await run(replace(stage, filters=(Length(min_words=100),)))
    assert len(run.teacher.asked) < 200


async def test_a_stage_that_ends_without_a_row_is_never_a_success(tmp_path: Path, stage: Stage) -> None:
    with pytest.raises(Stopped, match="without a single row"):
        await Run(tmp_path)(replace(stage, target=None, generator=Lines(ends=3), filters=(Length(min_words=100),)))


async def test_an_undeclared_prompt_is_refused(tmp_path: Path, stage: Stage) -> None:
    @dataclass(frozen=True)
    class Sly(Lines):
        prompts: ClassVar[tuple[str, ...]] = ("other",)

    with pytest.raises(Exception, match="does not list"):
        await Run(tmp_path)(replace(stage, generator=Sly()))

"""What must hold when something goes wrong: targets that go up and down, plug-ins that misbehave, runs that break off.

`asked` is what a teacher was sent, `stored` what the journal has of it: money spent and what there is to show for it.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from ittgen import api
from ittgen.ask import Voice
from ittgen.budget import Limits, Price
from ittgen.calls import Ask, Request, Response, Usage
from ittgen.errors import (
    IttgenError,
    PluginError,
    RecipeError,
    RefusedError,
    Stopped,
    TeacherError,
    TransientError,
    UsageError,
)
from ittgen.events import Event, Meter, SlotCommitted, StageEnded
from ittgen.generators.base import Slot, Work
from ittgen.journal import Journal
from ittgen.prompts import PromptBook
from ittgen.recipe import Recipe
from ittgen.records import Draft, Example, Message, Rejection
from ittgen.running import Growth, Options
from ittgen.stages import Stage
from ittgen.steps import Outcome
from ittgen.teachers.gate import Closed
from ittgen.teachers.stack import Stack
from ittgen.teachers.wrappers import Patience
from ittgen.text import JSON, digest
from ittgen.workshop import Workshop
from tests.test_engine import Echo, Lines, Run

SLOW = 6
"""Slots from this one on get their answers late."""


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """One draft for every line of a reply, no filters; prompts that hold what they are given."""
    (tmp_path / "prompts").mkdir()
    for name in ("lines", "more", "also"):
        (tmp_path / "prompts" / f"{name}.toml").write_text(f'name = "{name}"\nversion = 1\nuser = "{name} $text"\n')
    return Stage(
        name="lines",
        identity=digest("faults"),
        what={},
        source="seeds",
        use="lines",
        generator=Lines(),
        filters=(),
        dedup=None,
        target=40,
        window=1024,
        seed=7,
        voices={"": Voice("", "m", {}, {"kind": "echo"}, PromptBook(tmp_path / "prompts"))},
    )


def stored(journal: Path) -> int:
    """How many answers the journal has."""
    db = sqlite3.connect(f"file:{journal}?mode=ro", uri=True)
    (count,) = db.execute("SELECT count(*) FROM answers").fetchone()
    db.close()
    return int(count)


# Targets that go down and up again

RECIPE = """
name = "down"
seed = 3
seeds = "general"

[teacher]
use = "procedural"
noise = 0.3

[[stage]]
name = "propose"
generator = { use = "self-instruct" }
filter = [{ use = "length" }]
dedup = { rouge_l = 0.7 }
target = 60

[[stage]]
name = "instances"
source = "propose"
generator = { use = "instances" }
filter = [{ use = "empty" }, { use = "output-equals-input" }]

[[stage]]
name = "again"
source = "instances"
generator = { use = "self-instruct" }
target = 12
publish = true

[[stage]]
name = "answer"
source = "again"
generator = { use = "instances" }
publish = true
"""


@dataclass(frozen=True)
class Project:
    """A recipe in a folder of its own, grown through the Python API."""

    folder: Path

    def grow(self, target: int, **options: Any) -> dict[str, Any]:
        """What the version is: its manifest, without what tells versions of equal content apart."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "recipe.toml").write_text(RECIPE)
        recipe = Recipe.load(self.folder / "recipe.toml").set("stage.propose.target", target)
        data, journal = self.folder / "data", self.folder / "journal.sqlite"
        version = api.grow(recipe, data=data, journal=journal, progress="none", **options)
        manifest = json.loads((data / "down" / f"v{version.version:04}" / "manifest.json").read_text())
        kept = ("digest", "files", "stages", "tokens", "cost", "teachers", "recipe")
        return {key: manifest[key] for key in kept} | {"rows": list(version), "rejected": list(version.rejected())}

    @property
    def stored(self) -> int:
        return stored(self.folder / "journal.sqlite")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Any]]:
    """What targets of 20 and of 60 give in a journal of their own."""
    low, high = (Project(tmp_path_factory.mktemp(name) / "p").grow(n) for name, n in (("low", 20), ("high", 60)))
    return low, high


def test_a_target_lowered_and_raised_again_gives_what_each_gives_alone(
    tmp_path: Path, alone: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    low, high = alone
    assert len(low["rows"]) and low["rows"] != high["rows"][: len(low["rows"])], "the test can fail"
    project = Project(tmp_path / "p")
    assert project.grow(60) == high
    assert project.grow(20) == low
    bought = project.stored
    assert project.grow(60) == high
    assert project.grow(20) == low
    assert project.stored == bought, "each stage is there already"


def test_after_a_run_that_stopped_early_a_lower_target_buys_only_its_own_share(
    tmp_path: Path, alone: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    project = Project(tmp_path / "p")
    with pytest.raises(Stopped, match="calls"):
        project.grow(60, max_calls=next(s["calls"] for s in alone[1]["stages"] if s["name"] == "propose") + 3)
    had = project.stored
    assert project.grow(20) == alone[0]
    rest = sum(stage["calls"] for stage in alone[0]["stages"] if stage["name"] != "propose")
    assert project.stored - had <= rest, "later stages work on 20 rows, not on 60"


async def test_a_run_of_a_lower_target_tells_its_own_numbers(tmp_path: Path, stage: Stage) -> None:
    high = await Run(tmp_path)(replace(stage, target=60))
    low = await Run(tmp_path)(replace(stage, target=10))
    (tmp_path / "alone").mkdir()
    alone = await Run(tmp_path / "alone")(replace(stage, target=10))
    assert low.teacher.asked == [] and high.teacher.asked
    ends = [run.events[-1] for run in (low, alone)]
    assert ends[0] == ends[1] and isinstance(ends[0], StageEnded) and ends[0].accepted < 20


# Stages over stages


def assembled(tmp_path: Path, text: str) -> dict[str, str]:
    """Stage -> identity."""
    (tmp_path / "recipe.toml").write_text(text)
    made = Workshop.of(Recipe.load(tmp_path / "recipe.toml"), tmp_path / "data")
    return {stage.name: stage.identity for stage in made.stages}


@pytest.mark.parametrize("stage", ["propose", "again"])
def test_a_generator_without_end_needs_a_target_over_seeds_and_stages_alike(tmp_path: Path, stage: str) -> None:
    target = {"propose": "target = 60\n", "again": "target = 12\n"}[stage]
    with pytest.raises(RecipeError, match=f'"{stage}".* never ends by itself; give the stage a target'):
        assembled(tmp_path, RECIPE.replace(target, ""))


def test_what_samples_a_stage_is_another_stage_when_that_one_has_another_number_of_rows(tmp_path: Path) -> None:
    """`again` draws from what `instances` has, which `propose` decides; `answer` takes what `again` has, row by row."""
    one, other = (assembled(tmp_path, RECIPE.replace("target = 60", f"target = {n}")) for n in (60, 20))
    assert {name for name in one if one[name] != other[name]} == {"again", "answer"}
    direct = RECIPE.replace('source = "instances"', 'source = "propose"')
    one, other = (assembled(tmp_path, direct.replace("target = 60", f"target = {n}")) for n in (60, 20))
    assert {name for name in one if one[name] != other[name]} == {"again", "answer"}
    one, other = (assembled(tmp_path, RECIPE.replace("target = 12", f"target = {n}")) for n in (12, 5))
    assert one == other, "its own target never makes it another stage"


# Runs that break off

TOY = """
name = "faults"
seeds = "general"

[teacher]
use = "tests.toy:Scribe"
model = "m"

[[stage]]
name = "lines"
generator = { use = "self-instruct" }
target = 30
"""


@dataclass(frozen=True)
class Late:
    """Answers early slots at once and later ones after many turns of the loop."""

    asked: list[int] = field(default_factory=list)
    """Slots, in the order they asked."""
    turns: int = 300

    @property
    def identity(self) -> Mapping[str, JSON]:
        return {"kind": "late"}

    async def ask(self, request: Request) -> Response:
        self.asked.append(request.slot)
        for _ in range(self.turns if request.slot >= SLOW else 0):
            await asyncio.sleep(0)
        return Response(f"row {request.slot}\nrow {request.slot} more", usage=Usage(10, 5))

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Faulty:
    """`Lines` without a pool; does something else in slot 3."""

    plans: Callable[[Slot], Work | None] | None = None
    runs: Callable[[Work, Ask], Any] | None = None
    prompts: ClassVar[tuple[str, ...]] = ("lines", "more")
    reads_pool: ClassVar[bool] = False

    def plan(self, slot: Slot) -> Work | None:
        if self.plans and slot.number == 3:
            return self.plans(slot)
        return Work((slot.source[0],), {"slot": slot.number})

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        if self.runs and work.notes["slot"] == 3:
            return await self.runs(work, ask)  # type: ignore[no-any-return]
        return [Example(line) for line in (await ask("lines", text=str(work.notes["slot"]))).text.splitlines()]


def growth(folder: Path, stage: Stage, teacher: Any, **options: Any) -> Growth:
    """A run of one stage with this teacher, by the same way as the command line's."""
    (folder / "recipe.toml").write_text(TOY)
    made = Workshop.of(Recipe.load(folder / "recipe.toml"), folder / "data")
    made = replace(made, teachers={"": teacher}, stages=[stage])
    return Growth(made, Options(data=folder / "data", journal=folder / "journal.sqlite", **options))


def fail(*_: object) -> Any:
    raise ZeroDivisionError("a bug of the plug-in")


async def breaks(work: Work, ask: Ask) -> list[Draft]:
    await ask("lines", text="3")
    return fail()  # type: ignore[no-any-return]


async def unjsonable(work: Work, ask: Ask) -> list[Draft]:
    return [Example("A row.", meta={"what": object()})]  # type: ignore[dict-item]


async def no_draft(work: Work, ask: Ask) -> Any:
    return ["A row."]


def listener(event: Event) -> None:
    if isinstance(event, SlotCommitted) and event.slot == 3:
        raise ZeroDivisionError("a bug of the listener")


@pytest.mark.parametrize(
    ("generator", "told", "error"),
    [
        (Faulty(plans=fail), None, ZeroDivisionError),
        (Faulty(runs=breaks), None, ZeroDivisionError),
        (Faulty(runs=unjsonable), None, TypeError),
        (Faulty(), listener, ZeroDivisionError),
    ],
    ids=["plan", "run", "commit", "listener"],
)
async def test_whatever_breaks_a_run_what_is_on_the_wire_lands(
    tmp_path: Path, stage: Stage, generator: Faulty, told: Callable[[Event], None] | None, error: type[Exception]
) -> None:
    teacher = Late()
    run = growth(tmp_path, replace(stage, generator=generator), teacher, concurrency=16)
    with pytest.raises(error) as caught:
        await run.grow(told or (lambda event: None))
    if told is None:
        (note,) = caught.value.__notes__
        assert note.startswith('in stage "lines", slot 3: generator "lines"'), "the component is named"
    assert stored(run.options.journal) == len(teacher.asked)
    assert generator.plans or max(teacher.asked) >= SLOW, "some were on the wire"
    assert run.meter.in_flight == 0


async def test_a_plan_that_fails_while_others_are_on_the_wire_lets_them_land(tmp_path: Path, stage: Stage) -> None:
    @dataclass(frozen=True)
    class Late30(Faulty):
        def plan(self, slot: Slot) -> Work | None:
            return fail() if slot.number == 30 else Faulty.plan(self, slot)  # type: ignore[no-any-return]

    teacher = Late()
    run = growth(tmp_path, replace(stage, generator=Late30(), target=200), teacher, concurrency=12)
    with pytest.raises(ZeroDivisionError):
        await run.grow(lambda event: None)
    assert max(teacher.asked) >= SLOW and stored(run.options.journal) == len(teacher.asked)


async def test_who_cannot_wait_for_the_landing_of_a_broken_run_leaves_at_once(tmp_path: Path, stage: Stage) -> None:
    held = asyncio.Event()

    class Stuck(Late):
        async def ask(self, request: Request) -> Response:
            if request.slot >= SLOW:
                await held.wait()
            return await Late.ask(self, request)

    def told(event: Event) -> None:
        if isinstance(event, SlotCommitted) and event.slot == 3:
            asyncio.get_running_loop().call_later(0.02, run.abort)
            raise ZeroDivisionError("a bug of the listener")

    run = growth(tmp_path, replace(stage, generator=Faulty()), Stuck(), concurrency=16)
    with pytest.raises(Stopped) as caught:
        await asyncio.wait_for(run.grow(told), 20)
    assert caught.value.interrupted


# Plug-ins that misbehave


async def cancels(work: Work, ask: Ask) -> list[Draft]:
    task = asyncio.current_task()
    assert task
    task.cancel()
    await asyncio.sleep(0)
    return []


async def test_a_slot_that_its_own_generator_cancels_is_a_failure(tmp_path: Path, stage: Stage) -> None:
    run = Run(tmp_path)
    with pytest.raises(PluginError, match='stage "lines", slot 3: the generator "lines" let its slot be cancelled'):
        await run(replace(stage, generator=Faulty(runs=cancels)))
    assert {row.provenance.slot for row in run.rows(stage)} == {0, 1, 2}  # type: ignore[union-attr]
    assert isinstance(run.events[-1], StageEnded) and not run.events[-1].finished


async def swallows(work: Work, ask: Ask) -> list[Draft]:
    try:
        await ask("lines", text="3")
    except Exception:  # noqa: BLE001  # as plug-ins do
        return [Example("Sorry, no answer.")]
    return [Example("An answer.")]


async def swallows_in_a_group(work: Work, ask: Ask) -> list[Draft]:
    said = await asyncio.gather(ask("lines", text="3"), ask("more", text="3"), return_exceptions=True)
    return [Example(reply.text) for reply in said if isinstance(reply, Response)]


async def swallows_a_prompt(work: Work, ask: Ask) -> list[Draft]:
    try:
        await ask("mroe", text="3")
    except IttgenError:
        return [Example("Sorry, no answer.")]
    return [Example("An answer.")]


async def swallows_a_teacher(work: Work, ask: Ask) -> list[Draft]:
    try:
        await ask("lines", teacher="judge", text="3")
    except (IttgenError, KeyError):
        return [Example("Sorry, no answer.")]
    return [Example("An answer.")]


class Picky(Echo):
    """Cannot answer slot 3's first prompt."""

    async def ask(self, request: Request) -> Response:
        if request.messages[-1].content == "lines 3":
            raise TransientError("gone")
        return await Echo.ask(self, request)


@pytest.mark.parametrize(
    ("runs", "error", "says"),
    [
        (swallows, Stopped, "gone"),
        (swallows_in_a_group, Stopped, "gone"),
        (swallows_a_prompt, UsageError, "mroe"),
        (swallows_a_teacher, UsageError, "judge"),
    ],
)
async def test_a_slot_whose_question_failed_is_not_committed_though_its_generator_hides_it(
    tmp_path: Path, stage: Stage, runs: Any, error: type[Exception], says: str
) -> None:
    run = Run(tmp_path, Picky())
    with pytest.raises(error, match=says):
        await run(replace(stage, generator=Faulty(runs=runs)))
    assert {row.provenance.slot for row in run.rows(stage)} == {0, 1, 2}  # type: ignore[union-attr]
    resumed = await Run(tmp_path)(replace(stage, generator=Faulty()))
    assert "Sorry, no answer." not in {row.instruction for row in resumed.rows(stage)}


async def test_a_draft_that_is_none_is_named(tmp_path: Path, stage: Stage) -> None:
    run = Run(tmp_path)
    with pytest.raises(PluginError, match=r"the generator returned 'A row\.'; a draft is an Example"):
        await run(replace(stage, generator=Faulty(runs=no_draft)))
    assert {row.provenance.slot for row in run.rows(stage)} == {0, 1, 2}  # type: ignore[union-attr]


@pytest.mark.parametrize("verdict", [True, False, "too short", 0])
async def test_a_filter_that_returns_no_verdict_is_named(tmp_path: Path, stage: Stage, verdict: Any) -> None:
    @dataclass(frozen=True)
    class TooShort:
        def __call__(self, example: Example) -> Rejection | None:
            return verdict  # type: ignore[no-any-return]

    run = Run(tmp_path)
    with pytest.raises(PluginError, match=f"filter TooShort returned {verdict!r}; it must be a Rejection or None"):
        await run(replace(stage, filters=(TooShort(),)))
    assert run.rows(stage) == []


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Asks two things at once and of each another; which answer comes first is chance."""

    prompts: ClassVar[tuple[str, ...]] = ("lines", "more", "also")
    reads_pool: ClassVar[bool] = True

    def plan(self, slot: Slot) -> Work | None:
        return Work((slot.source[slot.number % len(slot.source)],), {"slot": slot.number, "pool": len(slot.pool)})

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        async def chain(then: str) -> Draft:
            said = (await ask("lines", text=f"{work.notes['slot']} {work.notes['pool']} {then}")).text
            return Example((await ask(then, text=said)).text.splitlines()[0])

        return list(await asyncio.gather(chain("more"), chain("also")))


async def test_questions_side_by_side_give_the_same_rows_at_any_latency(tmp_path: Path, stage: Stage) -> None:
    runs = []
    for shuffle in range(4):
        (tmp_path / str(shuffle)).mkdir()
        teacher = Echo(shuffle=shuffle)
        runs.append(await Run(tmp_path / str(shuffle), teacher)(replace(stage, generator=SideBySide(), target=20)))
    orders = {tuple(run.teacher.asked[:40]) for run in runs}
    assert len(orders) > 1, "they really came in other orders"
    rows = [[row.to_json() for row in run.rows(stage)] for run in runs]
    rejected = [[rejection.to_json() for rejection in run.rejected(stage)] for run in runs]
    assert rows[0] and all(other == rows[0] for other in rows)
    assert all(other == rejected[0] for other in rejected)


@dataclass(frozen=True, slots=True)
class Chain(Faulty):
    """Every slot asks ten things, one after another."""

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        for step in range(10):
            await ask("lines", text=f"{work.notes['slot']} {step}")
        return [Example(f"Row {work.notes['slot']}, {n}.") for n in range(20)]


async def test_slots_that_are_not_needed_any_more_stop_buying(tmp_path: Path, stage: Stage) -> None:
    teacher = Late()
    run = Run(tmp_path, teacher, concurrency=16)  # type: ignore[arg-type]
    await run(replace(stage, generator=Chain(), target=20))
    late = [slot for slot in teacher.asked if slot >= SLOW]
    assert 0 < len(late) == len(set(late)), "a late slot's first question was on the wire; its others are not asked"
    assert stored(run.path) == len(teacher.asked)


# Budgets


async def test_failed_attempts_count_and_what_waits_is_not_sent_once_the_budget_is_spent(
    tmp_path: Path, stage: Stage
) -> None:
    teacher = Echo(fail={n: TransientError("busy", 0.0) for n in (0, 1, 3)})
    run = Run(tmp_path, teacher, concurrency=2, calls=7)
    with pytest.raises(
        Stopped, match=r"the budget of 7 calls is reached; what was received is stored, run again to go on$"
    ):
        await run(replace(stage, target=400), patience=Patience(tries=9, first=0.0))
    assert len(teacher.asked) == 7 and run.meter.sent == 7
    assert stored(run.path) == 4, "three attempts failed"


async def test_a_budget_of_tokens_tells_what_the_next_call_may_take_and_asks_for_more_only_if_none_fits(
    tmp_path: Path, stage: Stage
) -> None:
    run = Run(tmp_path, concurrency=1, tokens=4300)
    with pytest.raises(Stopped) as caught:
        await run(replace(stage, target=400))
    assert "the budget of 4,300 tokens has no room for the next call, which may take 4," in str(caught.value)
    assert "run again to go on" in str(caught.value) and "raise" not in str(caught.value) and stored(run.path) > 2
    with pytest.raises(Stopped, match=r"4,000 tokens has no room for even one call, which may take 4,.* tokens: raise"):
        await Run(tmp_path, concurrency=1, tokens=4000)(replace(stage, target=401))


# Advice


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (TeacherError("gpu-1: the key is refused"), "refused. Mend that (the key, base_url, model or quota"),
        (RefusedError("gpu-1: bad request."), "bad request. Mend what the server refuses, then run again"),
        (TransientError("gpu-1: gone", 9e9), "gone. Run again to go on, once the server answers"),
    ],
)
async def test_the_advice_fits_what_ended_the_run(
    tmp_path: Path, stage: Stage, error: TeacherError, advice: str
) -> None:
    run = Run(tmp_path, Echo(fail=dict.fromkeys(range(99), error)), concurrency=1)
    with pytest.raises(Stopped) as caught:
        await run(stage)
    assert "the teacher cannot answer: gpu-1: " in str(caught.value) and advice in str(caught.value)
    assert str(caught.value).count("stored") == 1


async def test_who_waits_for_money_is_not_sent_after_a_stop_though_there_is_money_left(tmp_path: Path) -> None:
    held, asked = asyncio.Event(), list[int]()

    class Held(Late):
        async def ask(self, request: Request) -> Response:
            asked.append(request.slot)
            await held.wait()
            return await Late.ask(self, request)

    requests = [Request("m", (Message("user", f"x{n}"),), {"max_tokens": 100}, slot=n) for n in range(2)]
    with Journal.open(tmp_path / "j.sqlite") as journal:
        teachers = {"": (Held(), Price())}
        stack = Stack(teachers, journal, Limits(tokens=150), Meter(), concurrency=2, patience=Patience())
        tasks = [asyncio.create_task(stack.teachers[""].ask(request)) for request in requests]
        for _ in range(20):
            await asyncio.sleep(0)
        assert asked == [0], "the other does not fit beside it"
        landing = asyncio.create_task(stack.land())
        held.set()
        await asyncio.wait_for(landing, 10)
        said = await asyncio.gather(*tasks, return_exceptions=True)
        await stack.close()
    assert asked == [0] and isinstance(said[0], Response) and isinstance(said[1], Closed)


def test_a_budget_in_dollars_without_a_price_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "recipe.toml").write_text(TOY)
    folders = {"data": tmp_path / "data", "journal": tmp_path / "j.sqlite"}
    with pytest.raises(UsageError, match=r"price = .* to \[teacher\]") as caught:
        api.grow(tmp_path / "recipe.toml", budget_usd=1.0, **folders)
    assert caught.value.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["recipe.toml"]


# Equal questions


async def test_two_names_for_one_teacher_send_an_equal_question_once(tmp_path: Path) -> None:
    late = Late(turns=5)
    with Journal.open(tmp_path / "j.sqlite") as journal:
        teachers = {"": (late, Price()), "b": (late, Price())}
        stack = Stack(teachers, journal, Limits(), Meter(), concurrency=4, patience=Patience())
        request = Request("m", (Message("user", "x"),), slot=SLOW)
        said = await asyncio.gather(*(stack.teachers[name].ask(request) for name in ("", "b", "", "b")))
        await stack.close()
    assert len(late.asked) == 1 and all(reply == said[0] for reply in said)


# Questions to the journal


def test_what_a_slot_sees_is_counted_in_an_index_alone(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "j.sqlite") as journal:
        journal.begin("s", "d", "n", {})
        for slot in range(20):
            rows = [Example(f"Row {slot}, {n}.") for n in range(slot % 3)]
            journal.commit("s", Outcome(slot, rows, [], []), journal.progress("s").accepted)
        asked: list[str] = []
        journal._db.set_trace_callback(asked.append)
        assert [journal.visible("s", slots) for slots in (0, 1, 2, 3, 20, 99)] == [0, 0, 1, 3, 19, 19]
        journal._db.set_trace_callback(None)
        assert len(asked) == 5, "one question each, and none where no slot is seen"
        plan = [step[3] for step in journal._db.execute(f"EXPLAIN QUERY PLAN {asked[0]}")]
    assert plan == ["SEARCH accepted USING COVERING INDEX accepted_slot (stage=? AND slot<?)"], "nothing read or sorted"

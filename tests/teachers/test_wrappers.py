"""Each wrapper keeps its promise in any order of events: turns, patience, money, answers stored before being seen."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.budget import Budget, Cost, Limits, Price
from ittgen.calls import Request, Response, Teacher, Usage
from ittgen.errors import Stopped, TeacherError, TransientError
from ittgen.events import Meter
from ittgen.journal import Journal
from ittgen.records import Message
from ittgen.teachers.gate import Closed, Gate
from ittgen.teachers.guarded import Guarded
from ittgen.teachers.pace import Pace
from ittgen.teachers.rates import Rates, Throttle
from ittgen.teachers.recorded import Recorded
from ittgen.teachers.stack import Stack
from ittgen.teachers.wrappers import Budgeted, BudgetReached, Limited, Patience, Patient, Translated
from ittgen.text import JSON
from tests.virtual_time import jump

AT_ONCE = Patience(first=0)
NEVER = 1e6
"""Seconds that no test waits for."""


@dataclass
class Fn:
    """A teacher that is a function."""

    function: Callable[[Request], Awaitable[Response]]
    asked: list[Request] = field(default_factory=list)
    closed: int = 0

    @property
    def identity(self) -> Mapping[str, JSON]:
        return {"kind": "fn"}

    async def ask(self, request: Request) -> Response:
        self.asked.append(request)
        return await self.function(request)

    async def close(self) -> None:
        self.closed += 1


@dataclass
class Held:
    """A function whose every call waits until it is let go, by the text of its request."""

    events: dict[str, asyncio.Event] = field(default_factory=dict)

    def event(self, text: str) -> asyncio.Event:
        return self.events.setdefault(text, asyncio.Event())

    def let_go(self, *texts: str) -> None:
        for text in texts:
            self.event(text).set()

    async def __call__(self, request: Request) -> Response:
        text = request.messages[0].content
        await self.event(text).wait()
        return Response(f"re {text}", usage=Usage(1, 1))


def request(text: str = "q", slot: int = 0, max_tokens: int = 10) -> Request:
    return Request("m", (Message("user", text),), {"max_tokens": max_tokens}, slot=slot, label=f"s/{slot} {text}")


async def say(request: Request) -> Response:
    return Response(f"re {request.messages[0].content}", usage=Usage(1, 1))


def failing(*errors: Exception) -> Callable[[Request], Awaitable[Response]]:
    """Fails so often, then answers."""
    left = list(errors)

    async def function(request: Request) -> Response:
        if left:
            raise left.pop(0)
        return await say(request)

    return function


def limited(inner: Teacher, gate: Gate) -> Limited:
    """In as many places as the gate has, at any rate."""
    return Limited(inner, gate, Pace(gate.places), Throttle(Rates(), gate), Meter())


async def settle() -> None:
    """Let everything that can go on go on."""
    for _ in range(20):
        await asyncio.sleep(0)


async def result(task: Awaitable[Response]) -> Response:
    return await asyncio.wait_for(task, 5)


# Gate


async def queue(gate: Gate, *slots: int) -> tuple[list[int], list[asyncio.Task[None]]]:
    """Tasks that wait for a place, come in the order given; and the list into which each writes its slot inside."""
    inside: list[int] = []

    async def enter(slot: int) -> None:
        async with gate.place(slot):
            inside.append(slot)
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(enter(slot)) for slot in slots]
    await settle()
    return inside, tasks


async def test_the_lowest_slot_goes_first_and_equals_in_the_order_they_came() -> None:
    gate = Gate(1)
    async with gate.place(0):
        inside, tasks = await queue(gate, 5, 2, 9, 1)
        assert inside == []
    await asyncio.gather(*tasks)
    assert inside == [1, 2, 5, 9]


async def test_equal_slots_go_in_the_order_they_came() -> None:
    gate, order = Gate(1), list[str]()

    async def enter(name: str) -> None:
        async with gate.place(3):
            order.append(name)

    async with gate.place(0):
        tasks = [asyncio.create_task(enter(name)) for name in "abcd"]
        await settle()
    await asyncio.gather(*tasks)
    assert order == ["a", "b", "c", "d"]


@pytest.mark.parametrize("places", [1, 3])
async def test_no_more_are_inside_than_there_are_places(places: int) -> None:
    gate, now, most = Gate(places), 0, 0

    async def enter(slot: int) -> None:
        nonlocal now, most
        async with gate.place(slot):
            now, most = now + 1, max(most, now + 1)
            for _ in range(slot % 4):
                await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*(enter(slot) for slot in range(30)))
    assert (now, most) == (0, places)


async def test_a_place_is_given_back_by_one_that_fails() -> None:
    gate = Gate(1)
    for _ in range(3):
        with pytest.raises(ValueError, match="x"):
            async with gate.place(0):
                raise ValueError("x")


async def test_closing_turns_away_who_waits_and_who_comes_but_not_who_is_inside() -> None:
    gate, done = Gate(1), False
    async with gate.place(0):
        inside, tasks = await queue(gate, 1, 2)
        gate.close()
        assert gate.closed
        with pytest.raises(Closed):
            async with gate.place(3):
                pass
        assert {type(error) for error in await asyncio.gather(*tasks, return_exceptions=True)} == {Closed}
        done = True
    assert done and inside == []
    gate.open()
    inside, tasks = await queue(gate, 4)
    assert inside == [4]


async def test_a_place_given_in_the_moment_of_cancellation_goes_to_the_next() -> None:
    gate = Gate(1)
    async with gate.place(0):
        inside, (first, second) = await queue(gate, 1, 2)
    first.cancel()
    await settle()
    assert first.cancelled() and inside == [2]
    await second
    assert (await queue(gate, 3))[0] == [3]


async def test_one_that_gave_up_waiting_is_passed_over() -> None:
    gate = Gate(1)
    async with gate.place(0):
        inside, (first, second) = await queue(gate, 1, 2)
        first.cancel()
        await settle()
    await second
    assert inside == [2]


async def test_cancelled_and_closed_in_one_moment_loses_no_place() -> None:
    gate = Gate(1)
    async with gate.place(0):
        _, (first,) = await queue(gate, 1)
        gate.close()
        first.cancel()
        await settle()
    gate.open()
    assert (await queue(gate, 2, 3))[0] == [2, 3]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(seed=st.integers(0, 10**6), places=st.integers(1, 3))
def test_no_place_is_lost_or_made_up_whoever_is_cancelled_when(seed: int, places: int) -> None:
    async def main() -> None:
        rng, gate, now, most = random.Random(seed), Gate(places), 0, 0

        async def enter(slot: int) -> None:
            nonlocal now, most
            async with gate.place(slot):
                now, most = now + 1, max(most, now + 1)
                try:
                    for _ in range(rng.randrange(4)):
                        await asyncio.sleep(0)
                finally:
                    now -= 1

        tasks = [asyncio.create_task(enter(rng.randrange(9))) for _ in range(12)]
        for _ in range(15):
            if rng.random() < 0.5:
                rng.choice(tasks).cancel()
            await asyncio.sleep(0)
        await asyncio.gather(*tasks, return_exceptions=True)
        assert now == 0 and most <= places
        inside, waiting = await queue(Gate(0), 0), await queue(gate, *range(places + 2))
        assert inside[0] == []
        inside[1][0].cancel()
        await asyncio.gather(*waiting[1])
        assert waiting[0] == list(range(places + 2))

    asyncio.run(main())


# Patient


def patient(function: Callable[[Request], Awaitable[Response]], patience: Patience = AT_ONCE) -> Patient:
    return Patient(Fn(function), patience, Gate(1), Meter())


async def test_what_fails_for_now_is_tried_again() -> None:
    teacher = patient(failing(TransientError("busy"), TransientError("busy")))
    assert (await result(teacher.ask(request()))).text == "re q"
    assert teacher.meter.retries == 2


async def test_patience_ends_after_so_many_tries_with_the_last_error() -> None:
    errors = [TransientError(f"busy {n}") for n in range(9)]
    teacher = patient(failing(*errors), Patience(tries=3, first=0))
    with pytest.raises(TransientError, match="busy 2"):
        await result(teacher.ask(request()))
    assert isinstance(teacher.inner, Fn) and len(teacher.inner.asked) == 3
    assert teacher.meter.retries == 2


@pytest.mark.parametrize("error", [TeacherError("wrong key"), Stopped("disk full"), ValueError("our own fault")])
async def test_what_another_try_cannot_mend_is_not_tried_again(error: Exception) -> None:
    teacher = patient(failing(error))
    with pytest.raises(type(error), match=str(error)):
        await result(teacher.ask(request()))
    assert teacher.meter.retries == 0


async def test_where_somebody_else_can_be_asked_at_once_nobody_waits() -> None:
    teacher = patient(failing(TransientError("busy", retry_after=0.0)), Patience(first=NEVER, longest=NEVER))
    assert (await result(teacher.ask(request()))).text == "re q"


async def test_a_wait_asked_for_by_the_server_is_really_waited() -> None:
    teacher = patient(failing(TransientError("busy", retry_after=NEVER)), Patience(first=0, seconds=2 * NEVER))
    task = asyncio.create_task(teacher.ask(request()))
    await settle()
    assert not task.done() and teacher.meter.retries == 1
    teacher.gate.close()
    with pytest.raises(Closed):
        await result(task)
    assert isinstance(teacher.inner, Fn) and len(teacher.inner.asked) == 1


async def test_a_server_that_asks_for_more_patience_than_there_is_ends_it_at_once() -> None:
    teacher = patient(failing(TransientError("come back tomorrow", retry_after=NEVER)), Patience(seconds=600))
    with pytest.raises(TransientError, match="tomorrow"):
        await result(teacher.ask(request()))


@pytest.mark.parametrize("told", [None, 1.0])
def test_a_server_that_allows_few_a_second_answers_all_in_the_end(told: float | None) -> None:
    """Three a second, asked by 64 at a time: most tries come to nothing, and that is no reason to give up."""

    async def main() -> int:
        free, loop, gate, meter = 0.0, asyncio.get_running_loop(), Gate(32), Meter()

        async def function(request: Request) -> Response:
            nonlocal free
            await asyncio.sleep(0.05)
            if loop.time() < free:
                raise TransientError("busy", told, busy=True)
            free = loop.time() + 1 / 3
            return await say(request)

        inner = Limited(Fn(function), gate, Pace(32), Throttle(Rates(), gate), meter)
        teacher, slots = Patient(inner, Patience(), gate, meter), asyncio.Semaphore(64)

        async def slot(number: int) -> None:
            async with slots:
                await teacher.ask(request(str(number), slot=number))

        await asyncio.gather(*(slot(number) for number in range(300)))
        return meter.retries

    assert jump(main()) > 300


async def test_those_who_are_told_the_same_wait_do_not_come_back_together() -> None:
    waits = list[float]()

    class Watch(Gate):
        async def pause(self, seconds: float) -> None:
            waits.append(seconds)

    for _ in range(20):
        inner = Fn(failing(TransientError("busy", 3.0)))
        await result(Patient(inner, Patience(first=0.5), Watch(1), Meter()).ask(request()))
    assert len(set(waits)) == 20 and all(3.0 <= wait <= 3.5 for wait in waits)


async def test_waits_grow_and_stay_below_the_longest() -> None:
    patience, waits = Patience(tries=40, first=0.5, longest=4.0), list[float]()

    class Watch(Gate):
        async def pause(self, seconds: float) -> None:
            waits.append(seconds)

    errors = [TransientError("busy") for _ in range(39)]
    teacher = Patient(Fn(failing(*errors)), patience, Watch(1), Meter())
    await result(teacher.ask(request()))
    limits = [min(0.5 * 2**n, 4.0) for n in range(39)]
    assert all(0 <= wait <= limit for wait, limit in zip(waits, limits, strict=True))
    assert len(set(waits)) == 39 and max(waits) > 1.0


async def test_a_retry_that_sleeps_holds_no_place() -> None:
    gate, meter = Gate(1), Meter()
    busy = failing(TransientError("busy", retry_after=NEVER))
    inner = limited(Fn(lambda r: busy(r) if r.slot == 0 else say(r)), gate)
    teacher = Patient(inner, Patience(seconds=2 * NEVER), gate, meter)
    sleeping = asyncio.create_task(teacher.ask(request(slot=0)))
    await settle()
    assert (await result(teacher.ask(request(slot=1)))).text == "re q"
    assert meter.in_flight == 0
    gate.close()
    with pytest.raises(Closed):
        await result(sleeping)


# Limited


async def test_the_meter_knows_what_is_on_the_wire() -> None:
    held, meter = Held(), Meter()
    gate = Gate(2)
    teacher = limited(Budgeted(Fn(held), Budget(Limits(), Price()), gate, meter), gate)
    tasks = [asyncio.create_task(teacher.ask(request(str(n), slot=n))) for n in range(3)]
    await settle()
    assert (meter.sent, meter.in_flight) == (2, 2)
    tasks[0].cancel()
    await settle()
    assert (meter.sent, meter.in_flight) == (3, 2)
    held.let_go("1", "2")
    assert [reply.text for reply in await asyncio.gather(*tasks[1:])] == ["re 1", "re 2"]
    assert (meter.sent, meter.in_flight) == (3, 0)


# Budgeted


def budgeted(function: Callable[[Request], Awaitable[Response]], limits: Limits) -> Budgeted:
    return Budgeted(Fn(function), Budget(limits, Price(1.0, 1.0)), Gate(8), Meter())


async def test_what_does_not_fit_waits_for_those_in_flight_and_is_then_refused() -> None:
    held = Held()
    teacher = budgeted(held, Limits(calls=2))
    tasks = [asyncio.create_task(teacher.ask(request(str(n)))) for n in range(4)]
    await settle()
    assert isinstance(teacher.inner, Fn) and len(teacher.inner.asked) == 2
    held.let_go("0")
    await settle()
    assert not tasks[2].done() and not tasks[3].done()
    held.let_go("1")
    said = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(answer) for answer in said] == [Response, Response, BudgetReached, BudgetReached]
    assert str(said[2]) == "the budget of 2 calls is reached"
    assert (teacher.budget.spent.calls, teacher.budget.reserved) == (2, Cost())


async def test_what_did_not_fit_is_sent_when_the_others_cost_less_than_feared() -> None:
    held = Held()
    worst = Budget(Limits(), Price()).worst(request("a", max_tokens=1000)).tokens
    teacher = budgeted(held, Limits(tokens=worst + 10))
    tasks = [asyncio.create_task(teacher.ask(request(text, max_tokens=1000))) for text in "ab"]
    await settle()
    assert isinstance(teacher.inner, Fn) and len(teacher.inner.asked) == 1
    held.let_go("a", "b")
    assert [reply.text for reply in await asyncio.gather(*tasks)] == ["re a", "re b"]
    assert teacher.budget.spent.tokens == 4
    assert teacher.meter.dollars == pytest.approx(4e-6)


async def test_a_call_that_fails_gives_its_reserve_to_who_waits() -> None:
    held = Held()

    async def function(request: Request) -> Response:
        reply = await held(request)
        if reply.text == "re 0":
            raise TransientError("busy")
        return reply

    teacher = budgeted(function, Limits(tokens=30))
    tasks = [asyncio.create_task(teacher.ask(request(str(n)))) for n in range(2)]
    await settle()
    held.let_go("0", "1")
    said = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(said[0], TransientError) and isinstance(said[1], Response)


async def test_who_is_cancelled_on_the_wire_or_waiting_leaves_nothing_reserved() -> None:
    held = Held()
    teacher = budgeted(held, Limits(tokens=30))
    flying, waiting, last = (asyncio.create_task(teacher.ask(request(text))) for text in "abc")
    await settle()
    waiting.cancel()
    await settle()
    flying.cancel()
    held.let_go("c")
    assert (await result(last)).text == "re c"
    assert (teacher.budget.spent.calls, teacher.budget.reserved) == (2, Cost())


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    seed=st.integers(0, 10**6),
    limits=st.builds(Limits, tokens=st.none() | st.integers(20, 400), calls=st.none() | st.integers(1, 10)),
)
def test_no_interleaving_spends_more_than_the_budget(seed: int, limits: Limits) -> None:
    async def main() -> None:
        rng, flying = random.Random(seed), list[asyncio.Event]()

        async def function(request: Request) -> Response:
            flying.append(asyncio.Event())
            await flying[-1].wait()
            if rng.random() < 0.2:
                raise TransientError("busy")
            most = request.sampling["max_tokens"]
            assert isinstance(most, int)
            return Response("x", usage=Usage(1, rng.randint(0, most)))

        teacher = budgeted(function, limits)
        tasks = [asyncio.create_task(teacher.ask(request(str(n), max_tokens=rng.randint(1, 60)))) for n in range(14)]
        while not all(task.done() for task in tasks):
            await settle()
            assert limits.hold(teacher.budget.spent + teacher.budget.reserved)
            if rng.random() < 0.2:
                rng.choice(tasks).cancel()
            elif waiting := [event for event in flying if not event.is_set()]:
                rng.choice(waiting).set()
        assert limits.hold(teacher.budget.spent)
        assert (teacher.budget.reserved.calls, teacher.budget.reserved.tokens) == (0, 0)
        refused = [t for t in tasks if not t.cancelled() and isinstance(t.exception(), BudgetReached)]
        assert not refused or not limits.hold(teacher.budget.spent + teacher.budget.worst(request("99", max_tokens=60)))

    asyncio.run(asyncio.wait_for(main(), 20))


# Recorded


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "j.sqlite") as journal:
        yield journal


async def test_equal_questions_are_sent_once(journal: Journal) -> None:
    held = Held()
    teacher = Recorded(Fn(held), journal, Meter())
    tasks = [asyncio.create_task(teacher.ask(request("a", slot=n))) for n in range(5)]
    await settle()
    held.let_go("a")
    replies = await asyncio.gather(*tasks)
    assert len({id(reply) for reply in replies}) == 1
    assert isinstance(teacher.inner, Fn) and len(teacher.inner.asked) == 1
    assert await teacher.ask(request("a")) == replies[0]
    assert (teacher.meter.answered, teacher.meter.known, teacher.meter.usage) == (1, 1, Usage(1, 1))


async def test_an_answer_is_on_file_before_anybody_sees_it(journal: Journal) -> None:
    teacher = Recorded(Fn(say), journal, Meter())
    with Journal.read(journal.path) as reader:
        reply = await teacher.ask(request("a"))
        assert reader.answer(request("a").key) == reply


async def test_an_answer_that_cannot_be_stored_is_not_seen(journal: Journal) -> None:
    teacher = Recorded(Fn(say), journal, Meter())
    journal._db.execute("PRAGMA query_only = ON")
    with pytest.raises(Stopped, match="readonly"):
        await result(teacher.ask(request("a")))
    assert teacher.meter.answered == 0
    journal._db.execute("PRAGMA query_only = OFF")
    assert (await result(teacher.ask(request("a")))).text == "re a"


async def test_a_question_on_the_wire_lands_though_who_asked_is_gone(journal: Journal) -> None:
    held = Held()
    teacher = Recorded(Fn(held), journal, Meter())
    alone = asyncio.create_task(teacher.ask(request("a")))
    first, second = (asyncio.create_task(teacher.ask(request("b"))) for _ in range(2))
    await settle()
    alone.cancel()
    first.cancel()
    await settle()
    assert alone.cancelled() and first.cancelled()
    held.let_go("a", "b")
    assert (await result(second)).text == "re b"
    await teacher.landed()
    assert journal.answer(request("a").key) == Response("re a", usage=Usage(1, 1))
    assert isinstance(teacher.inner, Fn) and len(teacher.inner.asked) == 2


async def test_a_failed_call_is_no_answer_and_is_sent_again_when_asked_again(journal: Journal) -> None:
    teacher = Recorded(Fn(failing(TeacherError("no"))), journal, Meter())
    both = await asyncio.gather(*(teacher.ask(request()) for _ in range(2)), return_exceptions=True)
    assert [type(error) for error in both] == [TeacherError, TeacherError]
    assert journal.answer(request().key) is None
    assert (await teacher.ask(request())).text == "re q"


async def test_a_failure_that_nobody_waits_for_any_more_is_nobodys_business(journal: Journal) -> None:
    teacher = Recorded(Fn(failing(TeacherError("no"))), journal, Meter())
    task = asyncio.create_task(teacher.ask(request()))
    await asyncio.sleep(0)
    task.cancel()
    await teacher.landed()
    assert task.cancelled() or task.done()


async def test_offline_answers_what_is_known_and_sends_nothing(journal: Journal) -> None:
    await Recorded(Fn(say), journal, Meter()).ask(request("a"))
    teacher = Recorded(Fn(say), journal, Meter(), offline=True)
    assert (await teacher.ask(request("a"))).text == "re a"
    with pytest.raises(
        TeacherError, match=r"offline, and the journal has no answer for s/7 b \(request [0-9a-f]{12}\)"
    ):
        await teacher.ask(request("b", slot=7))
    assert isinstance(teacher.inner, Fn) and teacher.inner.asked == []


async def test_closing_gives_up_what_is_on_the_wire_and_closes_the_teacher(journal: Journal) -> None:
    teacher = Recorded(Fn(Held()), journal, Meter())
    task = asyncio.create_task(teacher.ask(request("a")))
    await settle()
    await asyncio.wait_for(teacher.close(), 5)
    assert isinstance(teacher.inner, Fn) and teacher.inner.closed == 1
    with pytest.raises(asyncio.CancelledError):
        await task
    assert journal.answer(request("a").key) is None


# The stack


def stack(function: Callable[[Request], Awaitable[Response]], journal: Journal, limits: Limits = Limits()) -> Stack:  # noqa: B008
    return Stack({"": (Fn(function), Price(1.0, 1.0))}, journal, limits, Meter(), concurrency=2, patience=AT_ONCE)


async def test_landing_waits_for_what_is_sent_and_turns_the_rest_away(journal: Journal) -> None:
    held = Held()
    whole = stack(held, journal)
    tasks = [asyncio.create_task(whole.teachers[""].ask(request(str(n), slot=n))) for n in range(4)]
    await settle()
    landing = asyncio.create_task(whole.land())
    await settle()
    assert not landing.done()
    held.let_go("0", "1")
    await asyncio.wait_for(landing, 5)
    said = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(answer) for answer in said] == [Response, Response, Closed, Closed]
    assert journal.answer(request("1").key)
    whole.gate.open()
    held.let_go("2")
    assert (await result(whole.teachers[""].ask(request("2")))).text == "re 2"


async def test_a_known_answer_costs_neither_place_nor_money_nor_patience(journal: Journal) -> None:
    await stack(say, journal).teachers[""].ask(request("a"))
    whole = stack(say, journal, Limits(calls=1))
    whole.gate.close()
    assert (await result(whole.teachers[""].ask(request("a")))).text == "re a"
    assert whole.teachers[""].meter.sent == 0


async def test_every_attempt_is_sent_and_only_the_answer_is_paid(journal: Journal) -> None:
    whole = stack(failing(TransientError("busy"), TransientError("busy")), journal, Limits(calls=3))
    assert (await result(whole.teachers[""].ask(request("a")))).text == "re a"
    meter = whole.teachers[""].meter
    assert (meter.sent, meter.retries, meter.answered, meter.in_flight) == (3, 2, 1, 0)
    with pytest.raises(BudgetReached):
        await result(whole.teachers[""].ask(request("b")))
    assert (await result(whole.teachers[""].ask(request("a")))).text == "re a"


async def test_every_wrapper_is_the_teacher_it_wraps(journal: Journal) -> None:
    whole = stack(say, journal)
    layers: list[Any] = [whole.teachers[""]]
    while not isinstance(layers[-1], Fn):
        layers.append(layers[-1].inner)
    assert [type(layer) for layer in layers] == [Recorded, Guarded, Patient, Limited, Budgeted, Translated, Fn]
    assert {str(layer.identity) for layer in layers} == {"{'kind': 'fn'}"}
    await whole.close()
    assert layers[-1].closed == 1


async def test_several_teachers_share_places_and_budget_each_at_its_own_price(journal: Journal) -> None:
    held = Held()
    dear, cheap = Fn(held), Fn(held)
    teachers = {"": (dear, Price(1e6, 1e6)), "cheap": (cheap, Price())}
    whole = Stack(teachers, journal, Limits(usd=100.0), Meter(), concurrency=2, patience=AT_ONCE)
    first = asyncio.create_task(whole.teachers[""].ask(request("a", slot=1)))
    others = [asyncio.create_task(whole.teachers["cheap"].ask(request(text, slot=2))) for text in "bc"]
    await settle()
    assert (len(dear.asked), len(cheap.asked)) == (1, 1)
    held.let_go("a", "b", "c")
    await asyncio.gather(first, *others)
    meter = whole.teachers[""].meter
    assert (meter.sent, meter.answered, meter.dollars) == (3, 3, 2.0)
    with pytest.raises(BudgetReached):
        await result(whole.teachers[""].ask(request("d" * 100)))
    held.let_go("e" * 100)
    assert (await result(whole.teachers["cheap"].ask(request("e" * 100)))).finish_reason == "stop"


async def test_who_waits_for_money_is_woken_when_another_teacher_gives_some_back(journal: Journal) -> None:
    held = Held()
    teachers = {"a": (Fn(held), Price()), "b": (Fn(held), Price())}
    whole = Stack(teachers, journal, Limits(calls=1), Meter(), concurrency=2, patience=AT_ONCE)
    first = asyncio.create_task(whole.teachers["a"].ask(request("a")))
    await settle()
    second = asyncio.create_task(whole.teachers["b"].ask(request("b")))
    await settle()
    held.let_go("a")
    assert (await result(first)).text == "re a"
    with pytest.raises(BudgetReached):
        await result(second)


async def test_errors_of_the_openai_sdk_are_understood_in_other_peoples_teachers(journal: Journal) -> None:
    """Busy, then wrong key: tried again, and then no more."""
    sent = httpx2.Request("POST", "http://127.0.0.1:9/v1/chat/completions", headers={"Authorization": "Bearer sk-1"})
    busy = openai.RateLimitError("slow down", response=httpx2.Response(429, request=sent), body=None)
    wrong = openai.AuthenticationError("wrong key sk-1", response=httpx2.Response(401, request=sent), body=None)
    whole = stack(failing(busy, wrong), journal)
    with pytest.raises(TeacherError, match=r"the key is refused .* wrong key \*\*\*") as caught:
        await result(whole.teachers[""].ask(request("a")))
    assert not isinstance(caught.value, TransientError)
    assert whole.teachers[""].meter.retries == 1

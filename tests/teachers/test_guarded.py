"""A refusal is judged by what happens to others: alone in its fate it is an answer, among its like it stops the run."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from ittgen.calls import Request, Response
from ittgen.errors import RefusedError
from ittgen.records import Message
from ittgen.teachers.gate import Closed, Gate
from ittgen.teachers.guarded import REFUSALS, Breaker, Guarded
from ittgen.text import JSON


@dataclass
class Judged:
    """Refuses what begins with "bad", and "long" for its length; what begins with "slow" waits until it is let go."""

    go: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def identity(self) -> Mapping[str, JSON]:
        return {"kind": "judged"}

    async def ask(self, request: Request) -> Response:
        text = request.messages[0].content
        if text.startswith("slow"):
            await self.go.wait()
        if "long" in text:
            raise RefusedError(f"{text} does not fit", too_long=True)
        if "bad" in text:
            raise RefusedError(f"400: {text} will not do")
        return Response("fine")

    async def close(self) -> None:
        """Nothing to close."""


class Trial:
    """Questions to one guarded teacher."""

    def __init__(self, trusts: bool = False) -> None:
        self.gate, self.teacher = Gate(8), Judged()
        self.guarded = Guarded(self.teacher, Breaker(self.gate), lambda request: trusts)

    def ask(self, text: str, model: str = "m", label: str = "") -> asyncio.Task[Response]:
        return asyncio.create_task(self.guarded.ask(Request(model, (Message("user", text),), label=label)))


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_refusal_waits_and_becomes_an_answer_once_another_request_is_answered() -> None:
    trial = Trial()
    refused, slow = trial.ask("bad 1"), trial.ask("slow")
    await settle()
    assert not refused.done()
    trial.teacher.go.set()
    answer = await refused
    assert (answer.finish_reason, answer.error, answer.text) == ("error", "400: bad 1 will not do", "")
    assert (await slow).text == "fine"


async def test_so_many_in_a_row_stop_the_run_and_none_of_them_is_an_answer() -> None:
    trial = Trial()
    slow = trial.ask("slow")
    refused = [trial.ask(f"bad {k}") for k in range(REFUSALS)]
    outcomes = await asyncio.gather(*refused, return_exceptions=True)
    assert all(isinstance(outcome, RefusedError) for outcome in outcomes)
    trial.teacher.go.set()
    assert (await slow).text == "fine"


async def test_one_fewer_in_a_row_is_still_undecided() -> None:
    trial = Trial()
    slow = trial.ask("slow")
    refused = [trial.ask(f"bad {k}") for k in range(REFUSALS - 1)]
    await settle()
    assert not any(task.done() for task in refused)
    trial.teacher.go.set()
    assert {r.finish_reason for r in await asyncio.gather(*refused)} == {"error"}
    assert (await slow).text == "fine"


async def test_answers_in_between_begin_the_row_anew() -> None:
    trial = Trial()
    for k in range(3 * REFUSALS):
        slow, refused = trial.ask("slow"), trial.ask(f"bad {k}")
        await settle()
        trial.teacher.go.set()
        assert [r.finish_reason for r in await asyncio.gather(slow, refused)] == ["stop", "error"]
        trial.teacher.go.clear()


async def test_when_all_that_was_asked_is_refused_nobody_waits_for_ever() -> None:
    trial = Trial()
    with pytest.raises(RefusedError, match="bad 1"):
        await trial.ask("bad 1")
    slow = [trial.ask("slow bad 1"), trial.ask("slow bad 2")]
    await settle()
    trial.teacher.go.set()
    assert all(isinstance(r, RefusedError) for r in await asyncio.gather(*slow, return_exceptions=True))


async def test_alone_it_is_its_own_fault_where_the_same_teacher_answered_before() -> None:
    trial = Trial(trusts=True)
    assert (await trial.ask("bad 1")).finish_reason == "error"


async def test_a_run_that_stops_leaves_it_undecided_and_stores_nothing() -> None:
    trial = Trial(trusts=True)
    slow, refused = trial.ask("slow bad"), trial.ask("bad 1")
    await settle()
    trial.gate.close()
    trial.teacher.go.set()
    outcomes = await asyncio.gather(slow, refused, return_exceptions=True)
    assert all(isinstance(outcome, Closed) for outcome in outcomes)


@pytest.mark.parametrize("other", [{"model": "judge"}, {"label": "s/1 judge/prompt"}])
async def test_answers_of_another_kind_say_nothing_about_a_teacher_that_refuses_all(other: dict[str, str]) -> None:
    trial, refused = Trial(trusts=True), list[asyncio.Task[Response]]()
    slow = trial.ask("slow")
    for k in range(REFUSALS):
        assert (await trial.ask("fine")).text == "fine"
        refused.append(trial.ask(f"bad {k}", **other))
        await settle()
    outcomes = await asyncio.gather(*refused, return_exceptions=True)
    assert all(isinstance(outcome, RefusedError) for outcome in outcomes)
    assert trial.gate.closed
    trial.teacher.go.set()
    assert (await slow).text == "fine"


async def test_refusals_of_all_kinds_together_stop_the_run_as_well() -> None:
    trial = Trial(trusts=True)
    slow = trial.ask("slow")
    refused = [trial.ask(f"bad {k}", label=f"s/{k} prompt-{k}") for k in range(REFUSALS)]
    outcomes = await asyncio.gather(*refused, return_exceptions=True)
    assert all(isinstance(outcome, RefusedError) for outcome in outcomes)
    trial.teacher.go.set()
    assert (await slow).text == "fine"


async def test_alone_it_is_its_own_fault_where_its_kind_was_answered_before_in_this_run() -> None:
    """Though the journal may not have that answer yet."""
    trial = Trial()
    fine, refused = trial.ask("fine"), trial.ask("bad 1")
    assert [r.finish_reason for r in await asyncio.gather(fine, refused)] == ["stop", "error"]
    assert (await trial.ask("bad 2")).finish_reason == "error"


async def test_who_was_just_answered_may_ask_again_before_it_is_decided() -> None:
    trial = Trial()

    async def twice() -> None:
        await trial.ask("fine", label="s/0 other")
        for _ in range(12):  # the answer is stored and read meanwhile
            await asyncio.sleep(0)
        await trial.ask("fine")

    refused = trial.ask("bad 1")
    await twice()
    assert (await refused).finish_reason == "error"


async def test_what_is_too_long_is_an_answer_at_once_where_others_of_its_kind_were_answered() -> None:
    trial = Trial()
    assert (await trial.ask("fine")).text == "fine"
    slow = trial.ask("slow")
    answers = await asyncio.gather(*(trial.ask(f"long {k}") for k in range(2 * REFUSALS)))
    assert {answer.finish_reason for answer in answers} == {"error"}
    trial.teacher.go.set()
    await slow


async def test_however_many_are_too_long_they_wait_for_one_that_is_not() -> None:
    trial = Trial()
    slow = trial.ask("slow")
    refused = [trial.ask(f"long {k}") for k in range(2 * REFUSALS)]
    await settle()
    assert not any(task.done() for task in refused) and not trial.gate.closed
    trial.teacher.go.set()
    assert {answer.finish_reason for answer in await asyncio.gather(*refused)} == {"error"}
    await slow


@pytest.mark.parametrize("trusts", [False, True])
async def test_where_all_on_the_way_are_too_long_an_earlier_run_decides(trusts: bool) -> None:
    trial = Trial(trusts)
    outcomes = await asyncio.gather(*(trial.ask(f"long {k}") for k in range(2 * REFUSALS)), return_exceptions=True)
    assert all(isinstance(outcome, Response if trusts else RefusedError) for outcome in outcomes)

"""Several endpoints of one teacher: options, turns taken, and endpoints that fail, rest and come back."""

import asyncio
import threading
from collections import Counter
from typing import Any

import pytest

from ittgen import plugins
from ittgen.calls import Request, Response
from ittgen.errors import IttgenError, TeacherError, TransientError, UsageError
from ittgen.records import Message
from ittgen.teachers.endpoints import Endpoint, Rota
from ittgen.teachers.openai import OpenAI
from tests.openai_server import OpenAIServer

ONE, TWO = "http://one:8000/v1", "https://two/v1/"


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def fail(rota: Rota, place: int) -> None:
    rota.failed(place)
    rota.leave(place)


# Turns


def test_the_least_busy_for_its_weight_is_next() -> None:
    rota = Rota([1, 3])
    assert Counter(rota.take() for _ in range(40)) == {0: 10, 1: 30}


def test_one_request_after_another_is_shared_by_weight_too() -> None:
    rota, taken = Rota([1, 3]), []
    for _ in range(40):
        taken.append(rota.take())
        rota.leave(taken[-1])
    assert Counter(taken) == {0: 10, 1: 30}


def test_who_holds_more_requests_gets_fewer_new_ones() -> None:
    rota = Rota([1, 1])
    held = [rota.take() for _ in range(10)]
    for place in held:
        if place == 1:
            rota.leave(place)
    assert [rota.take() for _ in range(5)] == [1] * 5


def test_a_failing_endpoint_is_left_aside_and_tried_again_after_twice_the_while() -> None:
    clock = Clock()
    rota = Rota([1, 1], clock)
    for _ in range(3):
        assert rota.others(1)
        fail(rota, 0)
    tried = []
    for _ in range(200 * 4):
        clock.now += 0.25
        if (place := rota.take()) == 0:
            tried.append(clock.now - 100)
            fail(rota, 0)
        else:
            rota.worked(place)
            rota.leave(place)
    assert tried == [1, 3, 7, 15, 31, 63, 123, 183], "at most a minute apart"


def test_a_trial_that_goes_well_brings_it_back() -> None:
    clock = Clock()
    rota = Rota([1, 1], clock)
    for _ in range(3):
        fail(rota, rota.take(avoid=1))
    assert {rota.take() for _ in range(9)} == {1}
    clock.now += 1
    assert [rota.take() for _ in range(3)] == [0, 1, 1], "one trial, not all"
    rota.worked(0)
    assert 0 in [rota.take() for _ in range(3)]
    fail(rota, 0)
    assert rota.others(1), "one failure alone leaves nobody aside"


def test_failures_that_are_not_in_a_row_leave_nobody_aside() -> None:
    rota = Rota([1, 1], Clock())
    for _ in range(5):
        fail(rota, 0)
        fail(rota, 0)
        rota.worked(0)
    assert rota.others(1)


def test_when_none_works_the_one_due_first_is_asked() -> None:
    clock = Clock()
    rota = Rota([1, 1, 1], clock)
    for place in (2, 0, 1):
        clock.now += 0.1
        for _ in range(3):
            rota.failed(place)
    assert rota.take() == 2 and not rota.others(2)


def test_who_is_asked_too_much_rests_as_long_as_it_says() -> None:
    clock = Clock()
    rota = Rota([1, 1], clock)
    rota.rest(0, 5)
    rota.worked(0)
    assert {rota.take() for _ in range(9)} == {1}
    clock.now += 5
    assert rota.take() == 0


def test_a_request_that_failed_goes_elsewhere_where_there_is_another() -> None:
    rota = Rota([1, 1], Clock())
    assert {rota.take(avoid=0) for _ in range(9)} == {1}
    rota.rest(1, 9)
    assert rota.take(avoid=0) == 0


# Options


def built(**options: Any) -> OpenAI:
    teacher: OpenAI = plugins.build("teacher", "openai", {"model": "m", **options}, "here")
    return teacher


def test_tables_of_a_recipe_become_endpoints() -> None:
    tables = [{"base_url": ONE}, {"base_url": TWO, "weight": 2, "name": "b", "api_key_env": "B_KEY"}]
    teacher = built(endpoints=tables)
    assert teacher.endpoints == (Endpoint(ONE), Endpoint(TWO, "b", 2, "B_KEY"))
    assert [endpoint.label for endpoint in teacher.endpoints] == ["one:8000/v1", "b"]
    assert Endpoint(TWO).label == "two/v1"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"base_url": ONE, "endpoints": [{"base_url": TWO}]}, "both given"),
        ({"endpoints": [{"base_url": ONE}, {"base_url": ONE}]}, 'the name "one:8000/v1"'),
        ({"endpoints": [{"base_url": ONE, "name": "a"}, {"base_url": TWO, "name": "a"}]}, 'the name "a"'),
        ({"endpoints": [{"base_url": ONE, "weight": 0}]}, "weight"),
        ({"endpoints": [{"base_url": ONE, "weight": -1}]}, "weight"),
        ({"endpoints": [{"base_url": ONE, "weight": float("nan")}]}, "weight"),
        ({"endpoints": [{"base_url": ONE, "weight": float("inf")}]}, "weight"),
        ({"endpoints": [{"base_url": "one:8000/v1"}]}, "must begin with http"),
        ({"endpoints": [{"base_url": "http://me:secret@one/v1"}]}, "user name or password"),
        ({"endpoints": [{"base_url": ONE, "wieght": 2}]}, "wieght|Unexpected keyword"),
        ({"endpoints": [{"name": "a"}]}, "base_url|required"),
        ({"endpoints": ["http://one"]}, "endpoints"),
        ({"timeout": 0}, "timeout"),
        ({"timeout": float("nan")}, "timeout"),
        ({"connect_timeout": -1}, "timeout"),
        ({"first_byte_timeout": -1}, "first_byte_timeout"),
    ],
)
def test_endpoints_that_are_wrong_are_refused(options: Any, says: str) -> None:
    with pytest.raises(IttgenError, match=says) as caught:
        built(**options)
    assert caught.value.exit_code == 2 and "secret" not in str(caught.value)


def test_the_identity_does_not_depend_on_endpoints() -> None:
    assert built(endpoints=[{"base_url": ONE}]).identity == built(base_url=TWO).identity == built().identity


def test_the_key_of_every_endpoint_is_checked_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONE_KEY", "sk-1")
    monkeypatch.delenv("TWO_KEY", raising=False)
    teacher = OpenAI("m", endpoints=(Endpoint(ONE, api_key_env="ONE_KEY"), Endpoint(TWO, api_key_env="TWO_KEY")))
    with pytest.raises(UsageError, match="TWO_KEY is not set"):
        teacher.check()


# Requests


def question(number: int = 0) -> Request:
    return Request("m", (Message("user", f"Name river {number}."),))


def several(*servers: OpenAIServer, **options: Any) -> OpenAI:
    named = [Endpoint(server.base_url, chr(ord("a") + place)) for place, server in enumerate(servers)]
    return OpenAI("m", endpoints=tuple(named), **options)


def good(**options: Any) -> OpenAIServer:
    return OpenAIServer(lambda body: ("x", "stop"), **options)


async def patient(teacher: OpenAI, request: Request) -> tuple[Response, list[TransientError]]:
    """The answer, and what was in its way; tries again at once as long as it is told to."""
    met: list[TransientError] = []
    while True:
        try:
            return await teacher.ask(request), met
        except TransientError as error:
            if error.retry_after != 0:
                raise
            met.append(error)


async def test_answers_say_who_gave_them_where_there_are_several() -> None:
    with good() as a, good() as b:
        teacher = several(a, b)
        said = await asyncio.gather(*(teacher.ask(question(n)) for n in range(10)))
        await teacher.close()
        assert Counter(reply.endpoint for reply in said) == {"a": 5, "b": 5}
        assert len(a.requests) == len(b.requests) == 5
        alone = several(a)
        assert (await alone.ask(question())).endpoint == ""
        await alone.close()


async def test_a_key_goes_to_its_own_endpoint_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", "sk-a")
    monkeypatch.setenv("SHARED_KEY", "sk-shared")
    with good() as a, good() as b:
        named = (Endpoint(a.base_url, api_key_env="A_KEY"), Endpoint(b.base_url))
        teacher = OpenAI("m", endpoints=named, api_key_env="SHARED_KEY")
        for number in range(4):
            await teacher.ask(question(number))
        await teacher.close()
        assert {headers["authorization"] for headers, _ in a.requests} == {"Bearer sk-a"}
        assert {headers["authorization"] for headers, _ in b.requests} == {"Bearer sk-shared"}


@pytest.mark.parametrize("fault", ["reset", "malformed", "empty_choices", ("status", 500, {}, "broken")])
async def test_a_broken_endpoint_costs_three_tries_and_no_answer(fault: Any) -> None:
    with good(faults=lambda *_: fault) as a, good() as b:
        teacher = several(a, b)
        met: list[TransientError] = []
        for number in range(20):
            reply, errors = await patient(teacher, question(number))
            met += errors
            assert reply.endpoint == "b"
        await teacher.close()
    assert len(met) == 3 and all('endpoint "a", http://' in str(error) for error in met)


async def test_who_is_asked_too_much_is_spared_and_nobody_waits() -> None:
    with good(faults=lambda *_: ("status", 429, {"Retry-After": "60"}, "slow down")) as a, good() as b:
        teacher = several(a, b)
        results = [await patient(teacher, question(number)) for number in range(20)]
        await teacher.close()
        assert len(a.requests) == 1
    (error,) = [error for _, errors in results for error in errors]
    assert not error.busy, "the others have room"


async def test_an_endpoint_without_anything_left_rests() -> None:
    def spent(number: int, body: Any) -> Any:
        answer = {"choices": [{"message": {"content": "x"}}]}
        return ("status", 200, {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "6m0s"}, answer)

    with good(faults=spent) as a, good() as b:
        teacher = several(a, b)
        said = [(await teacher.ask(question(number))).endpoint for number in range(10)]
        await teacher.close()
    assert said == ["a"] + ["b"] * 9


async def test_where_all_are_busy_the_wait_of_the_server_is_passed_on() -> None:
    fault = ("status", 429, {"Retry-After": "7"}, "slow down")
    with good(faults=lambda *_: fault) as a, good(faults=lambda *_: fault) as b:
        teacher = several(a, b)
        with pytest.raises(TransientError) as caught:
            await patient(teacher, question())
        await teacher.close()
        assert len(a.requests) == len(b.requests) == 1
    assert caught.value.retry_after == 7 and caught.value.busy


async def test_a_single_endpoint_is_never_left_aside() -> None:
    with good(faults=lambda *_: ("status", 500, {}, "broken")) as a:
        teacher = several(a)
        for _ in range(9):
            with pytest.raises(TransientError) as caught:
                await teacher.ask(question())
            assert caught.value.retry_after is None
        await teacher.close()
        assert len(a.requests) == 9


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_an_endpoint_that_refuses_for_good_is_named(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    monkeypatch.setenv("A_KEY", "sk-a")
    with good(faults=lambda *_: ("status", status, {}, "no, sk-a")) as a, good() as b:
        named = (Endpoint(a.base_url, "gpu-1", api_key_env="A_KEY"), Endpoint(b.base_url))
        teacher = OpenAI("m", endpoints=named)
        with pytest.raises(TeacherError, match='endpoint "gpu-1"') as caught:
            await teacher.ask(question())
        await teacher.close()
    assert not isinstance(caught.value, TransientError) and "sk-a" not in str(caught.value)
    assert status != 401 or "read from A_KEY" in str(caught.value)


async def test_a_request_that_was_given_up_leaves_its_place() -> None:
    hold = threading.Event()
    with good(hold=hold) as a, good(hold=hold) as b:
        teacher = several(a, b)
        tasks = [asyncio.create_task(teacher.ask(question(number))) for number in range(6)]
        await asyncio.to_thread(a.wait_for, 3)
        await asyncio.to_thread(b.wait_for, 3)
        for task in tasks[:4]:
            task.cancel()
        await asyncio.gather(*tasks[:4], return_exceptions=True)
        hold.set()
        await asyncio.gather(*tasks[4:])
        assert [state.in_flight for state in teacher._link._rota._states] == [0, 0]
        await teacher.close()

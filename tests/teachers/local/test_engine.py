"""The thread that owns an engine, with a core of a few lines in the place of vLLM's."""

import asyncio
import threading
from collections.abc import Callable, Sequence

import pytest

from ittgen.calls import Request, Response
from ittgen.errors import IttgenError, RefusedError, TeacherError, UsageError
from ittgen.records import Message
from ittgen.teachers.local.engine import Engine

PATIENCE = 30.0


class Toy:
    """Answers with the question; what begins with "bad" is refused, "never" is never answered, "death" ends it."""

    def __init__(self) -> None:
        self.waiting: dict[str, str] = {}
        self.largest = 0
        """The most requests that one step advanced."""
        self.forgotten: list[str] = []
        self.closed = threading.Event()
        self.may_step = threading.Event()
        self.may_step.set()
        self.thread: threading.Thread | None = None

    def build(self) -> "Toy":
        self.thread = threading.current_thread()
        return self

    def add(self, name: str, request: Request) -> None:
        text = request.messages[0].content
        if text.startswith("bad"):
            raise RefusedError(f"{text} will not do")
        self.waiting[name] = text

    def step(self) -> list[tuple[str, Response]]:
        assert threading.current_thread() is self.thread
        assert self.may_step.wait(PATIENCE)
        self.largest = max(self.largest, len(self.waiting))
        if "death" in self.waiting.values():
            raise MemoryError("no more")
        done = {name: text for name, text in self.waiting.items() if text != "never"}
        self.waiting = {name: text for name, text in self.waiting.items() if text == "never"}
        return [(name, Response(text)) for name, text in done.items()]

    def abort(self, names: Sequence[str]) -> None:
        self.forgotten += [self.waiting.pop(name) for name in names]

    def close(self) -> None:
        self.closed.set()


def engine(build: Callable[[], Toy]) -> Engine:
    return Engine(build, lambda error: TeacherError(f"died of {error!r}"))


def asked(text: str) -> Request:
    return Request("m", (Message("user", text),))


async def outcome(engine: Engine, text: str) -> str:
    try:
        return (await engine.ask(asked(text))).text
    except IttgenError as error:
        return f"{type(error).__name__}: {error}"


async def test_questions_of_one_moment_are_advanced_together() -> None:
    toy = Toy()
    toy.may_step.clear()
    running = engine(toy.build)
    asking = [asyncio.create_task(running.ask(asked(str(n)))) for n in range(50)]
    await asyncio.sleep(0)  # each has put its question in
    toy.may_step.set()
    assert [answer.text for answer in await asyncio.gather(*asking)] == [str(n) for n in range(50)]
    assert toy.largest > 1
    await running.close()


async def test_a_refused_question_fails_alone() -> None:
    toy = Toy()
    running = engine(toy.build)
    said = await asyncio.gather(*(outcome(running, text) for text in ("one", "bad two", "three")))
    assert said == ["one", "RefusedError: bad two will not do", "three"]
    await running.close()
    assert toy.closed.is_set()


async def test_a_cancelled_question_is_taken_back_from_the_engine() -> None:
    toy = Toy()
    running = engine(toy.build)
    never = asyncio.create_task(running.ask(asked("never")))
    await asyncio.sleep(0)  # it has put its question in, before the first one
    assert await outcome(running, "first") == "first"
    never.cancel()
    with pytest.raises(asyncio.CancelledError):
        await never
    while not toy.forgotten:
        assert await outcome(running, "another") == "another"
    assert toy.forgotten == ["never"]
    await running.close()


async def test_an_engine_that_dies_fails_all_who_wait_and_all_who_come() -> None:
    toy = Toy()
    running = engine(toy.build)
    said = await asyncio.gather(*(outcome(running, text) for text in ("never", "death")))
    said.append(await outcome(running, "later"))
    assert said == ["TeacherError: died of MemoryError('no more')"] * 3
    assert toy.closed.wait(PATIENCE)
    await running.close()


async def test_an_engine_that_cannot_start_says_so_to_everybody() -> None:
    def build() -> Toy:
        raise UsageError("no memory")

    running = engine(build)
    said = await asyncio.gather(*(outcome(running, str(n)) for n in range(3)))
    assert [*said, await outcome(running, "later")] == ["UsageError: no memory"] * 4
    await running.close()


async def test_closing_ends_the_thread_and_leaves_nobody_waiting() -> None:
    toy = Toy()
    running = engine(toy.build)
    never = asyncio.create_task(outcome(running, "never"))
    await asyncio.sleep(0)
    assert await outcome(running, "first") == "first"
    await running.close()
    assert await never == "TeacherError: the engine was closed"
    assert toy.thread and not toy.thread.is_alive()
    assert toy.closed.is_set()


async def test_closing_does_not_wait_for_a_model_that_is_still_being_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ittgen.teachers.local.engine.STARTING", 0.05)
    loading, loaded, toy = threading.Event(), threading.Event(), Toy()

    def build() -> Toy:
        loading.set()
        assert loaded.wait(PATIENCE)
        return toy.build()

    running = engine(build)
    asking = asyncio.create_task(running.ask(asked("one")))
    assert await asyncio.to_thread(loading.wait, PATIENCE)
    asking.cancel()
    await running.close()
    assert not toy.closed.is_set()
    loaded.set()
    assert await asyncio.to_thread(toy.closed.wait, PATIENCE)


async def test_an_engine_that_nobody_asked_was_never_started() -> None:
    def build() -> Toy:
        raise AssertionError("it was started")

    await engine(build).close()

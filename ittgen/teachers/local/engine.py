"""A thread that owns an engine: questions go in from the event loop, answers come back to it, batch by batch.

An engine here is anything that takes requests one by one and advances all of them a step at a time (`Core`). All of it,
its making included, happens in the thread, so that the loop never waits for a model. Knows nothing of vLLM.
"""

import asyncio
import itertools
import signal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Protocol

from ittgen.calls import Request, Response
from ittgen.errors import IttgenError, TeacherError

Answer = Response | IttgenError
ENDING, STARTING = 60.0, 5.0
"""Seconds that closing waits for an engine that works, and for one that is being started, which nobody can stop."""


class Core(Protocol):
    """An engine: requests go in at any time, and each `step` advances all that are in."""

    def add(self, name: str, request: Request) -> None:
        """Take one in. Raises RefusedError or UsageError where it cannot be answered, and stays as it was."""
        ...

    def step(self) -> Iterable[tuple[str, Answer]]:
        """The names and answers of those that this step finished, or the error that ended one of them alone."""
        ...

    def abort(self, names: Sequence[str]) -> None:
        """Forget these."""
        ...

    def close(self) -> None:
        """Give back memory, processes and devices."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    name: str
    request: Request
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Response]


@dataclass(frozen=True, slots=True)
class _Given:
    """A question that nobody waits for any more."""

    up: _Question


class Engine:
    """`await engine.ask(request)`; started by the first question.

    build: makes the core, in the engine's thread. mourn: the error to raise where the core raised another one of its
    own in the middle of its work. What `build` or `mourn` says is raised by every question from then on.
    """

    def __init__(self, build: Callable[[], Core], mourn: Callable[[Exception], IttgenError]) -> None:
        self._build, self._mourn = build, mourn
        self._inbox: SimpleQueue[_Question | _Given | None] = SimpleQueue()
        self._running: dict[str, _Question] = {}
        self._numbers = itertools.count()
        self._door = Lock()
        """Held by whoever puts a question in or says that there is no engine to answer it."""
        self._over: IttgenError | None = None
        self._works = False
        self._thread = Thread(target=self._live, name="ittgen-engine", daemon=True)

    async def ask(self, request: Request) -> Response:
        """The answer; a caller who is cancelled takes the question back. Raises what the core and `build` raise."""
        loop = asyncio.get_running_loop()
        question = _Question(f"ittgen-{next(self._numbers)}", request, loop, loop.create_future())
        with self._door:
            if self._over:
                raise self._over
            self._inbox.put(question)
            if not self._thread.ident:
                self._thread.start()
        try:
            return await question.answer
        except asyncio.CancelledError:
            self._inbox.put(_Given(question))
            raise

    async def close(self) -> None:
        """End the thread and its engine, once the step that is being made is over; one that starts ends later."""
        self._inbox.put(None)
        if self._thread.ident:
            await asyncio.to_thread(self._thread.join, ENDING if self._works else STARTING)

    # In the thread

    def _live(self) -> None:
        # Ctrl-C is for who started us: processes that the engine starts would end with answers under way.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            core = self._build()
        except IttgenError as error:
            self._end(error)
            return
        self._works = True
        try:
            while self._take(core):
                self._settle([(self._running.pop(name), answer) for name, answer in core.step()])
            self._end(TeacherError("the engine was closed"))
        except Exception as error:  # noqa: BLE001  # whatever a step raises, the engine behind it is gone
            self._end(self._mourn(error))
        finally:
            core.close()

    def _take(self, core: Core) -> bool:
        """Take in what has come, waiting where there is nothing else to do; whether to go on."""
        while not self._running or not self._inbox.empty():
            came = self._inbox.get()
            if came is None:
                return False
            if isinstance(came, _Given):
                self._forget(core, came.up)
            else:
                self._admit(core, came)
        return True

    def _admit(self, core: Core, question: _Question) -> None:
        if question.answer.cancelled():
            return
        try:
            core.add(question.name, question.request)
            self._running[question.name] = question
        except IttgenError as error:
            self._settle([(question, error)])

    def _forget(self, core: Core, question: _Question) -> None:
        if self._running.pop(question.name, None):
            core.abort([question.name])

    def _end(self, error: IttgenError) -> None:
        """Say to all who wait, and to all who come, that there is no engine."""
        with self._door:
            self._over = error
        waiting = list(self._running.values())
        while not self._inbox.empty():
            if isinstance(came := self._inbox.get(), _Question):
                waiting.append(came)
        self._running.clear()
        self._settle([(question, error) for question in waiting])

    def _settle(self, outcomes: Sequence[tuple[_Question, Answer]]) -> None:
        """Hand over to the loop what came of these, all at once."""
        if outcomes and not (loop := outcomes[0][0].loop).is_closed():
            loop.call_soon_threadsafe(_hand_over, outcomes)


def _hand_over(outcomes: Sequence[tuple[_Question, Answer]]) -> None:
    for question, outcome in outcomes:
        if question.answer.done():  # cancelled meanwhile
            continue
        if isinstance(outcome, Response):
            question.answer.set_result(outcome)
        else:
            question.answer.set_exception(outcome)

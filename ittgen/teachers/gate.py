"""Places on the wire: so many attempts at a time, the lowest slot first, and nobody once the run is stopping."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager

from ittgen.errors import IttgenError


class Closed(IttgenError):
    """The run is stopping: this request was not sent. Never leaves the engine."""


class Gate:
    """`places` attempts at a time, the lowest slot first; once closed, nobody else gets in."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.held = 0
        """Places taken now."""
        self._order = itertools.count()
        self._queue: list[tuple[int, int, asyncio.Future[None]]] = []
        self._closed = asyncio.Event()
        self._watching: list[asyncio.Future[None]] = []

    @asynccontextmanager
    async def place(self, slot: int) -> AsyncIterator[None]:
        """Hold one place. Raises Closed when the gate is closed or closes while waiting."""
        await self._enter(slot)
        try:
            yield
        finally:
            self._leave()

    def resize(self, places: int) -> None:
        """So many places from now on; who holds one keeps it."""
        self.places = places
        self._admit()

    async def pause(self, seconds: float) -> None:
        """Sleep between two attempts. Raises Closed as soon as the gate closes."""
        await self.unless_closed(asyncio.sleep(seconds))

    async def unless_closed(self, waiting: Coroutine[object, object, object]) -> None:
        """Wait for this. Raises Closed, and gives it up, as soon as the gate closes."""
        closing, wanted = asyncio.create_task(self._closed.wait()), asyncio.create_task(waiting)
        try:
            await asyncio.wait((closing, wanted), return_when=asyncio.FIRST_COMPLETED)
        finally:
            closing.cancel()
            wanted.cancel()
        if not wanted.done() or wanted.cancelled():
            raise Closed("stopping")
        wanted.result()

    async def stirred(self) -> None:
        """Wait inside until somebody else stirs. Raises Closed when the gate closes first."""
        if self.closed:
            raise Closed("stopping")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._watching.append(turn)
        await turn

    def stir(self) -> None:
        """Wake those who wait inside for what others may give back."""
        for turn in self._watching:
            if not turn.done():
                turn.set_result(None)
        self._watching.clear()

    def close(self) -> None:
        """Turn away everyone who waits and everyone who comes; who is on the wire stays to the end."""
        self._closed.set()
        for turn in self._watching:
            if not turn.done():
                turn.set_exception(Closed("stopping"))
        self._watching.clear()
        for *_, turn in self._queue:
            if not turn.done():
                turn.set_exception(Closed("stopping"))
        self._queue.clear()

    def open(self) -> None:
        self._closed.clear()

    @property
    def closed(self) -> bool:
        return self._closed.is_set()

    async def _enter(self, slot: int) -> None:
        if self.closed:
            raise Closed("stopping")
        if self.held < self.places:
            self.held += 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (slot, next(self._order), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and not turn.exception():
                self._leave()  # the place came in the same moment as the cancellation: pass it on
            raise

    def _leave(self) -> None:
        self.held -= 1
        self._admit()

    def _admit(self) -> None:
        while self._queue and self.held < self.places:
            *_, turn = heapq.heappop(self._queue)
            if not turn.done():
                self.held += 1
                turn.set_result(None)

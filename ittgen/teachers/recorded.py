"""The outermost wrapper: what the journal knows is not asked, and every answer is stored before anybody sees it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from ittgen.calls import Request, Response, Teacher
from ittgen.errors import TeacherError
from ittgen.events import Meter
from ittgen.journal import Journal
from ittgen.text import JSON


@dataclass(slots=True)
class Recorded:
    """Answers from the journal what it knows, sends equal questions once, and stores every answer before returning it.

    A question on the wire belongs to nobody: it lands and is stored even when the slot that asked is gone.
    """

    inner: Teacher
    journal: Journal
    meter: Meter
    offline: bool = False
    """Never send anything: an unknown question raises TeacherError."""
    _asking: dict[str, asyncio.Task[Response]] = field(default_factory=dict)
    """Key -> question on the wire; shared by teachers of one run, since some may be the same."""

    @property
    def identity(self) -> Mapping[str, JSON]:
        return self.inner.identity

    async def ask(self, request: Request) -> Response:
        key = request.key
        if task := self._asking.get(key):
            return await asyncio.shield(task)
        if known := self.journal.answer(key):
            self.meter.known += 1
            return known
        if self.offline:
            raise TeacherError(f"offline, and the journal has no answer for {request.label} (request {key[:12]})")
        self._asking[key] = task = asyncio.create_task(self._send(request, key))
        task.add_done_callback(_seen)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Cancel what is still on the wire and close the teacher."""
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)
        await self.inner.close()

    async def landed(self) -> None:
        """Wait until nothing is on the wire."""
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    async def _send(self, request: Request, key: str) -> Response:
        try:
            response = await self.inner.ask(request)
            await self.journal.store(request, response)
            self.meter.answered += 1
            self.meter.usage += response.usage
            return response
        finally:
            del self._asking[key]


def _seen(task: asyncio.Task[Response]) -> None:
    """Look at the task's exception, so that one whose slot is gone does not complain about being ignored."""
    if not task.cancelled():
        task.exception()

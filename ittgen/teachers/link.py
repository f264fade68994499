"""One request of the `openai` teacher on its way: its body, the endpoint that gets it, and what came back.

Knows chat completions and who is to be asked next; the wire itself is `wire.py`, what failures mean `failures.py`.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ittgen.calls import Request, Response
from ittgen.errors import TeacherError, TransientError
from ittgen.teachers import completion, failures, waits
from ittgen.teachers.endpoints import NOBODY, Rota
from ittgen.teachers.failures import Origin
from ittgen.teachers.wire import Reply, Wire

BUSY_REST = 1.0
"""Seconds that one of several endpoints rests after it said it is busy and not for how long."""


def body(request: Request, renamed: bool) -> bytes:
    """The request as JSON; `renamed`: the model knows the limit of tokens as `max_completion_tokens`.

    `extra_body` goes to the top, and what stands beside it wins. Sample k of a request with a seed is sent with
    seed + k; the idempotency key tells equal requests apart.
    """
    sampling: dict[str, Any] = dict(request.sampling)
    extra = sampling.pop("extra_body", None)
    if isinstance(extra, dict):
        sampling = {**extra, **sampling}
    if isinstance(seed := sampling.get("seed"), int):
        sampling["seed"] = seed + request.sample
    if request.schema is not None:
        wanted = {"name": "answer", "schema": request.schema, "strict": True}
        sampling["response_format"] = {"type": "json_schema", "json_schema": wanted}
    if renamed and "max_tokens" in sampling:
        sampling.setdefault("max_completion_tokens", sampling["max_tokens"])
    if "max_completion_tokens" in sampling:
        sampling.pop("max_tokens", None)
    messages = [message.to_json() for message in request.messages]
    return json.dumps({**sampling, "model": request.model, "messages": messages}).encode()


@dataclass(frozen=True, slots=True)
class Line:
    """One endpoint, ready to be used."""

    name: str
    """Empty where it is the only one: the journal has nothing to tell apart."""
    origin: Origin
    wire: Wire


class Link:
    """The lines of one teacher; remembers what its model calls the limit of tokens, and which endpoints work."""

    def __init__(self, lines: Sequence[Line], weights: Sequence[float], renamed: bool) -> None:
        self._lines = lines
        self._rota = Rota(weights)
        self._renamed = renamed
        self._failed: dict[str, int] = {}
        """Request -> endpoint that failed it last: its next try goes elsewhere."""

    async def ask(self, request: Request) -> Response:
        """Send it once, to one endpoint. Raises TransientError or TeacherError."""
        if len(self._lines) == 1:
            return await self._send(self._lines[0], request)
        place = self._rota.take(self._failed.pop(request.key, NOBODY))
        try:
            return await self._send(self._lines[place], request, place)
        except TransientError as error:
            raise self._elsewhere(place, request, error) from None
        except TeacherError:
            self._rota.worked(place)  # it is there, if only to say no
            raise
        finally:
            self._rota.leave(place)

    async def close(self) -> None:
        for line in self._lines:
            await line.wire.close()

    async def _send(self, line: Line, request: Request, place: int = NOBODY) -> Response:
        renamed = self._renamed
        started = time.perf_counter()
        reply = await line.wire.post(body(request, renamed), request.key)
        latency = time.perf_counter() - started
        if 200 <= reply.status < 300:
            response = _answer(line, request, reply, latency)
        else:
            said = failures.read(reply.status, reply.headers, reply.body)
            if not renamed and failures.wants_completion_limit(said):
                self._renamed = True
                return await self._send(line, request, place)
            response = _settled(line, said, latency)
        if place != NOBODY:
            self._note(place, reply)
        return response

    def _note(self, place: int, reply: Reply) -> None:
        """An endpoint answered; where it has nothing left to give it rests."""
        self._rota.worked(place)
        if seconds := waits.until_refilled(reply.headers):
            self._rota.rest(place, seconds)

    def _elsewhere(self, place: int, request: Request, error: TransientError) -> TransientError:
        """The error for the retry loop: no wait, and no brake for all, where another endpoint can be asked at once."""
        if error.busy:
            self._rota.rest(place, error.retry_after or BUSY_REST)
        else:
            self._rota.failed(place)
        if not self._rota.others(place):
            return error
        self._failed[request.key] = place
        return TransientError(str(error), 0.0)


def _answer(line: Line, request: Request, reply: Reply, latency: float) -> Response:
    """The Response in a body with status 2xx. Raises where it is an error all the same, or no completion."""
    try:
        data = completion.load(reply.body)
        if error := completion.failed(data):
            return _settled(line, failures.inside(error), latency)
        told = completion.response(request, data, reply.headers.get("x-request-id", ""), latency, line.name)
        return _apart(line, told)
    except (ValueError, RecursionError) as error:
        reason = line.origin.hide(repr(error))
        raise TransientError(f"{line.origin.server}: the answer is no chat completion: {reason}") from None


def _apart(line: Line, told: Response) -> Response:
    """The answer without keys in what the server says beside its text, all of which is kept."""
    if not line.origin.secrets:
        return told
    said = (told.model, told.request_id, told.finish_reason, told.fingerprint)
    model, number, reason, fingerprint = map(line.origin.hide, said)
    return replace(told, model=model, request_id=number, finish_reason=reason, fingerprint=fingerprint)


def _settled(line: Line, said: failures.Said, latency: float) -> Response:
    """The Response that refuses this request. Raises where it is more than that."""
    verdict = failures.verdict(said, line.origin)
    if isinstance(verdict, Response):
        return replace(verdict, latency=latency, endpoint=line.name)
    raise verdict

"""The server behind `loopback`: bare HTTP/1.1 by hand, what goes wrong with a request, and the bill.

It reads no JSON and no header it does not need, so that a client on the same machine is what is measured. What happens
to a request depends on the seed, its key (its Idempotency-Key, else a digest of its body) and its attempt, never on the
order of arrival; what is answered, on its body alone.
"""

import asyncio
import json
import math
import os
import socket
import struct
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from statistics import NormalDist
from typing import Any

RATES = {"busy": 0.05, "error": 0.03, "reset": 0.01, "silent": 0.005, "malformed": 0.01}
"""Fault -> share of all attempts, at --faults 1."""
WORDS = [head + tail for head in "ba co di fu go hi ja ke li mo nu pa ri so te vo".split() for tail in (
    "l n r s da ke li mo na pe ro si ta ve zo mira".split()
)]  # fmt: skip
LENGTH = 60
"""Words of an answer."""
OVERHEAD = 60
"""Bytes of a body that are names and braces, about."""
NORMAL = NormalDist()
LINGER = struct.pack("ii", 1, 0)
"""With this a closed connection is reset, as by a server that died."""
MALFORMED = b'{"id": "chatcmpl-0", "object": "chat.completion", "choices": [{"index": 0, "message": {"role": "assi'


@dataclass(slots=True)
class Bill:
    """What the server saw since it started or was reset."""

    requests: int = 0
    in_flight: int = 0
    peak_in_flight: int = 0
    first_request: float | None = None
    """By time.monotonic, which all processes of a machine share."""
    last_answer: float | None = None
    first_request_at: float | None = None
    """The first request by time.time."""
    faults: Counter[str] = field(default_factory=Counter)
    attempts: Counter[str] = field(default_factory=Counter)
    """Key -> requests that came."""
    billed: Counter[str] = field(default_factory=Counter)
    """Key -> answers that were sent whole."""

    def arrive(self, key: str) -> int:
        """Note a request; which attempt it is, from 1."""
        if self.first_request is None:
            self.first_request, self.first_request_at = time.monotonic(), time.time()
        self.requests += 1
        self.in_flight += 1
        self.peak_in_flight = max(self.peak_in_flight, self.in_flight)
        self.attempts[key] += 1
        return self.attempts[key]

    def told(self, keys: bool) -> dict[str, Any]:
        """As /stats tells it; with `keys`: key -> [attempts, billed]."""
        said = {
            "requests": self.requests,
            "answered": sum(self.billed.values()),
            "keys_asked": len(self.attempts),
            "keys_answered": len(self.billed),
            "billed_twice": sum(count - 1 for count in self.billed.values()),
            "peak_in_flight": self.peak_in_flight,
            "first_request": self.first_request,
            "first_request_at": self.first_request_at,
            "last_answer": self.last_answer,
            "faults": dict(self.faults),
        }
        return {**said, "keys": {key: [n, self.billed[key]] for key, n in self.attempts.items()}} if keys else said


@dataclass(slots=True)
class Server:
    """What all connections share: the options, the bill, and who is connected."""

    latency: float
    """Seconds from a request to its answer; the mean of them with `lognormal`."""
    lognormal: float
    """Sigma; 0: every answer takes the same."""
    faults: float
    seed: int
    log: int | None
    """File descriptor that a line is written to for every answer billed."""
    away_after: int
    """The server goes away at this request; 0: never."""
    away_for: float
    retry_after: float = 1.0
    """Seconds that a busy reply asks to wait."""
    bill: Bill = field(default_factory=Bill)
    connections: set["Connection"] = field(default_factory=set)
    listening: asyncio.Server | None = None
    port: int = 0
    away: bool = False
    leaving: asyncio.Task[None] | None = None

    async def listen(self) -> None:
        await self._listen(self._bound())

    async def go_away(self) -> None:
        """Close the listening socket, reset every connection, and come back at the same port."""
        assert self.listening
        self.away = True
        self.listening.close()
        held = self._bound()  # refuses whoever comes, and nobody else can take the port
        for connection in list(self.connections):
            connection.reset()
        await asyncio.sleep(self.away_for)
        self.away = False
        await self._listen(held)

    def _bound(self) -> socket.socket:
        held = socket.socket()
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", self.port))
        self.port = held.getsockname()[1]
        return held

    async def _listen(self, held: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        self.listening = await loop.create_server(lambda: Connection(self), sock=held, backlog=4096)

    def fate(self, key: str, attempt: int) -> tuple[str, float]:
        """The fault of this attempt, empty for none, and the seconds until the server answers."""
        drawn = blake2b(f"{self.seed}/{key}/{attempt}".encode(), digest_size=16).digest()
        first, second = (int.from_bytes(half, "big") / 2**64 for half in (drawn[:8], drawn[8:]))
        return self._fault(first), self._seconds(second)

    def _fault(self, share: float) -> str:
        for fault, rate in RATES.items():
            if share < (rate := rate * self.faults):
                return fault
            share -= rate
        return ""

    def _seconds(self, share: float) -> float:
        if not self.lognormal:
            return self.latency
        deviation = NORMAL.inv_cdf(min(max(share, 1e-12), 1 - 1e-12))
        return self.latency * math.exp(self.lognormal * deviation - self.lognormal**2 / 2)


class Connection(asyncio.Protocol):
    """One connection kept alive; requests come one after another."""

    __slots__ = ("_answer", "_buffer", "_server", "_transport", "_waiting")

    def __init__(self, server: Server) -> None:
        self._server = server
        self._buffer = b""
        self._waiting = False
        self._answer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server.connections.add(self)
        if self._server.away:  # it had been accepted already
            self.reset()

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.connections.discard(self)
        self._leave()

    def reset(self) -> None:
        self._leave()
        self._transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER)
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._waiting:
            return
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._buffer[:end]
        length = int(_header(head, b"content-length") or 0)
        if len(self._buffer) < end + 4 + length:
            return
        body, self._buffer = self._buffer[end + 4 : end + 4 + length], self._buffer[end + 4 + length :]
        self._route(head, body)

    def _route(self, head: bytes, body: bytes) -> None:
        method, path = head.split(b" ", 2)[:2]
        if (method, path) == (b"POST", b"/v1/chat/completions"):
            self._chat((_header(head, b"idempotency-key") or blake2b(body, digest_size=16).hexdigest().encode()), body)
        elif (method, path) == (b"GET", b"/v1/models"):
            self._send(b'{"object": "list", "data": [{"id": "loopback", "object": "model", "owned_by": "none"}]}')
        elif method == b"GET" and path.startswith(b"/stats"):
            self._send(json.dumps(self._server.bill.told(b"keys=1" in path)).encode())
        elif (method, path) == (b"POST", b"/reset"):
            self._server.bill = Bill()
            self._send(b"{}")
        else:
            self._send(b'{"error": {"message": "no such path", "code": "not_found"}}', b"404 Not Found")

    def _chat(self, name: bytes, body: bytes) -> None:
        server, key = self._server, name.decode()
        fault, seconds = server.fate(key, server.bill.arrive(key))
        server.bill.faults.update([fault] if fault else [])
        self._waiting = True
        loop = asyncio.get_running_loop()
        if server.bill.requests == server.away_after:
            server.leaving = loop.create_task(server.go_away())
        elif fault == "busy":
            self._fail(fault)
        elif fault:
            self._answer = loop.call_later(seconds, self._fail, fault)
        else:
            self._answer = loop.call_later(seconds, self._complete, key, body)

    def _complete(self, key: str, body: bytes) -> None:
        """Send the answer, and bill it once it is sent."""
        server = self._server
        self._send(completion(body))
        server.bill.billed[key] += 1
        server.bill.last_answer = time.monotonic()
        if server.log is not None:
            os.write(server.log, f"{key}\n".encode())

    def _fail(self, fault: str) -> None:
        if fault == "busy":
            said = b'{"error": {"message": "Rate limit reached", "type": "requests", "code": "rate_limit_exceeded"}}'
            self._send(said, b"429 Too Many Requests", b"Retry-After: %g\r\n" % self._server.retry_after)
        elif fault == "error":
            said = b'{"error": {"message": "The server had an error", "type": "server_error", "code": null}}'
            self._send(said, b"500 Internal Server Error")
        elif fault == "malformed":
            self._send(MALFORMED)
        elif fault == "reset":
            self.reset()

    def _send(self, body: bytes, status: bytes = b"200 OK", more: bytes = b"") -> None:
        self._leave()
        head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\n%bContent-Length: %d\r\n\r\n" % (
            status,
            more,
            len(body),
        )
        self._transport.write(head + body)
        if self._buffer:
            asyncio.get_running_loop().call_soon(self.data_received, b"")

    def _leave(self) -> None:
        """The request that was waited for is done with."""
        if self._answer:
            self._answer.cancel()
            self._answer = None
        if self._waiting:
            self._waiting = False
            self._server.bill.in_flight = max(0, self._server.bill.in_flight - 1)


def _header(head: bytes, name: bytes) -> bytes:
    lower = head.lower()
    start = lower.find(b"\r\n" + name + b":")
    if start < 0:
        return b""
    end = lower.find(b"\r\n", start + 2)
    return head[start + len(name) + 3 : end if end >= 0 else len(head)].strip()


def completion(body: bytes) -> bytes:
    """The answer to this body: words drawn from a digest of it, so that it reads no JSON and escapes none."""
    drawn = blake2b(body, digest_size=LENGTH + 4).digest()
    text = " ".join([WORDS[byte] for byte in drawn[:LENGTH]])
    asked, told = max(1, (len(body) - OVERHEAD) // 4), 2 * LENGTH
    return (
        f'{{"id": "chatcmpl-{drawn[LENGTH:].hex()}", "object": "chat.completion", "created": 1700000000, '
        f'"model": "loopback", "choices": [{{"index": 0, "finish_reason": "stop", "logprobs": null, '
        f'"message": {{"role": "assistant", "content": "{text}", "refusal": null}}}}], '
        f'"usage": {{"prompt_tokens": {asked}, "completion_tokens": {told}, "total_tokens": {asked + told}}}}}'
    ).encode()

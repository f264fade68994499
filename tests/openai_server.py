"""A real HTTP server on loopback that speaks enough of the OpenAI API for tests: chat completions and the models list.

    with OpenAIServer(noise=0.0) as server:
        client = openai.OpenAI(base_url=server.base_url, api_key="any")

Answers come from the procedural teacher, or from a function of the request's body. It remembers what it was sent, can
be told to fail in many ways, and can hold requests back. As a program of its own (so that a client can be killed and
the bill be read afterwards):

    python tests/openai_server.py --port 0 --log FILE [--seed N] [--noise X] [--delay SECONDS] [--api-key KEY]

prints its base_url and then writes one line an answered request: the request's Idempotency-Key. It does no streaming.
"""

import argparse
import json
import socket
import socketserver
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO, Literal

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ittgen.records import Message
from ittgen.teachers.procedural.answers import marked_answer, tokens

Body = dict[str, Any]
Reply = Callable[[Body], tuple[str, str] | tuple[str, str, str]]
"""The body of a request -> text, finish_reason and, where there is one, the mark that becomes the answer's id."""
Status = tuple[Literal["status"], int, dict[str, str], Body | str]
Fault = Status | Literal["reset", "malformed", "empty_choices"]
Faults = Callable[[int, Body], Fault | None]

PATIENCE = 30.0
"""Seconds after which a wait in a test has failed."""


def procedural(seed: int = 0, noise: float = 0.15) -> Reply:
    """Replies of the procedural teacher: the same as in process for the same messages and sampling."""

    def reply(body: Body) -> tuple[str, str, str]:
        messages = [Message(message["role"], message["content"]) for message in body["messages"]]
        return marked_answer(messages, {key: body[key] for key in body if key != "messages"}, seed, noise)

    return reply


class OpenAIServer:
    """A context manager; every attribute may be read from the test while it runs."""

    def __init__(
        self,
        reply: Reply | None = None,
        *,
        seed: int = 0,
        noise: float = 0.15,
        api_key: str = "",
        faults: Faults | None = None,
        hold: threading.Event | None = None,
        port: int = 0,
        answered: Callable[[str], None] = lambda key: None,
    ) -> None:
        self.reply = reply or procedural(seed, noise)
        self.api_key = api_key
        """The key to ask for; empty: any will do."""
        self.faults = faults or (lambda number, body: None)
        """(number of the request, from 1; its body) -> what goes wrong with it."""
        self.hold = hold
        """Requests wait until it is set."""
        self.requests: list[tuple[dict[str, str], Body]] = []
        """(headers with lower-case names, body) of every chat request, in order of arrival."""
        self.counts: Counter[str] = Counter()
        """Chat requests by Idempotency-Key, failed ones included."""
        self.billed: Counter[str] = Counter()
        """Answered chat requests by Idempotency-Key: what a real server would ask money for."""
        self.in_flight = 0
        self.peak = 0
        """The most chat requests that were in flight at one moment."""
        self._answered = answered
        self._changed = threading.Condition()
        self._http = _Server(self, port)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> "OpenAIServer":
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self.hold:
            self.hold.set()
        self._http.shutdown()
        self._http.server_close()
        self._http.hang_up()
        self._thread.join(PATIENCE)

    def wait_for(self, in_flight: int) -> None:
        """Block until so many requests are in flight. Raises TimeoutError when they do not come."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.in_flight >= in_flight, PATIENCE):
                raise TimeoutError(f"{self.in_flight} requests in flight, not {in_flight}")

    def arrive(self, headers: dict[str, str], body: Body) -> int:
        """Note a chat request; its number, from 1."""
        with self._changed:
            self.requests.append((headers, body))
            self.counts[headers.get("idempotency-key", "")] += 1
            self.in_flight += 1
            self.peak = max(self.peak, self.in_flight)
            self._changed.notify_all()
            return len(self.requests)

    def leave(self) -> None:
        with self._changed:
            self.in_flight -= 1
            self._changed.notify_all()

    def bill(self, key: str) -> None:
        with self._changed:
            self.billed[key] += 1
            self._answered(key)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, app: OpenAIServer, port: int) -> None:
        self.app = app
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that clients keep alive, and with them their threads."""
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no news; anything else is a fault of the test's own functions."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection; what it is asked goes to the OpenAIServer."""

    server: "_Server"
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        if self._allowed():
            known = self.path == "/v1/models"
            models = {"object": "list", "data": [{"id": "procedural", "object": "model", "owned_by": "ittgen"}]}
            self._send(200, models) if known else self._send(404, _error(f"no {self.path}", "not_found"))

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._allowed():
            return
        if self.path != "/v1/chat/completions":
            self._send(404, _error(f"no {self.path}", "not_found"))
            return
        try:
            body = json.loads(data)
        except ValueError:
            self._send(400, _error("the body is no JSON", "invalid_json"))
            return
        self._chat({name.lower(): value for name, value in self.headers.items()}, body)

    def _allowed(self) -> bool:
        if not self.server.app.api_key or self.headers.get("Authorization") == f"Bearer {self.server.app.api_key}":
            return True
        self._send(401, _error("Incorrect API key provided.", "invalid_api_key"))
        return False

    def _chat(self, headers: dict[str, str], body: Body) -> None:
        app = self.server.app
        number = app.arrive(headers, body)
        try:
            if app.hold:
                app.hold.wait(PATIENCE)
            fault = app.faults(number, body)
            answered = None if fault else _completion(number, body, *app.reply(body))
        finally:
            app.leave()  # before the client hears of it, so that one request after another never counts as two
        if fault:
            self._fail(fault, body)
        else:
            app.bill(headers.get("idempotency-key", ""))
            self._send(200, answered, {"x-request-id": f"req-{number}"})

    def _fail(self, fault: Fault, body: Body) -> None:
        if fault == "reset":
            self._reset()
        elif fault == "malformed":
            self._send(200, '{"choices": [{"message"')
        elif fault == "empty_choices":
            self._send(200, {**_completion(0, body, "", "stop"), "choices": []})
        else:
            _, code, headers, said = fault
            self._send(code, said, headers)

    def _reset(self) -> None:
        """Tear the connection down as a dying server does: RST instead of an answer."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        for side in (self.rfile, self.wfile, self.connection):
            side.close()

    def _send(self, code: int, said: Body | str | None, headers: dict[str, str] | None = None) -> None:
        data = (said if isinstance(said, str) else json.dumps(said)).encode()
        self.send_response(code)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Silent: the test reads `requests`."""


@contextmanager
def raw(answer: Callable[[BinaryIO], object], heads: list[bytes] | None = None) -> Iterator[str]:
    """The base_url of a server that reads a request and lets a function write the answer's bytes, once a connection.

    `heads` is filled with the first lines and headers of what was asked.
    """

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            lines = list(iter(self.rfile.readline, b"\r\n"))
            told = [line for line in lines if line.lower().startswith(b"content-length:")]
            self.rfile.read(int(told[0].partition(b":")[2]) if told else 0)
            if heads is not None:
                heads.append(b"".join(lines))
            try:
                answer(self.wfile)
            except ConnectionError:
                return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        finally:
            server.shutdown()
            thread.join()


def _completion(number: int, body: Body, text: str, reason: str, mark: str = "") -> Body:
    asked = sum(tokens(message["content"]) for message in body["messages"])
    told = tokens(text)
    return {
        "id": mark or f"chatcmpl-{number}",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": body.get("model", "procedural"),
        "choices": [{"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": asked, "completion_tokens": told, "total_tokens": asked + told},
    }


def _error(message: str, code: str) -> Body:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


def _slow(reply: Reply, seconds: float) -> Reply:
    def later(body: Body) -> tuple[str, str] | tuple[str, str, str]:
        time.sleep(seconds)
        return reply(body)

    return later


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description="an OpenAI-compatible server on loopback")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path, required=True, help="one line an answered request: its Idempotency-Key")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--noise", type=float, default=0.15)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds every answer takes")
    parser.add_argument("--api-key", default="")
    options = parser.parse_args()
    reply = _slow(procedural(options.seed, options.noise), options.delay)
    with options.log.open("a", buffering=1) as log:

        def answered(key: str) -> None:
            log.write(f"{key}\n")

        with OpenAIServer(reply, api_key=options.api_key, port=options.port, answered=answered) as server:
            print(server.base_url, flush=True)
            threading.Event().wait()


if __name__ == "__main__":
    main()

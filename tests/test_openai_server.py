"""The loopback server that other tests rely on behaves as a real one would, seen through the real client."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import openai
import pytest

from ittgen.records import Message
from ittgen.teachers.procedural import answer
from tests.openai_server import OpenAIServer

QUESTION = [{"role": "user", "content": "Continue the list.\n1. Name a river.\n2."}]


@contextmanager
def client(server: OpenAIServer, api_key: str = "any") -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=server.base_url, api_key=api_key, max_retries=0) as client:
        yield client


def ask(client: openai.OpenAI, key: str = "k", **sampling: int) -> openai.types.chat.ChatCompletion:
    headers = {"Idempotency-Key": key}
    return client.chat.completions.create(model="m", messages=QUESTION, extra_headers=headers, **sampling)


def test_it_answers_as_the_teacher_in_process_does() -> None:
    with OpenAIServer(seed=3, noise=0.4) as server, client(server) as one:
        said = [ask(one, seed=seed, max_tokens=60).choices[0] for seed in range(5)]
    messages = [Message("user", QUESTION[0]["content"])]
    expected = [answer(messages, {"seed": seed, "max_tokens": 60}, 3, 0.4) for seed in range(5)]
    assert [(choice.message.content, choice.finish_reason) for choice in said] == expected


def test_it_remembers_headers_bodies_and_keys() -> None:
    with OpenAIServer() as server, client(server) as one:
        for key in ("a", "b", "a"):
            completion = ask(one, key)
    assert server.counts == server.billed == {"a": 2, "b": 1}
    headers, body = server.requests[1]
    assert headers["idempotency-key"] == "b" and headers["authorization"] == "Bearer any"
    assert body["messages"] == QUESTION and body["model"] == completion.model == "m"
    assert completion.usage and completion.usage.completion_tokens > 0
    assert server.peak == 1 and server.in_flight == 0


def test_one_connection_is_kept_alive() -> None:
    with OpenAIServer() as server, client(server) as one:
        for _ in range(3):
            ask(one)
        assert len(server._http._open) == 1


def test_it_lists_a_model() -> None:
    with OpenAIServer() as server, client(server) as one:
        assert [model.id for model in one.models.list()] == ["procedural"]


def test_a_function_of_the_body_may_answer() -> None:
    with OpenAIServer(lambda body: (body["model"].upper(), "length")) as server, client(server) as one:
        choice = ask(one).choices[0]
    assert (choice.message.content, choice.finish_reason) == ("M", "length")


def test_a_wrong_key_is_refused_and_not_counted() -> None:
    with OpenAIServer(api_key="right") as server:
        with client(server, "wrong") as one, pytest.raises(openai.AuthenticationError) as caught:
            ask(one)
        with client(server, "right") as one:
            ask(one)
    assert caught.value.code == "invalid_api_key"
    assert len(server.requests) == 1


def test_every_fault_reaches_the_client_and_is_not_billed() -> None:
    busy = ("status", 429, {"Retry-After": "7"}, {"error": {"message": "slow down", "code": "rate_limit_exceeded"}})
    faults = {1: busy, 2: "reset", 3: "malformed", 4: "empty_choices"}
    with OpenAIServer(faults=lambda number, body: faults.get(number)) as server, client(server) as one:
        with pytest.raises(openai.RateLimitError) as limited:
            ask(one)
        with pytest.raises(openai.APIConnectionError):
            ask(one)
        with pytest.raises(ValueError):
            ask(one)
        assert ask(one).choices == []
        assert ask(one).choices[0].message.content
    assert limited.value.response.headers["retry-after"] == "7"
    assert server.counts["k"] == 5 and server.billed["k"] == 1


def test_held_requests_are_in_flight_together() -> None:
    hold = threading.Event()
    with OpenAIServer(hold=hold) as server, client(server) as one, ThreadPoolExecutor(5) as pool:
        waiting = [pool.submit(ask, one, str(i)) for i in range(5)]
        server.wait_for(5)
        assert not any(future.done() for future in waiting)
        hold.set()
        assert all(future.result().choices for future in waiting)
    assert server.peak == 5 and server.in_flight == 0


def test_nonsense_is_refused_politely() -> None:
    with OpenAIServer() as server:
        assert status(server, "POST", "/v1/chat/completions", b"{") == 400
        assert status(server, "POST", "/v1/elsewhere", b"{}") == 404
        assert status(server, "GET", "/v1/elsewhere") == 404
        assert status(server, "GET", "/v1/models") == 200
    assert not server.requests


def status(server: OpenAIServer, method: str, path: str, data: bytes | None = None) -> int:
    with closing(HTTPConnection(urlsplit(server.base_url).netloc, timeout=10)) as connection:
        connection.request(method, path, data)
        return connection.getresponse().status


def test_as_a_program_it_logs_one_line_an_answered_request(tmp_path: Path) -> None:
    log = tmp_path / "answered"
    program = Path(__file__).with_name("openai_server.py")
    command = [sys.executable, str(program), "--port", "0", "--log", str(log), "--seed", "3", "--noise", "0.4"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            base_url = process.stdout.readline().strip()
            with openai.OpenAI(base_url=base_url, api_key="any", max_retries=0) as one:
                said = [ask(one, key, seed=1).choices[0].message.content for key in ("first", "second")]
            assert log.read_text() == "first\nsecond\n"
        finally:
            process.kill()
    assert said == [answer([Message("user", QUESTION[0]["content"])], {"seed": 1}, 3, 0.4)[0]] * 2

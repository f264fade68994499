"""The `openai` teacher against a real server on loopback: what each answer and each failure becomes.

What a server of `tests/openai_server.py` cannot do (bytes that trickle, an answer cut off) a server of raw bytes does.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from email.utils import formatdate
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ittgen.calls import Request, Response
from ittgen.errors import TeacherError, TransientError, UsageError
from ittgen.records import Message
from ittgen.teachers.completion import failed, load, response
from ittgen.teachers.openai import OPENAI, OpenAI
from ittgen.text import canonical
from tests.openai_server import Body, OpenAIServer, raw

KEY = "sk-planted-0123456789abcdef"
REQUEST = Request("m", (Message("user", "Name a river."),), {"temperature": 0.5, "max_tokens": 9}, label="a/0 b")
REFUSED_TUNNEL = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
LATER = 500_000_000.0
"""Seconds after 1970 of a date that a Retry-After header names."""


def completion(content: Any = "The Nile.", choice: Mapping[str, Any] = {}, **more: Any) -> Body:
    """A body as the API promises it; `choice` and `more` win over what it would hold."""
    message = content if isinstance(content, dict) else {"role": "assistant", "content": content}
    return {
        "id": "c-1",
        "model": "m-2026",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message, **choice}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
        **more,
    }


def error(message: str, code: Any = None, type: str = "invalid_request_error") -> Body:
    return {"error": {"message": message, "type": type, "param": None, "code": code}}


async def ask(teacher: OpenAI, request: Request = REQUEST) -> Response:
    try:
        return await teacher.ask(request)
    finally:
        await teacher.close()


async def told(
    body: Body | str, status: int = 200, headers: Mapping[str, str] | None = None, request: Request = REQUEST
) -> Response:
    """What the teacher makes of one answer of its server."""
    with OpenAIServer(faults=lambda number, _: ("status", status, dict(headers or {}), body)) as server:
        return await ask(OpenAI("m", base_url=server.base_url), request)


async def sent(request: Request, **options: Any) -> tuple[dict[str, str], Body]:
    """(headers, body) of what the teacher sends for a request."""
    with OpenAIServer(lambda body: ("x", "stop")) as server:
        await ask(OpenAI("m", base_url=server.base_url, **options), request)
    assert len(server.requests) == 1
    return server.requests[0]


# Errors that every request would meet


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (401, error("Incorrect API key.", "invalid_api_key"), "the key is refused"),
        (402, error("Insufficient credits", 402), "Insufficient credits"),
        (403, error("Country not supported.", "unsupported_country"), "this key may not do that"),
        (404, error("no such model", "model_not_found"), 'no model "m", or a wrong base_url'),
        (400, error("Unknown parameter: 'top_kk'.", "unknown_parameter"), "top_kk"),
        (422, {"detail": [{"loc": ["body", "top_k"], "msg": "not an integer"}]}, "not an integer"),
        (429, error("You exceeded your quota.", "insufficient_quota", "insufficient_quota"), "the quota is spent"),
        (429, error("Hard limit.", "billing_hard_limit_reached"), "the quota is spent"),
        (405, "<html>Method Not Allowed</html>", "405"),
    ],
)
async def test_what_every_request_would_meet_is_an_error_of_the_teacher(
    status: int, body: Body | str, says: str
) -> None:
    with pytest.raises(TeacherError, match=says) as caught:
        await told(body, status)
    assert not isinstance(caught.value, TransientError)
    assert "http://127.0.0.1" in str(caught.value), "it says which server"


async def test_a_refused_key_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    with OpenAIServer(api_key="another") as server, pytest.raises(TeacherError, match="read from MY_KEY"):
        await ask(OpenAI("m", base_url=server.base_url, api_key_env="MY_KEY"))


# Errors of this one request


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, error("This model's maximum context length is 8192 tokens.", "context_length_exceeded")),
        (400, error("Please reduce your prompt.", "context_length_exceeded")),
        (400, error("Your request was rejected.", "content_policy_violation")),
        (400, error("The response was filtered.", "content_filter")),
        (400, error("Invalid prompt: limited access.", "invalid_prompt")),
        (400, error("string too long", "string_above_max_length")),
        (413, "<html>Request Entity Too Large</html>"),
        # vLLM, before and after it put errors below "error"
        (
            400,
            {
                "object": "error",
                "message": "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens",
                "type": "BadRequestError",
                "param": None,
                "code": 400,
            },
        ),
        (400, error("The prompt (length 5010) is longer than the maximum model length of 4096", 400)),
        # SGLang
        (
            400,
            {
                "object": "error",
                "message": "The input (61709 tokens) is longer than the model's context length (40960 tokens).",
                "type": "BadRequestError",
                "code": 400,
            },
        ),
        # llama.cpp, of several years
        (500, error("Context size has been exceeded.", 500, "server_error")),
        (400, error("the request exceeds the available context size", 400, "exceed_context_size_error")),
        (400, error("too long, sorry", 400, "exceed_context_size_error")),
        # TGI
        (
            422,
            {"error": "Input validation error: `inputs` must have less than 1024 tokens.", "error_type": "validation"},
        ),
        (422, {"error": "`inputs` tokens + `max_new_tokens` must be <= 2048. Given: 2000 `inputs` tokens"}),
        # Servers behind a gateway of Anthropic
        (400, error("prompt is too long: 210000 tokens > 200000 maximum")),
    ],
)
async def test_what_only_this_request_meets_is_an_answer_with_its_reason(status: int, body: Body | str) -> None:
    reply = await told(body, status)
    assert (reply.text, reply.finish_reason, reply.model) == ("", "error", "m")
    assert reply.error and reply.usage.prompt_tokens == reply.usage.completion_tokens == 0


# Errors that may pass


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 502, 503, 504, 529])
async def test_what_may_pass_is_worth_a_retry(status: int) -> None:
    with pytest.raises(TransientError, match="try again") as caught:
        await told(error("try again"), status)
    assert caught.value.retry_after is None


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"Retry-After": "7"}, 7.0),
        (408, {"Retry-After": "0.5"}, 0.5),
        (409, {"Retry-After-Ms": "1500", "Retry-After": "9"}, 1.5),
        (425, {"Retry-After": formatdate(LATER, usegmt=True)}, LATER),
        (503, {"Retry-After": formatdate(-LATER, usegmt=True)}, None),
        (429, {"Retry-After": "0"}, None),
        (429, {"Retry-After": "-3"}, None),
        (429, {"Retry-After": "soon"}, None),
    ],
)
async def test_the_wait_that_a_server_asks_for_is_passed_on(
    monkeypatch: pytest.MonkeyPatch, status: int, headers: Mapping[str, str], seconds: float | None
) -> None:
    monkeypatch.setattr("ittgen.teachers.failures.time", SimpleNamespace(time=lambda: 0.0))
    with pytest.raises(TransientError) as caught:
        await told(error("busy"), status, headers)
    assert caught.value.retry_after == seconds


# Errors with status 200, as routers send them


@pytest.mark.parametrize(
    ("body", "lasting"),
    [
        ({"error": {"code": 402, "message": "no luck"}}, True),
        ({"error": {"code": "402", "message": "no luck"}, "choices": []}, True),
        ({"error": {"code": 401, "message": "no luck"}, "choices": None, "id": "c"}, True),
        ({"error": {"code": 429, "message": "no luck"}}, False),
        ({"error": {"code": 502, "message": "no luck"}, "choices": []}, False),
        ({"error": {"code": "insufficient_quota", "message": "no luck"}}, True),
        ({"error": {"type": "insufficient_quota", "message": "no luck"}}, True),
        ({"error": {"message": "no luck"}}, False),
        ({"error": "no luck", "choices": []}, False),
    ],
)
async def test_an_error_with_status_200_is_no_answer(body: Body, lasting: bool) -> None:
    with pytest.raises(TeacherError, match="no luck") as caught:
        await told(body)
    assert isinstance(caught.value, TransientError) is not lasting


@pytest.mark.parametrize(
    "said",
    [
        {"code": 400, "message": "This endpoint's maximum context length is 4096 tokens."},
        {"code": "context_length_exceeded", "message": "too long"},
    ],
)
async def test_an_error_of_this_request_with_status_200_is_an_answer_with_its_reason(said: Body) -> None:
    reply = await told({"error": said})
    assert reply.finish_reason == "error" and reply.error.endswith(said["message"])


@pytest.mark.parametrize(
    "choice", [{"finish_reason": "error"}, {"finish_reason": None, "error": {"code": 502, "message": "upstream died"}}]
)
async def test_an_answer_that_broke_off_upstream_is_no_answer(choice: Body) -> None:
    with pytest.raises(TransientError):
        await told(completion("The Ni", choice))


# Answers that are none


@pytest.mark.parametrize(
    "body",
    [
        completion(choices=[]),
        completion(choices=None),
        completion(choice={"message": None}),
        completion(choices=["The Nile."]),
        {"id": "c-1"},
        {},
        "[]",
        "null",
        '"The Nile."',
        '{"choices": [{"message"',
        "",
        "<html>Welcome to nginx</html>",
        "[" * 100_000,
    ],
    ids=lambda body: str(body)[:40],
)
async def test_what_is_no_completion_is_worth_a_retry(body: Body | str) -> None:
    with pytest.raises(TransientError, match="the answer is no chat completion") as caught:
        await told(body)
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("fault", ["reset", "malformed", "empty_choices"])
async def test_what_breaks_on_the_way_is_worth_a_retry(fault: Any) -> None:
    with OpenAIServer(faults=lambda *_: fault) as server, pytest.raises(TransientError, match=server.base_url):
        await ask(OpenAI("m", base_url=server.base_url))


async def test_a_server_that_is_not_there_is_worth_a_retry_and_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # taken and not listening: nobody answers, and nobody else gets the port
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        with pytest.raises(TransientError, match=f"^{url}: cannot connect: connection refused$"):
            await ask(OpenAI("m", base_url=url))


async def test_an_answer_that_is_cut_off_is_worth_a_retry() -> None:
    def cut(wire: BinaryIO) -> None:
        wire.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{")

    with raw(cut) as url, pytest.raises(TransientError, match=url):
        await ask(OpenAI("m", base_url=url))


async def test_bytes_that_are_no_text_are_worth_a_retry_and_not_repeated() -> None:
    def noise(wire: BinaryIO) -> None:
        wire.write(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\nConnection: close\r\n\r\n" + b'"\xff\xfe\x80' * 22500)

    with raw(noise) as url, pytest.raises(TransientError) as caught:
        await ask(OpenAI("m", base_url=url))
    assert len(str(caught.value)) < 1000


async def test_a_timeout_counts_the_whole_call() -> None:
    hold = threading.Event()
    with (
        OpenAIServer(hold=hold) as server,
        pytest.raises(TransientError, match=f"{server.base_url}: no whole answer within 0.05 s|timed out"),
    ):
        await ask(OpenAI("m", base_url=server.base_url, timeout=0.05))


async def test_bytes_that_trickle_do_not_stretch_a_timeout() -> None:
    gone = threading.Event()

    def trickle(wire: BinaryIO) -> None:
        wire.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(500):  # ten seconds: longer than any timeout here, so that a test without one ends
            if gone.wait(0.02):
                return
            wire.write(b" ")
            wire.flush()

    started = time.monotonic()
    with raw(trickle) as url:
        try:
            with pytest.raises(TransientError, match=r"no whole answer within 0\.3 s"):
                await ask(OpenAI("m", base_url=url, timeout=0.3))
        finally:
            gone.set()
    assert time.monotonic() - started < 30


# Answers


async def test_an_answer_is_read_in_full() -> None:
    calls = [{"id": "t", "type": "function", "function": {"name": "f", "arguments": "{}"}}]
    body = completion(
        {"role": "assistant", "content": "The Nile.", "reasoning_content": "Rivers…", "tool_calls": calls},
        {"finish_reason": "length", "logprobs": {"content": [{"token": "The", "logprob": -0.5}]}},
        usage={
            "prompt_tokens": 7,
            "completion_tokens": 30,
            "completion_tokens_details": {"reasoning_tokens": 20},
            "prompt_tokens_details": {"cached_tokens": 4},
        },
    )
    reply = await told(body)
    assert (reply.text, reply.finish_reason, reply.reasoning) == ("The Nile.", "length", "Rivers…")
    assert reply.tool_calls == calls and reply.logprobs == {"content": [{"token": "The", "logprob": -0.5}]}
    assert (reply.model, reply.request_id, reply.error) == ("m-2026", "c-1", "")
    assert reply.usage.to_json() == {
        "prompt_tokens": 7, "completion_tokens": 30, "reasoning_tokens": 20, "cached_tokens": 4, "estimated": False,
    }  # fmt: skip
    assert reply.latency > 0


@pytest.mark.parametrize(
    ("message", "text", "reason", "reasoning"),
    [
        ({"content": None}, "", "stop", ""),
        ({}, "", "stop", ""),
        ({"content": [{"type": "text", "text": "The "}, {"type": "text", "text": "Nile."}]}, "The Nile.", "stop", ""),
        ({"content": ["The ", {"type": "text", "text": "Nile."}]}, "The Nile.", "stop", ""),
        ({"content": [{"type": "thinking", "thinking": []}, {"text": "Nile"}, {"text": None}]}, "Nile", "stop", ""),
        ({"content": None, "refusal": "I cannot."}, "I cannot.", "refusal", ""),
        ({"content": "The Nile.", "refusal": None}, "The Nile.", "stop", ""),
        ({"content": "Nile", "reasoning": "Rivers…"}, "Nile", "stop", "Rivers…"),
        ({"content": None, "tool_calls": [{"id": "t"}]}, "", "stop", ""),
        ({"content": "cut \ud83d", "reasoning_content": "\ude00 x"}, "cut �", "stop", "� x"),
        ({"content": "\ud83d\ude00"}, "😀", "stop", ""),
    ],
)
async def test_messages_come_in_many_shapes(message: Body, text: str, reason: str, reasoning: str) -> None:
    reply = await told(completion({"role": "assistant", **message}))
    assert (reply.text, reply.finish_reason, reply.reasoning) == (text, reason, reasoning)
    assert reply.tool_calls == message.get("tool_calls")


@pytest.mark.parametrize("reason", ["stop", "length", "content_filter", "tool_calls", "eos_token"])
async def test_the_servers_word_for_the_end_is_kept(reason: str) -> None:
    assert (await told(completion(choice={"finish_reason": reason}))).finish_reason == reason


async def test_numbers_that_json_does_not_have_become_null() -> None:
    body = '{"choices": [{"message": {"content": "x"}, "logprobs": {"content": [{"logprob": %s}]}}]}'
    for word in ("NaN", "Infinity", "-Infinity"):
        assert (await told(body % word)).logprobs == {"content": [{"logprob": None}]}


@pytest.mark.parametrize(
    "usage", [None, {}, {"prompt_tokens": None, "completion_tokens": None}, {"prompt_tokens": 0, "total_tokens": 0}, 5]
)
async def test_a_server_that_does_not_count_is_counted_for(usage: Any) -> None:
    reply = await told(completion({"content": "é" * 20, "reasoning_content": "r" * 400}, usage=usage))
    assert reply.usage.estimated
    assert reply.usage.prompt_tokens == 4, "13 bytes, a token for every four"
    assert reply.usage.completion_tokens == 10 + 100, "what was thought is paid for as well"


async def test_without_any_usage_tokens_are_estimated() -> None:
    body = completion("x")
    del body["usage"]
    usage = (await told(body)).usage
    assert usage.estimated and usage.prompt_tokens > 0 and usage.completion_tokens > 0


@pytest.mark.parametrize(
    ("usage", "counted"),
    [
        ({"prompt_tokens": "7", "completion_tokens": 3.0}, (7, 3, 0, 0, False)),
        ({"prompt_tokens": 7}, (7, 5, 0, 0, True)),
        ({"completion_tokens": 9}, (4, 9, 0, 0, True)),
        ({"prompt_tokens": -7, "completion_tokens": True}, (4, 5, 0, 0, True)),
        ({"prompt_tokens": 10**30, "completion_tokens": "many"}, (4, 5, 0, 0, True)),
        ({"prompt_tokens": 7, "completion_tokens": 0}, (7, 5, 0, 0, True)),
        (
            {
                "prompt_tokens": 7,
                "completion_tokens": 3,
                "completion_tokens_details": "none",
                "prompt_tokens_details": [],
            },
            (7, 3, 0, 0, True),
        ),
        (
            {"prompt_tokens": 7, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 99}},
            (7, 3, 0, 7, False),
        ),
        ({"prompt_tokens": 7, "completion_tokens": 3, "prompt_cache_hit_tokens": 6}, (7, 3, 0, 6, False)),
        (
            {"prompt_tokens": 7, "completion_tokens": 3, "completion_tokens_details": {"reasoning_tokens": 40}},
            (7, 43, 40, 0, False),
        ),
        (
            {"prompt_tokens": 7, "completion_tokens": 3, "completion_tokens_details": {"reasoning_tokens": None}},
            (7, 3, 0, 0, False),
        ),
    ],
)
async def test_an_answer_is_kept_whatever_its_usage(usage: Body, counted: tuple[int, int, int, int, bool]) -> None:
    reply = await told(completion("é" * 10, usage=usage))
    assert reply.text == "é" * 10
    assert tuple(reply.usage.to_json().values()) == counted


def values() -> st.SearchStrategy[Any]:
    """Anything that JSON can say, and some that it should not."""
    numbers = st.integers() | st.floats()
    leaves = st.none() | st.booleans() | numbers | st.text(st.characters(codec=None), max_size=5)
    return st.recursive(leaves, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=5), v, max_size=3))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["usage", "model", "id", "system_fingerprint"]), values()), values(), values())
def test_what_stands_beside_a_text_never_costs_the_answer(beside: Body, thought: Any, end: Any) -> None:
    choice = {"finish_reason": end, "logprobs": thought}
    message = {"content": "The Nile.", "reasoning_content": thought, "tool_calls": end}
    body = json.dumps(completion(message, choice, **beside)).encode()
    data = load(body)
    if not failed(data):
        reply = response(REQUEST, data, "", 0.5)
        assert reply.text == "The Nile."
        assert Response.from_json(json.loads(canonical(reply.to_json()).encode())).text == "The Nile.", (
            "it can be stored"
        )


async def test_a_number_beyond_all_floats_becomes_null() -> None:
    body = '{"choices": [{"message": {"content": "x", "tool_calls": [1e999]}, "logprobs": {"a": -1e999, "b": 0.5}}]}'
    reply = await told(body)
    assert reply.tool_calls == [None] and reply.logprobs == {"a": None, "b": 0.5}


async def test_what_is_nested_too_deep_to_be_stored_does_not_cost_the_answer() -> None:
    deep = "[" * 700 + "]" * 700
    reply = await told(f'{{"choices": [{{"message": {{"content": "The Nile.", "tool_calls": {deep}}}}}]}}')
    assert (reply.text, reply.tool_calls) == ("The Nile.", None)


@pytest.mark.parametrize("status", [200, 500])
async def test_an_answer_that_is_nothing_but_depth_is_worth_another_try(status: int) -> None:
    with pytest.raises(TransientError):
        await told("[" * 900 + "]" * 900, status)


async def test_the_header_names_the_request_where_the_body_does_not() -> None:
    body = completion(id=None)
    assert (await told(body, headers={"x-request-id": "req-9"})).request_id == "req-9"


# What is sent


async def test_a_request_goes_out_as_it_is() -> None:
    sampling = {"temperature": 0.5, "top_k": 40, "stop": ["\n"], "chat_template_kwargs": {"enable_thinking": False}}
    request = Request("m", (Message("system", "Be brief."), Message("user", "Hi")), sampling, label="x", slot=3)
    headers, body = await sent(request)
    turns = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]
    assert body == {"model": "m", "messages": turns, **sampling}
    assert headers["idempotency-key"] == request.key


async def test_a_schema_becomes_a_response_format() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    _, body = await sent(Request("m", REQUEST.messages, schema=schema))
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["schema"] == schema


@pytest.mark.parametrize(("sample", "seed"), [(0, 7), (3, 10)])
async def test_another_sample_goes_out_with_another_seed(sample: int, seed: int) -> None:
    request = Request("m", REQUEST.messages, {"seed": 7}, sample=sample)
    headers, body = await sent(request)
    assert body["seed"] == seed and headers["idempotency-key"] == request.key
    _, body = await sent(Request("m", REQUEST.messages, sample=sample))
    assert "seed" not in body and "sample" not in body


async def test_it_never_tries_again_by_itself() -> None:
    with OpenAIServer(faults=lambda *_: ("status", 503, {}, error("busy"))) as server:
        with pytest.raises(TransientError):
            await ask(OpenAI("m", base_url=server.base_url))
        assert len(server.requests) == 1


# Dialects


async def test_an_extra_body_goes_to_the_top_and_explicit_words_win() -> None:
    sampling = {"extra_body": {"top_k": 40, "temperature": 2, "model": "another"}, "temperature": 0.5, "logprobs": True}
    _, body = await sent(Request("m", REQUEST.messages, sampling))
    turns = [{"role": "user", "content": "Name a river."}]
    assert body == {"model": "m", "messages": turns, "top_k": 40, "temperature": 0.5, "logprobs": True}


async def test_of_two_limits_the_newer_is_sent() -> None:
    _, body = await sent(Request("m", REQUEST.messages, {"max_tokens": 5, "max_completion_tokens": 9}))
    assert body["max_completion_tokens"] == 9 and "max_tokens" not in body


OLD_LIMIT = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."


async def test_a_model_that_knows_another_limit_gets_it_at_once_and_from_then_on() -> None:
    def faults(number: int, body: Body) -> Any:
        return ("status", 400, {}, error(OLD_LIMIT, "unsupported_parameter")) if "max_tokens" in body else None

    with OpenAIServer(lambda body: ("x", "stop"), faults=faults) as server:
        teacher = OpenAI("m", base_url=server.base_url)
        assert (await teacher.ask(REQUEST)).text == "x"
        await ask(teacher)
    limits = [(body.get("max_tokens"), body.get("max_completion_tokens")) for _, body in server.requests]
    assert limits == [(9, None), (None, 9), (None, 9)]


async def test_a_model_that_knows_neither_limit_is_not_asked_for_ever() -> None:
    refused = ("status", 400, {}, error(OLD_LIMIT, "unsupported_parameter"))
    with OpenAIServer(faults=lambda *_: refused) as server:
        with pytest.raises(TeacherError, match="max_tokens"):
            await ask(OpenAI("m", base_url=server.base_url))
        assert len(server.requests) == 2


async def test_openai_itself_gets_the_newer_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with OpenAIServer(lambda body: ("x", "stop")) as server:
        monkeypatch.setattr("ittgen.teachers.openai.OPENAI", server.base_url)
        await ask(OpenAI("m"))
    assert server.requests[0][1]["max_completion_tokens"] == 9 and "max_tokens" not in server.requests[0][1]


async def test_a_parameter_that_a_model_refuses_is_named_with_what_to_do() -> None:
    body = error("Unsupported value: 'temperature' does not support 0.5 with this model.", "unsupported_value")
    body["error"]["param"] = "temperature"
    with pytest.raises(TeacherError, match=r'add without = \["temperature"\] to \[teacher\]'):
        await told(body, 400)


# Servers


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://me:secret@127.0.0.1/v1", "user name or password"),
        ("http://me@127.0.0.1/v1", "user name or password"),
        ("https://:secret@127.0.0.1/v1", "user name or password"),
        ("localhost:8000/v1", 'must begin with http.*, not "localhost:8000/v1"$'),
        ("ftp://localhost/v1", "must begin with http"),
        ("localhost:8000/v1?key=secret", "must begin with http"),
        ("me:secret@localhost:8000/v1", "must begin with http"),
        ("http://", "names no server"),
        ("http:///v1", "names no server"),
        ("http://localhost:80000/v1", "port"),
        ("http://localhost:port/v1", "port"),
        ("http://[::1/v1", "URL"),
    ],
)
def test_a_base_url_that_is_none_or_holds_a_password_is_refused(url: str, says: str) -> None:
    with pytest.raises(ValueError, match=says) as caught:
        OpenAI("m", base_url=url)
    assert "secret" not in str(caught.value)


async def test_an_environment_variable_never_says_who_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    heads: list[bytes] = []
    with OpenAIServer() as server, raw(lambda wire: wire.write(REFUSED_TUNNEL), heads) as proxy:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        with pytest.raises(TransientError, match=OPENAI):
            await ask(OpenAI("m"))
        assert server.requests == []
    assert heads[0].startswith(b"CONNECT api.openai.com:443 ")
    assert KEY.encode() not in heads[0], "the way there does not learn the key"


async def test_the_openai_account_is_told_to_openai_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1\n")
    with OpenAIServer(lambda body: ("x", "stop")) as server:
        monkeypatch.setattr("ittgen.teachers.openai.OPENAI", server.base_url)
        await ask(OpenAI("m"))
        assert server.requests[0][0]["openai-organization"] == "org-1"
        assert "openai-project" not in server.requests[0][0]
    monkeypatch.setenv("OPENAI_PROJECT_ID", "two words")
    with pytest.raises(UsageError, match="OPENAI_PROJECT_ID"):
        OpenAI("m").check()


async def test_another_server_does_not_learn_the_openai_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-1")
    with OpenAIServer() as server:
        teacher = OpenAI("m", base_url=server.base_url)
        await teacher.ask(Request("m", (Message("user", "hi"),)))
        await teacher.close()
        assert not [name for name in server.requests[0][0] if name.startswith("openai-")]


async def test_the_identity_knows_neither_address_nor_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    one = OpenAI("m", base_url="http://one/v1", api_key_env="MY_KEY", timeout=1)
    assert one.identity == OpenAI("m").identity == {"kind": "openai", "model": "m"}
    assert OpenAI("m", revision="2").identity != one.identity


# Keys


@pytest.mark.parametrize("around", ["{}", "{}\r\n", " {}\n", "\t{}"])
async def test_a_key_with_a_line_break_at_its_end_works(monkeypatch: pytest.MonkeyPatch, around: str) -> None:
    monkeypatch.setenv("MY_KEY", around.format(KEY))
    with OpenAIServer(lambda body: ("x", "stop"), api_key=KEY) as server:
        assert (await ask(OpenAI("m", base_url=server.base_url, api_key_env="MY_KEY"))).text == "x"


@pytest.mark.parametrize("key", ["sk two", "sk\ntwo", "sk-ü", "“sk-123”", "sk\x00two", "sk\ttwo"])
async def test_what_is_no_key_is_refused_before_anything_is_sent(key: str) -> None:
    """Set where no process could have it, so that even a NUL is tried."""
    with OpenAIServer() as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr("ittgen.teachers.openai.os", SimpleNamespace(environ={"MY_KEY": key}))
        teacher = OpenAI("m", base_url=server.base_url, api_key_env="MY_KEY")
        for refusing in (teacher.check, lambda: teacher._link):
            with pytest.raises(UsageError, match="MY_KEY holds no API key") as caught:
                refusing()
            assert key not in str(caught.value)
        with pytest.raises(UsageError, match="MY_KEY"):
            await ask(teacher)
        assert server.requests == []


@pytest.mark.parametrize("key", [None, "", "\r\n"])
def test_a_key_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, key: str | None) -> None:
    monkeypatch.delenv("MY_KEY", raising=False)
    if key is not None:
        monkeypatch.setenv("MY_KEY", key)
    with pytest.raises(UsageError, match="MY_KEY is not set"):
        OpenAI("m", api_key_env="MY_KEY").check()


async def test_a_server_of_ones_own_is_not_sent_the_key_of_openai(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    headers, _ = await sent(REQUEST)
    assert KEY not in str(headers)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        *((status, None) for status in (200, 400, 401, 403, 404, 429, 500)),
        (200, "context_length_exceeded"),
        (400, "context_length_exceeded"),
        (429, "insufficient_quota"),
    ],
)
async def test_a_key_that_a_server_repeats_is_blotted_out(
    monkeypatch: pytest.MonkeyPatch, status: int, code: str | None
) -> None:
    monkeypatch.setenv("MY_KEY", f"{KEY}\r\n")
    body = error(f"Your key Bearer {KEY} is no good", code)
    with OpenAIServer(faults=lambda *_: ("status", status, {}, body)) as server:
        teacher = OpenAI("m", base_url=server.base_url, api_key_env="MY_KEY")
        try:
            said = (await ask(teacher)).error
        except TeacherError as refused:
            said = str(refused)
    assert "Bearer ***" in said and KEY not in said and KEY not in repr(teacher)


RECIPE = """
name = "keys"
seeds = "general"

[teacher]
use = "openai"
model = "procedural"
base_url = "{url}"
api_key_env = "PLANTED_KEY"

[[stage]]
name = "propose"
generator = {{ use = "self-instruct" }}
target = 200
"""


def echoing(number: int, body: Body) -> Any:
    """The third request is refused for itself, and every one from the eighth on for its key; both repeat the key."""
    if number == 3:
        return ("status", 400, {}, error(f"too long, said {KEY}", "context_length_exceeded"))
    return ("status", 401, {}, error(f"Incorrect API key: {KEY}", "invalid_api_key")) if number >= 8 else None


def cli(folder: Path, *args: str) -> tuple[int, str]:
    """Exit code, and stdout and stderr together, of the command line in a process of its own."""
    environ = {**os.environ, "PLANTED_KEY": f"{KEY}\r\n", "ITTGEN_TRACEBACK": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "ittgen", *args], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_key_is_in_nothing_that_a_run_says_or_leaves_behind(tmp_path: Path) -> None:
    with OpenAIServer(faults=echoing, api_key=KEY) as server:
        (tmp_path / "recipe.toml").write_text(RECIPE.format(url=server.base_url))
        code, said = cli(
            tmp_path, "grow", "recipe.toml", "--freeze-partial", "--progress", "json", "--concurrency", "1"
        )
        assert code == 3 and "the key is refused (read from PLANTED_KEY)" in said
        code, found = cli(tmp_path, "doctor", "recipe.toml")
        assert code == 1 and "PLANTED_KEY" in found
    assert KEY in server.requests[0][0]["authorization"], "the key was really sent"
    left = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"journal.sqlite", "manifest.json", "README.md", "rejected-00000.jsonl"} <= {path.name for path in left}
    assert any(b"too long, said ***" in data for data in left.values()), "the echo was stored, without the key"
    assert "***" in said
    for what, data in {"grow": said.encode(), "doctor": found.encode(), **left}.items():
        assert KEY.encode() not in data, what

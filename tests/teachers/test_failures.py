"""What each failure means: whatever a server may say, and every exception of the installed openai SDK."""

import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai import _exceptions
from openai.types.chat import ChatCompletion

from ittgen.calls import Response
from ittgen.errors import RefusedError, TeacherError, TransientError
from ittgen.teachers import failures, waits
from ittgen.teachers.failures import Origin, from_sdk, read, verdict

KEY = "sk-planted-0123456789abcdef"
HTTP: Any = vars(_exceptions).get("httpx2") or vars(_exceptions)["httpx"]
"""The package whose requests and answers its exceptions hold."""
ORIGIN = Origin("http://one/v1", "m", "MY_KEY", (KEY,))


def error(message: str, code: Any = None, type: str = "invalid_request_error") -> bytes:
    return json.dumps({"error": {"message": message, "type": type, "param": None, "code": code}}).encode()


def judged(status: int, body: bytes, **headers: str) -> Response | TeacherError:
    return verdict(read(status, headers, body), ORIGIN)


# What a server says


@pytest.mark.parametrize("status", [408, 409, 425, 429, *range(500, 600)])
def test_what_may_pass_is_transient(status: int) -> None:
    assert isinstance(judged(status, b"later"), TransientError) is (status != 501)


@pytest.mark.parametrize(
    ("status", "busy"), [(429, True), (529, True), (503, False), (500, False), (502, False), (408, False)]
)
def test_a_server_that_is_asked_too_much_is_told_from_a_broken_one(status: int, busy: bool) -> None:
    found = judged(status, b"try later")
    assert isinstance(found, TransientError) and found.busy is busy


def test_a_503_is_busy_where_it_says_so() -> None:
    found = judged(503, error("The engine is currently overloaded, please try again later"))
    assert isinstance(found, TransientError) and found.busy


@pytest.mark.parametrize("status", [400, 406, 418, 422, 431, 451])
def test_a_refusal_that_does_not_say_whom_it_concerns_is_unclear(status: int) -> None:
    assert type(judged(status, error("no"))) is RefusedError


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (401, error("no"), r"read from MY_KEY"),
        (402, error("no"), "quota is spent"),
        (403, error("no"), "this key may not do that"),
        (403, error("no", "insufficient_quota"), "quota is spent"),
        (404, error("no"), 'no model "m"'),
        (400, error("no", "model_not_found"), 'no model "m"'),
        (400, error("Invalid model: m", None, "invalid_model"), 'no model "m"'),
        (400, error("gpt-9 is not a valid model ID", 400), 'no model "m"'),
        (400, error("Model Not Exist"), 'no model "m"'),
        (307, b"", "wrong base_url"),
        (405, b"", "wrong base_url"),
        (407, b"", "proxy"),
        (501, b"", "wrong base_url"),
        (400, error("Unsupported parameter: 'top_p' is not supported.", "unsupported_parameter"), r'\["top_p"\]'),
        (400, error("Unsupported value: 'messages[0].role'", "unsupported_value"), "the model does not take this: "),
    ],
)
def test_what_every_request_would_meet_is_lasting_and_says_what_to_do(status: int, body: bytes, says: str) -> None:
    found = judged(status, body)
    assert type(found) is TeacherError and str(found).startswith("http://one/v1: ")
    with pytest.raises(TeacherError, match=says):
        raise found


def test_more_tokens_than_a_minute_has_concern_one_request() -> None:
    words = "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 45000."
    found = judged(429, error(words, "rate_limit_exceeded", "tokens"))
    assert isinstance(found, Response) and found.finish_reason == "error"
    words = "Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000."
    assert isinstance(judged(429, error(words, "rate_limit_exceeded", "tokens")), TransientError)


@given(st.integers(100, 999), st.binary(max_size=60) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from(["error", "code", KEY]),
    lambda value: st.lists(value, max_size=3) | st.dictionaries(
        st.sampled_from(["error", "code", "type", "message", "param", "detail"]), value, max_size=4
    ),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_nothing_that_a_server_says_is_without_a_meaning(status: int, body: bytes) -> None:
    found = judged(status, body)
    said = found.error if isinstance(found, Response) else str(found)
    assert KEY not in said and len(said) < 1000
    said.encode()  # it can be shown and stored


@pytest.mark.parametrize(
    ("status", "words", "wanted"),
    [
        (400, "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", True),
        (400, "'max_tokens' or 'max_completion_tokens' is too large: 5000.", False),
        (400, "'max_completion_tokens' is not supported.", False),
        (500, "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", False),
    ],
)
def test_a_model_with_another_limit_is_known_by_its_words(status: int, words: str, wanted: bool) -> None:
    assert failures.wants_completion_limit(read(status, {}, error(words))) is wanted


# Waits


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("1s", 1),
        ("6m0s", 360),
        ("12ms", 0.012),
        ("1h2m3.5s", 3723.5),
        ("1d", 86400),
        ("7.5", 7.5),
        ("", 0),
        ("soon", 0),
    ],
)
def test_resets_are_read_in_every_spelling(told: str, seconds: float) -> None:
    headers = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": told}
    assert waits.until_refilled(headers) == pytest.approx(seconds)
    assert waits.until_refilled({**headers, "x-ratelimit-remaining-requests": "3"}) == 0
    found = judged(429, b"slow down", **headers)
    assert isinstance(found, TransientError) and found.retry_after == (pytest.approx(seconds) if seconds else None)


@pytest.mark.parametrize("told", ["inf", "nan", "1e999", "", "Sat, 99 Foo", "Fri, 31 Dec 99999 00:00:00 GMT"])
def test_a_wait_that_is_none_is_none(told: str) -> None:
    assert waits.asked({"retry-after": told}, 0.0) is None


# Exceptions of the SDK

OPTIONAL = {"openai.lib._azure_websocket", "openai.lib._websocket"}
"""Modules that need packages which ittgen does not."""


def every() -> list[type[Exception]]:
    """Every exception class that the installed openai package derives from its root."""
    for module in pkgutil.walk_packages(openai.__path__, "openai."):
        if not {"types", "cli", "__main__"} & set(module.name.split(".")) and module.name not in OPTIONAL:
            importlib.import_module(module.name)

    def kinds(base: type[Exception]) -> set[type[Exception]]:
        return {base}.union(*(kinds(kind) for kind in base.__subclasses__()))

    ours = (kind for kind in kinds(openai.OpenAIError) if kind.__module__.split(".")[0] == "openai")
    return sorted(ours, key=lambda kind: kind.__name__)


COMPLETION = {
    "id": "c", "created": 1, "model": "m-2026", "object": "chat.completion",
    "choices": [{"index": 0, "finish_reason": "length", "message": {"role": "assistant", "content": "The Ni"}}],
    "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
}  # fmt: skip


def made(kind: type[Exception], status: int) -> Exception:
    """An exception of this class, with whatever its constructor wants."""
    asked = HTTP.Request("POST", "http://one/v1/chat", headers={"Authorization": f"Bearer {KEY}"})
    known: dict[str, Any] = {
        "message": f"no {KEY}",
        "request": asked,
        "response": HTTP.Response(getattr(kind, "status_code", status), request=asked, headers={"retry-after": "7"}),
        "body": {"message": f"no {KEY}"},
        "completion": ChatCompletion.model_validate(COMPLETION),
        "unsent_messages": [],
        "extra": "x",
    }
    if kind.__init__ is Exception.__init__:
        return kind("no")
    wanted = [p for p in inspect.signature(kind).parameters.values() if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    given = {
        p.name: known.get(p.name, SimpleNamespace(id="x")) for p in wanted if p.name in known or p.default is p.empty
    }
    return kind(*(given[p.name] for p in wanted if p.kind is p.POSITIONAL_ONLY and p.name in given), **{
        p.name: given[p.name] for p in wanted if p.kind is not p.POSITIONAL_ONLY and p.name in given
    })  # fmt: skip


def test_every_exception_of_the_sdk_has_its_place() -> None:
    assert [kind.__name__ for kind in every() if kind.__name__ not in failures.SDK] == []
    assert len(every()) > 20, "the walk found them"


@pytest.mark.parametrize("kind", every(), ids=lambda kind: kind.__name__)
def test_every_exception_of_the_sdk_becomes_one_of_ours(monkeypatch: pytest.MonkeyPatch, kind: type[Exception]) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", f"{KEY}\n")
    found = from_sdk(made(kind, 418))
    assert isinstance(found, Response | TeacherError)
    assert KEY not in (found.error if isinstance(found, Response) else str(found))
    status = getattr(kind, "status_code", None)
    if isinstance(status, int):
        assert isinstance(found, TransientError) is (status in (408, 409, 425, 429) or status >= 500)
        assert str(found).startswith("http://one: "), "it says which server"


@pytest.mark.parametrize(
    ("status", "kind"), [(400, RefusedError), (401, TeacherError), (409, TransientError), (500, TransientError)]
)
def test_an_sdk_error_with_a_status_is_what_the_status_says(status: int, kind: type[TeacherError]) -> None:
    found = from_sdk(made(openai.APIStatusError, status))
    assert type(found) is kind
    assert not isinstance(found, TransientError) or found.retry_after == 7


def test_an_answer_that_the_sdk_would_not_parse_was_paid_for_and_is_kept() -> None:
    found = from_sdk(made(openai.LengthFinishReasonError, 200))
    assert isinstance(found, Response)
    assert (found.text, found.finish_reason, found.model) == ("The Ni", "length", "m-2026")
    assert (found.usage.prompt_tokens, found.usage.completion_tokens) == (7, 3)
    filtered = from_sdk(openai.ContentFilterFinishReasonError())
    assert isinstance(filtered, Response) and filtered.finish_reason == "content_filter"


def test_a_subclass_of_a_stranger_is_what_its_base_is() -> None:
    kind = type("NewError", (openai.APITimeoutError,), {})
    assert isinstance(from_sdk(kind(HTTP.Request("POST", "http://one"))), TransientError)


def test_the_sdk_is_caught_only_where_somebody_uses_it() -> None:
    assert failures.sdk_errors() == (openai.OpenAIError,)
    code = "import sys; from ittgen.teachers import failures; print(failures.sdk_errors(), 'openai' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "() False"

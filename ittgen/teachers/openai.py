"""The `openai` teacher: any server that speaks the chat completions API, through the `openai` client.

It sends one request and makes one Response (`completion.py`) or one error of what comes back; retries, pace, money and
storing are the wrappers' work. The key is read from the environment and appears in no message, and the SDK is imported
when first used.
"""

import asyncio
import os
import time
from collections.abc import Mapping, Set
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ittgen.calls import Request, Response
from ittgen.errors import IttgenError, TeacherError, TransientError, UsageError
from ittgen.teachers import completion
from ittgen.text import JSON

if TYPE_CHECKING:
    from openai import AsyncOpenAI, OpenAIError

DEFAULT_KEY = "OPENAI_API_KEY"
WORTH_A_RETRY = {408, 409, 425, 429}
SPENT = {"insufficient_quota", "billing_hard_limit_reached"}
"""Codes under which a 429 will not go away by waiting."""
THIS_REQUEST = {
    *("context_length_exceeded", "content_policy_violation", "content_filter", "string_above_max_length"),
    *("invalid_prompt", "exceed_context_size_error"),
}
"""Codes and types of errors that concern this one request; any other 4xx would meet every request."""
TOO_LONG = (
    *("maximum context length", "maximum model length", "model's context length", "context length exceeded"),
    *("context size", "prompt is too long", "must have less than", "`max_new_tokens` must be <="),
)
"""How servers without codes say that a prompt is too long (vLLM, SGLang, llama.cpp, TGI)."""
SHOWN = 800
"""Characters of a server's own words that a message repeats: some send a whole page."""
ACCOUNT = ("OpenAI-Organization", "OpenAI-Project")
OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True)
class OpenAI:
    """`[teacher] use = "openai", model = "gpt-4o-mini"`; add `base_url` for any compatible server."""

    model: str
    base_url: str = ""
    """Empty: the API of OpenAI itself. Else "http://localhost:8000/v1" and the like."""
    api_key_env: str = ""
    """The environment variable with the key. Empty: OPENAI_API_KEY for OpenAI itself, no key for other servers."""
    timeout: float = 600.0
    """Seconds for one whole call, from sending to the last byte."""
    connect_timeout: float = 10.0
    revision: str = ""
    """Anything that makes this another teacher though the model's name is the same; part of every request's key."""

    def __post_init__(self) -> None:
        if not self.model:
            raise ValueError('"model" is empty; name the model to ask')
        if self.base_url:
            _check_url(self.base_url)
        if self.timeout <= 0 or self.connect_timeout <= 0:
            raise ValueError("timeout and connect_timeout are seconds above 0")

    @property
    def identity(self) -> Mapping[str, JSON]:
        revision = {"revision": self.revision} if self.revision else {}
        return {"kind": "openai", "model": self.model, **revision}

    @property
    def key_name(self) -> str:
        """The environment variable that is read; empty where the server needs no key."""
        return self.api_key_env or ("" if self.base_url else DEFAULT_KEY)

    def check(self) -> None:
        """Raise UsageError when the key is missing or no key; called before anything is sent or written."""
        if not (self._key.isascii() and self._key.isprintable()) or " " in self._key:
            raise UsageError(
                f"the environment variable {self.key_name} holds no API key: it has blanks or odd characters"
            )
        if self.key_name and not self._key:
            raise UsageError(
                f"no API key: the environment variable {self.key_name} is not set; export it, or name another one "
                "with api_key_env in [teacher]"
            )

    async def ask(self, request: Request) -> Response:
        """Send it once. Raises TransientError or TeacherError; the SDK's own retries are off."""
        from openai import OpenAIError

        started = time.perf_counter()
        try:
            async with asyncio.timeout(self.timeout):
                raw = await self._client.chat.completions.with_raw_response.create(**self._body(request))
            latency = time.perf_counter() - started
            data = completion.load(raw.http_response.content)
            if said := completion.failed(data):
                return self._said_no(said, latency)
            return completion.response(request, data, raw.headers.get("x-request-id", ""), latency)
        except TimeoutError:
            raise TransientError(f"{self._server}: no whole answer within {self.timeout:g} s") from None
        except OpenAIError as error:
            return self._refused(error, time.perf_counter() - started)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            reason = self._hide(repr(error))
            raise TransientError(f"{self._server}: the answer is no chat completion: {reason}") from None

    async def close(self) -> None:
        if "_client" in self.__dict__:
            await self._client.close()

    @cached_property
    def _client(self) -> "AsyncOpenAI":
        from openai import AsyncOpenAI, Omit, Timeout

        self.check()
        return AsyncOpenAI(
            api_key=self._key or "none",
            base_url=self._server,
            timeout=Timeout(self.timeout, connect=self.connect_timeout),
            max_retries=0,
            # The SDK reads the account from the environment; it is no business of another server.
            default_headers={n: Omit() for n in ACCOUNT} if self.base_url else None,  # type: ignore[misc]
        )

    @property
    def _key(self) -> str:
        return os.environ.get(self.key_name, "").strip() if self.key_name else ""

    @property
    def _server(self) -> str:
        return self.base_url or OPENAI

    def _hide(self, text: str) -> str:
        """The text without the key, should a server repeat it, in one line and not too much of it."""
        hidden = " ".join((text.replace(self._key, "***") if self._key else text).split())
        return hidden if len(hidden) <= SHOWN else f"{hidden[:SHOWN]}…"

    def _body(self, request: Request) -> dict[str, Any]:
        """The call's arguments. Sampling goes through `extra_body`, so that servers' own parameters pass as well.

        Sample k of a request with a seed is sent with seed + k; the idempotency key tells equal requests apart.
        """
        extra = dict(request.sampling)
        if isinstance(seed := extra.get("seed"), int):
            extra["seed"] = seed + request.sample
        if request.schema is not None:
            extra["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": request.schema, "strict": True},
            }
        return {
            "model": request.model,
            "messages": [message.to_json() for message in request.messages],
            "extra_body": extra,
            "extra_headers": {"Idempotency-Key": request.key},
        }

    def _refused(self, error: "OpenAIError", latency: float) -> Response:
        """What an SDK error means: an answer that refuses this request, or an exception for the layers above."""
        from openai import APIStatusError

        said = _words(error)
        message = self._hide(said)
        if isinstance(error, APIStatusError) and _concerns_this_request(
            {error.code, error.type}, error.status_code, said
        ):
            return Response("", "error", model=self.model, latency=latency, error=message)
        raise self._translated(error, message) from None

    def _said_no(self, error: Any, latency: float) -> Response:
        """The same for an error that came with status 200."""
        table = error if isinstance(error, dict) else {}
        names = {table.get("code"), table.get("type")}
        status = int(table["code"]) if str(table.get("code")).isdigit() else 0
        message = self._hide(str(table.get("message") or error))
        if _concerns_this_request(names, status, str(error)):
            return Response("", "error", model=self.model, latency=latency, error=message)
        if names & SPENT or (400 <= status < 500 and status not in WORTH_A_RETRY):
            raise TeacherError(f"{self._server}: {message}")
        raise TransientError(f"{self._server}: {message}")

    def _translated(self, error: "OpenAIError", message: str) -> IttgenError:
        from openai import APIConnectionError, APIStatusError

        if isinstance(error, APIConnectionError):
            cause = f" ({self._hide(str(error.__cause__))})" if error.__cause__ else ""
            return TransientError(f"{self._server}: {message}{cause}")
        if not isinstance(error, APIStatusError):
            return TransientError(f"{self._server}: {message}")
        status = error.status_code
        if error.code in SPENT or error.type in SPENT:
            return TeacherError(f"{self._server}: the quota is spent: {message}")
        if status in WORTH_A_RETRY or status >= 500:
            return TransientError(f"{self._server}: {message}", _retry_after(error.response.headers))
        return TeacherError(f"{self._server}: {self._advice(status)}{message}")

    def _advice(self, status: int) -> str:
        if status == 401:
            name = self.key_name or "no variable: set api_key_env"
            return f"the key is refused (read from {name}): "
        return {403: "this key may not do that: ", 404: f'no model "{self.model}", or a wrong base_url: '}.get(
            status, ""
        )


def _check_url(url: str) -> None:
    """Raise ValueError, which never repeats the URL: it may hold a password."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ValueError("base_url is no URL: its server or its port cannot be read") from None
    if parts.username is not None:
        raise ValueError("base_url holds a user name or password; recipes are published: use api_key_env")
    if parts.scheme not in ("http", "https"):
        raise ValueError("base_url must begin with http:// or https://")
    if not parts.hostname:
        raise ValueError("base_url names no server")


def _words(error: "OpenAIError") -> str:
    """What the SDK says; with the whole body where it found no message in it: FastAPI's `detail`, TGI's `error`."""
    body = getattr(error, "body", None)
    told = not body or (isinstance(body, dict) and body.get("message"))
    return str(error) if told else f"{error} - {body}"


def _concerns_this_request(names: Set[object], status: int, said: str) -> bool:
    """Whether another request may well succeed: 4xx with a telling code or words; llama.cpp says it with a 500."""
    known = not THIS_REQUEST.isdisjoint(names) or status == 413
    return (known and status < 500) or any(words in said.lower() for words in TOO_LONG)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the server asks us to wait, given in seconds or as a date."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) / unit)
        except (KeyError, ValueError):
            continue
    try:
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time())
    except (KeyError, ValueError):
        return None

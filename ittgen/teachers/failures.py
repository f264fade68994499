"""What a failure means, told apart in this one place: by a server's status, headers and words, or an SDK's exception.

    said = read(429, headers, body)
    verdict(said, origin)     # a Response that refuses this request, or the error to raise

Four things it can be. This request alone: `Response(finish_reason="error")`. Every request (key, model, quota):
`TeacherError`. Worth another try: `TransientError`. A refusal that tells neither: `RefusedError`. Pure: sends nothing.
"""

import json
import os
import re
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from ittgen.calls import Response
from ittgen.errors import RefusedError, TeacherError, TransientError
from ittgen.teachers import completion, waits
from ittgen.text import JSON, well_formed

WORTH_A_RETRY = frozenset({408, 409, 425, 429})
BUSY = frozenset({429, 529})
ELSEWHERE = frozenset({405, 407, 410, 501})
"""Statuses that speak of an address or a way to it, so that every request would meet them; redirects as well."""
SPENT = frozenset(
    {
        "insufficient_quota",
        "billing_hard_limit_reached",
        "billing_not_active",
        "insufficient_balance",
        "quota_exhausted",
    }
)
"""Codes under which a 429 will not go away by waiting."""
NO_MODEL = frozenset({"model_not_found", "invalid_model", "model_not_supported", "unknown_model"})
NO_MODEL_WORDS = ("is not a valid model", "model not exist", "invalid model:", "unknown model", "no such model")
NO_PARAMETER = frozenset({"unsupported_value", "unsupported_parameter", "unknown_parameter"})
UNSUPPORTED_WORDS = ("unsupported", "not supported", "instead")
THIS_REQUEST = frozenset(
    {
        *("context_length_exceeded", "content_policy_violation", "content_filter", "string_above_max_length"),
        *("invalid_prompt", "exceed_context_size_error", "data_inspection_failed"),
    }
)
"""Codes and types of errors that concern this one request."""
THIS_REQUEST_WORDS = (
    *("maximum context length", "maximum model length", "model's context length", "context length exceeded"),
    *("context size", "prompt is too long", "must have less than", "`max_new_tokens` must be <="),
    *("request too large", "content exists risk", "input was flagged"),
)
"""How servers without codes say the same (vLLM, SGLang, llama.cpp, TGI), and OpenAI of more than a minute's tokens."""
BUSY_WORDS = ("overload", "too busy", "at capacity", "too many requests", "slow down")
SHOWN = 800
"""Characters of a server's own words that a message repeats: some send a whole page."""

TELLING = 8
"""Characters of a secret that nobody may see; fewer may stand anywhere by chance."""

_QUOTED = re.compile(r"['\"`]([a-z_]+)['\"`]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Who was asked, and what must not be repeated of it."""

    server: str
    model: str = ""
    key_name: str = ""
    """The environment variable with the key; empty where none was read."""
    secrets: tuple[str, ...] = ()

    def hide(self, text: str) -> str:
        """The text without keys, should a server repeat them, in one line and not too much of it."""
        for secret in self.secrets:
            text = _without(secret, text)
        text = well_formed(" ".join(text.split()))
        return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _without(secret: str, text: str) -> str:
    """The text without the secret, or as much of its beginning as stands there: others cut texts short."""
    begun, start = secret[:TELLING], 0
    while (at := text.find(begun, start)) >= 0:
        seen = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text[at:], secret, strict=False)))
        text, start = f"{text[:at]}***{text[at + seen :]}", at + 3
    return text


@dataclass(frozen=True, slots=True)
class Said:
    """What a server said instead of an answer."""

    status: int
    """0 where it gave none."""
    words: str
    names: frozenset[str] = frozenset()
    """Its code and its type."""
    parameter: str = ""
    """The parameter of the request that it names."""
    wait: float | None = None
    """Seconds it asks us to wait."""


def read(status: int, headers: Mapping[str, str], body: bytes) -> Said:
    """What an answer with another status than 2xx says."""
    text = body.decode("utf-8", "replace")
    try:
        said = inside(completion.load(body), status)
    except (ValueError, RecursionError):
        said = Said(status, text)
    where = f", sends us to {headers.get('location', 'nowhere')}" if 300 <= status < 400 else ""
    return Said(status, f"{said.words} (status {status}{where})", said.names, said.parameter, _wait(status, headers))


def inside(data: Any, status: int = 0) -> Said:
    """What the JSON of an error says: OpenAI's form, FastAPI's `detail`, TGI's bare text, or whatever it is."""
    error = (data.get("error") or data) if isinstance(data, dict) else data
    table: Mapping[str, Any] = error if isinstance(error, dict) else {}
    code, message = table.get("code"), table.get("message")
    names = frozenset(name for name in (code, table.get("type")) if isinstance(name, str))
    words = message if isinstance(message, str) and message else error if isinstance(error, str) else _compact(data)
    return Said(status or _status(code), words, names, _parameter(names, table.get("param"), words))


def verdict(said: Said, origin: Origin) -> Response | TeacherError:
    """What is to be made of it: an answer that refuses this request, or the error to raise."""
    message = origin.hide(said.words)
    if _concerns_this_request(said):
        return Response("", "error", model=origin.model, error=message)
    if advice := _every_request(said, origin):
        return TeacherError(f"{origin.server}: {advice}{message}")
    if said.status in WORTH_A_RETRY or not 100 <= said.status < 500:
        return TransientError(f"{origin.server}: {message}", said.wait, busy=_busy(said))
    return RefusedError(f"{origin.server}: {message}")


def wants_completion_limit(said: Said) -> bool:
    """Whether the model knows the limit of tokens only as `max_completion_tokens`."""
    named = "max_tokens" in said.words and "max_completion_tokens" in said.words
    return said.status == 400 and named and any(word in said.words.lower() for word in UNSUPPORTED_WORDS)


def _concerns_this_request(said: Said) -> bool:
    """Whether another request may well succeed: 4xx with a telling code or words; llama.cpp says it with a 500."""
    known = not THIS_REQUEST.isdisjoint(said.names) or said.status == 413
    words = said.words.lower()
    return (known and said.status < 500) or any(telling in words for telling in THIS_REQUEST_WORDS)


def _every_request(said: Said, origin: Origin) -> str:
    """The advice for what every request would meet; empty where it is something else."""
    status, words = said.status, said.words.lower()
    if status == 402 or not SPENT.isdisjoint(said.names):
        return "the quota is spent: "
    if status == 401:
        name = origin.key_name or "no variable: set api_key_env"
        return f"the key is refused (read from {name}): "
    if status == 403:
        return "this key may not do that: "
    if status == 404 or (status < 500 and _no_model(said.names, words)):
        return f'no model "{origin.model}", or a wrong base_url: '
    if 300 <= status < 400 or status in ELSEWHERE:
        return "a wrong base_url, or a proxy that does not let us through: "
    if status < 500 and not NO_PARAMETER.isdisjoint(said.names):
        return _leave_out(said.parameter)
    return ""


def _no_model(names: frozenset[str], words: str) -> bool:
    return not NO_MODEL.isdisjoint(names) or any(telling in words for telling in NO_MODEL_WORDS)


def _leave_out(parameter: str) -> str:
    if parameter.isidentifier() and parameter not in ("model", "messages"):
        return f'the model does not take this; add without = ["{parameter}"] to [teacher]: '
    return "the model does not take this: "


def _busy(said: Said) -> bool:
    """Whether it is asked too much at a time, rather than broken."""
    words = said.words.lower()
    return said.status in BUSY or (said.status in (0, 503) and any(telling in words for telling in BUSY_WORDS))


def _wait(status: int, headers: Mapping[str, str]) -> float | None:
    """Its own word, or on a 429 without one the time until its allowance is full again; "0 seconds" is no word."""
    seconds = waits.asked(headers, time.time())
    return seconds or (waits.until_refilled(headers) if status == 429 else None) or None


def _status(code: object) -> int:
    """The status that stands as `code` in an error that came with status 200."""
    text = str(code)
    return int(text) if len(text) == 3 and text.isascii() and text.isdigit() else 0


def _parameter(names: frozenset[str], param: object, words: str) -> str:
    if isinstance(param, str) or NO_PARAMETER.isdisjoint(names):
        return param if isinstance(param, str) else ""
    found = _QUOTED.search(words)
    return found[1] if found else ""


def _compact(data: JSON) -> str:
    return json.dumps(data, ensure_ascii=False)


# Exceptions of the openai SDK, which teachers of other people may let through

SDK: dict[str, type[TeacherError] | str] = {
    "OpenAIError": TeacherError,  # no key, two keys: whatever its client refuses before it sends
    "APIError": TransientError,
    "APIConnectionError": TransientError,
    "APITimeoutError": TransientError,
    "APIResponseValidationError": TransientError,
    "APIStatusError": "status",
    "BadRequestError": "status",
    "AuthenticationError": "status",
    "OAuthError": "status",
    "PermissionDeniedError": "status",
    "NotFoundError": "status",
    "ConflictError": "status",
    "UnprocessableEntityError": "status",
    "RateLimitError": "status",
    "InternalServerError": "status",
    "SubjectTokenProviderError": "status",
    "LengthFinishReasonError": "length",
    "ContentFilterFinishReasonError": "content_filter",
    "WebSocketConnectionClosedError": TransientError,
    "WebSocketQueueFullError": TransientError,
    "StreamAlreadyConsumed": TeacherError,
    "MutuallyExclusiveAuthError": TeacherError,
    "APIRemovedInV1": TeacherError,
    "_AmbiguousModuleClientUsageError": TeacherError,
    "MissingDependencyError": TeacherError,
    "AgentFilePreparationError": TeacherError,
    "AgentFileStagingError": TransientError,
    "AgentOutputParseError": TransientError,
    "AgentTurnResultError": RefusedError,
}
"""Class -> what it is; "status": as the server's answer says; "length" and "content_filter": an answer after all.

One that is not here is what its nearest base is.
"""


def sdk_errors() -> tuple[type[Exception], ...]:
    """What to catch around a teacher that may use the openai SDK; nothing where nobody has imported it."""
    module = sys.modules.get("openai")
    return (module.OpenAIError,) if module else ()


def from_sdk(error: Exception) -> Response | TeacherError:
    """What an exception of the openai SDK means, by the rules for what a server says."""
    kind = next((SDK[base.__name__] for base in type(error).__mro__ if base.__name__ in SDK), RefusedError)
    origin = _sdk_origin(error)
    if kind == "status":
        return _of_status(error, origin)
    if isinstance(kind, str):
        return completion.cut_short(getattr(error, "completion", None), kind)
    cause = f" ({error.__cause__})" if error.__cause__ else ""
    return kind(f"{origin.server}: {origin.hide(f'{error}{cause}')}")


def _of_status(error: Exception, origin: Origin) -> Response | TeacherError:
    response = getattr(error, "response", None)
    if response is None:
        return TeacherError(f"{origin.server}: {origin.hide(str(error))}")
    said = inside(getattr(error, "body", None) or str(error), response.status_code)
    wait = _wait(response.status_code, response.headers)
    words = f"{said.words} (status {response.status_code})"
    return verdict(Said(said.status, words, said.names, said.parameter, wait), origin)


def _sdk_origin(error: Exception) -> Origin:
    """The server that its request was sent to, the key that it was sent with, and the one that the SDK reads itself."""
    asked = getattr(error, "request", None) or getattr(getattr(error, "response", None), "request", None)
    keys = [os.environ.get("OPENAI_API_KEY", "").strip()]
    if asked is None:
        return Origin("the openai SDK", secrets=tuple(filter(None, keys)))
    keys.append(asked.headers.get("authorization", "").removeprefix("Bearer ").strip())
    return Origin(f"{asked.url.scheme}://{asked.url.netloc.decode()}", secrets=tuple(filter(None, keys)))

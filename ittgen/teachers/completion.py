"""The body of a chat completion, as OpenAI and the servers that follow it send it, and the Response it becomes.

Pure reading: knows nothing of HTTP, keys or errors beyond what a body with status 200 says. An answer that was paid for
is never thrown away because something beside its text is odd.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

from ittgen.calls import Request, Response, Usage, estimated
from ittgen.text import JSON, well_formed

MOST = 10**12
"""Tokens that no call has: a larger number is no count."""


def load(body: bytes) -> Any:
    """The body's JSON. Raises ValueError; numbers that JSON does not have, and those beyond all floats, become null."""
    try:
        return _DECODER.decode(body.decode(json.detect_encoding(body), "surrogatepass"))
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def failed(data: Any) -> Any:
    """The error in a body with status 200, as routers send it: instead of choices, or with one that broke off."""
    if not isinstance(data, dict):
        return None
    choice = _first(data)
    if choice is None:
        return data.get("error")
    if choice.get("error"):
        return choice["error"]
    return "the answer broke off upstream" if choice.get("finish_reason") == "error" else None


def response(request: Request, data: Any, request_id: str, latency: float, endpoint: str = "") -> Response:
    """The first choice. Raises ValueError when it is not what the API promises."""
    choice = _first(data) if isinstance(data, dict) else None
    message = choice.get("message") if choice else None
    if choice is None or not isinstance(message, dict):
        raise ValueError(f"there is no message in {str(data)[:200]}")
    said, refusal = _text(message.get("content")), _text(message.get("refusal"))
    reasoning = _text(message.get("reasoning_content")) or _text(message.get("reasoning"))
    return Response(
        said or refusal,
        "refusal" if refusal and not said else _text(choice.get("finish_reason")) or "stop",
        _usage(request, data.get("usage"), (said or refusal) + reasoning),
        reasoning,
        _kept(message.get("tool_calls")),
        _kept(choice.get("logprobs")),
        _text(data.get("model")),
        _text(data.get("id")) or request_id,
        latency,
        "",
        endpoint,
        _text(data.get("system_fingerprint")),
    )


def cut_short(completion: Any, reason: str) -> Response:
    """The answer in an SDK's completion object that it would not parse; `reason` is why it ended."""
    data = completion.model_dump() if hasattr(completion, "model_dump") else {}
    choice = _first(data) or {}
    message = choice.get("message")
    text = _text(message.get("content")) if isinstance(message, dict) else ""
    return Response(text, reason, _usage(Request("", ()), data.get("usage"), text), model=_text(data.get("model")))


def _first(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    choices = data.get("choices")
    return choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else None


def _text(content: Any) -> str:
    """The text of a field, which some servers send as a list of parts; whole characters only."""
    if isinstance(content, str):
        return content if content.isascii() else well_formed(content)
    if isinstance(content, list):
        return well_formed("".join(map(_part, content)))
    return _part(content) if isinstance(content, dict) else "" if content is None else str(content)


def _part(part: Any) -> str:
    text = part.get("text") if isinstance(part, dict) else part
    return text if isinstance(text, str) else ""


def _usage(request: Request, usage: Any, text: str) -> Usage:
    """Tokens as the server counted them; what it did not count, or in no number, is estimated and marked so."""
    told = usage if isinstance(usage, dict) else {}
    prompt = _count(told, "prompt_tokens")
    completion = _count(told, "completion_tokens")
    cached, reasoning = _detail(told, "prompt", "cached_tokens"), _detail(told, "completion", "reasoning_tokens")
    if prompt and cached == 0:
        cached = _count(told, "prompt_cache_hit_tokens") or 0  # DeepSeek's name for it
    guessed = None in (cached, reasoning) or not prompt or completion is None or (not completion and text != "")
    prompt = prompt or estimated(message.content for message in request.messages)
    completion = completion or estimated([text])
    reasoning = reasoning or 0
    # Some count what was thought apart from what was said.
    completion += reasoning if reasoning > completion else 0
    return Usage(prompt, completion, reasoning, min(cached or 0, prompt), guessed)


def _detail(told: Mapping[str, Any], of: str, name: str) -> int | None:
    """A count among the details; 0 where there is none, None where it is no count."""
    details = told.get(f"{of}_tokens_details")
    if details is None:
        return 0
    if not isinstance(details, dict):
        return None
    return 0 if details.get(name) is None else _count(details, name)


def _count(table: Mapping[str, Any], name: str) -> int | None:
    """A whole number from 0 on, which some send as a float or as text; None for anything else."""
    value = table.get(name)
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < MOST:
        return None
    return int(value)


def _kept(value: Any) -> JSON:
    """What is to be stored of it; nothing where it is nested too deep for that."""
    try:
        return _storable(value)
    except RecursionError:
        return None


def _storable(value: Any) -> JSON:
    """The same with whole characters only: a token may be half of one."""
    if isinstance(value, str):
        return value if value.isascii() else well_formed(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_text(key): _storable(item) for key, item in value.items()}
    return value  # type: ignore[no-any-return]


def _no_number(_: str) -> None:
    """NaN and Infinity, which some servers put among logprobs, are no JSON and could not be stored."""


def _finite(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None


_DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite)
"""Built once: a call of `json.loads` with such arguments would build it anew."""

"""The body of a chat completion, as OpenAI and the servers that follow it send it, and the Response it becomes.

Pure reading: knows nothing of HTTP, keys or errors beyond what a body with status 200 says.
"""

import json
from collections.abc import Mapping
from typing import Any

from ittgen.calls import Request, Response, Usage
from ittgen.text import well_formed


def load(body: bytes) -> Any:
    """The body's JSON. Raises ValueError; NaN and Infinity, which some put among logprobs, become null."""
    return json.loads(body, parse_constant=_no_number)


def failed(data: Any) -> Any:
    """The error in a body with status 200, as routers send it: instead of choices, or with one that broke off."""
    choices = data.get("choices")
    if not choices:
        return data.get("error")
    if choices[0].get("error"):
        return choices[0]["error"]
    return "the answer broke off upstream" if choices[0].get("finish_reason") == "error" else None


def response(request: Request, data: Mapping[str, Any], request_id: str, latency: float) -> Response:
    """The first choice. Raises LookupError or TypeError when it is not what the API promises."""
    choice = data["choices"][0]
    message = choice["message"]
    said, refusal = _text(message.get("content")), message.get("refusal") or ""
    text = well_formed(said or refusal)
    reasoning = well_formed(message.get("reasoning_content") or message.get("reasoning") or "")
    return Response(
        text=text,
        finish_reason="refusal" if refusal and not said else choice.get("finish_reason") or "stop",
        usage=_usage(data.get("usage")) or _estimated(request, text + reasoning),
        reasoning=reasoning,
        tool_calls=message.get("tool_calls"),
        logprobs=choice.get("logprobs"),
        model=data.get("model") or "",
        request_id=data.get("id") or request_id,
        latency=latency,
    )


def _text(content: Any) -> str:
    """The text of a message, which some servers send as a list of parts."""
    if isinstance(content, list):
        return "".join(part if isinstance(part, str) else part.get("text") or "" for part in content)
    return content or ""


def _usage(usage: Any) -> Usage | None:
    """Tokens as the server counted them; None where it did not: no prompt has no tokens."""
    if not isinstance(usage, dict) or not usage.get("prompt_tokens"):
        return None
    completion = usage.get("completion_tokens_details") or {}
    prompt = usage.get("prompt_tokens_details") or {}
    return Usage(
        prompt_tokens=int(usage["prompt_tokens"]),
        completion_tokens=int(usage.get("completion_tokens") or 0),
        reasoning_tokens=int(completion.get("reasoning_tokens") or 0),
        cached_tokens=int(prompt.get("cached_tokens") or 0),
    )


def _estimated(request: Request, text: str) -> Usage:
    """For servers that do not count: a token for every four bytes, rounded up."""
    prompt = sum(len(message.content.encode()) for message in request.messages)
    return Usage(-(-prompt // 4), -(-len(text.encode()) // 4), estimated=True)


def _no_number(_: str) -> None:
    """NaN and Infinity, which some servers put among logprobs, are no JSON and could not be stored."""

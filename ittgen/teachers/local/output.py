"""What vLLM's engine gives back, as the Response that its server would have made of it. Imports no vLLM."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ittgen.calls import Response, Usage
from ittgen.text import JSON, well_formed

LEAST = -9999.0
"""What stands for the logarithm of 0, as in vLLM's own server."""

Thoughts = Callable[[str], tuple[str, str, int]]
"""The text -> what was thought, what was said, tokens of the first."""


def no_thoughts(text: str) -> tuple[str, str, int]:
    """Everything was said."""
    return "", text, 0


def response(
    output: Any,
    *,
    model: str,
    latency: float,
    fingerprint: str,
    logprobs: int | None = None,
    apart: Thoughts = no_thoughts,
) -> Response:
    """The answer in a finished `RequestOutput` with one completion.

    logprobs: alternatives wanted for each token; None where no logprobs were.
    """
    completion = output.outputs[0]
    reasoning, text, thought = apart(completion.text)
    usage = Usage(
        len(output.prompt_token_ids or ()), len(completion.token_ids), thought, output.num_cached_tokens or 0, False
    )
    return Response(
        well_formed(text),
        completion.finish_reason or "stop",
        usage,
        well_formed(reasoning),
        logprobs=None if logprobs is None else _logprobs(completion, logprobs),
        model=model,
        request_id=output.request_id,
        latency=latency,
        fingerprint=fingerprint,
    )


def _logprobs(completion: Any, most: int) -> JSON:
    """In OpenAI's form: each token with its logarithm and the likeliest ones in its place."""
    pairs = zip(completion.token_ids, completion.logprobs or (), strict=False)
    return {"content": [_token(token, known, most) for token, known in pairs], "refusal": None}


def _token(token: int, known: Mapping[int, Any], most: int) -> dict[str, JSON]:
    likeliest: Sequence[Any] = list(known.values())[:most]
    return {**_one(known[token]), "top_logprobs": [_one(other) for other in likeliest]}


def _one(told: Any) -> dict[str, JSON]:
    text = well_formed(told.decoded_token or "")
    return {"token": text, "logprob": max(told.logprob, LEAST), "bytes": list(text.encode())}

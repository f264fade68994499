"""A request's sampling, in the chat API's names, as vLLM's engine takes it. Pure: knows names and imports no vLLM.

A name that vLLM's own server would silently ignore is refused here, and so is one that an older vLLM had.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ittgen.calls import Request
from ittgen.errors import UsageError, nearest
from ittgen.text import JSON, canonical, sha256

AS_IT_IS = frozenset(
    {
        *("temperature", "top_p", "top_k", "min_p", "frequency_penalty", "presence_penalty", "repetition_penalty"),
        *("stop", "stop_token_ids", "include_stop_str_in_output", "ignore_eos", "min_tokens", "bad_words"),
        *("skip_special_tokens", "spaces_between_special_tokens", "allowed_token_ids", "seed", "logit_bias"),
    }
)
"""Names that the engine's `SamplingParams` has too."""
LIMITS = ("max_completion_tokens", "max_tokens")
FORMS = ("response_format", "structured_outputs")
TEMPLATE = ("chat_template_kwargs", "reasoning_effort", "documents")
"""What the chat template is given besides the messages."""
OURS = ("logprobs", "top_logprobs", "n", "stream", "user")
KNOWN = frozenset({*AS_IT_IS, *LIMITS, *FORMS, *TEMPLATE, *OURS})
OUTDATED = {
    "guided_json": "json",
    "guided_regex": "regex",
    "guided_choice": "choice",
    "guided_grammar": "grammar",
    "guided_json_object": "json_object",
}
"""Names of older releases, which today's ignore -> what they are called in `structured_outputs`."""
_SEEDS = 2**31


@dataclass(frozen=True, slots=True)
class Spoken:
    """One request's sampling, taken apart."""

    params: Mapping[str, Any]
    """Arguments of `SamplingParams`, but for the limit and the form of the answer."""
    limit: int | None
    """Tokens of the answer at most; None: as many as the context leaves."""
    form: Mapping[str, Any]
    """Arguments of `StructuredOutputsParams`; empty where the answer is free."""
    template: Mapping[str, Any] = field(default_factory=dict)
    """Variables of the chat template."""
    logprobs: int | None = None
    """Alternatives wanted for each token; None where no logprobs are wanted."""


def spoken(request: Request) -> Spoken:
    """The request's sampling for the engine; sample k of a request with a seed has its own seed + k, as over HTTP.

    Raises UsageError for a name that vLLM does not know.
    """
    told = flat(request.sampling)
    check(told)
    params = {name: value for name, value in told.items() if name in AS_IT_IS and value is not None}
    if isinstance(seed := params.get("seed"), int):
        params["seed"] = own_seed(request, seed) + request.sample
    if bias := params.get("logit_bias"):
        params["logit_bias"] = {int(token): value for token, value in bias.items()}
    logprobs = _logprobs(told)
    return Spoken(
        params if logprobs is None else {**params, "logprobs": logprobs},
        next((int(told[name]) for name in LIMITS if told.get(name) is not None), None),
        _form(request.schema, told),
        {**told.get("chat_template_kwargs", {}), **{name: told[name] for name in TEMPLATE[1:] if name in told}},
        logprobs,
    )


def own_seed(request: Request, seed: int) -> int:
    """The seed of this request: the recipe's, moved by a digest of the messages.

    vLLM draws the same numbers for equal seeds, so that prompts which end alike would be answered alike.
    """
    digest = sha256(canonical([message.to_json() for message in request.messages]).encode())
    return (seed + int(digest[:8], 16)) % _SEEDS


def with_own_seed(request: Request) -> Request:
    """The request for a server, with the seed that it would have in process; unchanged where it has none."""
    told = flat(request.sampling)
    if not isinstance(seed := told.get("seed"), int):
        return request
    return replace(request, sampling={**request.sampling, "seed": own_seed(request, seed)})


def flat(sampling: Mapping[str, JSON]) -> dict[str, Any]:
    """The sampling with `extra_body` at the top; what stands beside it wins."""
    extra = sampling.get("extra_body")
    beside = {name: value for name, value in sampling.items() if name != "extra_body"}
    return {**extra, **beside} if isinstance(extra, Mapping) else beside


def check(told: Mapping[str, Any]) -> None:
    """Raise UsageError for a name that vLLM would ignore, naming the nearest that it knows."""
    for name in told:
        if name in OUTDATED:
            raise UsageError(
                f"sampling: vLLM has no {name} any more; say structured_outputs = {{ {OUTDATED[name]} = … }}"
            )
        if name not in KNOWN:
            raise UsageError(f'sampling: vLLM knows no "{name}"{nearest(name, sorted(KNOWN))}')
    if not isinstance(told.get("logprobs", False), bool):
        raise UsageError("sampling: logprobs is true or false; how many alternatives, top_logprobs says")


def _logprobs(told: Mapping[str, Any]) -> int | None:
    return int(told.get("top_logprobs") or 0) if told.get("logprobs") else None


def _form(schema: JSON, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the answer has to be: the request's schema, else what its sampling asks for, in either of two ways."""
    own, form = told.get("structured_outputs") or {}, told.get("response_format") or {}
    if schema is not None:
        return {**own, "json": schema}
    if form.get("type") == "json_schema":
        return {**own, "json": form["json_schema"]["schema"]}
    return {**own, "json_object": True} if form.get("type") == "json_object" else dict(own)

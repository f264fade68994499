"""What vLLM's engine gives back, as the Response that its server would have made of it."""

from dataclasses import dataclass, field
from typing import Any

from ittgen.calls import Usage
from ittgen.teachers.local.output import LEAST, response


@dataclass
class Logprob:
    """One of vLLM's."""

    logprob: float
    decoded_token: str | None


@dataclass
class Completion:
    text: str
    token_ids: list[int]
    finish_reason: str | None = "stop"
    logprobs: Any = None


@dataclass
class Output:
    outputs: list[Completion]
    prompt_token_ids: list[int] = field(default_factory=lambda: [1, 2, 3])
    num_cached_tokens: int | None = 2
    request_id: str = "ittgen-1"


NAMED: dict[str, Any] = {"model": "tiny", "latency": 0.5, "fingerprint": "vllm-0.32.0-x"}


def test_text_reason_and_tokens() -> None:
    told = response(Output([Completion("Hello", [4, 5], "length")]), **NAMED)
    assert (told.text, told.finish_reason, told.logprobs) == ("Hello", "length", None)
    assert told.usage == Usage(3, 2, 0, 2, False)
    assert (told.model, told.latency, told.fingerprint, told.request_id) == ("tiny", 0.5, "vllm-0.32.0-x", "ittgen-1")


def test_logprobs_are_in_openais_form_in_vllms_order() -> None:
    known = [{7: Logprob(-2.0, "b"), 8: Logprob(-0.1, "a"), 9: Logprob(float("-inf"), None)}]
    told = response(Output([Completion("b", [7], logprobs=known)]), logprobs=2, **NAMED)
    assert told.logprobs == {
        "content": [
            {
                "token": "b", "logprob": -2.0, "bytes": [98],
                "top_logprobs": [
                    {"token": "b", "logprob": -2.0, "bytes": [98]}, {"token": "a", "logprob": -0.1, "bytes": [97]},
                ],
            }
        ],
        "refusal": None,
    }  # fmt: skip
    assert response(Output([Completion("b", [9], logprobs=known)]), logprobs=0, **NAMED).logprobs == {
        "content": [{"token": "", "logprob": LEAST, "bytes": [], "top_logprobs": []}],
        "refusal": None,
    }


def test_thoughts_stand_apart_where_a_parser_tells_them() -> None:
    told = response(
        Output([Completion("<think>so</think>yes", [1, 2, 3])]), apart=lambda text: ("so", "yes", 2), **NAMED
    )
    assert (told.reasoning, told.text, told.usage.reasoning_tokens) == ("so", "yes", 2)

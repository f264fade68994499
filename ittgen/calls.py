"""What is sent to a teacher, hashed, received and paid; and the two protocols around it, `Teacher` and `Ask`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, runtime_checkable

from ittgen.records import Message
from ittgen.text import JSON, canonical, sha256


@dataclass(frozen=True)
class Request:
    """One question to the teacher, complete: what is not in here cannot change the answer."""

    model: str
    messages: tuple[Message, ...]
    sampling: Mapping[str, JSON] = field(default_factory=dict)
    """All of it: temperature, top_p, max_tokens, stop, seed, extra_body …, in the API's own words."""
    schema: JSON = None
    """JSON schema the answer shall follow, where the caller asks for one."""
    sample: int = 0
    """0 for the first answer; 1, 2, … ask the same thing once more."""
    teacher: Mapping[str, JSON] = field(default_factory=dict)
    """The teacher's identity, not its address: endpoints of one teacher are interchangeable."""
    label: str = ""
    """For people, "propose/12 self-instruct/propose"; not part of the key."""
    slot: int = 0
    """Whose turn it is when places are scarce, lowest first; not part of the key."""

    @cached_property
    def text(self) -> str:
        """Everything but `label` and `slot`, as canonical JSON."""
        return canonical(self.to_json())

    @cached_property
    def key(self) -> str:
        """Digest of `text`: equal questions share one answer."""
        return sha256(self.text.encode())

    def to_json(self) -> dict[str, JSON]:
        return {
            "model": self.model,
            "messages": [message.to_json() for message in self.messages],
            "sampling": dict(self.sampling),
            "schema": self.schema,
            "sample": self.sample,
            "teacher": dict(self.teacher),
        }


NUMBERS = (
    "temperature",
    "top_p",
    "frequency_penalty",
    "presence_penalty",
    "max_tokens",
    "max_completion_tokens",
    "seed",
)
"""Sampling parameters that every server takes as numbers."""


def check_sampling(sampling: Mapping[str, JSON]) -> None:
    """Raise ValueError for what no server would understand, or what would buy answers that nobody reads."""
    for name in NUMBERS:
        value = sampling.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"sampling: {name} must be a number, not {value!r}")
    if sampling.get("n", 1) != 1:
        raise ValueError("sampling: n buys answers that nobody reads; several samples are several requests")


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server counted them; `estimated` where it did not say."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    reasoning_tokens: int = 0
    """Part of `completion_tokens`."""
    cached_tokens: int = 0
    """Part of `prompt_tokens`."""
    estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.reasoning_tokens + other.reasoning_tokens,
            self.cached_tokens + other.cached_tokens,
            self.estimated or other.estimated,
        )

    def to_json(self) -> dict[str, JSON]:
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "reasoning_tokens": self.reasoning_tokens,
            "cached_tokens": self.cached_tokens,
            "estimated": self.estimated,
        }


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of the teacher, good or bad; a call that failed is never one.

    `finish_reason` is the server's word: "stop", "length", "content_filter", "refusal", "tool_calls"; or "error" where
    the server refuses this one request for good (context too long, content policy) and says why in `error`.
    """

    text: str
    finish_reason: str = "stop"
    usage: Usage = field(default_factory=Usage)
    reasoning: str = ""
    tool_calls: JSON = None
    logprobs: JSON = None
    model: str = ""
    """The model as the server named it."""
    request_id: str = ""
    latency: float = 0.0
    """Seconds from sending to the last byte; kept in the journal, never in a row."""
    error: str = ""
    endpoint: str = ""
    """Who answered, where a teacher has several endpoints; kept in the journal, never in a row."""

    def to_json(self) -> dict[str, JSON]:
        return {
            "text": self.text,
            "finish_reason": self.finish_reason,
            "usage": self.usage.to_json(),
            "reasoning": self.reasoning,
            "tool_calls": self.tool_calls,
            "logprobs": self.logprobs,
            "model": self.model,
            "request_id": self.request_id,
            "latency": self.latency,
            "error": self.error,
            "endpoint": self.endpoint,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Response":
        return cls(**{**data, "usage": Usage(**data["usage"])})


class Teacher(Protocol):
    """Anything that answers requests: a server, an engine in this process, a function of the request.

    Raises `TransientError` where another try may help and `TeacherError` where no request can succeed.
    """

    @property
    def identity(self) -> Mapping[str, JSON]:
        """What makes it this teacher and no other: kind, model, revision, quantization; never an address or a key."""
        ...

    async def ask(self, request: Request) -> Response: ...

    async def close(self) -> None: ...


@runtime_checkable
class Checked(Protocol):
    """A teacher that can tell what is missing (a key, a model folder) before anything is sent or written."""

    def check(self) -> None:
        """Raise UsageError, which says what is missing."""
        ...


class Ask(Protocol):
    """What a generator is given: a prompt's name and its variables go in, the teacher's answer comes out.

    A generator never sees model names, retries, files or money.
    """

    async def __call__(
        self,
        prompt: str,
        /,
        *,
        teacher: str = "",
        sample: int = 0,
        sampling: Mapping[str, JSON] | None = None,
        schema: JSON = None,
        system: str | None = None,
        **variables: str,
    ) -> Response:
        """`teacher` names another one than the stage's own; `sample` k > 0 asks the same thing once more; `sampling`
        adds to the recipe's and wins over it; `schema` is the JSON schema wanted; `system` takes the place of the
        prompt's own system message."""
        ...

"""What is sent to a teacher, hashed, received and paid; and the two protocols around it, `Teacher` and `Ask`."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol, cast, runtime_checkable

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


def _is_number(value: JSON) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: JSON) -> bool:
    """Whether it is 7 or 7.0, which is sent as 7."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1


def _are_texts(value: JSON) -> bool:
    texts = value if isinstance(value, list | tuple) else [value]
    return all(isinstance(text, str) and text for text in texts)


_Rule = tuple[Callable[[Any], bool], str]
_ROOM: _Rule = (lambda v: _is_whole(v) and v > 0, "must be a number, whole and above 0")
_TABLE: _Rule = (lambda v: isinstance(v, dict), "must be a table")
_NUMBER: _Rule = (_is_number, "must be a number")
SAMPLING: Mapping[str, _Rule] = {
    "temperature": (lambda v: _is_number(v) and v >= 0, "must be a number of at least 0"),
    "top_p": (lambda v: _is_number(v) and 0 <= v <= 1, "must be a number from 0 to 1"),
    "frequency_penalty": _NUMBER,
    "presence_penalty": _NUMBER,
    "max_tokens": _ROOM,
    "max_completion_tokens": _ROOM,
    "seed": (_is_whole, "must be a number, and a whole one"),
    "logprobs": (lambda v: isinstance(v, bool) or (_is_whole(v) and v >= 0), "must be true, false or a whole number"),
    "top_logprobs": (lambda v: _is_whole(v) and v >= 0, "must be a number, whole and at least 0"),
    "stop": (_are_texts, "must be a text or a list of texts, none of them empty"),
    "extra_body": _TABLE,
    "response_format": _TABLE,
    "n": (lambda v: v is not True and v == 1, "buys answers that nobody reads; several samples are several requests"),
    "stream": (lambda v: v is False, "has no use here, where an answer is read when it is whole; leave it out"),
    "model": (lambda _: False, "belongs to ittgen: it stands in [teacher]"),
    "messages": (lambda _: False, "belongs to ittgen: prompts make the messages"),
}
"""What every server takes under these names; any other name passes as it is."""


def check_sampling(sampling: Mapping[str, JSON]) -> None:
    """Raise ValueError for what no server would understand, or what would buy answers that nobody reads."""
    for name, value in sampling.items():
        holds, words = SAMPLING.get(name, (lambda _: True, ""))
        if not holds(value):
            told = f", not {value!r}" if words.startswith("must") else ""
            raise ValueError(f"sampling: {name} {words}{told}")
    for place, schema in _schemas(sampling):
        try:
            check_schema(schema)
        except ValueError as error:
            raise ValueError(f"sampling: {place}: {error}") from None
    if extra := sampling.get("extra_body"):
        check_sampling(cast(Mapping[str, JSON], extra))


def _schemas(sampling: Mapping[str, Any]) -> Iterator[tuple[str, JSON]]:
    """Where JSON schemas stand, in the forms of OpenAI, llama.cpp and vLLM. Raises ValueError where one is missing."""
    form = sampling.get("response_format", {"type": "text"})
    if not isinstance(form.get("type"), str):
        raise ValueError('sampling: response_format needs a "type": "json_schema", "json_object" or "text"')
    if form["type"] == "json_schema":
        told = form.get("json_schema")
        if not (isinstance(told, dict) and isinstance(told.get("name"), str) and told["name"] and "schema" in told):
            raise ValueError("sampling: response_format needs json_schema = { name = …, schema = … }")
        yield "response_format", told["schema"]
    elif "schema" in form:
        yield "response_format", form["schema"]
    if isinstance(guide := sampling.get("guided_json"), dict):
        yield "guided_json", guide


def check_schema(schema: JSON) -> None:
    """Raise ValueError, which says why, where this is no JSON schema; `jsonschema` is imported when first needed."""
    if not isinstance(schema, dict):
        raise ValueError(f"a JSON schema is a table, not {schema!r}")
    _check_schema(canonical(schema))


@lru_cache(maxsize=64)
def _check_schema(schema: str) -> None:
    """Its patterns are the server's business: they are of another kind than Python's."""
    from jsonschema import FormatChecker, SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for

    value = json.loads(schema)
    try:
        kind = validator_for(value, default=Draft202012Validator)
        kind.check_schema(value, format_checker=FormatChecker(()))
    except SchemaError as error:
        where = "".join(f"{step}: " for step in error.path)
        raise ValueError(f"not a JSON schema: {where}{error.message}") from None


def estimated(texts: Iterable[str]) -> int:
    """Tokens of these texts together where nobody has counted them: one for every four bytes, rounded up."""
    return -(-sum(len(text.encode()) for text in texts) // 4)


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
    fingerprint: str = ""
    """The build that answered, in its own words: "vllm-0.32.0-1f8d6b42"; kept in the journal, never in a row."""

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
            "fingerprint": self.fingerprint,
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


@runtime_checkable
class Local(Protocol):
    """A teacher on this machine: its model may be a folder, and it keeps files of its own while it runs."""

    @property
    def called(self) -> str:
        """The model's name in requests: that of its folder, which may move."""
        ...

    def beside(self, folder: Path) -> "Teacher":
        """The same teacher, its relative paths read from this folder, the recipe's, where they are there."""
        ...

    @property
    def alone(self) -> bool:
        """Whether a process bears one such model only."""
        ...

    def keep_in(self, folder: Path) -> None:
        """Where its log is to be kept; told before the first request, if at all."""
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

"""What flows through the engine and what is saved: Message, Example, Provenance, Rejection.

An `Example` is one row from seed to published version. A task that nobody has answered yet has no output. Nothing here
knows where a row comes from; `Provenance` is filled in by the engine, never by a generator.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ittgen.text import JSON, digest

ID_LENGTH = 16
"""Hexadecimal digits of an example's id: 64 bits, one collision to be expected in 6e9 rows."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation: `Message("user", "Name three rivers.")`."""

    role: Literal["system", "user", "assistant"]
    content: str

    def to_json(self) -> dict[str, JSON]:
        return {"role": self.role, "content": self.content}


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a row came to be; the journal holds the requests and the replies themselves."""

    stage: str
    generator: str
    slot: int
    parents: tuple[str, ...] = ()
    """Ids of the examples that were shown or worked on."""
    root: str = ""
    """Id of the task that this line of descent began with; empty where the row has several parents."""
    prompts: tuple[tuple[str, str], ...] = ()
    """(name, sha256) of every prompt used, sorted."""
    requests: tuple[str, ...] = ()
    """Keys of the requests that the slot asked, sorted; the journal knows their order."""
    teacher: Mapping[str, JSON] = field(default_factory=dict)
    """The teacher's identity: kind, model and whatever else makes it another teacher."""

    def to_json(self) -> dict[str, JSON]:
        return {
            "stage": self.stage,
            "generator": self.generator,
            "slot": self.slot,
            "parents": list(self.parents),
            "root": self.root,
            "prompts": [{"name": name, "sha256": sha} for name, sha in self.prompts],
            "requests": list(self.requests),
            "teacher": dict(self.teacher),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Provenance":
        return cls(
            stage=data["stage"],
            generator=data["generator"],
            slot=data["slot"],
            parents=tuple(data["parents"]),
            root=data["root"],
            prompts=tuple((p["name"], p["sha256"]) for p in data["prompts"]),
            requests=tuple(data["requests"]),
            teacher=data["teacher"],
        )


@dataclass(frozen=True, slots=True)
class Example:
    """One row: a task, with its answer once somebody gave one.

    >>> Example("Name a prime number.", output="7").id
    'f3de70d5d154d852'
    """

    instruction: str
    input: str = ""
    output: str = ""
    reasoning: str = ""
    """What the teacher thought aloud, apart from what the student shall say."""
    system: str = ""
    """The system prompt the student shall see."""
    turns: tuple[Message, ...] = ()
    """Further turns of a conversation, after the first output."""
    scores: Mapping[str, float] = field(default_factory=dict)
    """What measures and judges said; thresholds decide later and never overwrite a score."""
    meta: Mapping[str, JSON] = field(default_factory=dict)
    """What the generator or the seed file wants to remember: `{"operation": "deepen", "epoch": 2}`."""
    provenance: Provenance | None = None
    _id: str = field(init=False, repr=False, compare=False, default="")

    @property
    def id(self) -> str:
        """Digest of what the student sees; two rows with one id are the same row. Computed when first asked for."""
        if not self._id:
            seen = [self.system, self.instruction, self.input, self.output, [t.to_json() for t in self.turns]]
            object.__setattr__(self, "_id", digest(seen)[:ID_LENGTH])
        return self._id

    def to_json(self) -> dict[str, JSON]:
        """The row as it is stored and published, every field present."""
        return {
            "id": self.id,
            "instruction": self.instruction,
            "input": self.input,
            "output": self.output,
            "reasoning": self.reasoning,
            "system": self.system,
            "turns": [turn.to_json() for turn in self.turns],
            "scores": dict(self.scores),
            "meta": dict(self.meta),
            "provenance": self.provenance.to_json() if self.provenance else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Example":
        """The row again; fields that are missing are empty."""
        provenance = data.get("provenance")
        return cls(
            instruction=data["instruction"],
            input=data.get("input", ""),
            output=data.get("output", ""),
            reasoning=data.get("reasoning", ""),
            system=data.get("system", ""),
            turns=tuple(Message(**turn) for turn in data.get("turns", ())),
            scores=data.get("scores", {}),
            meta=data.get("meta", {}),
            provenance=Provenance.from_json(provenance) if provenance else None,
        )


@dataclass(frozen=True, slots=True)
class Rejection:
    """A draft that did not become a row, and why: which rule, the value measured and the limit it broke.

    `Rejection(draft, "length", value=3, limit=4)`; `Rejection(text, "unparsed", note="no numbered item")`.
    """

    draft: Example | str
    """The example, or just the text of the reply where no example could be made of it."""
    rule: str
    value: JSON = None
    limit: JSON = None
    near: str = ""
    """Id of the nearest neighbour, where there is one."""
    note: str = ""
    provenance: Provenance | None = None

    def to_json(self) -> dict[str, JSON]:
        draft = self.draft if isinstance(self.draft, str) else replace(self.draft, provenance=None).to_json()
        return {
            "rule": self.rule,
            "value": self.value,
            "limit": self.limit,
            "near": self.near,
            "note": self.note,
            "draft": draft,
            "provenance": self.provenance.to_json() if self.provenance else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Rejection":
        draft, provenance = data["draft"], data["provenance"]
        return cls(
            draft=draft if isinstance(draft, str) else Example.from_json(draft),
            rule=data["rule"],
            value=data["value"],
            limit=data["limit"],
            near=data["near"],
            note=data["note"],
            provenance=Provenance.from_json(provenance) if provenance else None,
        )


@dataclass(frozen=True, slots=True)
class Child:
    """A draft that descends from these parents; empty for all that its slot worked on, which need not be its ancestors.

    A child may be as near to its own ancestors as it likes: 15 words added to 20 score .73 by construction.
    """

    draft: Example | Rejection
    parents: tuple[Example, ...]


Draft = Example | Rejection | Child
"""What a generator returns: a generator may itself reject (an elimination, a reply that does not parse)."""

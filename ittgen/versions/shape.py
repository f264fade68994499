"""The shape of a version: which columns its rows share, and of what type, so that every row has the same ones.

`datasets` reads JSONL in chunks of 10 MB, guesses each chunk's types and casts them to one schema: a struct whose keys
or types vary from row to row would not survive. So the optional columns are there for all rows or for none, and a
mapping with free keys (meta, scores, a teacher's identity) becomes a struct with the union of the plain keys, null
where a row lacks one. What is not plain goes to its `extra_json` as JSON text: keys whose type varies, nested values,
nulls, integers beyond 2^53, odd names, and text that begins with a date, which Arrow would turn into a timestamp and
print differently. Nothing is lost either way.

Out of reach: where every instruction, input or output of a chunk is a date, `load_dataset` gives it back with a time
behind it ("2024-01-01 00:00:00"); the files are right, and so is `Dataset.to_hf`.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ittgen.records import Example
from ittgen.text import JSON, canonical

EXTRA = "extra_json"
RESERVED = {"stage", "generator", EXTRA}
"""Names of ours in a struct with free keys; a key of that name, or with underscores behind it, gets one more."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PLAIN_NAME = re.compile(r"[^\W_][\w-]*")
_NUMBERS = {"int64", "float64"}
_LARGEST = 2**53
_UNKNOWN = "list:?"

Column = Mapping[str, Any]
"""{"name", "dtype"}, {"name", "list"} or {"name", "struct"}: a column as the card's YAML describes it."""


@dataclass(frozen=True, slots=True)
class Bag:
    """How a mapping with free keys is laid out: {"epoch": "int64", "ops": "list:string"}, and an extra or not."""

    kinds: Mapping[str, str]
    extra: bool

    def __bool__(self) -> bool:
        return bool(self.kinds) or self.extra

    def pack(self, values: Mapping[str, JSON]) -> dict[str, JSON]:
        """The mapping with every key of the bag; `unpack` gives it back."""
        packed: dict[str, JSON] = {_escape(key): values.get(key) for key in self.kinds}
        if self.extra:
            rest = {key: value for key, value in values.items() if key not in self.kinds}
            packed[EXTRA] = canonical(rest) if rest else None
        return packed

    @property
    def columns(self) -> list[Column]:
        columns = [_column(_escape(key), kind) for key, kind in self.kinds.items()]
        return columns + [_column(EXTRA, "string")] * self.extra


def unpack(packed: Mapping[str, Any]) -> dict[str, Any]:
    """The mapping that a bag packed."""
    values = {_unescape(key): value for key, value in packed.items() if value is not None and key != EXTRA}
    return {**values, **json.loads(packed.get(EXTRA) or "{}")}


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of one version have in common."""

    rows: int
    system: bool
    reasoning: bool
    messages: bool
    scores: Bag
    meta: Bag
    teacher: Bag

    @property
    def columns(self) -> list[Column]:
        """Every column in the order of the rows' keys."""
        optional = [("system", self.system), ("reasoning", self.reasoning)]
        columns = [_column(name, "string") for name in ("id", "instruction", "input", "output")]
        columns += [_column(name, "string") for name, used in optional if used]
        columns += [{"name": "messages", "list": _texts("role", "content")}] * self.messages
        columns += [{"name": "scores", "struct": self.scores.columns}] * bool(self.scores)
        columns += [{"name": "meta", "struct": _texts("stage", "generator") + self.meta.columns}]
        return [*columns, {"name": "provenance", "struct": self._provenance()}]

    def _provenance(self) -> list[Column]:
        columns: list[Column] = [
            *_texts("stage", "generator"),
            _column("slot", "int64"),
            _column("parents", "list:string"),
            _column("root", "string"),
            {"name": "prompts", "list": _texts("name", "sha256")},
            _column("requests", "list:string"),
        ]
        return columns + [{"name": "teacher", "struct": self.teacher.columns}] * bool(self.teacher)


def learn(examples: Iterable[Example]) -> Shape:
    """The shape of these rows, in one walk."""
    rows, system, reasoning, messages = 0, False, False, False
    scores, meta, teacher = _Census(), _Census(), _Census()
    for example in examples:
        rows += 1
        system = system or bool(example.system)
        reasoning = reasoning or bool(example.reasoning)
        messages = messages or bool(example.turns)
        scores.count(example.scores)
        meta.count(example.meta)
        teacher.count(example.provenance.teacher if example.provenance else {})
    return Shape(rows, system, reasoning, messages, scores.bag("float64"), meta.bag(), teacher.bag())


@dataclass(slots=True)
class _Census:
    """The kinds that the keys of many mappings were seen with; None for a key that is not plain."""

    kinds: dict[str, str | None] = field(default_factory=dict)

    def count(self, values: Mapping[str, JSON]) -> None:
        for key, value in values.items():
            kind = _kind(value) if _PLAIN_NAME.fullmatch(key) else None
            self.kinds[key] = _merged(self.kinds.get(key, kind), kind)

    def bag(self, integers: str = "int64") -> Bag:
        """The layout; integers alone in their column become `integers`."""
        settled = {"int64": integers, _UNKNOWN: "list:string"}
        plain = {key: settled.get(kind, kind) for key, kind in sorted(self.kinds.items()) if kind}
        return Bag(plain, extra=len(plain) < len(self.kinds))


def _kind(value: Any) -> str | None:
    """ "string", "int64", "list:float64" …; None for what is not plain."""
    if isinstance(value, list | tuple):
        return _list_kind(value)
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int64" if abs(value) <= _LARGEST else None
    if isinstance(value, str):
        return None if _DATE.match(value) else "string"
    return "float64" if isinstance(value, float) else None


def _list_kind(items: Iterable[Any]) -> str | None:
    merged: str | None = _UNKNOWN
    for item in items:
        kind = None if isinstance(item, list | tuple) else _kind(item)
        merged = _merged(merged, kind and f"list:{kind}")
    return merged


def _merged(one: str | None, other: str | None) -> str | None:
    """The kind that holds both, or None."""
    if one is None or other is None or one == other:
        return one if one == other else None
    if one.startswith("list:") != other.startswith("list:"):
        return None
    if _UNKNOWN in (one, other):
        return other if one == _UNKNOWN else one
    both_numbers = {one.removeprefix("list:"), other.removeprefix("list:")} == _NUMBERS
    return one.replace("int64", "float64") if both_numbers else None


def _column(name: str, kind: str) -> Column:
    if kind.startswith("list:"):
        return {"name": name, "list": kind.removeprefix("list:")}
    return {"name": name, "dtype": kind}


def _texts(*columns: str) -> list[Column]:
    return [_column(name, "string") for name in columns]


def _escape(key: str) -> str:
    return f"{key}_" if key.rstrip("_") in RESERVED else key


def _unescape(key: str) -> str:
    return key[:-1] if key.endswith("_") and key.rstrip("_") in RESERVED else key

"""An example as a row of a version, and a row as the example again, equal to the one that was frozen.

A row's meta begins with the stage and the generator, taken from the provenance; they are for people who filter rows and
are left out again when the row is read. Rejections are written whole, with their stage first.
"""

import json
from collections.abc import Mapping
from typing import Any

from ittgen.records import Example, Message, Provenance, Rejection
from ittgen.text import JSON
from ittgen.versions.shape import Shape, unpack

OURS = ("stage", "generator")


def to_row(example: Example, shape: Shape) -> dict[str, Any]:
    """The row with the columns of its version, in their order."""
    row: dict[str, Any] = {
        "id": example.id,
        "instruction": example.instruction,
        "input": example.input,
        "output": example.output,
    }
    if shape.system:
        row["system"] = example.system
    if shape.reasoning:
        row["reasoning"] = example.reasoning
    if shape.messages:
        row["messages"] = conversation(example)
    if shape.scores:
        row["scores"] = shape.scores.pack(example.scores)
    row["meta"] = {**_origin(example.provenance), **shape.meta.pack(example.meta)}
    row["provenance"] = _provenance(example.provenance, shape)
    return row


def to_example(row: Mapping[str, Any]) -> Example:
    """The example that a row was made of. Raises KeyError, TypeError or ValueError where it is none of ours."""
    meta = {key: value for key, value in row["meta"].items() if key not in OURS}
    system = row.get("system", "")
    return Example(
        instruction=row["instruction"],
        input=row["input"],
        output=row["output"],
        reasoning=row.get("reasoning", ""),
        system=system,
        turns=tuple(Message(**turn) for turn in row.get("messages", ())[3 if system else 2 :]),
        scores=unpack(row.get("scores", {})),
        meta=unpack(meta),
        provenance=_from_provenance(row["provenance"]),
    )


def conversation(example: Example) -> list[dict[str, JSON]]:
    """Every message: [system,] user, assistant, further turns; the user's is instruction, blank line, input."""
    task = "\n\n".join(part for part in (example.instruction, example.input) if part)
    system = [Message("system", example.system)] if example.system else []
    messages = [*system, Message("user", task), Message("assistant", example.output), *example.turns]
    return [message.to_json() for message in messages]


def to_rejected(rejection: Rejection) -> dict[str, Any]:
    return {"stage": stage_of(rejection), **rejection.to_json()}


def stage_of(record: Example | Rejection) -> str:
    """The stage it came from; "" where nobody knows."""
    return record.provenance.stage if record.provenance else ""


def line(row: Mapping[str, Any]) -> bytes:
    """One line of JSONL: UTF-8, every character as it is, ended by "\\n" alone."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def _origin(provenance: Provenance | None) -> dict[str, JSON]:
    return {name: getattr(provenance, name, None) for name in OURS}


def _provenance(provenance: Provenance | None, shape: Shape) -> dict[str, Any] | None:
    if provenance is None:
        return None
    teacher = {"teacher": shape.teacher.pack(provenance.teacher)} if shape.teacher else {}
    return {key: value for key, value in provenance.to_json().items() if key != "teacher"} | teacher


def _from_provenance(data: Mapping[str, Any] | None) -> Provenance | None:
    if data is None:
        return None
    return Provenance.from_json({**data, "teacher": unpack(data.get("teacher", {}))})

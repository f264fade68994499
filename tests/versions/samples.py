"""Examples, rejections and a content to freeze, for the tests of versions."""

from collections.abc import Iterable, Sequence
from typing import Any

from ittgen.records import Example, Message, Provenance, Rejection
from ittgen.versions.freeze import Content

RECIPE = {
    "name": "small",
    "seed": 42,
    "stage": [
        {"name": "propose", "generator": {"use": "self-instruct"}},
        {"name": "answer", "source": "propose", "generator": {"use": "distill"}, "publish": True},
    ],
}


def provenance(stage: str = "answer", slot: int = 0) -> Provenance:
    return Provenance(
        stage=stage,
        generator="distill",
        slot=slot,
        parents=("00000000000000aa",),
        root="00000000000000aa",
        prompts=(("distill/answer", "f" * 64),),
        requests=("a" * 64,),
        teacher={"kind": "procedural", "model": "tiny"},
    )


def example(number: int, **fields: Any) -> Example:
    base: dict[str, Any] = {"output": f"It is {number}.", "provenance": provenance(slot=number)}
    return Example(f"Name the number {number}.", **(base | fields))


def rich(number: int, **fields: Any) -> Example:
    """An example with every field in use, and a conversation."""
    base: dict[str, Any] = dict(
        input="In words,\u2028please:\t„zwölf“ 🌲",
        reasoning="Counting.",
        system="Be brief.",
        turns=(Message("user", "And then?"), Message("assistant", f"{number + 1}")),
        scores={"helpfulness": 4.5, "rouge": 0.123456789012345},
        meta={"operation": "deepen", "epoch": number},
    )
    return example(number, **(base | fields))


def rejections() -> list[Rejection]:
    return [
        Rejection(
            example(901, provenance=None),
            "near-duplicate",
            0.81,
            0.7,
            near=example(1).id,
            provenance=provenance("propose", 7),
        ),
        Rejection("1. ", "unparsed", note="no item", provenance=provenance("propose", 8)),
        Rejection(rich(903, provenance=None), "length", value=2, limit=[4, 150], provenance=provenance("answer", 9)),
    ]


def content(rows: Sequence[Example], dropped: Iterable[Rejection] = (), **facts: Any) -> Content:
    kept = list(dropped)
    stages = [{"name": "propose", "accepted": 9}, {"name": "answer", "accepted": len(rows)}]
    base: dict[str, Any] = {"name": "small", "recipe": RECIPE, "stages": stages, "ittgen": "0.1.0"}
    return Content(rows=lambda: iter(rows), rejections=lambda: iter(kept), **(base | facts))

"""Self-Instruct, steps 2 and 3: is a task a classification, and then its instances (arXiv 2212.10560, section 2.2).

A slot is one task. A classification gets its labels first and an input for each, because inputs written first lean
towards one label; any other task gets inputs first. Knows nothing of filters and duplicates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from ittgen.calls import Ask, check_sampling
from ittgen.generators.base import Slot, Work
from ittgen.generators.parse import yes_no
from ittgen.generators.parse_classes import output_first_pieces
from ittgen.generators.parse_instances import Pair, input_first_pieces
from ittgen.generators.replies import leftovers, refused
from ittgen.records import Draft, Example, Rejection
from ittgen.text import JSON


def _greedy(max_tokens: int, **more: JSON) -> Mapping[str, JSON]:
    # The paper's code says top_p 0. At temperature 0 it decides nothing, and vLLM refuses it.
    return {"temperature": 0, "top_p": 1.0, **more, "max_tokens": max_tokens}


@dataclass(frozen=True, slots=True)
class Instances:
    """`Instances(max_instances=5)`: two calls a task, up to five examples."""

    max_instances: int = 5
    """Instances kept of one task; a model that writes more has the rest rejected."""
    classify: Mapping[str, JSON] = field(default_factory=lambda: _greedy(3))
    """Sampling of the question whether it is a classification. A model that thinks first needs more tokens."""
    input_first: Mapping[str, JSON] = field(default_factory=lambda: _greedy(350, presence_penalty=1.5))
    """Sampling of the instances of any other task."""
    output_first: Mapping[str, JSON] = field(default_factory=lambda: _greedy(300, presence_penalty=1.5))
    """Sampling of the instances of a classification. Each of the three tables is replaced as a whole."""

    prompts: ClassVar[tuple[str, ...]] = (
        "self-instruct/classify",
        "self-instruct/input-first",
        "self-instruct/output-first",
    )
    reads_pool: ClassVar[bool] = False

    def __post_init__(self) -> None:
        for sampling in (self.classify, self.input_first, self.output_first):
            check_sampling(sampling)
        if self.max_instances < 1:
            raise ValueError("max_instances must be 1 or more")

    def expects(self) -> tuple[float, float]:
        """Two calls, and about half of the instances it may keep."""
        return 2, (1 + self.max_instances) / 2

    def plan(self, slot: Slot) -> Work | None:
        """The slot's own task; None once the source has no more."""
        return Work((slot.source[slot.number],)) if slot.number < len(slot.source) else None

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        """The kind of the task, then its instances."""
        task = work.parents[0]
        response = await ask("self-instruct/classify", sampling=dict(self.classify), instruction=task.instruction)
        if rejection := refused(response):
            return [rejection]
        kind = yes_no(response.text)
        if kind is None:
            return [Rejection(task, "classify-unparsed", note=response.text or f"no text, {response.finish_reason}")]
        return await self._instances(task, kind, ask)

    async def _instances(self, task: Example, is_classification: bool, ask: Ask) -> list[Draft]:
        name, sampling, parse = (
            ("self-instruct/output-first", self.output_first, output_first_pieces)
            if is_classification
            else ("self-instruct/input-first", self.input_first, input_first_pieces)
        )
        response = await ask(name, sampling=dict(sampling), instruction=task.instruction)
        if rejection := refused(response):
            return [rejection]
        pieces = parse(response.text, response.finish_reason)
        examples = [_example(task, pair, is_classification) for pair in pieces.items]
        return [*self._kept(examples), *leftovers(pieces, response)]

    def _kept(self, examples: Sequence[Example]) -> list[Draft]:
        if (contradicted := _contradicted(examples)) is not None:
            return [Rejection(example, "conflicting-outputs", value=contradicted) for example in examples]
        over = examples[self.max_instances :]
        return [
            *examples[: self.max_instances],
            *(Rejection(example, "max-instances", len(examples), self.max_instances) for example in over),
        ]


def _example(task: Example, pair: Pair, is_classification: bool) -> Example:
    said, output = pair
    meta = {"is_classification": is_classification}
    return Example(task.instruction, input=said, output=output, system=task.system, meta=meta)


def _contradicted(examples: Sequence[Example]) -> str | None:
    """An input, not empty, that stands with different outputs; None where there is none."""
    first: dict[str, str] = {}
    for example in examples:
        if example.input and first.setdefault(example.input, example.output) != example.output:
            return example.input
    return None

"""Alpaca: instruction, input and output of many tasks in one call (https://github.com/tatsu-lab/stanford_alpaca).

A slot shows tasks by people only, with their answers, and asks for more of the same form. Knows nothing of filters and
duplicates; what the released code does and this does otherwise is in docs/methods.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from ittgen.calls import Ask, check_sampling
from ittgen.chance import sample
from ittgen.generators.base import Slot, Work
from ittgen.generators.parse_alpaca import alpaca_pieces
from ittgen.generators.replies import leftovers, one_line, refused
from ittgen.records import Draft, Example
from ittgen.text import JSON


@dataclass(frozen=True, slots=True)
class Alpaca:
    """`Alpaca(human=3, new=17)`: three complete tasks shown, seventeen asked for."""

    human: int = 3
    """Tasks shown, from the stage's source."""
    new: int = 17
    """Tasks asked for; a reply that gives more keeps them, since all pass the same filters."""
    sampling: Mapping[str, JSON] = field(default_factory=lambda: {"temperature": 1.0, "top_p": 1.0, "max_tokens": 3072})
    """The released code's numbers; a table in the recipe replaces all of them."""

    prompts: ClassVar[tuple[str, ...]] = ("alpaca/propose",)
    reads_pool: ClassVar[bool] = False

    def __post_init__(self) -> None:
        check_sampling(self.sampling)
        if self.human < 1 or self.new < 1:
            raise ValueError("human and new must be 1 or more")

    def expects(self) -> tuple[float, float]:
        """One call, and as many drafts as it asks for."""
        return 1, self.new

    def plan(self, slot: Slot) -> Work:
        """Different tasks from the source. Never None: the stage's target ends it."""
        source = slot.source
        return Work(tuple(source[i] for i in sample(slot.rng("human"), len(source), self.human)))

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        """Every complete task of the reply as an example."""
        first, last = len(work.parents) + 1, len(work.parents) + self.new
        response = await ask(
            "alpaca/propose",
            sampling=dict(self.sampling),
            tasks="\n###\n".join(_block(i, parent) for i, parent in enumerate(work.parents, 1)),
            first=str(first),
            last=str(last),
        )
        if rejection := refused(response):
            return [rejection]
        pieces = alpaca_pieces(response.text, response.finish_reason, first)
        examples = [Example(instruction, said, output) for instruction, said, output in pieces.items]
        return [*examples, *leftovers(pieces, response)]


def _block(number: int, task: Example) -> str:
    """A task as the prompt shows it; input and output keep their lines."""
    fields = {
        "Instruction": one_line(task.instruction),
        "Input": task.input.strip() or "<noinput>",
        "Output": task.output,
    }
    return "\n".join(f"{number}. {name}: {text.strip()}" for name, text in fields.items())

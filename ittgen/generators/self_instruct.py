"""Self-Instruct, step 1: new instructions from a few old ones (https://arxiv.org/abs/2212.10560, section 2.2).

A slot shows tasks by people and tasks by the teacher, and asks for more. Knows nothing of filters and duplicates; what
the paper's code does and this does otherwise is in docs/methods.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from ittgen.calls import Ask, check_sampling
from ittgen.chance import sample, shuffled
from ittgen.generators.base import Slot, Work
from ittgen.generators.parse_list import list_pieces
from ittgen.generators.replies import leftovers, numbered, one_line, refused
from ittgen.records import Draft, Example, Rejection
from ittgen.text import JSON


@dataclass(frozen=True, slots=True)
class SelfInstruct:
    """`SelfInstruct(human=6, machine=2)`: eight tasks shown, seven asked for, for as long as the stage wants more."""

    human: int = 6
    """Tasks shown from the stage's source."""
    machine: int = 2
    """Tasks shown from what this stage has accepted; while it has fewer, more are taken from the source."""
    new: int = 7
    """Tasks asked for; a reply that gives more keeps them, since all pass the same filters."""
    sampling: Mapping[str, JSON] = field(
        default_factory=lambda: {
            "temperature": 0.7,
            "top_p": 0.5,
            "frequency_penalty": 0,
            "presence_penalty": 2,
            "max_tokens": 1024,
        }
    )
    """The paper's numbers; a table in the recipe replaces all of them."""

    prompts: ClassVar[tuple[str, ...]] = ("self-instruct/propose",)
    reads_pool: ClassVar[bool] = True

    def __post_init__(self) -> None:
        check_sampling(self.sampling)
        if self.human < 0 or self.machine < 0 or self.human + self.machine < 1 or self.new < 1:
            raise ValueError("human and machine must not be negative nor both 0, and new must be 1 or more")

    def expects(self) -> tuple[float, float]:
        """One call, and as many drafts as it asks for."""
        return 1, self.new

    def plan(self, slot: Slot) -> Work:
        """Different tasks from pool and source, shuffled. Never None: the stage's target ends it."""
        pool, source = slot.pool, slot.source
        machine = [pool[i] for i in sample(slot.rng("machine"), len(pool), self.machine)]
        wanted = self.human + self.machine - len(machine)
        human = [source[i] for i in sample(slot.rng("human"), len(source), wanted)]
        return Work(tuple(shuffled(slot.rng("order"), human + machine)))

    async def run(self, work: Work, ask: Ask) -> list[Draft]:
        """Every task of the reply as an example without input and output."""
        shown = [one_line(parent.instruction) for parent in work.parents]
        first, last = len(shown) + 1, len(shown) + self.new
        response = await ask(
            "self-instruct/propose",
            sampling=dict(self.sampling),
            tasks=numbered(shown),
            first=str(first),
            last=str(last),
        )
        if rejection := refused(response):
            return [rejection]
        pieces = list_pieces(response.text, response.finish_reason, first)
        return [*(_draft(text, shown, work) for text in pieces.items), *leftovers(pieces, response)]


def _draft(text: str, shown: list[str], work: Work) -> Draft:
    """The task, unless the teacher only repeated one that it was shown."""
    example = Example(instruction=text)
    line = one_line(text)
    if line not in shown:
        return example
    return Rejection(example, "repeated", near=work.parents[shown.index(line)].id)

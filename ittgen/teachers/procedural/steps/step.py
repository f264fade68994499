"""A step: a sentence at the end of a task that asks for more, and what it does to the answer.

    Step("half", REASONING, lines('''Then halve the result.'''), lambda answer, params: …)

Like a family's templates, its sentences are read back from the text, so an evolved task needs no memory either. A step
knows the answer so far and its own parameters, not the task that it is added to.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Literal

from ittgen.chance import pick
from ittgen.teachers.procedural.family import Params

Layer = Literal["value", "form", "line"]
"""What a step changes: the value computed so far, the form in which the final value is written, or the lines below it.

Values are computed first, in the order of the sentences; then come the forms, then the lines, which speak of the value.
"""

_SLOT = re.compile(r"\{(\w+)\}")


def nothing(rng: Random, answer: str) -> Params:
    """No parameters."""
    return {}


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One kind of further demand. `apply` and `draw` raise ValueError for an answer that it does not fit."""

    name: str
    operations: tuple[str, ...]
    """The operations of evol-instruct and evol-code that may add it."""
    layer: Layer
    templates: tuple[str, ...]
    apply: Callable[[str, Params], str]
    """(answer so far, parameters) -> the answer after it; of a "line" the line that it adds."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """What may stand in a slot of the templates: patterns without groups."""
    draw: Callable[[Random, str], Params] = nothing
    """(chance, answer so far) -> parameters."""
    table: Callable[[Random, int], list[str]] | None = None
    """(chance, how many) -> values of the data block that it comes with; `apply` finds the one it needs in "value"."""
    block: Callable[[Random, str], str] | None = None
    """(chance, answer so far) -> a fenced block that it comes with and that nothing is read from."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A step with its parameters, as a task states it."""

    step: Step
    params: Params

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What it demands, whatever the wording."""
        return self.step.name, tuple(sorted(self.params.items()))


def sentence(rng: Random, step: Step, params: Params) -> str:
    """The step in words."""
    return _SLOT.sub(lambda slot: params[slot[1]], pick(rng, step.templates))


def last(text: str, steps: tuple[Step, ...]) -> tuple[str, Applied] | None:
    """The text before its last sentence, and that sentence as a step; None where it is none."""
    for step, head, template in _heads(steps):
        at = text.rfind(head)
        if at > 0 and text[at - 1] == " " and (match := _pattern(step, template).fullmatch(text, at)):
            return text[: at - 1], Applied(step, match.groupdict())
    return None


@cache
def _heads(steps: tuple[Step, ...]) -> list[tuple[Step, str, str]]:
    """Every template with the words before its first slot; those of a sentence without slots are the sentence."""
    return [(step, _SLOT.split(text, maxsplit=1)[0], text) for step in steps for text in step.templates]


@cache
def _pattern(step: Step, template: str) -> re.Pattern[str]:
    parts = _SLOT.split(template)
    pieces: list[str] = []
    for i, part in enumerate(parts):
        group = f"(?P<{part}>{step.slots[part]})" if i % 2 else re.escape(part)
        pieces.append(f"(?P={part})" if i % 2 and group in pieces else group)
    return re.compile("".join(pieces))

"""All texts of a row, to be looked at and to be mended: what the rules on damage have in common."""

from collections.abc import Callable
from dataclasses import replace

from ittgen.records import Example, Message


def texts(example: Example) -> list[tuple[str, str]]:
    """Every text of a row with its name."""
    named = [("output", example.output), ("instruction", example.instruction)]
    named += [(name, text) for name, text in (("input", example.input), ("system", example.system)) if text]
    return named + [("conversation", turn.content) for turn in example.turns] if example.turns else named


def mended(example: Example, mend: Callable[[str], str]) -> Example:
    """The example with every text mended; the same object where nothing changed."""
    if all(mend(text) == text for _, text in texts(example)):
        return example
    instruction, given = mend(example.instruction), mend(example.input)
    output, system = mend(example.output), mend(example.system)
    turns = tuple(Message(turn.role, mend(turn.content)) for turn in example.turns)
    return replace(example, instruction=instruction, input=given, output=output, system=system, turns=turns)

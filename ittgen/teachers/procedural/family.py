"""A family of tasks: templates that word it, a maker of inputs, and the function that computes the right answer.

    Family("average", lines('''Work out the mean of {counts} noted by {who}.'''), solve=…, make=…)

A template's slots are the fields of a `Scene` (`{who}`, `{Who}` with a capital) and the family's own parameters, which
are read back from the instruction. So a task needs no memory: everything about it follows from its text. Nothing here
knows prompts, replies or mistakes.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random

from ittgen.chance import below, pick
from ittgen.teachers.procedural.topics import SCENES, TAILS, Scene

Params = Mapping[str, str]

_UNFIT = (ArithmeticError, AttributeError, LookupError, TypeError, SyntaxError, RecursionError, StopIteration)
"""What computing an answer runs into, besides ValueError, where a text is no input of the family."""

TAIL_SHARE = 0.75
"""Share of instructions that end with a sentence about what the answer is for."""

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Param:
    """What may stand in a slot: a pattern without groups to read it by, and a way to choose it."""

    pattern: str
    draw: Callable[[Random], str]


def choice(*words: str) -> Param:
    """One of some phrases; where one begins another, the longer one is tried first."""
    ordered = sorted(words, key=len, reverse=True)
    return Param("|".join(map(re.escape, ordered)), lambda rng: pick(rng, words))


def whole(low: int, high: int, step: int = 1) -> Param:
    """A whole number from low to high, both included."""
    return Param(r"\d+", lambda rng: str(low + step * below(rng, (high - low) // step + 1)))


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """One kind of task with everything needed to pose it, recognise it and answer it."""

    name: str
    templates: tuple[str, ...]
    solve: Callable[[str, Params], str]
    """(input, parameters) -> the answer; anything of `_UNFIT` or ValueError when the input is none of this family."""
    make: Callable[[Random, Params, str], str] | None = None
    """(chance, parameters, label wanted or "") -> an input; None: the task stands alone, its input is empty."""
    params: Mapping[str, Param] = field(default_factory=dict)
    labels: Callable[[Params], tuple[str, ...]] | None = None
    """The labels of a classification task; None: it is no classification task."""
    tails: tuple[str, ...] = TAILS
    """What an instruction may end with."""

    @property
    def is_classification(self) -> bool:
        return self.labels is not None


@dataclass(frozen=True, slots=True)
class Task:
    """An instruction understood: its family and the parameters read from its text."""

    family: Family
    params: Params

    def solve(self, text: str) -> str:
        """The right answer for an input. Raises ValueError when the input is none of this task."""
        try:
            return self.family.solve(text, self.params)
        except _UNFIT as error:
            raise ValueError(f"no input of a {self.family.name} task: {text[:80]!r}") from error


def lines(text: str) -> tuple[str, ...]:
    """Templates written one a line; a backslash at its end continues a line."""
    return tuple(" ".join(line.split()) for line in text.strip().splitlines())


def always(*labels: str) -> Callable[[Params], tuple[str, ...]]:
    """The same labels whatever the parameters are."""
    return lambda params: labels


def instruction(rng: Random, family: Family) -> str:
    """A new instruction of a family."""
    return instruction_in(rng, family, SCENES)


def instruction_in(rng: Random, family: Family, scenes: Sequence[Scene]) -> str:
    """A new instruction of a family in one of the scenes."""
    template, scene = pick(rng, family.templates), pick(rng, scenes)
    params = {name: param.draw(rng) for name, param in family.params.items()}
    text = fill(template, scene, params)
    return f"{text} {pick(rng, family.tails)}" if rng.random() < TAIL_SHARE else text


def fill(template: str, scene: Scene, params: Params) -> str:
    """The template with its slots filled: `{Who}` is `{who}` with a capital."""
    words = {**scene._asdict(), **params}

    def value(slot: re.Match[str]) -> str:
        word: str = words[slot[1].lower()]
        return word if slot[1] in words else word[:1].upper() + word[1:]

    return _SLOT.sub(value, template)


def read(family: Family, text: str) -> Params | None:
    """The parameters of an instruction in this family's words, or None when it is in none of its templates."""
    lowered = text.lower()
    for template in family.templates:
        if _mark(template) in lowered and (match := _pattern(family, template).fullmatch(text)):
            return match.groupdict()
    return None


@cache
def _mark(template: str) -> str:
    """The longest literal piece: where it is missing, no pattern needs to be tried."""
    return max(_SLOT.split(template)[::2], key=len).lower()


@cache
def _pattern(family: Family, template: str) -> re.Pattern[str]:
    pieces: list[str] = []
    for i, part in enumerate(_SLOT.split(template)):
        pieces.append(_piece(family, part.lower(), pieces) if i % 2 else re.escape(part))
    return re.compile("".join(pieces) + r"(?: .+)?", re.IGNORECASE)


def _piece(family: Family, name: str, before: list[str]) -> str:
    if name not in family.params:
        return ".+?"
    group = f"(?P<{name}>{family.params[name].pattern})"
    return f"(?P={name})" if group in before else group

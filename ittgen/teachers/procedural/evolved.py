"""A task with further steps, understood from its text alone: base task, steps, input, blocks of data.

    understand("Which is the median? … Then multiply the result by 3, …", "9, 4, 7")

The steps stand as sentences at the end of the instruction's prose; blocks of data stand below it or below the input.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ittgen.teachers.procedural import blocks
from ittgen.teachers.procedural.families import find
from ittgen.teachers.procedural.family import Family, Params, Task
from ittgen.teachers.procedural.heart import recall
from ittgen.teachers.procedural.steps import peeled
from ittgen.teachers.procedural.steps.step import Applied, Layer

LONGEST = 20_000
"""Characters of an answer beyond which no step goes on."""

_BELOW = re.compile(r"\s*\n[ \t]*(?:\n|(?=```))")


@dataclass(frozen=True, slots=True)
class Evolved:
    """A task, perhaps with steps. `family` and `params` are its base's."""

    base: Task
    steps: tuple[Applied, ...] = ()
    input: str = ""
    """The input that stands in the text, blocks of data apart."""
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def family(self) -> Family:
        return self.base.family

    @property
    def params(self) -> Params:
        return self.base.params

    @property
    def key(self) -> object:
        """What the task demands, whatever the wording: equal keys are equal tasks."""
        params = sorted((name, value.lower()) for name, value in self.params.items())
        names = {step.params["table"] for step in self.steps if step.step.table}
        data = [(name, self.tables.get(name)) for name in sorted(names)]
        return self.family.name, params, [step.key for step in self.steps], " ".join(self.input.split()), data

    def solve(self, text: str = "") -> str:
        """The right answer for an input, or for its own. Raises ValueError when the input does not fit."""
        value = self.values(text)[-1][1]
        form = value
        for step in self._layer("form"):
            form = self._applied(step, form)
        return "\n".join([form, *(self._applied(step, value) for step in self._layer("line"))])

    def values(self, text: str = "") -> list[tuple[str, str]]:
        """(name of the step, value after it), the base first, as far as steps change the value. Raises ValueError."""
        given = text or self.input
        if self.family.make and not given.strip():
            raise ValueError(f"a {self.family.name} task needs an input")
        found = [("", self.base.solve(given))]
        if not found[0][1]:
            raise ValueError(f"nothing comes out of this {self.family.name} task")
        for step in self._layer("value"):
            found.append((step.step.name, self._applied(step, found[-1][1])))
        return found

    def _layer(self, layer: Layer) -> list[Applied]:
        return [step for step in self.steps if step.step.layer == layer]

    def _applied(self, step: Applied, answer: str) -> str:
        params = dict(step.params)
        if step.step.table:
            rows = self.tables.get(params["table"], {})
            if params["key"] not in rows:
                raise ValueError(f"no data {params['table']!r} for {params['key']!r}")
            params["value"] = rows[params["key"]]
        if len(after := step.step.apply(answer, params)) > LONGEST:
            raise ValueError(f"longer than {LONGEST} characters")
        return after


@lru_cache(maxsize=4096)
def understand(instruction: str, given: str = "") -> Evolved | None:
    """The task that a text states, its input given apart or below a blank line; None where it is in no known words."""
    head, rest = parts(instruction)
    prose, steps = peeled(" ".join(head.split()))
    below = "\n\n".join(part for part in (rest, given) if part)
    tables = blocks.tables(below) if steps else {}
    left = blocks.without_tables(below) if tables else below
    if base := find(prose if steps else instruction):
        return Evolved(base, steps, left if tables else given or rest, tables)
    seed = recall(prose, left)
    return Evolved(seed, steps, left, tables) if seed else None


def parts(text: str) -> tuple[str, str]:
    """The prose that a text begins with, and what stands below a blank line or the first fence."""
    if (gap := _BELOW.search(text)) is None:
        return text, ""
    rest = text[gap.end() :].strip()
    return text[: gap.start()], rest.removeprefix("Input:").strip() if rest.startswith("Input:") else rest

"""A small grammar of tasks with their instances: what the tiny teacher is trained on. Knows no prompts and no model.

    task = draw(rng, kinds())      # "Name the capital of the given country. Keep the sentences short."
    task.instances(rng)            # [("Peru", "Lima"), ("Kenya", "Nairobi")]

Its words are in words.toml, the tasks made of them in tasks.toml.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from ittgen.chance import below, pick, sample, shuffled

HERE = Path(__file__).parent
FEWEST, MOST = 2, 3
"""Instances of a task that works on an input."""

Pair = tuple[str, str]
"""(input, output); an input of a task that can be done as it stands is ""."""

_SLOT = re.compile(r"\{(?P<name>(?P<list>[A-Za-z]+)\d?)(?:\.(?P<part>[abc]))?\}")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of task: its wordings, and one of three ways to make instances of it."""

    name: str
    say: Sequence[str]
    output: Sequence[str] = ()
    """Answers of a task that can be done as it stands."""
    pairs: Sequence[tuple[str, str]] = ()
    """Inputs, each with its output."""
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Label -> inputs that deserve it."""


@dataclass(frozen=True, slots=True)
class Task:
    """An instruction, and what its slots hold."""

    kind: Kind
    instruction: str
    slots: Mapping[str, str]

    @property
    def is_classification(self) -> bool:
        return bool(self.kind.labels)

    def instances(self, rng: Random) -> list[Pair]:
        """One instance of a task without input, one for each label, or two or three with different inputs."""
        if self.kind.output:
            return [("", fill(rng, pick(rng, self.kind.output), dict(self.slots)))]
        if self.is_classification:
            return [(self._input(rng, inputs), label) for label, inputs in shuffled(rng, [*self.kind.labels.items()])]
        found: dict[str, str] = {}
        count = FEWEST + below(rng, MOST - FEWEST + 1)
        while len(found) < count:
            slots = dict(self.slots)
            given, wanted = pick(rng, self.kind.pairs)
            found[fill(rng, given, slots)] = fill(rng, wanted, slots)
        return list(found.items())

    def _input(self, rng: Random, inputs: Sequence[str]) -> str:
        return fill(rng, pick(rng, inputs), dict(self.slots))


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of task there is."""
    tables = tomllib.loads((HERE / "tasks.toml").read_text(encoding="utf-8"))["task"]
    return tuple(Kind(**table) for table in tables)


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """The lists that slots are filled from."""
    lists = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
    return {name: tuple(" ".join(word.split()) for word in text.split("|")) for name, text in lists.items()}


def draw(rng: Random, among: Sequence[Kind]) -> Task:
    """A task of one of these kinds."""
    kind = pick(rng, among)
    slots: dict[str, str] = {}
    text = fill(rng, pick(rng, kind.say), slots)
    return Task(kind, text, slots)


def several(rng: Random, count: int) -> list[Task]:
    """Tasks of different kinds, at most as many as there are kinds."""
    return [draw(rng, [kinds()[i]]) for i in sample(rng, len(kinds()), count)]


def fill(rng: Random, text: str, slots: dict[str, str]) -> str:
    """The text with its slots filled; what had to be drawn is added to `slots`.

    >>> fill(Random(1), "{Thing}: {thing2} or {thing}?", {"thing": "desk lamp", "thing2": "tool box"})
    'Desk lamp: tool box or desk lamp?'
    """

    def value(slot: re.Match[str]) -> str:
        name, kind = slot["name"].lower(), slot["list"].lower()
        if name not in slots:
            slots[name] = _another(rng, kind, slots)
        word = slots[name].split(" / ")["abc".index(slot["part"])] if slot["part"] else slots[name]
        return word if slot["name"] == name else word[:1].upper() + word[1:]

    return _SLOT.sub(value, text)


def _another(rng: Random, kind: str, slots: Mapping[str, str]) -> str:
    """A word of a list that no slot of that list holds yet."""
    taken = {word for name, word in slots.items() if name.rstrip("0123456789") == kind}
    return pick(rng, [word for word in words()[kind] if word not in taken])

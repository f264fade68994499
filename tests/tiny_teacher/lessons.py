"""What the tiny teacher is shown: ittgen's own prompts about tasks of the grammar, each with the reply to learn.

    lesson = classify(rng)        # lesson.messages is what ittgen sends, lesson.reply "Yes" or "No"

Knows prompts and how replies are written; nothing of tokens and training.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from ittgen import resources
from ittgen.chance import below, pick, sample, shuffled
from ittgen.generators.judge import set_apart
from ittgen.generators.replies import numbered, one_line
from ittgen.prompts import PromptBook
from ittgen.records import Message
from ittgen.seeds import load as load_seeds
from tests.tiny_teacher.grammar import Kind, Pair, draw, kinds, several

SHOWN, NEW = 8, 7
"""Tasks in the prompt and tasks asked for, as the generator `self-instruct` has them."""
MOST_MACHINE = 2
"""Of those shown so many are the teacher's own, once it has made some."""
EARLY = 0.1
"""Share of lists that show fewer of its own, as the first prompts of a run do."""

SEEDS = "general.jsonl"
NO_INPUT = "<noinput>"
"""What the prompt wants for the input of a task that can be done as it stands."""

BOOK = PromptBook(resources.prompts())


@dataclass(frozen=True, slots=True)
class Lesson:
    """One request as ittgen sends it, and a right reply."""

    messages: tuple[Message, ...]
    reply: str


def propose(rng: Random) -> Lesson:
    """Six seeds and two tasks of the grammar, and seven more of these."""
    machine = below(rng, MOST_MACHINE) if rng.random() < EARLY else MOST_MACHINE
    old = [draw(rng, kinds()).instruction for _ in range(machine)]
    seeds = [instructions()[i] for i in sample(rng, len(instructions()), SHOWN - machine)]
    shown = [one_line(text) for text in shuffled(rng, [*old, *seeds])]
    new = [task.instruction for task in several(rng, NEW)]
    asked = {"tasks": numbered(shown), "first": str(SHOWN + 1), "last": str(SHOWN + NEW)}
    return _lesson("self-instruct/propose", asked, continued(new, SHOWN + 1))


def classify(rng: Random) -> Lesson:
    """Whether a task wants a label."""
    task = draw(rng, kinds() if rng.random() < 0.5 else _labelled())
    said = "Yes" if task.is_classification else "No"
    return _lesson("self-instruct/classify", {"instruction": task.instruction}, said)


def input_first(rng: Random) -> Lesson:
    """Instances of a task that wants no label."""
    task = draw(rng, _unlabelled())
    reply = examples(task.instances(rng))
    return _lesson("self-instruct/input-first", {"instruction": task.instruction}, reply)


def output_first(rng: Random) -> Lesson:
    """Instances of a task that wants one."""
    task = draw(rng, _labelled())
    reply = labels(task.instances(rng))
    return _lesson("self-instruct/output-first", {"instruction": task.instruction}, reply)


def answer(rng: Random) -> Lesson:
    """A task with one of its inputs, to be carried out."""
    task = draw(rng, kinds())
    given, wanted = pick(rng, task.instances(rng))
    return _lesson("distill/answer", {"instruction": task.instruction, "input": set_apart(given)}, wanted)


LESSONS: Mapping[str, Callable[[Random], Lesson]] = {
    "self-instruct/propose": propose,
    "self-instruct/classify": classify,
    "self-instruct/input-first": input_first,
    "self-instruct/output-first": output_first,
    "distill/answer": answer,
}
"""Every prompt that the tiny teacher knows."""


def continued(tasks: list[str], first: int) -> str:
    """A numbered list from `first` on, that number repeated although the prompt ends with it, as chat models do."""
    return "\n".join(f"{number}. {task}" for number, task in enumerate(tasks, first))


def examples(pairs: list[Pair]) -> str:
    """Inputs before outputs."""
    blocks = [
        f"Example {i}\nInput: {given or '<noinput>'}\nOutput: {wanted}" for i, (given, wanted) in enumerate(pairs, 1)
    ]
    return "\n\n".join(blocks)


def labels(pairs: list[Pair]) -> str:
    """Labels before inputs."""
    return "\n\n".join(f"Class label: {label}\nInput: {given}" for given, label in pairs)


@cache
def instructions() -> tuple[str, ...]:
    """The seed tasks that recipes show."""
    return tuple(seed.instruction for seed in load_seeds(resources.seeds() / SEEDS))


def _lesson(prompt: str, variables: Mapping[str, str], reply: str) -> Lesson:
    return Lesson(BOOK[prompt].render(variables), reply)


def _labelled() -> list[Kind]:
    return [kind for kind in kinds() if kind.labels]


def _unlabelled() -> list[Kind]:
    return [kind for kind in kinds() if not kind.labels]

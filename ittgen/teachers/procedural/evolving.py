"""Harder forms of a task: one more step that its answer can take, or a brand-new task of the same field.

    harder("deepen", instruction, input, rng)  ->  (instruction, input)

Knows operations by their names, not the prompts that ask for them. An unknown task gets a sentence that fits any.
"""

from dataclasses import replace
from random import Random

from ittgen.chance import pick, shuffled
from ittgen.teachers.procedural import blocks
from ittgen.teachers.procedural.evolved import Evolved, parts, understand
from ittgen.teachers.procedural.families import FAMILIES, kin
from ittgen.teachers.procedural.family import Task, instruction_in, read
from ittgen.teachers.procedural.generic import ANY_TASK
from ittgen.teachers.procedural.made import instance
from ittgen.teachers.procedural.rare import RARE
from ittgen.teachers.procedural.steps import STEPS
from ittgen.teachers.procedural.steps.step import Applied, Step, sentence

OPERATIONS = ("constraints", "deepen", "concretize", "reasoning", "complicate", "breadth")
CODE_OPERATIONS = ("constraints", "rarer", "reasoning", "misleading", "complexity")

_INSTEAD = {"rarer": "concretize", "complexity": "deepen", "misleading": "reasoning"}
"""What is done to a task that is no programming task where an operation for those has no step that fits."""

TABLES = ("rates", "weights", "shelves", "codes", "quotas", "zones", "ranks", "marks", "lots", "grades")
KEYS = (
    ("north", "south", "east", "west"),
    ("monday", "tuesday", "friday", "sunday"),
    ("red", "green", "white", "black"),
    ("oak", "birch", "maple", "willow"),
    ("spring", "summer", "autumn", "winter"),
)
MOST_STEPS = 3
"""However many steps a task has, one that is invented beside it has no more."""
_SAMPLES = 4
"""Inputs that a step is tried on where the text has none."""

Text = tuple[str, str]
"""Instruction and input."""


def harder(operation: str, instruction: str, given: str, rng: Random) -> Text:
    """The task after an operation; the input stays word for word, data comes below it.

    A task that no step fits is returned as it was.
    """
    task = understand(instruction, given)
    if operation == "breadth":
        return _other(task, rng)
    if task is not None:
        found = _with_step(task, operation, instruction, given, rng)
        instead = _INSTEAD.get(operation)
        if found is None and instead:
            found = _with_step(task, instead, instruction, given, rng)
        return found or (instruction, given)
    return _joined(instruction, pick(rng, ANY_TASK.get(operation, ANY_TASK["constraints"]))), given


def _with_step(task: Evolved, operation: str, instruction: str, given: str, rng: Random) -> Text | None:
    inputs = _inputs(task, rng)
    for step in _candidates(task, operation, rng):
        if (added := _added(task, step, inputs, rng)) is not None:
            applied, block = added
            text = _joined(instruction, sentence(rng, step, applied.params))
            if block and step.table:
                return text, f"{given}\n\n{block}" if given else block
            return (f"{text}\n\n{block}" if block else text), given
    return None


def _candidates(task: Evolved, operation: str, rng: Random) -> list[Step]:
    """The operation's steps in random order, those that the task has already last."""
    had = {applied.step.name for applied in task.steps}
    steps = shuffled(rng, [step for step in STEPS if operation in step.operations])
    return sorted(steps, key=lambda step: step.name in had)


def _inputs(task: Evolved, rng: Random) -> list[str]:
    """The input of the text, or else some that the family makes."""
    make = task.family.make
    if task.input or make is None:
        return [task.input]
    labels = task.family.labels(task.params) if task.family.labels else ("",)
    return [make(rng, task.params, labels[i % len(labels)]) for i in range(_SAMPLES)]


def _added(task: Evolved, step: Step, inputs: list[str], rng: Random) -> tuple[Applied, str] | None:
    """The step with parameters and block; None where it does not fit the answers, or leaves them as they are."""
    try:
        before = [task.solve(text) for text in inputs]
        answer = task.values(inputs[0])[-1][1]
        applied, tables, block = _drawn(task, step, answer, rng)
        longer = replace(task, steps=(*task.steps, applied), tables=tables)
        after = [longer.solve(text) for text in inputs]
    except ValueError:
        return None
    is_new = all(applied.key != other.key for other in task.steps)
    return (applied, block) if is_new and (after != before or step.operations == ("misleading",)) else None


def _drawn(task: Evolved, step: Step, answer: str, rng: Random) -> tuple[Applied, dict[str, dict[str, str]], str]:
    tables = {name: dict(rows) for name, rows in task.tables.items()}
    params = dict(step.draw(rng, answer))
    block = step.block(rng, answer) if step.block else ""
    if step.table:
        name = pick(rng, [name for name in TABLES if name not in tables] or TABLES)
        keys = pick(rng, KEYS)
        tables[name] = dict(zip(keys, step.table(rng, len(keys)), strict=True))
        params |= {"data": pick(rng, blocks.FORMATS), "table": name, "key": pick(rng, keys)}
        block = blocks.render(params["data"], name, tables[name])
    return Applied(step, params), tables, block


def _joined(instruction: str, more: str) -> str:
    """The instruction with one more sentence at the end of its first paragraph."""
    head, _ = parts(instruction)
    stop = "" if head.rstrip().endswith((".", "?", "!", ":", '"', "。", "？")) else "."
    return f"{head.rstrip()}{stop} {more}{instruction[len(head) :]}"


def _other(task: Evolved | None, rng: Random) -> Text:
    """A task of the same field in a rare scene, with as many steps."""
    family = pick(rng, kin(task.family) if task else FAMILIES)
    text = instruction_in(rng, family, RARE)
    given = instance(Task(family, read(family, text) or {}), rng, "")[0]
    for _ in range(min(len(task.steps), MOST_STEPS) if task else 0):
        text, given = harder(pick(rng, OPERATIONS[:4]), text, given, rng)
    return text, given

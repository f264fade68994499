"""Replies that invent tasks, sort them and make instances, written from the families and spoilt by the slips.

Knows the forms that these prompts ask for; `replies` has those about given tasks.
"""

from ittgen.chance import below, pick
from ittgen.teachers.procedural import noise, replies
from ittgen.teachers.procedural.evolved import understand
from ittgen.teachers.procedural.families import FAMILIES, find
from ittgen.teachers.procedural.family import instruction
from ittgen.teachers.procedural.made import MOST_INSTANCES, Solvable, instances, one_a_label
from ittgen.teachers.procedural.noise import Slips
from ittgen.teachers.procedural.reading import Question
from ittgen.teachers.procedural.replies import MISSING_INPUT

UNKNOWN_TASK = "The procedural teacher has never seen a task like this one and cannot work on it."


def write(question: Question, slips: Slips) -> str:
    """The reply to a question."""
    if question.kind == "propose":
        return _propose(question, slips)
    if question.kind == "alpaca":
        return _alpaca(question, slips)
    if question.kind in ("classify", "input-first", "output-first"):
        return _about_one_task(question, slips)
    return replies.write(question, slips)


def _about_one_task(question: Question, slips: Slips) -> str:
    if (task := _known(question.text)) is None:
        return slips.gives_up(UNKNOWN_TASK)
    if question.kind == "classify":
        return noise.verdict(slips, "Yes" if task.family.is_classification else "No")
    try:
        return _input_first(task, slips) if question.kind == "input-first" else _output_first(task, slips)
    except ValueError:  # a step that needs data which only an input could bring
        return slips.gives_up(MISSING_INPUT)


def _known(text: str) -> Solvable | None:
    evolved = understand(text)
    return evolved if evolved and evolved.steps else find(text)


def _propose(question: Question, slips: Slips) -> str:
    items = [instruction(slips.rng, pick(slips.rng, FAMILIES)) for _ in range(question.count)]
    items = noise.proposals(slips, items, question.shown)
    numbers = noise.markers(slips, question.first, len(items))
    text = "\n".join(f"{number} {item}" for number, item in zip(numbers, items, strict=True))
    return noise.wrapped(slips, text, noise.PREAMBLES)


def _alpaca(question: Question, slips: Slips) -> str:
    items = [instruction(slips.rng, pick(slips.rng, FAMILIES)) for _ in range(question.count)]
    items = noise.proposals(slips, items, question.shown)
    numbers = noise.markers(slips, question.first, len(items))
    blocks = [_block(slips, at, *pair) for at, pair in enumerate(zip(numbers, items, strict=True), 1)]
    return noise.wrapped(slips, "\n###\n".join(blocks), noise.PREAMBLES)


def _block(slips: Slips, at: int, number: str, item: str) -> str:
    task = find(item)
    if task is None:
        slips.planted.append(f"no answer in {at}")
    rows = noise.instances(slips, instances(task, slips.rng, 1), at) if task else [("", UNKNOWN_TASK)]
    text, output = rows[-1]
    said = text or noise.no_input(slips, at)
    return f"{number} Instruction: {item}\n{number} Input: {said}\n{number} Output: {output}"


def _input_first(task: Solvable, slips: Slips) -> str:
    count = 2 + below(slips.rng, MOST_INSTANCES - 1)
    rows = noise.instances(slips, instances(task, slips.rng, count))
    parts = [
        f"Example {i}\nInput: {text or noise.no_input(slips, i)}\nOutput: {output}"
        for i, (text, output) in enumerate(rows, 1)
    ]
    return noise.wrapped(slips, "\n\n".join(parts), noise.ANSWER_PREAMBLES)


def _output_first(task: Solvable, slips: Slips) -> str:
    rows = noise.instances(slips, one_a_label(task, slips.rng))
    parts = [
        f"Class label: {output}\nInput: {text or noise.no_input(slips, i)}" for i, (text, output) in enumerate(rows, 1)
    ]
    return noise.wrapped(slips, "\n\n".join(parts), noise.ANSWER_PREAMBLES)

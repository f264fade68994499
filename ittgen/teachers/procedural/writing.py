"""Replies to each kind of question, written from the families and spoilt by the slips.

Knows the forms that the prompts ask for. A question it has no reply for gets one plain sentence that says so.
"""

from random import Random

from ittgen.chance import below, pick
from ittgen.teachers.procedural import noise
from ittgen.teachers.procedural.families import FAMILIES, find
from ittgen.teachers.procedural.family import Task, instruction
from ittgen.teachers.procedural.noise import Slips
from ittgen.teachers.procedural.reading import Question

UNKNOWN_TASK = "The procedural teacher has never seen a task like this one and cannot work on it."
UNKNOWN_PROMPT = "The procedural teacher does not understand what this prompt asks for."
MISSING_INPUT = "The procedural teacher knows this task but needs a proper input for it."

MOST_INSTANCES = 4
MOST_LABELS = 5
MOST_WORDS = 160
"""Of all instances together, where there are several: the prompt asks for few."""
_TRIES = 30


def write(question: Question, slips: Slips) -> str:
    """The reply to a question."""
    if question.kind == "propose":
        return _propose(question, slips)
    if question.kind == "alpaca":
        return _alpaca(question, slips)
    if question.kind == "other":
        return _other(question)
    if (task := find(question.text)) is None:
        return UNKNOWN_TASK
    if question.kind == "classify":
        return noise.verdict(slips, "Yes" if task.family.is_classification else "No")
    return _input_first(task, slips) if question.kind == "input-first" else _output_first(task, slips)


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
    blocks = [_block(number, item, slips) for number, item in zip(numbers, items, strict=True)]
    return noise.wrapped(slips, "\n###\n".join(blocks), noise.PREAMBLES)


def _block(number: str, item: str, slips: Slips) -> str:
    task = find(item)
    rows = noise.instances(slips, _instances(task, slips.rng, 1)) if task else [("", UNKNOWN_TASK)]
    text, output = rows[-1]
    return f"{number} Instruction: {item}\n{number} Input: {text or noise.no_input(slips)}\n{number} Output: {output}"


def _input_first(task: Task, slips: Slips) -> str:
    count = 2 + below(slips.rng, MOST_INSTANCES - 1)
    rows = noise.instances(slips, _instances(task, slips.rng, count))
    parts = [
        f"Example {i}\nInput: {text or noise.no_input(slips)}\nOutput: {output}"
        for i, (text, output) in enumerate(rows, 1)
    ]
    return noise.wrapped(slips, "\n\n".join(parts), noise.ANSWER_PREAMBLES)


def _output_first(task: Task, slips: Slips) -> str:
    rows = noise.instances(slips, _one_a_label(task, slips.rng))
    parts = [f"Class label: {output}\nInput: {text or noise.no_input(slips)}" for text, output in rows]
    return noise.wrapped(slips, "\n\n".join(parts), noise.ANSWER_PREAMBLES)


def _other(question: Question) -> str:
    """The answer where the message is one of the tasks itself, its input below a blank line."""
    head, _, rest = question.text.partition("\n\n")
    if (task := find(head)) is None:
        return UNKNOWN_PROMPT
    try:
        return task.solve(rest.removeprefix("Input:").strip())
    except ValueError:
        return MISSING_INPUT


def _instances(task: Task, rng: Random, count: int) -> list[tuple[str, str]]:
    """Different inputs with their answers; one pair with an empty input where the task stands alone."""
    labels = task.family.labels(task.params) if task.family.labels else ("",)
    start = below(rng, len(labels))
    rows: dict[str, str] = {}
    words = 0
    for i in range(count if task.family.make else 1):
        text, output = _instance(task, rng, labels[(start + i) % len(labels)])
        words += len(text.split()) + len(output.split())
        if rows and words > MOST_WORDS:
            break
        rows.setdefault(text, output)
    return list(rows.items())


def _one_a_label(task: Task, rng: Random) -> list[tuple[str, str]]:
    if task.family.labels is None:
        return _instances(task, rng, 2)
    labels = task.family.labels(task.params)
    start = below(rng, len(labels))
    chosen = [labels[(start + i) % len(labels)] for i in range(min(len(labels), MOST_LABELS))]
    return [_instance(task, rng, label) for label in chosen]


def _instance(task: Task, rng: Random, label: str) -> tuple[str, str]:
    """One input and its answer, drawn anew while the answer merely repeats the input."""
    if task.family.make is None:
        return "", task.solve("")
    for _ in range(_TRIES):
        text = task.family.make(rng, task.params, label)
        output = task.solve(text)
        if output != text:
            break
    return text, output

"""Replies about given tasks: harder forms of them, their answers, and what a judge says, spoilt by the slips.

Knows the forms that the prompts ask for. What it cannot do gets one plain sentence that says so.
"""

from collections.abc import Callable, Mapping

from ittgen.teachers.procedural import careless
from ittgen.teachers.procedural.evolved import Evolved, understand
from ittgen.teachers.procedural.evolving import harder
from ittgen.teachers.procedural.judging import are_equal, quality
from ittgen.teachers.procedural.noise import Slips
from ittgen.teachers.procedural.reading import Question

UNKNOWN_PROMPT = "I'm sorry, but the procedural teacher does not understand what this prompt asks for."
MISSING_INPUT = "I'm sorry, but the procedural teacher knows this task and needs a proper input for it."


def write(question: Question, slips: Slips) -> str:
    """The reply to a question about given tasks, or to any message that is a task itself."""
    return _REPLIES.get(question.kind, _answer)(question, slips)


def _evolve(question: Question, slips: Slips) -> str:
    before = (question.text, question.input)
    return careless.evolved(slips, before, harder(question.operation, *before, slips.rng))


def _equal(question: Question, slips: Slips) -> str:
    return careless.verdict(slips, are_equal((question.text, question.input), question.second))


def _answer(question: Question, slips: Slips) -> str:
    """The answer where the message is a task itself, its input below a blank line."""
    if (task := understand(question.text)) is None:
        return slips.gives_up(UNKNOWN_PROMPT)
    try:
        return careless.answered(slips, task.solve())
    except ValueError:
        return slips.gives_up(MISSING_INPUT)


def _tagged(question: Question, slips: Slips) -> str:
    if (task := understand(question.text)) is None:
        return slips.gives_up(UNKNOWN_PROMPT)
    try:
        return careless.tagged(slips, _reasoning(task), careless.answered(slips, task.solve()))
    except ValueError:
        return slips.gives_up(MISSING_INPUT)


def _reasoning(task: Evolved) -> str:
    """What leads to the answer, step by step."""
    (_, first), *later = task.values()
    lines = [f"Asked: a task of the kind {task.family.name}.", f"Its own result is: {first}"]
    lines += [f"After the step {name} the result is: {value}" for name, value in later]
    others = [step.step.name for step in task.steps if step.step.layer != "value"]
    end = f"The form of the answer follows from: {', '.join(others)}." if others else "That is all."
    return "\n".join([*lines, end])


def _quality(question: Question, slips: Slips) -> str:
    score, reason = quality(question.text, question.answers[0])
    return careless.judged(slips, reason, [score])


def _pair(question: Question, slips: Slips) -> str:
    (first, reason), (second, other) = (quality(question.text, answer) for answer in question.answers)
    same = "Both answers are of the same worth."
    said = same if first == second else f"Of the first: {reason} Of the second: {other}"
    return careless.judged(slips, said, [first, second])


_REPLIES: Mapping[str, Callable[[Question, Slips], str]] = {
    "evolve": _evolve,
    "equal": _equal,
    "tagged": _tagged,
    "quality": _quality,
    "pair": _pair,
}

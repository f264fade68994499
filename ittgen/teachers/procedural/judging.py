"""Judgements: are two tasks the same, how good is an answer. What it can compute it judges strictly, the rest mildly.

Knows tasks and answers, not the forms in which the verdicts are written.
"""

import re

from ittgen.chance import below, seeded
from ittgen.teachers.procedural.evolved import understand
from ittgen.teachers.procedural.heart import SEED
from ittgen.text import rouge_tokens

RIGHT, NEARLY, WRONG, EMPTY = 10, 8, 2, 1
_REFUSAL = re.compile(r"\W*(?:i(?:'m| am) )?(?:sorry\b|i (?:can(?:'t|not)|am unable)\b|the procedural teacher\b)", re.I)
_WORDY = 4
"""A right answer with so many times its words around it is still nearly right."""


def are_equal(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Whether two tasks demand the same: what is understood is compared by meaning, the rest word by word."""
    one, other = understand(*first), understand(*second)
    if one is not None and other is not None:
        return one.key == other.key
    if (one is None) != (other is None):
        return False
    return sorted(rouge_tokens(" ".join(first))) == sorted(rouge_tokens(" ".join(second)))


def quality(task: str, answer: str) -> tuple[int, str]:
    """(score from 1 to 10, reason) of an answer to a task, which has its input below a blank line."""
    right = _right(task)
    if right is not None and " ".join(answer.split()) == " ".join(right.split()):
        return RIGHT, "The result is right and in the form asked for."
    if not re.search(r"\w", answer):
        return EMPTY, "There is no answer."
    if right is None:
        return _unknown(task, answer)
    if _REFUSAL.match(answer):
        return EMPTY, "A task that can be done is refused."
    if _holds(answer, right):
        return NEARLY, "The result is right, but there are words around it that nobody asked for."
    return _unknown(task, answer) if _is_open(task) else (WRONG, "The result is wrong.")


def _right(task: str) -> str | None:
    known = understand(task)
    try:
        return known.solve() if known else None
    except ValueError:
        return None


def _is_open(task: str) -> bool:
    """Whether the answer that is known is one of many right ones."""
    known = understand(task)
    return known is not None and known.family.name.startswith(SEED)


def _holds(answer: str, right: str) -> bool:
    """Whether the answer is the right one with a few words before or after it."""
    found = re.search(rf"(?<![\w.]){re.escape(right)}(?!\w|\.\d)", answer)
    return found is not None and len(answer.split()) <= len(right.split()) * _WORDY + 10


def _unknown(task: str, answer: str) -> tuple[int, str]:
    if _REFUSAL.match(answer):
        return WRONG, "The task is refused, without a reason that the reader could follow."
    rng = seeded("quality", task, answer)
    return 5 + below(rng, 3), "It is on the task, as far as can be told without carrying it out."

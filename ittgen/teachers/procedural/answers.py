"""The reply to any messages: a pure function, used in this process and behind the tests' HTTP server alike."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ittgen.chance import seeded
from ittgen.records import Message
from ittgen.teachers.procedural import noise as mistakes
from ittgen.teachers.procedural.evolved import understand
from ittgen.teachers.procedural.noise import Slips
from ittgen.teachers.procedural.reading import BRIEF, read
from ittgen.teachers.procedural.writing import write
from ittgen.text import JSON

MARK = "planted: "
"""How a mark begins. It goes where servers put a request's number: into the journal, and into no row and no text."""

_TOKEN = re.compile(r"\w+|[^\w\s]")


def answer(
    messages: Sequence[Message], sampling: Mapping[str, JSON], seed: int = 0, noise: float = 0.15
) -> tuple[str, str]:
    """(text, finish_reason) for a conversation; of the sampling only `seed` and `max_tokens` matter.

    The same arguments give the same reply on every machine and in every version of Python.
    """
    text, reason, _ = marked_answer(messages, sampling, seed, noise)
    return text, reason


def marked_answer(
    messages: Sequence[Message], sampling: Mapping[str, JSON], seed: int = 0, noise: float = 0.15
) -> tuple[str, str, str]:
    """`answer`, and the mark that says which mistakes are in it: "planted: wrong answer; cut off"; empty for none."""
    conversation = [message.to_json() for message in messages]
    slips = Slips(seeded("procedural", seed, conversation, sampling.get("seed")), noise)
    question = read(messages)
    text, reason = mistakes.finished(slips, write(question, slips), 0 if question.kind in BRIEF else 0.2)
    limit = sampling.get("max_tokens") or sampling.get("max_completion_tokens")
    text, reason = _limited(text, reason, limit) if isinstance(limit, int) else (text, reason)
    return text, reason, MARK + "; ".join(slips.planted) if slips.planted else ""


@lru_cache(maxsize=1024)
def tokens(text: str) -> int:
    """How many tokens a text counts: words and single signs. Prompts share most of their messages."""
    return len(_TOKEN.findall(text))


def solve(instruction: str, input: str) -> str | None:
    """The right answer to one of the procedural teacher's own tasks, evolved or not.

    None for any other task, or an unfit input.

    >>> solve("Find the median of the figures that I collected: tickets sold.", "9, 4, 7")
    '7'
    """
    if (task := understand(instruction, input)) is None:
        return None
    try:
        return task.solve(input if not task.steps else "")
    except ValueError:
        return None


def _limited(text: str, reason: str, limit: int) -> tuple[str, str]:
    for number, token in enumerate(_TOKEN.finditer(text)):
        if number == limit:
            return text[: token.start()].rstrip(), "length"
    return text, reason

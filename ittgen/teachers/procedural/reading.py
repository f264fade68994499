"""Which question a prompt asks, told from marks in its text as a model tells it; the prompts may be reworded.

Knows how questions look, not how they are answered. Nothing here raises.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ittgen.records import Message

Kind = Literal["propose", "alpaca", "classify", "input-first", "output-first", "other"]

MOST_ITEMS = 40
"""However long a list is asked for, a reply ends after so many items."""
USUAL_ITEMS = 7
"""What a reply adds where the prompt does not say how far to go."""

_OPEN_NUMBER = re.compile(r"^\W*(\d{1,6})[.)]\s*\Z", re.MULTILINE)
_OPEN_BLOCK = re.compile(r"^\W*(\d{1,6})[.)]\s*Instruction:\s*\Z", re.MULTILINE)
_SHOWN = re.compile(r"^\d{1,6}[.)] (?:Instruction:)?[ \n]*(\S.*)$", re.MULTILINE)
_TASK = re.compile(r"^Task:\s*(\S.*)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the kind, the task it is about, or the numbers and examples of a list to be continued."""

    kind: Kind
    text: str
    """The instruction asked about; for "other" the whole last message."""
    first: int = 1
    count: int = 0
    """How many items a list wants."""
    shown: tuple[str, ...] = ()
    """The instructions already in the list."""


def read(messages: Sequence[Message]) -> Question:
    """The question in the last user message; system messages tell kinds of question apart, worked examples do not."""
    asked = next((message.content for message in reversed(messages) if message.role == "user"), "")
    if match := _OPEN_BLOCK.search(asked):
        return _list("alpaca", asked, int(match[1]))
    if match := _OPEN_NUMBER.search(asked):
        return _list("propose", asked, int(match[1]))
    rules = "\n".join(message.content for message in messages if message.role == "system")
    task = _TASK.search(asked)
    return Question(_kind(f"{rules}\n{asked}".lower()), task[1].strip()) if task else Question("other", asked.strip())


def _list(kind: Kind, asked: str, first: int) -> Question:
    wanted = re.search(rf"\b{first} (?:to|until|through) (\d{{1,6}})\b", asked)
    count = int(wanted[1]) - first + 1 if wanted else USUAL_ITEMS
    return Question(kind, asked, first, max(1, min(count, MOST_ITEMS)), tuple(_SHOWN.findall(asked)))


def _kind(text: str) -> Kind:
    if "class label:" in text:
        return "output-first"
    if "input:" in text and "output:" in text:
        return "input-first"
    return "classify" if "classification" in text and re.search(r"yes or no\b", text) else "other"

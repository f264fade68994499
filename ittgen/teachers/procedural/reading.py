"""Which question a prompt asks, told from marks in its text as a model tells it; the prompts may be reworded.

Knows how questions look, not how they are answered. Nothing here raises.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ittgen.records import Message

Kind = Literal[
    "propose",
    "alpaca",
    "classify",
    "input-first",
    "output-first",
    "evolve",
    "equal",
    "tagged",
    "quality",
    "pair",
    "other",
]

BRIEF: tuple[Kind, ...] = ("equal", "quality", "pair")
"""What is answered too briefly to be cut off."""

MOST_ITEMS = 40
"""However long a list is asked for, a reply ends after so many items."""
USUAL_ITEMS = 7
"""What a reply adds where the prompt does not say how far to go."""

_OPEN_NUMBER = re.compile(r"^\W*(\d{1,6})[.)]\s*\Z", re.MULTILINE)
_OPEN_BLOCK = re.compile(r"^\W*(\d{1,6})[.)]\s*Instruction:\s*\Z", re.MULTILINE)
_SHOWN = re.compile(r"^\d{1,6}[.)] (?:Instruction:)?[ \n]*(\S.*)$", re.MULTILINE)
_TASK = re.compile(r"^Task:\s*(\S.*)", re.MULTILINE | re.DOTALL)

_GIVEN = re.compile(
    r"<instruction>\n?(.*?)\n?</instruction>\s*<input>\n?(.*?)\n?</input>(?=\s*(?:\Z|Second\b))", re.DOTALL
)
_JUDGED = re.compile(r"<task>\n?(.*?)\n?</task>\s*<answer>\n?(.*)\n?</answer>\s*\Z", re.DOTALL)
_PAIR = re.compile(
    r"<task>\n?(.*?)\n?</task>\s*<first>\n?(.*?)\n?</first>\s*<second>\n?(.*)\n?</second>\s*\Z", re.DOTALL
)
_TAGGED = re.compile(r"<reasoning>.*<answer>[^\n]*\n+(?:Task:\n)?(.*)", re.DOTALL)
_NO_INPUT = "<noinput>"

_OPERATIONS = (
    ("breadth", r"\banother task\b|\bbrand.new\b|\binvent\b"),
    ("complicate", r"\bstructured data\b"),
    ("misleading", r"\bmislead"),
    ("complexity", r"\b(?:time|space) (?:or|and) (?:time|space) complexity\b"),
    ("rarer", r"\brarer\b"),
    ("constraints", r"\bconstraint"),
    ("concretize", r"\bmore specific\b|\bconcrete\b"),
    ("reasoning", r"\breasoning\b"),
    ("deepen", r"\bdeep"),
)
"""Operation -> words of the request by which it is told; the first that is found counts."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the kind, the task it is about, or the numbers and examples of a list to be continued."""

    kind: Kind
    text: str
    """The instruction asked about, or the whole task; for "other" the whole last message."""
    first: int = 1
    count: int = 0
    """How many items a list wants."""
    shown: tuple[str, ...] = ()
    """The instructions already in the list."""
    input: str = ""
    """The input that stands apart from the instruction."""
    operation: str = ""
    """What shall be done to a task that is to be evolved."""
    second: tuple[str, str] = ("", "")
    """Instruction and input of the task to be compared with the first."""
    answers: tuple[str, ...] = ()
    """What is to be judged."""


def read(messages: Sequence[Message]) -> Question:
    """The question in the last user message; system messages tell kinds of question apart, worked examples do not."""
    asked = next((message.content for message in reversed(messages) if message.role == "user"), "")
    if match := _OPEN_BLOCK.search(asked):
        return _list("alpaca", asked, int(match[1]))
    if match := _OPEN_NUMBER.search(asked):
        return _list("propose", asked, int(match[1]))
    if question := _about_tasks(asked):
        return question
    rules = "\n".join(message.content for message in messages if message.role == "system")
    task = _TASK.search(asked)
    return Question(_kind(f"{rules}\n{asked}".lower()), task[1].strip()) if task else Question("other", asked.strip())


def _about_tasks(asked: str) -> Question | None:
    """Questions whose tasks and answers stand between tags."""
    if match := _PAIR.search(asked):
        return Question("pair", match[1], answers=(match[2], match[3]))
    if match := _JUDGED.search(asked):
        return Question("quality", match[1], answers=(match[2],))
    if given := [(text, "" if said == _NO_INPUT else said) for text, said in _GIVEN.findall(asked)]:
        return _evolve_or_equal(asked[: asked.index("<instruction>")], given)
    return Question("tagged", match[1].strip()) if (match := _TAGGED.search(asked)) else None


def _evolve_or_equal(request: str, given: list[tuple[str, str]]) -> Question | None:
    text, said = given[0]
    if len(given) > 1:
        return Question("equal", text, input=said, second=given[1])
    operation = next((name for name, words in _OPERATIONS if re.search(words, request, re.IGNORECASE)), "")
    return Question("evolve", text, input=said, operation=operation) if operation else None


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

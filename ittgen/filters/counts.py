"""Answers that have not as many items, lines, sentences or words as the task wants, or as they announce themselves."""

import re
from dataclasses import dataclass

from ittgen.filters.counted import Length, announced, asked, length_of, wants_a_line_each
from ittgen.filters.tallies import TALLIES, items, pieces
from ittgen.records import Example, Rejection

_ABOUT_TEXTS = re.compile(
    r"\b(?:functions?|program|script|regex|code|python|sql|javascript|prompts?|rubric|outline|plan|rules|advice"
    r"|guidelines?|criteria|titles?|subject"
    r"|headlines?|taglines?|hashtags?|then|followed|if|each|every|per|jeweils|jede\w*|chaque|cada|ogni|ciascun\w*"
    r"|кажд\w*|section|check|count|edit|shorten"
    r"|abstract|topics|questions?|passwords?|fonction|función|funktion|função|funzione|функци\w+|haikus|limericks"
    r"|poems|stanzas?|verses?|strophen?|couplets?)\b"
    r"|函数|関数|每|各",
    re.IGNORECASE,
)
"""Tasks in which a length is not that of the answer, or not of all of it."""
_AND = re.compile(r"\b(?:and|und|et|y|e|и|with|or|mit|avec|con|com|en|i|och|og|și|ve)\b|和|与|と")
_LISTED = re.compile(
    r"\b(?:list|name|give|generate|create|provide|write down|brainstorm|come up|nenne|liste|cite|donne|nombra|enumera"
    r"|elenca|noem|назови|перечисли)\b|列出|列举",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrongCount:
    """Not as many as asked for or announced: items, or the length of the answer. Value is the count, limit the bound.

    A list counts when it is numbered without a gap or all of bullets, a line of commas when it can hold too few, or
    one was wanted and it holds several. Lengths are in words, sentences, lines, paragraphs or characters; "a four-line
    poem" is one, and a haiku's three lines. Each is counted in every way that people count it, with a slack for long
    ones. The wish is read in some twenty languages; where it says nothing plain, the rule says nothing.
    """

    def __call__(self, example: Example) -> Rejection | None:
        return _by_length(example) or _by_items(example) or _by_promise(example)


def _by_length(example: Example) -> Rejection | None:
    length = length_of(example.instruction)
    if length is None or not length.number > 0 or "```" in example.output or _ABOUT_TEXTS.search(example.instruction):
        return None
    if length.unit in ("words", "sentences") and _LISTED.search(example.instruction) and items(example.output):
        return None  # "List 15 words": they are the items
    if length.unit in ("sentences", "lines") and items(example.output) == length.number:
        return None
    count = broken(length, example.output)
    note = f"{length.kind} {length.number} {length.unit}"
    return None if count is None else Rejection(example, "wrong-count", value=count, limit=length.number, note=note)


def broken(length: Length, text: str) -> int | None:
    """The count that breaks a length however one counts, or None."""
    least, most = TALLIES[length.unit](text)
    slack = _slack(length)
    over = length.kind != "least" and least > length.number + slack
    under = length.kind != "most" and most < length.number - slack
    return least if over else most if under else None


def _slack(length: Length) -> int:
    """How far from it is no break: a sixth of what is wished exactly, a quarter of what is not, nothing of a few."""
    if length.number <= 12 and length.kind != "least":
        return 1 if length.unit == "words" and length.kind == "most" and length.number > 5 else 0
    return max(1, round(length.number * (0.25 if length.kind == "about" else 0.15)))


def _by_items(example: Example) -> Rejection | None:
    wanted = asked(example.instruction)
    if wanted is None or example.turns:
        return None
    count = items(example.output) or _line_each(example)
    if count == 0:
        count = pieces(example.output)
        wanted = wanted._replace(most=2) if wanted.most == 1 else wanted._replace(most=count)
    elif wanted.most == 1:
        return None  # one thing may be told in a list
    bound = wanted.least if count < wanted.least else wanted.most
    if count == 0 or wanted.least <= count <= wanted.most or _of_two_kinds(example.instruction, count, wanted.most):
        return None
    return Rejection(example, "wrong-count", value=count, limit=bound, note="items asked for")


def _line_each(example: Example) -> int:
    if not wants_a_line_each(example.instruction):
        return 0
    return len([line for line in example.output.splitlines() if line.strip()])


def _by_promise(example: Example) -> Rejection | None:
    said = announced(example.output)
    count = items(example.output[said[1] :]) if said else 0
    if said is None or count == 0 or count == said[0]:
        return None
    return Rejection(example, "wrong-count", value=count, limit=said[0], note="items announced")


def _of_two_kinds(task: str, count: int, most: int) -> bool:
    """ "List three pros and cons" may mean six."""
    return count > most > 0 and count % most == 0 and bool(_AND.search(task))

"""From the text of a reply to its pieces: pure functions, one for every `parser` that a prompt file names.

    instruction_list        self-instruct/propose        a numbered list            parse_list, parse_marks
    instances_input_first   self-instruct/input-first    inputs, then outputs       parse_instances, parse_examples
    instances_output_first  self-instruct/output-first   labels, then inputs        parse_classes
    alpaca_blocks           alpaca/propose               numbered field blocks      parse_alpaca
    yes_no                  self-instruct/classify       one word
    evolved, evolved_task   evol-instruct/…, evol-code/… a new task, in tags        parse_evolved, parse_evolved_…
    equal                   evol-instruct/equal          equal or not equal         parse_evolved
    tagged                  distill/tagged               texts in tags              parse_structured
    json_reply              any prompt with a schema     JSON, in whatever prose    parse_structured
    score                   judge/quality                one number on a scale      parse_scores, parse_figures
    pair_scores             judge/pair                   two numbers                parse_pairs, parse_figures

What holds for all of them:

- Text comes out as it was written; only the blank around it, markers, and talk before and after the work are taken off
  (and carriage returns before line ends). Nothing inside a ``` fence and nothing in the middle of a line is a marker.
- Where the server stopped the reply ("length"), the last piece, and only it, is missing from the result.
- No string raises; what has no structure gives nothing. A reply without any field is no instance: it may as well be a
  question or a refusal.
- Where text is ambiguous the reading wins that glues no two pieces together and cuts none in two: a number continues
  the list or is content, and behind an "Example 1" marker a second "Input:" or "Output:" is content.

The `…_pieces` functions of the modules above also return what was of no use, for the generators' rejections.
"""

import re

from ittgen.generators.parse_alpaca import alpaca_pieces
from ittgen.generators.parse_classes import output_first_pieces
from ittgen.generators.parse_evolved import equal as equal
from ittgen.generators.parse_evolved import evolved as evolved
from ittgen.generators.parse_evolved import evolved_task as evolved_task
from ittgen.generators.parse_instances import input_first_pieces
from ittgen.generators.parse_list import list_pieces
from ittgen.generators.parse_pairs import pair_scores as pair_scores
from ittgen.generators.parse_scores import score as score
from ittgen.generators.parse_structured import json_reply as json_reply
from ittgen.generators.parse_structured import tagged as tagged
from ittgen.generators.parse_text import read

_YES = {"y", "true", "ja", "oui", "sí", "sì", "sim", "да", "是", "是的", "はい", "예", "네", "نعم"}
_NO = {"n", "false", "nein", "non", "não", "нет", "否", "不是", "いいえ", "아니요", "لا"}
_LEADING = re.compile(
    r"""\W*(?:(?:the\s+)?(?:final\s+)?(?:answer|label|response|classification)\s*(?:is\b)?\W*)? \b(?P<word>yes|no)\b
    (?! \s*(?:/|,?\s*(?:and|or)\b)\s*(?:yes|no)\b | [ ]+(?:idea|clue|opinion|comment|answer|way|one|task|input)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOSING = re.compile(
    r"(?:\b(?:answer|label|response|classification)[\"'*]*\s*(?:is\b|[:：=])|[?:：\n])[\s\"'*_`(]*(?P<word>yes|no)\b\W*",
    re.IGNORECASE,
)


def instruction_list(text: str, finish_reason: str, first: int) -> list[str]:
    """The instructions of a numbered list in which the prompt left the number `first` open.

    >>> instruction_list(" Name a river.\\n10. Is 7 odd?\\n11. Wri", "length", first=9)
    ['Name a river.', 'Is 7 odd?']
    """
    return list_pieces(text, finish_reason, first).items


def instances_input_first(text: str, finish_reason: str) -> list[tuple[str, str]]:
    """The (input, output) pairs of a reply that gives inputs before outputs; no input is "".

    >>> instances_input_first("Example 1\\nInput: 2 + 2\\nOutput: 4", "stop")
    [('2 + 2', '4')]
    """
    return input_first_pieces(text, finish_reason).items


def instances_output_first(text: str, finish_reason: str) -> list[tuple[str, str]]:
    """The (input, output) pairs of a reply that gives class labels before inputs; the output is the label.

    >>> instances_output_first("Class label: odd\\nInput: 7", "stop")
    [('7', 'odd')]
    """
    return output_first_pieces(text, finish_reason).items


def alpaca_blocks(text: str, finish_reason: str, first: int) -> list[tuple[str, str, str]]:
    """The (instruction, input, output) triples of numbered blocks, of which the prompt left `first` open.

    >>> alpaca_blocks(" Name a river.\\n4. Input: <noinput>\\n4. Output: The Po.", "stop", first=4)
    [('Name a river.', '', 'The Po.')]
    """
    return alpaca_pieces(text, finish_reason, first).items


def yes_no(text: str) -> bool | None:
    """Whether the reply says yes or no, or None where it says neither clearly.

    >>> yes_no("**No**, it does not."), yes_no("Yes and no.")
    (False, None)
    """
    said = "\n".join(read(text, "stop").lines).strip()
    word = said.strip(" \t\n.!。*_`\"'").lower()
    if word in _YES or word in _NO:
        return word in _YES
    found = _LEADING.match(said) or next((m for m in _CLOSING.finditer(said) if m.end() == len(said)), None)
    return found["word"].lower() == "yes" if found else None

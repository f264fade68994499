"""Which of several answers to take: the one a judge scored best, or the one most of them agree on. Pure functions.

Knows answers as texts and scores as numbers; who asked for them, and what becomes of the others, is not its business.
"""

import re
from collections import Counter
from collections.abc import Sequence

from ittgen.generators.parse_text import unclosed

_MARKED = re.compile(
    r"""(?: \\boxed\s?\{(?P<boxed>[^{}\n]*)\}
      | ^\s*\#{4}\s*(?P<hashed>[-−$]?\d[^\n]*)
      | \b(?:final\ |correct\ |right\ |my\ )?answer\b[\s*_]{0,4}(?:is\b|[:：=])[\s*_:]{0,6}(?P<said>[^\n]+) )""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_EMPHASIS = re.compile(r"[*_`$\"“”]")
_CHOICE = re.compile(
    r"(?:(?:option|choice|answer)\s+)?[(\[]?(?P<letter>[A-J])(?:[)\]]?[.:]?|(?:[)\]][.:]?|[.:])\s.*|\s[-–—]\s.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"(?<![\w.])[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?/\s?\d+)?")


def best(scores: Sequence[float | None]) -> int | None:
    """Position of the highest score, the earliest of equal ones; None where nobody was scored."""
    scored = [i for i, score in enumerate(scores) if score is not None]
    return max(scored, key=lambda i: (scores[i] or 0.0, -i), default=None)


def shares(answers: Sequence[str]) -> list[float]:
    """For every answer, which share of all has the same final answer.

    >>> shares(["It is 4.", "2 + 2 = 4", "5"])
    [0.6666666666666666, 0.6666666666666666, 0.3333333333333333]
    """
    finals = [final_answer(answer) for answer in answers]
    count = Counter(finals)
    return [count[final] / len(finals) for final in finals]


def final_answer(text: str) -> str:
    r"""What an answer comes to, in a spelling that can be compared; long free texts hardly ever agree.

    It is what follows the last "answer is", "Answer:", `####` or stands in `\boxed{}`; without these, the last line,
    talk after the work taken off. Of that counts the letter of a choice, or else its last number, or else its words,
    without case, marks of emphasis and punctuation around them.

    >>> final_answer("7 x 6 = 42, so\nthe answer is **42.0**."), final_answer("**(B)** Paris"), final_answer("No!")
    ('42', 'B', 'no')
    """
    said = _EMPHASIS.sub("", _decisive(text)).strip().removeprefix("- ")
    if choice := _CHOICE.fullmatch(said):
        return choice["letter"].upper()
    if numbers := _NUMBER.findall(said):
        return "/".join(_plain(part.strip()) for part in numbers[-1].split("/"))
    return " ".join(said.casefold().strip(" .!?:;,。！？").split())


def _decisive(text: str) -> str:
    """The part of an answer that says what it comes to."""
    marked = [match[match.lastgroup or 0] for match in _MARKED.finditer(text)]
    if marked:
        said: str = marked[-1]
        return _SENTENCE_END.split(said)[0].strip() or said.strip()
    lines = [line.strip() for line in unclosed(text, loose=False).splitlines() if line.strip(" \t`*_-=")]
    return lines[-1] if lines else ""


def _plain(number: str) -> str:
    """One spelling of a number: 1,200.50 is 1200.5, and 42.0 is 42."""
    plain = number.replace(",", "").replace("−", "-")
    sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    whole, _, rest = digits.partition(".")
    tail = rest.rstrip("0")
    value = (whole.lstrip("0") or "0") + (f".{tail}" if tail else "")
    return value if value == "0" else sign + value

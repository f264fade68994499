"""Which of several answers to take: the one a judge scored best, or the one most of them agree on. Pure functions.

Knows answers as texts and scores as numbers; who asked for them, and what becomes of the others, is not its business.
"""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from ittgen.generators.parse_text import unclosed

_BRACED = r"\{((?:[^{}\n]|\{(?:[^{}\n]|\{[^{}\n]*+\})*+\})*+)\}"
_BOXED = re.compile(rf"\\boxed\s?{_BRACED}")
_MARKED = re.compile(
    rf"""(?: (?P<boxed>{_BOXED.pattern})
      | ^\s*\#{{4}}\s*(?P<hashed>[-−$]?\d[^\n]*)
      | \b(?:final\ |correct\ |right\ |my\ )?answer\b[\s*_]{{0,4}}(?:is\b|[:：=])[\s*_:]{{0,6}}(?P<said>[^\n]+) )""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_EMPHASIS = re.compile(r"[*_`$\"“”]")
_CHOICE = re.compile(
    r"(?:(?:option|choice|answer)\s+)?[(\[]?(?P<letter>[A-J])(?:[)\]]?[.:]?|(?:[)\]][.:]?|[.:])\s.*|\s[-–—]\s.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(
    r"""(?<![\w.,:√^])[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)
    (?: (?::\d\d){1,2} | (?:\.\d+)?(?:[eE][-+−]?\d+)?(?:\^\{?[-−]?\d+\}?)?(?:\s?/\s?\d+(?:\.\d+)?)? )
    (?![.,:/^]?\d|[πxyz²³^]|[eE][-+−]?\d)""",
    re.VERBOSE,
)
"""A number read whole, or not at all: 1,200.5 and 3/4, 1.5e3 and 2^10, 12:30."""
_SUM = re.compile(r"\D*(?:[\d\s.+\-−x×·÷/()^=]|,(?=\d))*")
_NOT = re.compile(r"\b(?:not|never|neither|isnt)\b|n['’]t\b|≠|[<>≤≥]", re.IGNORECASE)
_FRACTION = re.compile(r"(\d?)\\[dt]?frac\s?(?:\{([^{}]*)\}\s?\{([^{}]*)\}|(\d)(\d))")
_SPACING = re.compile(r"\\[()\[\],;:! ]|\\(?:left|right)\b|\\text\s?\{([^{}]*)\}")
_COMMAND = re.compile(r"\\[a-zA-Z]")
_SIMPLE = re.compile(r"\s*[\d.]+\s*")


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
    talk after the work taken off. Of that counts the letter of a choice, or else its number if it holds exactly one
    (what a plain sum comes to, too), or else its words, without case, marks of emphasis and punctuation around them.

    >>> final_answer("7 x 6 = 42, so\nthe answer is **42.0**."), final_answer("**(B)** Paris"), final_answer("No!")
    ('42', 'B', 'no')
    """
    said = _EMPHASIS.sub("", _untexed(_decisive(text))).strip().removeprefix("- ")
    if choice := _CHOICE.fullmatch(said):
        return choice["letter"].upper()
    if number := _only_number(said):
        return "/".join(_plain(part.strip()) for part in number.split("/"))
    return " ".join(said.casefold().strip(" .!?:;,。！？").split())


def _decisive(text: str) -> str:
    """The part of an answer that says what it comes to."""
    marked = [match["boxed"] or match["hashed"] or match["said"] for match in _MARKED.finditer(text)]
    if marked:
        said: str = marked[-1]
        if boxed := _BOXED.findall(said):
            return str(boxed[-1]).strip()
        return _SENTENCE_END.split(said)[0].strip() or said.strip()
    lines = [line.strip() for line in unclosed(text, loose=False).splitlines() if line.strip(" \t`*_-=")]
    return lines[-1] if lines else ""


def _untexed(text: str) -> str:
    r"""The text with `\frac{1}{2}` as 1/2, and without what only sets it."""
    return _FRACTION.sub(_fraction, _SPACING.sub(r"\1", text))


def _fraction(match: re.Match[str]) -> str:
    parts = [part if _SIMPLE.fullmatch(part) else f"({part})" for part in (match[2] or match[4], match[3] or match[5])]
    return (f"{match[1]} " if match[1] else "") + "/".join(part.strip() for part in parts)


def _only_number(said: str) -> str | None:
    """The number of a text that holds exactly one, or what a sum of plain numbers comes to; none where it is denied."""
    if _NOT.search(said) or _COMMAND.search(said):
        return None
    before, equals, after = said.rpartition("=")
    part = after if equals and _SUM.fullmatch(before) else said
    found = list(_NUMBER.finditer(part))
    if len(found) != 1:
        return None
    rest = part[: found[0].start()] + part[found[0].end() :]
    return None if re.search(r"\d", rest) else found[0][0]


def _plain(number: str) -> str:
    """One spelling of a number: 1,200.50 is 1200.5, and 42.0 is 42; a time or a power stays as it is."""
    plain = number.replace(",", "").replace("−", "-")
    if re.search(r"[:^]", plain):
        return plain
    if re.search(r"[eE]", plain):
        return _unscaled(plain)
    sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    whole, _, rest = digits.partition(".")
    tail = rest.rstrip("0")
    value = (whole.lstrip("0") or "0") + (f".{tail}" if tail else "")
    return value if value == "0" else sign + value


def _unscaled(number: str) -> str:
    """1.5e3 as 1500, unless that would be long."""
    digits, _, power = number.lower().partition("e")
    short = len(power) < 4 and abs(int(power)) <= 20
    return _plain(format(Decimal(f"{digits}e{power}"), "f")) if short else f"{_plain(digits)}e{power}"

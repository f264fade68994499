"""The numbers in a judge's reply, each with its scale and what stands around it. Knows not which of them is a score.

Everything is pure, looks at a bounded stretch of text around a number, and raises on no string.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CONTEXT = 120
"""Characters looked at before a number, so that no text takes long."""

MARKUP = r"[\s*_`\"'“”()\[\]<]{0,12}"
_NUMBER = r"(?<![\w.,])[+\-−]?(?:\d{1,6}(?:[.,]\d{1,4})?|\.\d{1,4})(?!\w|[.,]\d)"
_WORDS = {"five": 5.0, "ten": 10.0, "twenty": 20.0, "hundred": 100.0}
_FIGURE = re.compile(
    rf"""(?P<value>{_NUMBER})
    (?: \s?(?P<percent>%)
      | {MARKUP}(?:/|\bout[ ]of\b)[\s*_]{{0,6}}(?:(?:an?|the)[ ](?:possible[ ])?)?
        (?P<scale>{_NUMBER}|{"|".join(_WORDS)})
    )?""",
    re.IGNORECASE | re.VERBOSE,
)
_STATED = re.compile(
    r"""(?:\bon[ ])?(?:\ba[ ])?\bscale[ ](?:of|from)[ ]\d{1,4}[ ]?(?:to|[-–—])[ ]?(\d{1,4})
      | \b\d{1,4}[ ]?[-–—][ ]?(\d{1,4})[ ]scale\b
      | [(\[](?:from[ ])?\d{1,4}[ ]?(?:to|[-–—])[ ]?(\d{1,4})[)\]](?=[ *_]{0,4}[:：=])
      | [(\[]?\bout[ ]of[ ](\d{1,4})[)\]]?(?=[ *_]{0,4}[:：=])""",
    re.IGNORECASE | re.VERBOSE,
)
_OR = r"[-–—~+=×/→]{1,3}>?\s{0,3}|\*\s{1,3}|\.{2,3}\s{0,3}|(?:to|or)\s{1,3}"
_MORE = re.compile(
    rf"[\s*_]{{0,6}}(?:{_OR}|and\s{{1,3}}|(?:,\s?)?(?:minus|plus|less)\s{{1,3}}|,\s{{0,3}}|\s)[*_]{{0,3}}\d|\+(?!\S)",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"[\s*_]{{0,6}}?(?:{_OR})[*_]{{0,3}}\d", re.IGNORECASE)
_BEFORE_ALONE = re.compile(r"[\s*_#>`(\[{~=\"'-]{0,12}")
_AFTER_ALONE = re.compile(
    r"[\s*_`)\]}\"'>]{0,12}(?:points?|stars?)?[\s*_`)\]}\"']{0,12}[.!。]?[\s*_`)\]}\"']{0,12}", re.IGNORECASE
)
_AFTER_LEADING = re.compile(r"[\s*_)\]]{0,12}(?:[-–—:：(]|,\s)")
_ENDING = re.compile(
    r"[\s*_)\]\"'`]{0,12}(?:$|[.,;:!?–—({}|-]|\b(?:because|since|for|as|but|overall|points?|stars?|given|due)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a line: its value, the scale it is said to be on, and what stands around it."""

    value: float
    """NaN where it cannot be told, as in "8,500"."""
    scale: float | None
    """The upper end: 10 in "8/10" and "8 out of ten", 100 in "80%"."""
    line: int
    """Which line, from 0."""
    whole: str
    """That line, without the words that state the scale."""
    start: int
    """Where it begins in the whole."""
    stop: int
    before: str
    """The line before it, at most CONTEXT characters."""
    after: str
    """The line after it, as far as that."""

    @property
    def is_one_of_several(self) -> bool:
        """Whether another number stands right behind it: a range, a choice, a sum, a list."""
        return bool(_MORE.match(self.after))

    @property
    def is_open(self) -> bool:
        """Whether it is the beginning of a range, a choice or a sum."""
        return bool(_RANGE.match(self.after))

    @property
    def is_alone(self) -> bool:
        """Whether it has its line to itself."""
        return self._begins and bool(_AFTER_ALONE.fullmatch(self.after))

    @property
    def leads(self) -> bool:
        """Whether it begins its line and a remark follows: "8 - clear and correct"."""
        return self._begins and bool(_AFTER_LEADING.match(self.after))

    @property
    def _begins(self) -> bool:
        return self.start < CONTEXT and bool(_BEFORE_ALONE.fullmatch(self.before))

    @property
    def ends_a_phrase(self) -> bool:
        """Whether nothing is counted with it: "a 7, because …", and not "7 mistakes"."""
        return bool(_ENDING.match(self.after))


def figures(lines: Sequence[str], high: float | None = None) -> Iterator[Figure]:
    """Every number of the lines in order. Where a line states the scale, "(1-10):", that is no number.

    A stated scale that does not end at `high` becomes the scale of all numbers of its line.
    """
    for i, line in enumerate(lines):
        stated = [float(match[match.lastindex or 0]) for match in _STATED.finditer(line)]
        odd = next((end for end in stated if high is not None and end != high), None)
        bare = _STATED.sub(" ", line)
        for match in _FIGURE.finditer(bare):
            (start, stop), scale = match.span(), _scale(match)
            before, after = bare[max(0, start - CONTEXT) : start], bare[stop : stop + CONTEXT]
            yield Figure(_float(match["value"]), odd if scale is None else scale, i, bare, start, stop, before, after)


def _float(text: str) -> float:
    plain = text.replace("−", "-")
    return float("nan") if re.search(r",\d{3,}", plain) else float(plain.replace(",", "."))


def _scale(match: re.Match[str]) -> float | None:
    if match["percent"]:
        return 100.0
    scale = match["scale"]
    return None if scale is None else _WORDS.get(scale.lower()) or _float(scale)

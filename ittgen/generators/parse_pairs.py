"""The two scores of a judge who compares two answers, read as carefully as the one score of `parse_scores`."""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import isnan

from ittgen.generators.parse_figures import MARKUP, Figure, figures
from ittgen.generators.parse_scores import reply_lines

_NOUN = r"(?:answer|assistant|response|model|candidate|option|output|reply|score|rating)"
_OF = r"(?:['’]s)?(?:\s+(?:answer|response|score|rating)){0,2}"
_TO = rf"{MARKUP}(?:[:：=|→]|[-–—]+>?(?=\s)|\b(?:is|gets|scores|receives)\b(?:\s+an?\b)?){MARKUP}$"
_SIDES = tuple(
    re.compile(
        rf"""(?<!\w)(?i:{ordinal})(?i:\s+{_NOUN})?(?i:{_OF})(?:{_TO}|[\s*_]{{1,6}}[(\[]?$)
           | (?<!\w)(?i:{_NOUN})\s*\#?[(\[]?(?:(?i:{word})|{letter})[)\]]?(?i:{_OF}){_TO}
           | (?<![\w.,\#])[(\[]?{letter}[)\]]?{MARKUP}[:：=]{MARKUP}$""",
        re.VERBOSE,
    )
    for ordinal, word, letter in (("(?:first|1st)", "one", "[Aa1]"), ("(?:second|2nd)", "two", "[Bb2]"))
)
_SIGNS = r"[\s*_`()\[\],;:|&/.!–—-]*"
_BETWEEN = re.compile(rf"{_SIGNS}(?:(?:and|vs|versus)\b{_SIGNS})?", re.IGNORECASE)
_AROUND = re.compile(rf"{_SIGNS}(?:(?:final\s+)?(?:scores?|ratings?)\b{_SIGNS})?", re.IGNORECASE)
_LISTED = re.compile(r"[\s*_#-]{0,6}([12])\s?[.):：][\s*_]{1,6}([\[*_(]{0,4}\d[^\n]{0,40})")
_TWO_AND_A_COMMA = re.compile(r"[\s*_`(\[]*(\d{1,3}),(\d{1,3})[\s*_`)\].]*")

_Sided = tuple[int, Figure]
"""0 for the first answer or 1 for the second, and the number that its label leads to."""


def pair_scores(text: str, low: float | None = None, high: float | None = None) -> tuple[float, float] | None:
    """The scores of the first and the second answer; None where one is missing or not certain.

    They may be labelled ("First: 8, Second: 5"; "Assistant B: 5/10" on a line of its own; in any order) or be two
    numbers that have the last or the first line to themselves. The last line wins.
    The numbers of a list are labels. Where `low` or `high` is given, both scores keep to it, or there are none.

    >>> pair_scores("B is shorter.\\nAnswer A: 7/10\\nAnswer B: 9/10"), pair_scores("8 7"), pair_scores("Both get 8.")
    ((7.0, 9.0), (8.0, 7.0), None)
    """
    lines = _labelled(reply_lines(text))
    pair = _read(lines) if lines else None
    if pair is None or (low is not None and min(pair) < low) or (high is not None and max(pair) > high):
        return None
    return pair


def _labelled(lines: list[str]) -> list[str]:
    """The lines with a list of two numbers, "1. 8" and "2. 5", written as first and second."""
    items = [_LISTED.fullmatch(line) for line in lines]
    for i, (one, two) in enumerate(pairwise(items)):
        if one and two and (one[1], two[1]) == ("1", "2"):
            lines[i : i + 2] = [f"First: {one[2]}", f"Second: {two[2]}"]
    return lines


def _read(lines: Sequence[str]) -> tuple[float, float] | None:
    found = list(figures(lines))
    sided = [(side, figure) for figure in found if (side := _side(figure)) is not None]
    last = len(lines) - 1
    if _names_both(here := [one for one in sided if one[1].line == last]):
        return _both(here)
    if len(lines) == len(found) == 2 and all(figure.is_alone for figure in found):
        return (found[0].value, found[1].value) if _on_one_scale(found) else None
    return _bare(lines, found, last) or _in_phrases(sided, last) or _bare(lines, found, 0)


def _side(figure: Figure) -> int | None:
    return next((side for side, label in enumerate(_SIDES) if label.search(figure.before)), None)


def _in_phrases(sided: Sequence[_Sided], last: int) -> tuple[float, float] | None:
    """The scores above the last line, or on a line each; "First: 3 mistakes" is none."""
    sure = [(side, figure) for side, figure in sided if figure.ends_a_phrase or figure.scale]
    for line in range(last - 1, -1, -1):
        if _names_both(here := [one for one in sure if one[1].line == line]):
            return _both(here)
    return _both(sure)


def _names_both(sided: Sequence[_Sided]) -> bool:
    return {side for side, _ in sided} == {0, 1}


def _both(sided: Sequence[_Sided]) -> tuple[float, float] | None:
    """The pair, if every label of a side leads to the same number and both are on one scale."""
    if not _names_both(sided) or any(figure.is_open for _, figure in sided):
        return None
    first, second = ({figure.value for at, figure in sided if at == side} for side in (0, 1))
    certain = len(first) == len(second) == 1 and _on_one_scale([figure for _, figure in sided])
    return (first.pop(), second.pop()) if certain else None


def _on_one_scale(found: Sequence[Figure]) -> bool:
    """Whether they name no scale or one, and every number can be told."""
    named = {figure.scale for figure in found} - {None}
    return len(named) < 2 and not any(isnan(figure.value) for figure in found)


def _bare(lines: Sequence[str], found: Sequence[Figure], at: int) -> tuple[float, float] | None:
    """The two numbers of a line that holds nothing else. "8,5" are two, since two are asked for."""
    here = [figure for figure in found if figure.line == at]
    if match := _TWO_AND_A_COMMA.fullmatch(lines[at]):
        return float(match[1]), float(match[2])
    if len(here) != 2 or _LISTED.fullmatch(lines[at]):
        return None
    first, second = here
    whole = first.whole
    pieces = (whole[: first.start], whole[first.stop : second.start], whole[second.stop :])
    if not all(rule.fullmatch(piece) for rule, piece in zip((_AROUND, _BETWEEN, _AROUND), pieces, strict=True)):
        return None
    return (first.value, second.value) if _on_one_scale(here) else None

"""Number words of thirty languages, from two up, and the words for units of length. Knows nothing of tasks.

The words stand in `numerals.toml`.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_AMBIGUOUS = frozenset(_TABLE["ambiguous"].split())

NUMBERS: Mapping[str, int] = {
    word: number for row in _TABLE["rows"] for number, word in enumerate(row.split(), 1) if number > 1
} | _TABLE["others"]
"""Word -> number, those included that mean something else in another language."""
UNITS: Mapping[str, str] = _TABLE["units"]
"""Unit of length, "words" or "lines" -> the pattern of the words for it."""
SIGNS: tuple[str, ...] = tuple(_TABLE["signs"].split())
"""A text that speaks of a length has one of these."""


def _pattern() -> str:
    spaced = sorted((word for word in NUMBERS if word[0] < "\u0e00" and word not in _AMBIGUOUS), key=len, reverse=True)
    unspaced = sorted((word for word in NUMBERS if word[0] >= "\u0e00"), key=len, reverse=True)
    return rf"(?:\d{{1,3}}(?![\d.,]\d)|(?:{'|'.join(map(re.escape, spaced))})(?![\w'’])|(?:{'|'.join(unspaced)}))"


NUMBER = _pattern()
"""One number in figures or words; what may stand before it, whoever uses it says."""


def number(word: str) -> int:
    """The number that a word or figures mean; 0 for none.

    >>> number("five"), number("7"), number("sept")
    (5, 7, 7)
    """
    return int(word) if word.isdecimal() else NUMBERS.get(word.lower(), 0)

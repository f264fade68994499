"""A line that promises a list: "Here are five tips:", "Voici trois idées :", "以下是三个建议：". Knows no lists."""

import re

from ittgen.filters import unspaced
from ittgen.filters.around import numbers
from ittgen.filters.numerals import EVERY, doubtful, number, plays, tokens

_MOST = 30
_BEFORE = 7
"""Words before the number of a promise."""
_LAST_SENTENCE = re.compile(r"[.!?。！？]\s+")


def promised(line: str) -> int:
    """How many things a line in lower case says will follow; 0 where it does not say.

    >>> promised("sure! here are five tips:"), promised("mix two cups of flour and 3 eggs:")
    (5, 0)
    """
    said = _LAST_SENTENCE.split(line)[-1]
    if not said.isascii() and (count := unspaced.promised(said)):
        return count
    words = tokens(said)
    if sum(number(word)[0] > 1 for word in words) != 1:
        return 0
    found = [each for each in numbers(words) if each.value > 1]
    if len(found) != 1 or found[0].bound or found[0].at > _BEFORE or found[0].value > _MOST:
        return 0
    if doubtful(words[0]):
        return 0
    languages = found[0].languages
    for word in words[: found[0].at]:
        languages &= EVERY if word == "," else plays("here", word)
    return found[0].value if languages and found[0].unit()[0] in ("item", "sentence", "word") else 0

"""Words of counting in two dozen languages: which number a word is, and what part it plays in a wish for one.

Reads `counts.toml` when it is first needed. A word plays its part in some languages and none in the others ("to" is two
in Danish), so each look-up gives the languages as bits, and whoever combines words keeps those that all of them share.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from ittgen.filters.looks import lowered

_TABLE = Path(__file__).with_name("counts.toml")
_SIGNS = r"\s!-&(-/:-@\[-`{-~¡¿«»“”„…—–、。，：；？！،؛؟।（）「」《》"
_TOKEN = re.compile(rf"\d+(?:[.,:/]\d+)*[^{_SIGNS}]*|[^{_SIGNS}\d]+|\S")
EVERY = -1
"""The languages of a number in digits: all of them."""
UNITS = "word sentence line paragraph stanza row column letter character digit item".split()
_PHRASES = "least most about exactly most_after least_after asks".split()
LONGEST_PHRASE = 5

Languages = Mapping[str, int]
"""Word -> the languages in which it plays a part, a bit each."""


def tokens(text: str) -> list[str]:
    """The words, numbers and signs of a text in lower case.

    >>> tokens("A 5-word slogan!")
    ['a', '5', '-', 'word', 'slogan', '!']
    """
    return _TOKEN.findall(lowered(text).replace("’", "'"))


def number(word: str) -> tuple[int, int]:
    """(value, languages) of a number in digits or a word; (0, 0) where it is neither."""
    if word[0].isdecimal():
        return (int(word), EVERY) if word.isdecimal() and len(word) < 5 else (0, 0)
    return _numbers().get(word, (0, 0))


def plays(part: str, word: str) -> int:
    """The languages in which a word plays a part: `plays("lead", "nenne")`."""
    return _parts()[part].get(word, 0)


def unit_of(word: str, languages: int) -> str:
    """The unit that a word names in one of the languages, or ""."""
    return next((unit for unit in UNITS if _parts()[unit].get(word, 0) & languages), "")


def compound(word: str) -> tuple[int, str]:
    """(number, unit) that are one word: "dreizeiliges"; (0, "") where it is no such word."""
    found = _compounds().fullmatch(word)
    if not found:
        return 0, ""
    value, languages = number(found[1])
    unit = unit_of(found[2], languages)
    return (value, unit) if unit else (0, "")


def may_count(words: Sequence[str]) -> bool:
    """A first look: whether a number above one is among the words, or "one" and something to measure texts in."""
    if not _above_one().isdisjoint(words):
        return True
    if not _doubtful().isdisjoint(words) and not _leads_of_doubtful().isdisjoint(words):
        return True
    return not _ones().isdisjoint(words) and not _measures().isdisjoint(words)


def doubtful(word: str) -> bool:
    """Whether a word is a number in one language and a common small word in another."""
    return word in _doubtful()


@cache
def _above_one() -> frozenset[str]:
    return frozenset(word for word, (value, _) in _numbers().items() if value > 1) - _doubtful()


@cache
def _doubtful() -> frozenset[str]:
    """Numbers of one language that are common words of another: "to" is two in Danish, "on" ten in Turkish."""
    return frozenset("to on once sex hat ni ti nu sat".split()) & _numbers().keys()


@cache
def _leads_of_doubtful() -> frozenset[str]:
    languages = 0
    for word in _doubtful():
        languages |= _numbers()[word][1]
    return frozenset(w for part in ("lead", "last") for w, bits in _parts()[part].items() if bits & languages)


@cache
def _ones() -> frozenset[str]:
    return frozenset(word for word, (value, _) in _numbers().items() if value == 1)


@cache
def _measures() -> frozenset[str]:
    return frozenset(word for unit in UNITS[:4] for word in _parts()[unit])


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def _numbers() -> Mapping[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for bit, words in enumerate(_table().values()):
        for value, forms in enumerate(words["numbers"].split(), 1):
            for form in forms.split("/"):
                if form != "-" and found.get(form, (value,))[0] == value:
                    found[form] = (value, found.get(form, (0, 0))[1] | 1 << bit)
    return found


@cache
def _parts() -> Mapping[str, Languages]:
    parts: dict[str, dict[str, int]] = {part: {} for words in _table().values() for part in words}
    for bit, words in enumerate(_table().values()):
        for part, said in words.items():
            for word in _said(part, said):
                parts[part][word] = parts[part].get(word, 0) | 1 << bit
    return parts


def _said(part: str, said: str) -> Iterable[str]:
    return (phrase.strip() for phrase in said.split(",")) if part in _PHRASES else said.split()


@cache
def _compounds() -> re.Pattern[str]:
    """German and Dutch write a number and its unit as one word, and decline it."""
    numbers = "|".join(sorted((form for form in _numbers() if len(form) > 2), key=len, reverse=True))
    units = "|".join(word for unit in ("word", "line", "stanza") for word in _parts()[unit] if "ig" in word)
    return re.compile(rf"({numbers}|\d+)({units})")

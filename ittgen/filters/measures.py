"""Numbers that describe a text: length, repetition, compression, scripts, readability. No verdicts, no examples.

Each is pure, linear in the text and the same on every machine; each docstring says what it is worth in other languages.
"""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache

_STOP = re.compile(r"[.!?…。！？।؟]+")
_VOWELS = re.compile(r"[aeiouyáéíóúàèìòùâêîôûäëïöüãõåæøœаеёиоуыэюя]+")
SCRIPTS = ("latin", "cyrillic", "han", "kana", "hangul", "arabic", "devanagari", "thai", "greek", "hebrew")
"""Scripts that have a name here; all others are "other"."""
_NAMES = {"cjk": "han", "hiragana": "kana", "katakana": "kana"}


def characters(text: str) -> float:
    """Characters without the blanks around the text; the same in every language."""
    return float(len(text.strip()))


def words(text: str) -> float:
    """What white space separates; a Chinese, Japanese or Thai sentence is one word."""
    return float(len(text.split()))


def sentences(text: str) -> float:
    """Runs of . ! ? and their Chinese, Arabic and Hindi kin, at least 1 where there is text; "3.5" has one."""
    return float(max(len(_STOP.findall(text)), 1)) if text.strip() else 0.0


def repetition(text: str) -> float:
    """The share of word triples seen before, 0 to 1; triples of characters where words have no blanks between them."""
    parts = text.split()
    if len(parts) * 12 < len(text):
        parts = list("".join(parts))
    triples = Counter(zip(parts, parts[1:], parts[2:], strict=False))
    return 1 - len(triples) / total if (total := sum(triples.values())) else 0.0


def compression(text: str) -> float:
    """Bytes after zlib per byte before: .02 for a loop, .3 to .6 for prose, above 1 below some 20 bytes."""
    data = text.encode("utf-8", "replace")
    return len(zlib.compress(data, 6)) / len(data) if data else 0.0


def readability(text: str) -> float:
    """Flesch's reading ease (https://doi.org/10.1037/h0057532): 90 for a child, 30 for a scholar; 0 without words.

    Made for English: with other alphabets only texts of one language can be compared, without vowels it means nothing.
    """
    found = re.findall(r"[^\W\d_]+", text.lower())
    if not found:
        return 0.0
    syllables = sum(max(len(_VOWELS.findall(word.removesuffix("e"))), 1) for word in found)
    return 206.835 - 1.015 * len(found) / sentences(text) - 84.6 * syllables / len(found)


def script_shares(text: str) -> dict[str, float]:
    """Script -> its share of the letters, for each one that occurs: {"latin": 0.75, "han": 0.25}."""
    letters = Counter(character for character in text if character.isalpha())
    shares: Counter[str] = Counter()
    for character, number in letters.items():
        shares[_script(character)] += number
    total = sum(shares.values())
    return {name: number / total for name, number in sorted(shares.items())}


@lru_cache(maxsize=8192)
def _script(character: str) -> str:
    first = unicodedata.name(character, "").split(" ")[0].split("-")[0].lower()
    name = _NAMES.get(first, first)
    return name if name in SCRIPTS else "other"


def _share_of(script: str) -> Callable[[str], float]:
    return lambda text: script_shares(text).get(script, 0.0)


MEASURES: Mapping[str, Callable[[str], float]] = {
    "characters": characters,
    "words": words,
    "sentences": sentences,
    "repetition": repetition,
    "compression": compression,
    "readability": readability,
    **{script: _share_of(script) for script in (*SCRIPTS, "other")},
}
"""Name of a score -> the measure of one text that gives it; a script's name is its share of the letters."""

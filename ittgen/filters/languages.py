"""The script and the language of a text, by its letters and its commonest words.

No model and no dictionary: scripts by code points, languages of the Latin script by words that only one of them
uses, Russian, Ukrainian and Belarusian, Arabic, Persian and Urdu by letters that only one of them has. A text too short
or too mixed to tell has no language.
"""

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from ittgen.filters.looks import lowered

_TABLE = Path(__file__).with_name("languages.toml")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_BLOCKS = (
    ("", 0),
    ("Latin", 0x41),
    ("", 0x5B),
    ("Latin", 0x61),
    ("", 0x7B),
    ("Latin", 0xC0),
    ("", 0x250),
    ("Greek", 0x370),
    ("Cyrillic", 0x400),
    ("", 0x530),
    ("Hebrew", 0x5D0),
    ("", 0x5EB),
    ("Arabic", 0x600),
    ("", 0x700),
    ("Devanagari", 0x900),
    ("Bengali", 0x980),
    ("Gurmukhi", 0xA00),
    ("Gujarati", 0xA80),
    ("", 0xB00),
    ("Tamil", 0xB80),
    ("Telugu", 0xC00),
    ("Kannada", 0xC80),
    ("Malayalam", 0xD00),
    ("", 0xD80),
    ("Thai", 0xE01),
    ("", 0xE5C),
    ("Latin", 0x1E00),
    ("Greek", 0x1F00),
    ("", 0x2000),
    ("Kana", 0x3041),
    ("", 0x3100),
    ("Han", 0x3400),
    ("", 0xA000),
    ("Hangul", 0xAC00),
    ("", 0xD7A4),
)
"""The scripts by the code point at which they begin."""
_STARTS = tuple(start for _, start in _BLOCKS)

CLOSE = frozenset(
    frozenset(pair)
    for pair in (
        ("Spanish", "Portuguese"),
        ("Spanish", "Italian"),
        ("Portuguese", "Italian"),
        ("Danish", "Swedish"),
        ("Czech", "Polish"),
    )
)
"""Languages so near to each other that a short text in one has words of another."""

_OWN_LETTERS = {
    "Vietnamese": re.compile("[ơưđạ-ỹ]"),
    "German": re.compile("ß"),
    "Polish": re.compile("[łżźśćń]"),
    "Czech": re.compile("[řěů]"),
    "Turkish": re.compile("[ğış]"),
    "Hungarian": re.compile("[őű]"),
    "Romanian": re.compile("[țșă]"),
    "Spanish": re.compile("ñ"),
}
"""Letters that make a word of a task one of a language."""
_BY_LETTERS = (
    ("Russian", "ыэъё", "іїєґў"),
    ("Ukrainian", "іїєґ", "ыэъё"),
    ("Belarusian", "ўі", "ищъїєґ"),
    ("Persian", "پچژگی", "ةيكىٹڈڑںے"),
    ("Urdu", "ٹڈڑںے", "ةيكى"),
    ("Arabic", "ةيىكإأ", "پچژگٹڈڑںےی"),
)
"""A language, letters of which it has some, and letters that it has not."""
_UKRAINIAN = frozenset("що чому це який яка які яке поясни порадь назви навіщо або також".split())
"""Words of tasks that may do without its letters."""


@lru_cache(maxsize=16)
def scripts(text: str) -> dict[str, int]:
    """Letters by script; of no script that does not occur.

    >>> scripts("Huế 是城市")
    {'Latin': 3, 'Han': 3}
    """
    found: dict[str, int] = {}
    for character, times in Counter(text).items():
        if script := _script(character):
            found[script] = found.get(script, 0) + times
    return found


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    return _BLOCKS[bisect_right(_STARTS, ord(character)) - 1][0]


def main_script(counts: dict[str, int]) -> str:
    """The script of four letters in five; a Japanese text is one that has kana among its characters."""
    merged = dict(counts)
    if merged.get("Kana", 0) * 12 > merged.get("Han", 0):
        merged["Kana"] = merged.get("Kana", 0) + merged.pop("Han", 0)
    name = max(merged, key=lambda script: merged[script], default="")
    return name if name and merged[name] >= 0.8 * sum(merged.values()) else ""


def by_letters(text: str) -> str:
    """The language of a Cyrillic or Arabic text by letters that it alone has, twice at least, or nothing."""
    present = Counter(text.lower())
    for name, own, foreign in _BY_LETTERS:
        if sum(present[letter] for letter in own) > 1 and not any(present[letter] for letter in foreign):
            return name
    ukrainian = not _UKRAINIAN.isdisjoint(words(text)) and not any(present[letter] for letter in "ыэъё")
    return "Ukrainian" if ukrainian else ""


@lru_cache(maxsize=16)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, with straight apostrophes; remembered while the rule goes over a row."""
    return tuple(_WORD.findall(lowered(text).replace("’", "'")))


def hits(said: Sequence[str]) -> dict[str, int]:
    """How many words of each language alone are among them."""
    return Counter(filter(None, map(_owners().get, said)))


def asked(text: str) -> dict[str, int]:
    """The same of a task, where a letter that one language alone has makes a word one of that language."""
    found = hits(words(text))
    if not text.isascii():
        for word in words(text):
            if not word.isascii() and word not in _owners():
                for name, letters in _OWN_LETTERS.items():
                    if letters.search(word):
                        found[name] = found.get(name, 0) + 1
                        break
    return found


def language(said: Sequence[str], least: int = 4) -> str:
    """The language that has enough words here, an eighth of all, and more than any other by far.

    It has three times as many words of its own alone as any other has, or more, and clearly more words in all.
    """
    alone = hits(said)
    if not alone or max(alone.values()) < 2:
        return ""
    every = Counter(spoken for word in said for spoken in _speakers().get(word, ()))
    (name, best), (_, next_best) = (*every.most_common(2), ("", 0))[:2]
    own = alone.get(name, 0)
    rivals = max((times for other, times in alone.items() if other != name), default=0)
    clear = own > 1 and (own >= 3 * rivals or (own > rivals and best >= 1.4 * next_best))
    return name if clear and best >= least and best * 8 >= len(said) else ""


@cache
def _speakers() -> dict[str, tuple[str, ...]]:
    """A word -> the languages that have it."""
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["words"]
    found: dict[str, tuple[str, ...]] = {}
    for name, own in table.items():
        for word in set(own.split()):
            found[word] = (*found.get(word, ()), name)
    return found


@cache
def _owners() -> dict[str, str]:
    """A word that one language alone has -> the language."""
    return {word: names[0] for word, names in _speakers().items() if len(names) == 1}

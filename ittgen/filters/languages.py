"""The scripts of a text by its code points. No model and no dictionary; which language it is, `tongues` tells."""

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

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

_OTHERS = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2e80-\ufeff]")
"""Letters of any other script than the Latin; its own later ones stand between."""


def is_latin(text: str) -> bool:
    """Whether there is no letter of another script in the text: a quick look."""
    return text.isascii() or not _OTHERS.search(text)


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

"""Which languages a sentence may be in, by its letters: a cheap look that spares the patterns of all the others."""

import re
from collections.abc import Collection, Iterable

_ALPHABETS = (
    ("ru uk el", re.compile("[\u0370-\u03ff\u0400-\u052f]")),
    ("zh ja ko", re.compile("[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")),
    ("ar fa he hi bn ta th", re.compile("[\u0590-\u0eff]")),
)
"""Languages, and what a sentence in one of them has at least one of."""
_NAMES = tuple(frozenset(names.split()) for names, _ in _ALPHABETS)
_BEYOND_LATIN = frozenset().union(*_NAMES)


def alphabet(text: str) -> int:
    """0 for Latin letters alone, 1 and more for another alphabet that is there: a place in `by_alphabet`."""
    if text.isascii():
        return 0
    return next((at for at, (_, letters) in enumerate(_ALPHABETS, start=1) if letters.search(text)), 0)


def by_alphabet(languages: Iterable[str]) -> tuple[Collection[str], ...]:
    """Those of the languages that a text of each alphabet may be in; English may stand in all.

    >>> [sorted(names) for names in by_alphabet(["en", "fr", "uk", "zh"])]
    [['en', 'fr'], ['en', 'uk'], ['en', 'zh'], ['en']]
    """
    known = frozenset(languages)
    english = known & {"en"}
    return known - _BEYOND_LATIN, *(names & known | english for names in _NAMES)

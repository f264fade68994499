"""Finding text that goes round in circles: one pass over the words, whatever the script.

Knows words and their places, not what a text is about; who asks decides how long a loop may be.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese: scripts without blanks between words."""

_PICTURES = "\u2600-\u27bf\U0001f300-\U0001faff"

_UNITS = re.compile(rf"[{_UNSPACED}{_PICTURES}]|[^\W_{_UNSPACED}]+")
_ONE_CHARACTER = re.compile(rf"[{_UNSPACED}{_PICTURES}]")
_LONG_WORD = 40
_LONGEST_SYLLABLE = 12
_LEAST = 8
"""Fewer pairs that come again make no loop that matters."""


@dataclass(frozen=True, slots=True)
class Loop:
    """The same words again and again, with nothing between."""

    phrase: str
    times: int
    """How often the phrase stands there in full."""
    weight: float
    """Words in the phrase; a character of a script without blanks counts 0.6 words."""
    share: float
    """How much of the text's words the loop is."""


def spaced(text: str) -> bool:
    """Whether blanks set all words of a text apart.

    >>> spaced("Ping, PING"), spaced("Ping 好的")
    (True, False)
    """
    return text.isascii() or not _ONE_CHARACTER.search(text)


def units(text: str) -> list[str]:
    """Words in lower case; single characters where a script has no blanks between words.

    >>> units("Ping, PING 好的")
    ['ping', 'ping', '好', '的']
    """
    return _UNITS.findall(text.lower())


def loops(found: Sequence[str]) -> Iterator[Loop]:
    """Every stretch in which a phrase follows itself; linear in the number of words.

    Pairs see short phrases; phrases that have the same words in them twice take a longer look.
    """
    if repeated(found, 2) >= _LEAST:
        yield from _stretches(found, 2)
        if repeated(found, 8):
            yield from _stretches(found, 8)


def repeated(found: Sequence[str], span: int) -> int:
    """How many runs of so many words were there before."""
    if span == 2:  # the usual case, without the general one's slices
        return max(len(found) - 1, 0) - len(set(pairwise(found)))
    return max(len(found) - span + 1, 0) - len(set(zip(*(found[k:] for k in range(span)), strict=False)))


def _stretches(found: Sequence[str], span: int) -> Iterator[Loop]:
    """A run of `span` words that comes back at the same distance as the run before it carries a stretch on."""
    seen: dict[tuple[str, ...], int] = {}
    gap = run = 0
    for at, key in enumerate(zip(*(found[k:] for k in range(span)), strict=False), start=span - 1):
        here = at - seen.get(key, at)
        seen[key] = at
        if here == gap:
            run += 1
            continue
        if gap and run >= gap:
            yield _loop(found, at, gap, run + span - 1)
        gap, run = here, 1
    if gap and run >= gap:
        yield _loop(found, len(found), gap, run + span - 1)


def _loop(found: Sequence[str], end: int, gap: int, run: int) -> Loop:
    """The stretch that ends before `end`: the first round comes on top of the words that came again."""
    phrase = found[end - gap : end]
    whole = min(run + gap, end)
    weight = sum(0.6 if len(unit) == 1 and _ONE_CHARACTER.match(unit) else 1.0 for unit in phrase)
    return Loop(" ".join(phrase), whole // gap, weight, whole / len(found))


def stutter(found: Sequence[str]) -> str:
    """The first very long word that is one short syllable over and over, else nothing: "hahaha…", "aaaa…"."""
    return next((word for word in found if len(word) >= _LONG_WORD and word.isalpha() and _stutters(word)), "")


def _stutters(word: str) -> bool:
    """At its end or in its middle: "goooo…", "aaaa…rgh"."""
    middle = max((len(word) - _LONG_WORD) // 2, 0)
    return _periodic(word[-_LONG_WORD:]) or _periodic(word[middle : middle + _LONG_WORD])


def _periodic(word: str) -> bool:
    return any(word[size:] == word[:-size] for size in range(1, _LONGEST_SYLLABLE + 1))

"""Which language the words of a text speak for, where several share a script: Dutch or German, Ukrainian or Russian.

Two languages are told apart by words that one of them has and the other has not, and by letters outside one's alphabet;
so even kindred ones differ by many. The words stand in `languages.toml`; a few languages are there only in order not
to be taken for another. Knows nothing of tasks and answers.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from ittgen.filters.looks import lowered

_TABLE = Path(__file__).with_name("languages.toml")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MARKED = re.compile(r"[^\W\d_][\w\u0900-\u0dff\u064b-\u065f]*(?:['’][^\W\d_]+)?")
"""Words of scripts that set marks on their letters, which the other pattern would cut there."""
_MARKS = re.compile("[\u0900-\u0dff\u064b-\u065f]")
_LETTER = re.compile(r"[^\W\d_a-z]")

_LONG = 40
_SURE = 2
"""Words of an answer that is judged by a quick look, and words that tell."""

Speakers = Mapping[int, int]
"""A set of languages, one bit for each -> how many words of a text are theirs alone."""


@dataclass(frozen=True, slots=True)
class _Languages:
    names: Mapping[int, str]
    bits: Mapping[str, int]
    words: Mapping[str, int]
    """A word -> the languages that have it."""
    letters: Mapping[str, int]
    """A letter beyond a to z -> the languages that write it."""
    guards: int
    shared: Mapping[str, tuple[str, ...]]
    """A word -> the names of the languages that have it, but for the guards."""
    alone: Mapping[str, str]
    """A word that one language alone has, but for the guards -> that language."""
    english: frozenset[str]
    """Words of English alone."""
    strange: Mapping[str, frozenset[str]]
    """A language -> the words that others have and it has not."""
    written: Mapping[str, frozenset[str]]
    """A language -> its letters beyond a to z."""


@lru_cache(maxsize=16)
def spoken(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, with straight apostrophes; remembered while the rule goes over a row."""
    lower = lowered(text)
    if text.isascii():
        return tuple(_WORD.findall(lower))
    lower = lower.replace("’", "'").replace("i\u0307", "i")
    return tuple((_MARKED if _MARKS.search(text) else _WORD).findall(lower))


def said(text: str) -> list[str]:
    """The same without names and titles: a word with a capital counts where a small one follows and no capital stood.

    >>> said("Let It Be is a song"), said("Improves health")
    (['is', 'a', 'song'], ['improves', 'health'])
    """
    found = (_MARKED if not text.isascii() and _MARKS.search(text) else _WORD).findall(text.replace("’", "'"))
    small = [not word[0].isupper() for word in found]
    return [
        word.lower()
        for place, word in enumerate(found)
        if small[place] or (small[place + 1 : place + 2] == [True] and (place == 0 or small[place - 1]))
    ]


def speakers(words: Iterable[str]) -> Speakers:
    """The different words of a text by the languages that have them; a word in no list counts by its letters."""
    different, listed = set(words), _languages().words
    found = cast("Counter[int]", Counter(map(listed.get, different)))
    if found.pop(cast(int, None), 0) and not "".join(different).isascii():
        found.update(filter(None, (_by_letters(word) for word in different if word not in listed)))
    return found


def alone(words: Iterable[str], one: str, other: str) -> set[str]:
    """Those of the words that are in the list of the one language and not in the other's."""
    every = _languages()
    mine, theirs = every.bits[one], every.bits[other]
    return {word for word in words if (mask := every.words.get(word, 0)) & mine and not mask & theirs}


def english(words: Iterable[str]) -> set[str]:
    """Those of the words that are common in English, whatever other language may have them."""
    every = _languages()
    own = every.bits["English"]
    return {word for word in words if every.words.get(word, 0) & own}


def is_english_for_english(answer: Sequence[str], task: Sequence[str]) -> bool:
    """A quick look at a long answer: words of English alone in the task, and hardly one that English has not."""
    every = _languages()
    if len(answer) <= _LONG or len(every.english.intersection(task)) < _SURE:
        return False
    return len(every.strange["English"].intersection(answer)) < _SURE


def is_at_home(answer: Sequence[str], text: str, language: str) -> bool:
    """A quick look at a long answer: hardly a word that the language has not, and no letter that it does not write."""
    every = _languages()
    if len(answer) <= _LONG or len(every.strange[language].intersection(answer)) >= _SURE:
        return False
    written = every.written.get(language)
    if text.isascii() or written is None:
        return True
    return all(letter in written for letter in set(lowered(text)) if letter > "\x7f" and letter.isalpha())


def speaks_english(words: Iterable[str], least: int = _SURE) -> bool:
    """Whether so many words of English alone are among them."""
    return len(_languages().english.intersection(words)) >= least


def foreign(words: Iterable[str], one: str, other: str) -> set[str]:
    """The same, with words that are in no list and of letters that the one alphabet has and the other has not."""
    bits = _languages().bits
    mine, theirs = bits[one], bits[other]
    return {word for word in words if (mask := _speakers(word)) & mine and not mask & theirs}


def wanted(found: Speakers) -> str:
    """The language that most of the words are of; nothing where there are none, or a guard has as many."""
    every = _languages()
    totals = _totals(found)
    best = max(totals, key=lambda bit: (totals[bit], bool(bit & every.guards), -bit), default=0)
    return "" if not best or best & every.guards else every.names[best]


def against(found: Speakers, language: str) -> dict[str, int]:
    """How many of the words each other language has that this one has not, in the table's order."""
    every = _languages()
    own = every.bits[language]
    others = {mask: times for mask, times in found.items() if not mask & own}
    return {every.names[bit]: times for bit, times in sorted(_totals(others).items())}


def _totals(found: Speakers) -> dict[int, int]:
    """How many of the words each language has, by its bit."""
    totals: dict[int, int] = {}
    for mask, times in found.items():
        while mask:
            bit = mask & -mask
            totals[bit] = totals.get(bit, 0) + times
            mask ^= bit
    return totals


def beyond(found: Speakers, language: str) -> int:
    """How many of the words this language has not: a quick look before `against`."""
    own = _languages().bits[language]
    return sum(times for mask, times in found.items() if not mask & own)


def is_judged(language: str) -> bool:
    """Whether a verdict may name the language; not one that is in the table as a guard."""
    every = _languages()
    return not every.bits[language] & every.guards


def hits(words: Iterable[str]) -> dict[str, int]:
    """How many of the words are of each language alone."""
    return Counter(filter(None, map(_languages().alone.get, words)))


def language(words: Sequence[str], least: int = 4) -> str:
    """The language that has enough of the words, an eighth of all, and more than any other by far.

    It has three times as many words of its own alone as any other has, or more, and clearly more words in all.
    """
    alone = hits(words)
    if not alone or max(alone.values()) < 2:
        return ""
    every = Counter(spoken for word in words for spoken in _languages().shared.get(word, ()))
    (name, best), (_, next_best) = (*every.most_common(2), ("", 0))[:2]
    own = alone.get(name, 0)
    rivals = max((times for other, times in alone.items() if other != name), default=0)
    clear = own > 1 and (own >= 3 * rivals or (own > rivals and best >= 1.4 * next_best))
    return name if clear and best >= least and best * 8 >= len(words) else ""


def _speakers(word: str) -> int:
    return _languages().words.get(word) or _by_letters(word)


@lru_cache(maxsize=8192)
def _by_letters(word: str) -> int:
    """The languages whose alphabets hold a word that has letters beyond a to z; none where it has none or none fits."""
    if word.isascii():
        return 0
    found, letters = (1 << len(_languages().bits)) - 1, _languages().letters
    for letter in _LETTER.findall(word):
        found &= letters.get(letter, 0)
    return found


@cache
def _languages() -> _Languages:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    lists = {**table["words"], **table["guards"]}
    bits = {name: 1 << place for place, name in enumerate(lists)}
    words: dict[str, int] = {}
    for group in (lists, table["content"]):
        for name, own in group.items():
            for word in own.split():
                words[word] = words.get(word, 0) | bits[name]
    letters: dict[str, int] = {}
    for name, alphabet in table["alphabets"].items():
        for letter in alphabet:
            letters[letter] = letters.get(letter, 0) | bits[name]
    guards = sum(bits[name] for name in table["guards"])
    shared = {word: tuple(n for n, bit in bits.items() if mask & bit & ~guards) for word, mask in words.items()}
    alone = {word: names[0] for word, names in shared.items() if len(names) == 1}
    english = frozenset(word for word, name in alone.items() if name == "English")
    strange = {
        name: frozenset(word for word, mask in words.items() if not mask & bit)
        for name, bit in bits.items()
        if not bit & guards
    }
    written = {name: frozenset(alphabet) for name, alphabet in table["alphabets"].items()}
    names = {bit: name for name, bit in bits.items()}
    return _Languages(names, bits, words, letters, guards, shared, alone, english, strange, written)

"""Answers in another language of their task's script, as a whole or in some sentences: English for German, and so on.

Words of the other language are weighed against words of the task's own; quotations, names and titles do not count.
"""

import re

from ittgen.filters.looks import parts
from ittgen.filters.tongues import (
    against,
    alone,
    beyond,
    foreign,
    is_at_home,
    is_english_for_english,
    is_judged,
    said,
    speakers,
    spoken,
    wanted,
)

QUOTED = re.compile(r"(?:[\"“«„「『《‘]|(?<!\w)')[^\"”»“」』》’'\n]{2,}[\"”»“」』》’']|\([^()\n]*\)|（[^（）\n]*）")
"""What may be of any language: quotations and what stands in brackets."""
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+|\|")
_LEAST = 3
"""Words of the other language that an answer must have; one of few words, two."""
_SHORT = 40
"""Words of an answer all of which are read at once."""
_LONG = 5
"""Letters of a word that shows the language of a task alone; "plus" may be of many."""
_PARTS = 4
"""Words of the other language in sentences that have none of the task's."""
_SHARE = 6
"""One word in so many must be of the other language: a text has as many that are common."""


def strays(answer: str, instruction: str, given: str, least: int) -> tuple[str, str] | None:
    """The answer's language and the task's, where they are two and the answer has as many letters as it must have.

    >>> strays("Im Herbst werden die Blätter bunt und die Tage kürzer.", "Beschrijf de herfst.", "", 20)
    ('German', 'Dutch')
    """
    if len(answer) < 2 * least and sum(map(str.isalpha, answer)) < least:
        return None
    if answer.isascii() and is_english_for_english(parts(answer), parts(instruction)):
        return None
    task = speakers(spoken(instruction))
    language = wanted(task)
    if not language or _is_plainly(answer, language):
        return None
    plain = QUOTED.sub(" ", answer)
    written = _other(said(plain), language)
    if not written or not _is_alien(written, language, instruction, given, plain):
        return None
    found = _is_wholly(plain, written, language) or _is_partly(plain, written, language)
    return (written, language) if found else None


def _is_plainly(answer: str, language: str) -> bool:
    """A quick look: hardly a word that the language has not; those beside a comma are only read in a short text."""
    rough = parts(answer)
    if is_at_home(rough, answer, language):
        return True
    if len(rough) > _SHORT:
        return beyond(speakers(rough), language) < _LEAST - 1
    return beyond(speakers(spoken(answer)), language) < _LEAST


def _other(words: list[str], language: str) -> str:
    """The language that has most of the words that this one has not, if it has enough and verdicts may name it."""
    found = against(speakers(words), language)
    name, times = max(found.items(), key=lambda item: (item[1], not is_judged(item[0])), default=("", 0))
    return name if times >= _LEAST - 1 and is_judged(name) else ""


def _is_alien(written: str, language: str, instruction: str, given: str, answer: str) -> bool:
    """The task has hardly a word of the answer's language, its input none or two, and none that the answer repeats."""
    there = foreign(spoken(instruction), written, language)
    own = foreign(spoken(instruction), language, written)
    held = there | foreign(spoken(given), written, language)
    sure = len(own) > 1 or any(len(word) >= _LONG for word in own) or (own and written == "English" and not there)
    repeated = any(len(word) > 3 for word in held.intersection(spoken(answer)))
    return bool(sure) and 3 * len(there) <= len(own) and len(held) < 3 and not repeated


def _is_wholly(text: str, written: str, language: str) -> bool:
    """Words of the other language prevail; in German, where capitals hide some, fewer do of a text with none else."""
    words, every = said(text), spoken(text)
    other, own = foreign(words, written, language), alone(words, language, written)
    if written == "German" and len(other) > 1 and not own and len(foreign(every, written, language)) >= _LEAST:
        return True
    enough = len(other) >= max(_LEAST, 4 * len(own)) and len(other) * _SHARE >= len(set(words))
    return enough and (written == "German" or 2 * len(words) > len(every))


def _is_partly(text: str, written: str, language: str) -> bool:
    """Sentences of the other language alone, with enough of its words between them."""
    return sum(_foreign(sentence, written, language) for sentence in _SENTENCE.split(text)) >= _PARTS


def _foreign(sentence: str, written: str, language: str) -> int:
    """Words of the other language in a sentence that is wholly of it and no title, else none."""
    words = said(sentence)
    other = foreign(words, written, language)
    plain = len(other) > 1 and not alone(words, language, written) and 2 * len(words) > len(spoken(sentence))
    times = sum(word in other for word in words)
    return times if plain and times * _SHARE >= len(words) else 0

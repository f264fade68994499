"""The filters of the Self-Instruct paper, one component each: what a look at the text alone can tell.

https://arxiv.org/abs/2212.10560, section 2.2 and the code released with it; Alpaca uses the same and a few words more.
Each is one question to one example; none knows teachers, neighbours or the other filters. The paper wrote them for
English: each docstring says what it does to other texts. None is on unless a recipe names it.
"""

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ittgen.filters.emptiness import shows_nothing, stands_for_nothing
from ittgen.filters.hollow import is_hollow
from ittgen.records import Example, Rejection
from ittgen.text import words as split_words

FIELDS = ("instruction", "input", "output", "reasoning", "system")
"""The texts of an example that a filter can be pointed at."""

SELF_INSTRUCT = (
    *("image", "images", "graph", "graphs", "picture", "pictures", "file", "files", "map", "maps"),
    *("draw", "plot", "go to"),
)
"""Words by which Self-Instruct tells tasks that a language model cannot do."""

ALPACA = (*SELF_INSTRUCT, "video", "audio", "music", "flowchart", "diagram")
"""Alpaca's longer list of the same."""


@dataclass(frozen=True, slots=True)
class Length:
    """Too few or too many words (https://arxiv.org/abs/2212.10560): value is their number, limit the bound it broke.

    Words are what white space separates, so a Chinese or Japanese sentence is one word: set `min_words = 1` there.
    Raises ValueError for an unknown field or bounds that let nothing pass.
    """

    min_words: int = 4
    """The paper rejects 3 words and fewer."""
    max_words: int = 150
    """The paper rejects more than 150."""
    field: str = "instruction"

    def __post_init__(self) -> None:
        _known(self.field)
        if not 0 <= self.min_words <= self.max_words:
            raise ValueError(f"min_words and max_words let nothing pass: {self.min_words} to {self.max_words}")

    def __call__(self, example: Example) -> Rejection | None:
        count = len(split_words(_text(example, self.field)))
        if count < self.min_words:
            return Rejection(example, "length", value=count, limit=self.min_words)
        if count > self.max_words:
            return Rejection(example, "length", value=count, limit=self.max_words)
        return None


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing to see (https://arxiv.org/abs/2212.10560), or a word that stands for nothing.

    No text, only blanks, only characters of no width: value is the number of visible characters, limit the least there
    must be. Or a placeholder ("N/A", "<nooutput>", "[your text here]", "…", "?!"): value is the text. Or a form without
    content, value is its kind: a sentence with holes, a table of dots, labels with nothing behind them, code whose
    functions do nothing. "None" and its like are right answers to a question, a search or a piece of code and pass
    there; words of two dozen languages are known, "no", "нет" and "いいえ" are answers everywhere. Raises ValueError
    for an unknown field.
    """

    field: str = "output"

    def __post_init__(self) -> None:
        _known(self.field)

    def __call__(self, example: Example) -> Rejection | None:
        text = _text(example, self.field)
        if shows_nothing(text):
            return Rejection(example, "empty", value=0, limit=1)
        around = (example.instruction, example.input) if self.field == "output" else ("", "")
        if stands_for_nothing(text, *around):
            return Rejection(example, "empty", value=text.strip()[:80], note="a placeholder instead of a text")
        if hollow := is_hollow(text, around[0]):
            return Rejection(example, "empty", value=hollow, note="a form without content")
        return None


@dataclass(frozen=True, slots=True)
class Keywords:
    """A word that hints at what text cannot show or do (https://arxiv.org/abs/2212.10560); value is the word found.

    Whole words, in any case. Blunt: it rejects the plot of Hamlet, "draw a conclusion", reading a CSV file, Python's
    `map`, "go to a job interview", and 4 of the paper's own 252 evaluation tasks. Know your domain before you name it
    in a recipe. Raises ValueError for an unknown field, no words or an empty one.
    """

    words: tuple[str, ...] = SELF_INSTRUCT
    """The paper's list; `ALPACA` is longer."""
    field: str = "instruction"

    def __post_init__(self) -> None:
        _known(self.field)
        object.__setattr__(self, "words", _listed("words", self.words))

    def __call__(self, example: Example) -> Rejection | None:
        found = _any_word(self.words).search(_text(example, self.field))
        return Rejection(example, "keywords", value=found[0]) if found else None


@dataclass(frozen=True, slots=True)
class StartsWith:
    """A beginning that says too little (https://arxiv.org/abs/2212.10560); value is the prefix found.

    Letter for letter after leading blanks, as in the paper: "write a program" passes, "Write a programme" does not.
    Raises ValueError for an unknown field, no prefixes or an empty one.
    """

    prefixes: tuple[str, ...] = ("Write a program",)
    """The paper's one: such a task leaves open whether the program or its result is wanted."""
    field: str = "instruction"

    def __post_init__(self) -> None:
        _known(self.field)
        object.__setattr__(self, "prefixes", _listed("prefixes", self.prefixes))

    def __call__(self, example: Example) -> Rejection | None:
        text = _text(example, self.field).lstrip()
        found = next((prefix for prefix in self.prefixes if text.startswith(prefix)), None)
        return Rejection(example, "starts-with", value=found) if found else None


@dataclass(frozen=True, slots=True)
class FirstCharacter:
    """An odd first character (https://arxiv.org/abs/2212.10560): value is the character, note says what is odd.

    The paper rejects ASCII punctuation and everything beyond ASCII. Real instructions do begin with a quotation mark, a
    bracket or a backtick, and the second rule rejects whole languages, so it is off. An empty text passes; see `Empty`.
    Raises ValueError for an unknown field.
    """

    punctuation: bool = True
    """Reject ASCII punctuation; ¿ and « are no such thing."""
    non_ascii: bool = False
    """Reject what is beyond ASCII: Élan, Übersetze, 写."""
    field: str = "instruction"

    def __post_init__(self) -> None:
        _known(self.field)

    def __call__(self, example: Example) -> Rejection | None:
        first = _text(example, self.field).lstrip()[:1]
        if self.punctuation and first and first in string.punctuation:
            return Rejection(example, "first-character", value=first, note="punctuation")
        if self.non_ascii and not first.isascii():
            return Rejection(example, "first-character", value=first, note="not ASCII")
        return None


@dataclass(frozen=True, slots=True)
class EndsWithColon:
    """A text that stops where something was to follow (https://arxiv.org/abs/2212.10560); value is the field.

    The wide colon of Chinese and Japanese counts too. Raises ValueError for an unknown field or no fields.
    """

    fields: tuple[str, ...] = ("input", "output")

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", _listed("fields", self.fields))
        _known(*self.fields)

    def __call__(self, example: Example) -> Rejection | None:
        found = next((name for name in self.fields if _text(example, name).rstrip().endswith((":", "："))), None)
        return Rejection(example, "ends-with-colon", value=found) if found else None


def _text(example: Example, field: str) -> str:
    text: str = getattr(example, field)
    return text


def _known(*fields: str) -> None:
    for name in fields:
        if name not in FIELDS:
            raise ValueError(f'an example has no text "{name}"; it has {", ".join(FIELDS)}')


def _listed(option: str, texts: Iterable[str]) -> tuple[str, ...]:
    """A list as it comes from a recipe, as a tuple; an empty text would be found everywhere."""
    listed = () if isinstance(texts, str) else tuple(texts)
    if not listed or not all(isinstance(text, str) and text.strip() for text in listed):
        raise ValueError(f"{option} must be a list of texts, none of them empty: {texts!r}")
    return listed


@cache
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words standing alone; whatever white space is between the parts of one."""
    alternatives = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)

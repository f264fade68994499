"""Answers that break off in their middle, by the signs that a text shows of it.

Knows the marks that end sentences, and the few small words of some languages after which none ends.
"""

import re
import unicodedata
from dataclasses import dataclass

from ittgen.records import Example, Rejection

_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)
_BARE_ITEM = re.compile(r"\n[ \t]*(?:\d{1,3}[.)]|[-*•])[ \t]*$")
_ITEM = re.compile(r"^[ \t]*(?:\d{1,3}[.)]|[-*•])[ \t]+\S", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<![A-Z])[.!?؟][\"”’»)\]]*\s|[。！？।；][”」』）]*")
_ENDS = frozenset(".!?؟。！？।")
"""Ends of sentences; most texts end with one."""
_PROSE = re.compile(r"[\w\s,;.!?'’\"“”()…\-–—，、。！？；「」『』।؟،%€$\u0900-\u097f\u0610-\u065f]+")
_CODE_SIGNS = re.compile(r"[{}<>=`\\|_#@]|//|\);|https?:")
_ASKS_FOR_A_PIECE = re.compile(
    r"\b(?:beginning|opening|fragment|incomplete|unfinished|cut off|cliffhanger|truncat\w*|lowercase|lower case"
    r"|punctuation|first line|prefix|half of|poems?|haiku|song|lyrics|rap|captions?|slogan|tweets?|titles?|verses?"
    r"|gedicht|poème|poesía|poema|poesia|wiersz|şiir|стих\w*)\b|诗|詩|歌|俳句|截断|開頭|开头|قصيدة|कविता|시를",
    re.IGNORECASE,
)
_NEVER_LAST = frozenset(
    """
    the a and or your because although which whose including than my every
    der dem den und oder für einer einem weil dass dans les des parce une et ou du
    los las el y con una il gli di che della com het een en
    и в на для что или по к от
    """.split()
)
"""Words after which no sentence ends, in the languages where the same letters spell no other word that may."""


@dataclass(frozen=True, slots=True)
class Truncated:
    """An answer that stops in its middle: value says by what sign, note shows the end of the text.

    First `meta.truncated`, which a generator sets when the teacher ran into its limit. Else, with caution: a code fence
    that is never closed, an empty last item of a list, a last sentence without an end where the ones before have one.
    The last holds for scripts that end sentences with a mark; Thai has none and passes. Poems, slogans, code and tasks
    that ask for a piece of text pass. Alpaca cleaners did this by hand (https://github.com/gururise/AlpacaDataCleaned).
    """

    min_words: int = 25
    """A shorter text is not judged by a missing full stop; of Chinese and Japanese, two characters are a word."""

    def __call__(self, example: Example) -> Rejection | None:
        asked, text = _last(example)
        sign = "stopped at the limit" if example.meta.get("truncated") else self._sign(asked, example.input, text)
        return Rejection(example, "truncated", value=sign, note=f"…{text[-60:]}") if sign else None

    def _sign(self, asked: str, given: str, text: str) -> str:
        task = f"{asked}\n{given}"
        if not text or text[-24:] in task or _ASKS_FOR_A_PIECE.search(asked):
            return ""
        if "```" in text or "~~~" in text:
            return "a code fence is not closed" if _open_fence(text) and "```" not in task else ""
        if _BARE_ITEM.search(text[-200:]) and len(_ITEM.findall(text)) >= 2:
            return "the last item is empty"
        return self._open_sentence(text)

    def _open_sentence(self, text: str) -> str:
        if text[-1] in _ENDS:
            return ""
        paragraph = text.rsplit("\n", 1)[-1][-3000:]
        tail = _SENTENCE_END.split(paragraph)[-1].strip()
        if not tail or _ITEM.match(paragraph) or _CODE_SIGNS.search(paragraph) or not _PROSE.fullmatch(tail):
            return ""
        return "the last sentence has no end" if self._open(text, paragraph, tail) else ""

    def _open(self, text: str, paragraph: str, tail: str) -> bool:
        """A comma or a small word at the end, or no full stop where two sentences of the same paragraph have one."""
        length = _worth(tail)
        if tail[-1] in ",，、،;；(" or tail.split()[-1] in _NEVER_LAST:
            return length >= 5 and _worth(text) >= 10
        if not (tail[-1].isalpha() or unicodedata.category(tail[-1]).startswith("M")):
            return False
        return length >= 2 and _SENTENCE_END.search(paragraph) is not None and _worth(text) >= self.min_words


def _last(example: Example) -> tuple[str, str]:
    """The last question and its answer: one before it may break off, where the user asked to go on."""
    if not example.turns:
        return example.instruction, example.output.rstrip()
    last = example.turns[-1]
    asked = example.turns[-2].content if len(example.turns) > 1 else example.instruction
    return asked, last.content.rstrip() if last.role == "assistant" else ""


def _open_fence(text: str) -> bool:
    """An odd number of fences; a fence of four marks may hold one of three, and is left alone."""
    return "````" not in text and len(_FENCE.findall(text)) % 2 == 1


def _worth(text: str) -> float:
    """Words, where two characters of a script without blanks count as one."""
    wide = 0 if text.isascii() else sum("\u3040" <= c <= "\u9fff" or "\u0e00" <= c <= "\u0eff" for c in text[:4000])
    return wide / 2 or len(text[:8000].split())

"""Answers that break off in their middle, by the signs that a text shows of it.

Most signs compare the end of a text with the rest of it: the other sentences have an end, the other items, the other
rows of a table, the other brackets. The words after which no sentence ends are in `unfinished.py`.
"""

import re
from dataclasses import dataclass

from ittgen.filters.looks import has_any
from ittgen.filters.sentences import CLEAR_END
from ittgen.filters.unfinished import half_a_word, never_last, rarely_last
from ittgen.records import Example, Rejection

_FENCE = re.compile(r"^[ \t>]*(?:```|~~~(?!~))", re.MULTILINE)
_BARE_ITEM = re.compile(r"\n[ \t]*(?:\d{1,3}[.)]|[-*•])[ \t]*$")
_ITEM = re.compile(r"^[ \t]*(?:\d{1,3}[.)．、]|[a-zA-Zа-яА-Я][.)]|[-•–·]|\*(?!\*))[ \t]*(?=\S)", re.MULTILINE)
_ENDS = ".!?؟。！？।…"
"""Ends of sentences; most texts end with one."""
_CLOSING = "\"'”’»)]*_』」）】 "
_ENDED = re.compile(r"[.!?؟。！？।…:：;；][\"'”’»)\]*_』」）】]*$")
_PROSE = re.compile(r"[^{}<>=`\\|_#@~^/]+")
_CODE_SIGNS = re.compile(r"[{}<>=`\\|_#@]|//|\);|https?:")
_ASKS_FOR_A_PIECE = re.compile(
    r"\b(?:beginning|opening|fragment|incomplete|unfinished|cut off|cliffhanger|interrupt\w*|abrupt\w*|mid-?sentence"
    r"|breaks? off|trails? off|suspens\w*"
    r"|last words|truncat\w*|lowercase|lower case"
    r"|punctuation|revers\w+|backwards?|last word|word order|\w*scrambl\w*|jumbl\w*|shuffl\w*|first line|prefix"
    r"|half of|blanks?|poems?|haiku|song"
    r"|lyrics|rap|captions?|slogan|tweets?|titles?|verses?"
    r"|lullab\w*|lied\w*|\w*lied|chanson\w*|canci[oó]n\w*|canç\w*|canzon\w*|ninna|piosenk\w*|песн\w*|пісн\w*|lagu"
    r"|şarkı|bài thơ|bài hát|puisi|vers"
    r"|gedicht|poème|poesía|poema|poesia|wiersz|şiir|стих\w*)\b|诗|詩|歌|俳句|截断|開頭|开头|قصيدة|कविता|시를",
    re.IGNORECASE,
)
_ASKS_FOR_SUMS = re.compile(
    r"problem|exercise|question|equation|worksheet|quiz|fill|aufgabe|exerc|题|問題", re.IGNORECASE
)
_FOR_THE_REST = re.compile(
    r"^[ \t]*(?:#|//|--) *(?:continue|repeat|and so on|same|fill in|add)\b[^\n]{0,40}\b(?:rest|remaining|others?)\b",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSES = re.compile(
    r"\]|\b(?:sincerely|regards|yours|best wishes|cheers|signed|grüß\w*|cordialement|atentamente|saludos|atenciosamente"
    r"|cordiali|distinti|уважением|повагою|groeten?|pozdraw\w*|hormat|saygılarımla)\b|此致|敬上|敬具|드림",
    re.IGNORECASE,
)
"""The end of a letter."""
_NAMES = re.compile(r"(?:,|\b(?:and|or|und|oder|et|ou|y|e|i|и))\s+([^\W\d_])[^\s,]*$")
"""The end of a row of names, where its last word has a capital."""
_NO_EQUATION = re.compile(r"(?<![=<>!])[=×÷]$")
_PAIRS = {"(": ")", "[": "]", "（": "）", "【": "】", "「": "」", "『": "』", "《": "》", "«": "»"}
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_ENGLISH = (" the ", " and ", " you ", " is ", " would ", " my ", " might ", " to ", " a ", " I ")
_LETTERS = frozenset("aehdfrnotyw")
_OPEN = frozenset("a an the and of or".split())
"""English words at the end of a task that breaks off."""
_GOES_ON = re.compile(
    r"\b(?:complet\w*|finish\w*|continu\w*|fill|next|autocomplete|article|preposition|conjunction|word|words"
    r"|stop ?words?"
    r"|sentence|phrase|begin\w*|start\w*|translat\w*|difference between (?:a|an|the) and)\b|_",
    re.IGNORECASE,
)
_ASKED_LEAST = 8
"""Words of a last paragraph that stands alone without an end: a shorter one may be a closing line or a name."""


@dataclass(frozen=True, slots=True)
class Truncated:
    """An answer that stops in its middle, or an instruction that does: value says by what sign, note shows the end.

    First `meta.truncated`, which a generator sets when the teacher ran into its limit. Else, with caution: a code fence
    that is never closed, an empty last item, a last row of a table without its end, a bracket left open, half a word, a
    small word after which no sentence ends (in two dozen languages), a last sentence or item without an end where those
    before have one. Poems, slogans, code and tasks that ask for a piece of text pass. Alpaca cleaners did this by hand
    (https://github.com/gururise/AlpacaDataCleaned).
    """

    min_words: int = 25
    """A shorter text is not judged by a missing full stop; of Chinese and Japanese, two characters are a word."""

    def __call__(self, example: Example) -> Rejection | None:
        asked, text = _last(example)
        sign = "stopped at the limit" if example.meta.get("truncated") else self._sign(asked, example.input, text)
        if not sign and _task_breaks_off(example):
            return Rejection(example, "truncated", value="the task breaks off", note=f"…{example.instruction[-60:]}")
        return Rejection(example, "truncated", value=sign, note=f"…{text[-60:]}") if sign else None

    def _sign(self, asked: str, given: str, text: str) -> str:
        fenced = "```" in text or ("~~~" in text and "~~~~" not in text)
        if not text or (text[-1] in _ENDS and not fenced and not text[-2:-1].isdigit()):
            return ""
        task = f"{asked}\n{given}"
        if text[-24:] in task or _ASKS_FOR_A_PIECE.search(asked):
            return ""
        if fenced:
            if _open_fence(text):
                return "a code fence is not closed" if "```" not in task else ""
            text = text[max(text.rfind("```"), text.rfind("~~~")) + 3 :].strip()
            if not text or text[-1] in _ENDS:
                return ""
        if _BARE_ITEM.search(text[-200:]) and len(_ITEM.findall(text)) >= 2:
            return "the last item is empty"
        if text[-1] in _ENDS:
            return ""
        sum_ = text[-1] in "=×÷" and _ASKS_FOR_SUMS.search(asked)
        return "" if sum_ else _cut(text) or self._open_sentence(text)

    def _open_sentence(self, text: str) -> str:
        paragraph = text.rsplit("\n", 1)[-1][-3000:]
        if _CLOSES.search(paragraph[-200:]):
            return ""
        mark = _ITEM.match(paragraph)
        tail = _tail(paragraph[mark.end() :] if mark else paragraph)
        if not tail or _CODE_SIGNS.search(paragraph) or not _PROSE.fullmatch(tail) or _title(tail):
            return ""
        length = _worth(tail)
        if length >= 3 and has_any(text, _ENGLISH) and half_a_word(tail):
            return "the last word is half a word"
        if (tail[-1] in ",，、،；" and not mark) or never_last(tail, text):
            return "the last sentence has no end" if length >= 4 and _worth(text) >= 9 else ""
        if not tail[-1].isalpha() and not _is_mark(tail[-1]):
            return ""
        if ((named := _NAMES.search(tail)) and named[1].isupper()) or "\u0e00" <= tail[-1] <= "\u0eff":
            return ""  # Thai and Lao end no sentence with a mark
        if mark:
            return "the last item has no end" if _others_end(text, tail) else ""
        return "the last sentence has no end" if self._ends_elsewhere(text, paragraph, tail, length) else ""

    def _ends_elsewhere(self, text: str, paragraph: str, tail: str, length: float) -> bool:
        """Whether two sentences before it have an end, of the same paragraph or as the only sentences of their own."""
        if _worth(text) < self.min_words:
            return False
        if len(tail) < len(paragraph.strip()):
            return length >= 2
        least = 3 if rarely_last(tail) else _ASKED_LEAST
        return length >= least and _paragraphs_end(text)


def _task_breaks_off(example: Example) -> bool:
    """The instruction ends with a word after which nothing ends, and does not ask to be gone on with."""
    task = example.instruction.rstrip()
    if task[-1:] not in _LETTERS or example.input or _worth(task) < _ASKED_LEAST - 2:
        return False
    return task.rsplit(maxsplit=1)[-1] in _OPEN and not _GOES_ON.search(task)


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


def _cut(text: str) -> str:
    """A row of a table, an equation or a bracket that is not brought to its end."""
    last = text.rsplit("\n", 1)[-1]
    if last.startswith("|") and last[-1] != "|":
        whole = [line for line in text.splitlines()[:-1] if line.startswith("|") and line.rstrip().endswith("|")]
        return "the last row of the table is cut" if len(whole) >= 2 else ""
    if _NO_EQUATION.search(text) and len(text) > 2 and _worth(text) > 1:
        return "the last equation has no result"
    if (
        text[0] in "{["
        and text[-1] not in "]})"
        and text.count("{") + text.count("[") > text.count("}") + text.count("]")
    ):
        return "a bracket is left open"
    if "rest" in text and _FOR_THE_REST.search(text):
        return "a comment stands for the rest"
    return "a bracket is left open" if _open_bracket(last) else ""


def _open_bracket(line: str) -> bool:
    """The last bracket of a line is open, with words but no end in it."""
    place = max(map(line.rfind, _PAIRS))
    if place < 0 or line[place - 1 : place] in (":", ";", "=") or _CODE_SIGNS.search(line):
        return False
    inside = line[place + 1 :]
    return (
        _PAIRS[line[place]] not in inside and inside[:1].isalpha() and (inside[-1].isalnum() or inside[-1] in ",，、")
    )


def _tail(paragraph: str) -> str:
    """What follows the last end of a sentence."""
    ends = list(CLEAR_END.finditer(paragraph))
    return paragraph[ends[-1].end() :].strip() if ends else paragraph.strip()


def _title(tail: str) -> bool:
    """Whether all its longer words begin with a capital, as in names, headings and addresses."""
    long = [word for word in tail.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _is_mark(sign: str) -> bool:
    """A vowel sign of an Indian script, Thai or Arabic is the end of a word."""
    return "\u0900" <= sign <= "\u0eff" or "\u064b" <= sign <= "\u0652"


def _others_end(text: str, tail: str) -> bool:
    """Whether the other items of a list, three at least, all end like sentences; and are such, where this is a word."""
    lines = [line.rstrip() for line in text.splitlines()[:-1] if _ITEM.match(line)]
    if len(lines) < 3 or not all(map(_ENDED.search, lines)):
        return False
    return _worth(tail) >= (1.5 if rarely_last(tail) else 2) or all(_worth(line) > _ASKED_LEAST / 2 for line in lines)


def _paragraphs_end(text: str) -> bool:
    """Whether the paragraphs before the last one, two at least, all end like sentences, headings aside."""
    before = [line.strip() for line in text[-8000:].splitlines()[:-1] if _worth(line) >= _ASKED_LEAST]
    if "\n\n" in text and text[: text.rindex("\n")].rstrip(" ")[-1:] != "\n":
        return False  # glued to the line above, where blank lines part the others
    return len(before) > 1 and all(map(_ENDED.search, before))


def _worth(text: str) -> float:
    """Words, where two characters of a script without blanks count as one."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text[:4000]))
    return wide / 2 or len(text[:8000].split())

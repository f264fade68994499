"""What a text says again, though not word after word: the whole answer, an item of a list, a paragraph told anew.

Knows lines, items, paragraphs and rows of numbers, and no language.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ittgen.filters.looks import has_any
from ittgen.filters.loops import repeated, units

_MARKER = re.compile(r"^\s*(?:[-*•·–—+>]+|\(?\d{1,4}[.):、．]|[A-Za-z][.)])\s*")
_PARAGRAPHS = re.compile(r"\n\s*\n")
_SENTENCES = re.compile(r"(?<=[.!?])\s+|[。！？।]")
_PIECES = re.compile(r"\s*[,،、，;；\n]\s*")
_NUMBERS = re.compile(r"(?<![\w.,])-?\d{1,6}(?![\w.])(?!,\d)")
_CODE = re.compile(r"[{}<>;|\\]|[\w\])] ?=|\bdef\b|\bimport\b|^[ \t]*[#|]", re.MULTILINE)
_RUN = re.compile(r"([*.~#+!?])\1{9,}")
_RUNS = tuple(sign * 10 for sign in "*.~#+!?")
_DRAWN = re.compile(
    r"pattern|\bart\b|ascii|draw|form|template|table|grid|triang|pyramid|print|banner|diagram|chart|gram\b|star"
    r"|asterisk"
    r"|\bdots?\b|blank|line|border|box|mask|censor|progress|sheet|plot|contents|index|menu|muster|motif|patr[oó]n|padr",
    re.IGNORECASE,
)
"""Tasks whose answers are drawn with signs."""
_ALL = re.compile(
    r"\d|\ball\b|every|each|hundred|thousand|\balle|\btou(?:s|tes)\b|\btod[oa]s\b|\btutt[ie]\b|\bвсе\b|所有|全部|すべて|모든|كل"
    r"|सभी",
    re.IGNORECASE,
)
"""Tasks that want long rows of numbers."""
_LINES_LOOKED_AT = 400
_PARAGRAPHS_LOOKED_AT = 60
_SHORT = 60
_END = 20
_ROW = 40
"""Numbers one after the other, each as much more than the one before: nobody reads on."""


@dataclass(frozen=True, slots=True)
class Again:
    """What stands there again."""

    what: str
    times: int
    limit: int
    """So often at most it passes."""


def twice(text: str) -> Again | None:
    """The whole answer, and then the whole answer: alike but for blanks, and of two words and ten characters at least.

    >>> twice("x + y = 5/4\\n\\nx + y = 5/4").what
    'x + y = 5/4'
    """
    if text.count(text[:8]) < 2:
        return None
    words = text.split()
    half, odd = divmod(len(words), 2)
    if odd or half < 2 or words[0] != words[half] or words[:half] != words[half:]:
        return None
    first = " ".join(words[:half])
    return Again(first, 2, 1) if len(first) >= 10 and _in_lines(text, words[half]) else None


def _in_lines(text: str, word: str) -> bool:
    """Whether the second half begins a line: "Mama, Mama" and "no no no no" do not."""
    return "\n" in text and any(line.lstrip().startswith(word) for line in text.splitlines()[1:])


def items(text: str) -> Again | None:
    """The same item of two words or more in a list of six or more, over and over, whatever stands between."""
    if text.count("\n") < 5:
        return None
    lines = text.splitlines()[:_LINES_LOOKED_AT]
    found = [_MARKER.sub("", line).strip().lower() for line in lines if _MARKER.match(line)]
    if len(found) < 6:
        return None
    beside = {item for item, after in pairwise(found) if item == after}
    every = Counter(item for item in found if (" " in item or len(item) >= 12))
    often = Counter({item: times for item, times in every.items() if item in beside or _tells(item)})
    item, times = next(iter(often.most_common(1)), ("", 0))
    if times >= 3 and _surplus(often) >= 0.3 * len(found):
        return Again(item, times, 2)
    item, times = next(iter(every.most_common(1)), ("", 0))
    return Again(item, times, 4) if times >= 5 and ":" not in item and 2 * _surplus(every) >= len(found) else None


def _tells(item: str) -> bool:
    """Whether an item says something by itself: a label with its value stands under many headings, rightly."""
    return ":" not in item and "：" not in item and (len(item.split()) > 3 or (not item.isascii() and len(item) > 11))


def _surplus(often: Counter[str]) -> int:
    return sum(times - 1 for times in often.values())


def grows(text: str) -> Again | None:
    """Five lines in a row of which each is the one before, two words at least, and something more."""
    if text.count("\n") < 4:
        return None
    whole = text.splitlines()[:_LINES_LOOKED_AT]
    if not _longer_and_longer(list(map(len, whole))):
        return None
    lines = [_MARKER.sub("", line).strip(" .").lower() for line in whole]
    run = 0
    for line, after in pairwise(lines):
        run = run + 1 if " " in line and line != after and after.startswith(line) else 0
        if run >= 4:
            return Again(line, run, 3)
    return None


def _longer_and_longer(sizes: Sequence[int]) -> bool:
    """A quick look: whether four in a row are each above the one before."""
    steps = zip(sizes, sizes[1:], sizes[2:], sizes[3:], sizes[4:], strict=False)
    return any(a < b < c < d < e for a, b, c, d, e in steps)


def drones(words: Sequence[str]) -> Again | None:
    """One word that is nearly every other one of the last twenty."""
    if len(words) < _END:
        return None
    word, times = next(iter(Counter(word for word in words[-_END:] if len(word) > 3).most_common(1)), ("", 0))
    return Again(word, times, 8) if times > 8 else None


def pieces(text: str) -> Again | None:
    """The same word of a list of words without other text, three times and more at its end."""
    commas = sum(map(text.count, ",、，;；"))
    if commas < 5 or not 20 <= len(text) < 25 * commas or "\n" in text:
        return None
    found = [piece.strip(" .。").lower() for piece in _PIECES.split(text)]
    if len(found) < 6 or max(map(len, found)) > 24:
        return None
    piece, times = Counter(found).most_common(1)[0]
    return Again(piece, times, 2) if times >= 3 and found[-1] == piece == found[-2] else None


def blocks(text: str) -> Again | None:
    """Paragraphs of prose that come again three times, and are three tenths of all."""
    if text.count("\n\n") < 4:
        return None
    found = [part.strip(" \n.!,=-*\"'").lower() for part in text.split("\n\n")]
    often = Counter(part for part in found if part)
    if (surplus := _surplus(often)) < 3 or 10 * surplus < 3 * len(found) or _CODE.search(text):
        return None
    return Again(often.most_common(1)[0][0], surplus + 1, 3)


def retold(text: str) -> Again | None:
    """Two paragraphs of prose that say in nearly the same words what one before them said, and half of all."""
    if text.count("\n\n") < 2 or _CODE.search(text):
        return None
    parts = [part for whole in _PARAGRAPHS.split(text)[:_PARAGRAPHS_LOOKED_AT] if len(part := units(whole)) >= 4]
    told = [_bag(part) for part in parts]
    again = [at for at in range(1, len(told)) if any(_alike(told[at], before) for before in told[:at])]
    if len(again) < 2 or 2 * len(again) < len(told):
        return None
    return Again(" ".join(parts[again[0]]), len(again) + 1, 2)


def _bag(part: Sequence[str]) -> frozenset[object]:
    """The words of a paragraph; pairs of characters where a script sets no words apart."""
    return frozenset(part if sum(map(len, part)) > 2 * len(part) else pairwise(part))


def templates(text: str, words: Sequence[str]) -> Again | None:
    """Six sentences in a row that hardly differ, and half of all: "It helps people read. It helps people learn. …".

    One paragraph is looked at; lines are items of a list, which may begin alike.
    """
    if len(words) < 30 or 3 * len(set(words)) > 2 * len(words):
        return None
    parts = _SENTENCES.split(max(text[:20_000].splitlines(), key=len, default=""))
    if sum(one[:2] == two[:2] or one[-3:] == two[-3:] for one, two in pairwise(parts)) < 5:
        return None  # a quick look: sentences that hardly differ begin alike, or end alike
    told = [units(part) for part in parts]
    again = [later for first, later in pairwise(told) if _hardly_differ(first, later)]
    if len(again) < 5 or 2 * len(again) < len(told):
        return None
    return Again(" ".join(again[0]), len(again) + 1, 5)


def _hardly_differ(first: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two sentences have seven words of ten in common, five at least, at their beginning and their end."""
    same = _together(first, other)
    left = min(len(first), len(other)) - same
    same += min(_together(first[::-1], other[::-1]), left)
    return first != other and same >= 5 and 10 * same >= 7 * max(len(first), len(other))


def _together(first: Sequence[str], other: Sequence[str]) -> int:
    """How many words the two begin with in common."""
    pairs = enumerate(zip(first, other, strict=False))
    return next((at for at, (one, two) in pairs if one != two), min(len(first), len(other)))


def _alike(one: frozenset[object], other: frozenset[object]) -> bool:
    """Four words of five of the shorter one, or three of five of both."""
    both = len(one & other)
    return 5 * both >= 4 * min(len(one), len(other)) or 5 * both >= 3 * len(one | other)


def rows(task: str, text: str) -> Again | None:
    """Sixty numbers and more, each as much above the one before: "2, 4, 6, 8, …"."""
    if _ALL.search(task):
        return None
    found = [int(number) for number in _NUMBERS.findall(text)]
    step = run = 0
    for last, number in pairwise(found):
        run = run + 1 if number - last == step else 1
        step = number - last
        if run >= _ROW:
            return Again(f"{number - step}, {number}", run, _ROW - 1)
    return None


def runs(task: str, text: str) -> Again | None:
    """Rows of one sign that are three tenths of a text, and three of them."""
    if not has_any(text, _RUNS):
        return None
    found = list(_RUN.finditer(text))
    length = sum(match.end() - match.start() for match in found)
    if len(found) < 3 or 10 * length < 3 * len(text) or _DRAWN.search(task):
        return None
    return Again(found[0][1], length, 3 * len(text) // 10)


def grams(text: str, words: Sequence[str]) -> Again | None:
    """Three tenths of a long prose's runs of five words were there before.

    Rae et al. 2021 drop documents of which half as many came again (https://arxiv.org/abs/2112.11446, table A1).
    """
    if len(words) < _SHORT or 10 * (times := repeated(words, 5)) < 3 * len(words) or _CODE.search(text):
        return None
    return Again(" ".join(words[-5:]), times, 3 * len(words) // 10)

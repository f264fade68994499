"""The numbers that begin the items of a list, however they are written, and which of them really do.

A number at a line's start may as well be a year, a step of a list inside an item, or a line of a table. What tells them
apart is sequence: the next item is the one whose number continues. Knows nothing of what the items say.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ittgen.generators.parse_text import Place, Reply

_WORDS = (
    r"task|instruction|item|question|prompt|exercise|problem|number|aufgabe|anweisung|t[âa]che|tarea|instrucción|"
    r"instrução|compito|opgave|taak|zadanie|задание|задача|任务|指令|タスク|課題|작업"
)
_MARK = re.compile(
    rf"""(?P<indent>[ \t]*) (?:[-*+•][ \t]+)? (?P<heading>\#{{1,6}}[ \t]+)? (?P<bold>\*{{1,3}}|__)?
    (?P<word>(?:{_WORDS})[ \t]*)? (?P<hash>\#[ \t]?|no\.?[ \t]*|nr\.?[ \t]*)? (?P<left>[(\[])?
    (?P<number>\d{{1,4}}) (?P<right>[)\]])? (?(word)(?:[ \t]*\([^()\n]{{1,40}}\)(?=[ \t]?\**[:：]))?|)
    (?P<inner>(?(bold)(?P=bold)|)|)
    (?P<delimiter>[ \t]?\\?(?:[.)][):]?|[．。、）:：])|[ \t]*[-–—](?=\s|\*|$))?
    (?P<outer>(?(bold)(?P=bold)|)|) (?:[ \t]+|$|(?=(?-i:[^\W\da-z_])|["'“‘«(\[`¿¡<$*]))""",
    re.IGNORECASE | re.VERBOSE,
)
_STRONG = {".", ")", "word"}
FAR = 2
"""Columns by which a line must be indented to belong to the item above for that reason alone."""
_LONGEST_SKIP = 2
"""A list may leave one number out; whatever leaps further is content."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the start of a line that may begin an item."""

    line: int
    indent: int
    number: int
    style: str
    """"." ")" "word" are surely list marks; ":" "-" "#" "()" "bare" only where several of them make a list."""
    end: int
    """Column where the text after it begins."""
    bold: str
    """What it opened and did not close: the item's own text then ends with it."""

    @property
    def start(self) -> Place:
        return self.line, 0

    @property
    def text(self) -> Place:
        return self.line, self.end

    @property
    def strong(self) -> bool:
        return self.style in _STRONG


def find(reply: Reply) -> list[Mark]:
    """Every number at the start of a line that is not code."""
    found = (_mark(i, line) for i, line in enumerate(reply.lines) if not reply.code[i])
    return [mark for mark in found if mark]


def _mark(line: int, text: str) -> Mark | None:
    match = _MARK.match(text)
    if not match or not (style := _style(match)):
        return None
    closed = match["inner"] or match["outer"]
    bold = "" if closed or not match["bold"] else match["bold"]
    return Mark(line, _width(match["indent"]), int(match["number"]), style, match.end(), bold)


def _style(match: re.Match[str]) -> str:
    delimiter = (match["delimiter"] or "").strip().lstrip("\\")
    closed = match["inner"] or match["outer"] or match["heading"]
    if match["word"]:
        return "word" if delimiter or closed or match["right"] or match.end() == len(match.string) else ""
    if match["left"]:
        return "()" if match["right"] else ""
    if match["hash"]:
        return "#"
    if match["right"] or delimiter[:1] in (")", "）"):
        return ")"
    if delimiter[:1] in (".", "．", "。", "、"):
        return "."
    if delimiter:
        return ":" if delimiter in (":", "：") else "-"
    return "bare" if closed else ""


def _width(indent: str) -> int:
    return len(indent.expandtabs(4))


@dataclass(slots=True)
class _Walk:
    """A walk over the marks from the one that begins the list; keeps the top level and the list inside an item."""

    marks: Sequence[Mark]
    intro: Callable[[int], bool]
    tops: list[int]
    nested: Mark | None = None
    nested_indent: int = 0

    @property
    def top(self) -> Mark:
        return self.marks[self.tops[-1]]

    def step(self, i: int) -> None:
        if self._is_top(i):
            self.tops.append(i)
            self.nested = None
            return
        mark = self.marks[i]
        self.nested_indent = min(self.nested_indent, mark.indent) if self.nested else mark.indent
        self.nested = mark

    def _is_top(self, i: int) -> bool:
        mark, wanted = self.marks[i], self.top.number + 1
        if self.nested and self._far(mark) and mark.indent >= self.nested_indent:
            return False
        if mark.number == wanted:
            return self._fits(i) and not self._continues_nested(i)
        if mark.style != self.top.style or self._far(mark) or self.intro(i):
            return False
        if mark.number == self.top.number:
            return not self.nested and not self._nests(i)
        return (
            wanted < mark.number < wanted + _LONGEST_SKIP and not self._continues(mark) and not self._later(i, wanted)
        )

    def _far(self, mark: Mark) -> bool:
        return mark.indent >= self.marks[self.tops[0]].indent + FAR

    def _fits(self, i: int) -> bool:
        """Whether its style may continue the list: its own, or another where its own does not come."""
        mark = self.marks[i]
        return mark.style == self.top.style or (mark.strong and not self._later(i, mark.number))

    def _continues(self, mark: Mark) -> bool:
        return self.nested is not None and mark.number == self.nested.number + 1

    def _continues_nested(self, i: int) -> bool:
        """Whether a number that continues both lists is the inner one's."""
        mark = self.marks[i]
        if not self.nested or not self._continues(mark) or mark.style != self.nested.style:
            return False
        return self.nested.number == 1 or self._later(i, mark.number, before_one=True)

    def _nests(self, i: int) -> bool:
        """Whether a second "1." opens a list inside the first item: then another "2." takes the outer list up."""
        return self.top.number == 1 and self._count(i, 2) > 1

    def _later(self, i: int, number: int, *, before_one: bool = False) -> bool:
        for mark in self.marks[i + 1 :]:
            if mark.number == number and mark.style == self.top.style and not self._far(mark):
                return True
            if before_one and mark.number == 1:
                return False
        return False

    def _count(self, i: int, number: int) -> int:
        return sum(mark.number == number and mark.style == self.top.style for mark in self.marks[i + 1 :])


def sequence(marks: Sequence[Mark], start: int, intro: Callable[[Mark], bool]) -> list[int]:
    """Positions of the marks that continue the list begun at `start`; the others are content of its items.

    `intro(mark)` says whether what comes before a mark that breaks the sequence introduces it as content.
    """
    walk = _Walk(marks, lambda i: intro(marks[i]), [start])
    for i in range(start + 1, len(marks)):
        walk.step(i)
    return walk.tops

"""A reply as text: its lines, which of them are code, and pieces cut out of it and tidied at their ends.

Knows nothing of numbered lists or fields. Everything is pure and raises on no string.
"""

import re
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ittgen.generators.parse_talk import is_chatter, is_chatter_line, is_opener, may_be_chatter

T = TypeVar("T")

Place = tuple[int, int]
"""(line, column), both from 0."""

_FENCE = re.compile(r"(?:^|[\s:：.)*])(?:`{3,}|~{3,})[ \t]*[\w+#.{}=:-]*[ \t]*$")
_BARE_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})\s*")
_GLUED_FENCE = re.compile(r".*[^`\s:：]`{3,}\s*")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|(?:[-*_] ){2,}[-*_])\s*")
_HASHES = re.compile(r"\s*#{2,}\s*")
_EQUALS = re.compile(r"\s*={3,}\s*")


@dataclass(frozen=True, slots=True)
class Pieces(Generic[T]):
    """What a reply came apart into."""

    items: list[T]
    odd: list[str] = field(default_factory=list)
    """Pieces that lack what an item needs."""
    cut: str = ""
    """The piece in which the reply broke off; empty where it did not, or broke off between two pieces."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as lines, each with the word whether it is code."""

    lines: tuple[str, ...]
    code: tuple[bool, ...]
    """True inside a fence: nothing there is a marker. False on the line that opens it, which may carry one."""
    cut: bool
    """The server stopped it at the token limit."""

    @property
    def end(self) -> Place:
        return len(self.lines) - 1, len(self.lines[-1])

    def between(self, start: Place, stop: Place) -> str:
        """The text from one place up to another."""
        (line, column), (last, before) = start, stop
        if line == last:
            return self.lines[line][column:before]
        return "\n".join((self.lines[line][column:], *self.lines[line + 1 : last], self.lines[last][:before]))

    def until(self, line: int) -> "Reply":
        """The reply as if it had ended above a line; what was cut off lies below it."""
        return Reply(self.lines[:line], self.code[:line], cut=False)

    def before(self, line: int) -> str:
        """The nearest line above that is not blank, or nothing."""
        return next((text for text in reversed(self.lines[:line]) if text.strip()), "")


def read(text: str, finish_reason: str) -> Reply:
    """The reply as lines; carriage returns and thinking aloud are taken out."""
    lines = _spoken(text.replace("\r\n", "\n")).split("\n")
    cut = finish_reason == "length"
    return Reply(tuple(lines), tuple(_code(lines, cut)), cut)


def _spoken(text: str) -> str:
    """The text without the thoughts some servers leave before it: up to `</think>`, whose opening may be missing."""
    thought, tag, rest = text.partition("</think>")
    if text.lstrip().startswith("<think>"):
        return rest
    ends_thought = tag and "<think>" not in thought and thought.count("```") % 2 == 0 and rest[:1] in ("", "\n", "\r")
    return rest if ends_thought else text


def _code(lines: list[str], cut: bool) -> list[bool]:
    """Which lines lie inside a fence. A fence that nobody closes hides nothing, unless the reply was cut off in it."""
    code = [False] * len(lines)
    opened: list[int] = []
    closed = -1
    for i, line in enumerate(lines):
        if line.count("```") % 2 == 0 and line.count("~~~") % 2 == 0:
            continue
        if opened and (_BARE_FENCE.fullmatch(line) or _GLUED_FENCE.fullmatch(line)):
            closed, start = i, opened.pop()
            code[start + 1 : i + 1] = [True] * (i - start)
        elif _FENCE.search(line):
            opened.append(i)
    if cut and opened and opened[-1] > closed:
        code[opened[-1] + 1 :] = [True] * (len(lines) - opened[-1] - 1)
    return code


def unwrapped(text: str) -> str | None:
    """What a reply says inside the one fence that it consists of, after at most a line of preamble; else None."""
    lines = text.replace("\r\n", "\n").strip().split("\n")
    start = next((i for i, line in enumerate(lines) if line.strip() and not is_opener(line)), 0)
    if len(lines) < start + 3 or not _FENCE.match(lines[start]) or not _BARE_FENCE.fullmatch(lines[-1]):
        return None
    return "\n".join(lines[start + 1 : -1])


def trim(text: str) -> str:
    """A field as written, without the blank around it.

    Where it begins on a line of its own and all its lines are indented, it keeps the indentation: it may be code.
    """
    first, _, rest = text.partition("\n")
    if first.strip():
        return text.strip()
    lines = [line for line in rest.split("\n") if line.strip()]
    indents = [len(line) - len(line.lstrip()) for line in lines]
    if len(lines) < 2 or indents[0] > min(indents):
        return text.strip()
    return rest[rest.find(lines[0]) :].rstrip()


def unruled(text: str, *, last: bool) -> str:
    """The text without the separator lines at its end: `---`, `###` and their like.

    At the end of the reply a line of dashes right below the text may be an underlined title, and stays.
    """
    lines = text.split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or _separates(lines, last)):
        lines.pop()
    return "\n".join(lines).rstrip()


def _separates(lines: list[str], last: bool) -> bool:
    if _HASHES.fullmatch(lines[-1]):
        return True
    apart = not lines[-2].strip()
    if _RULE.fullmatch(lines[-1]):
        return apart or not last
    return apart and bool(_EQUALS.fullmatch(lines[-1]))


def unclosed(text: str, *, loose: bool) -> str:
    """The text without the talk after the work: "Let me know if you want more examples!".

    `loose` also takes what could end a letter ("Feel free to write."); right for lists of tasks, wrong for answers.
    """
    while (kept := _unclosed_once(text, loose)) != text:
        text = kept
    return text


def _unclosed_once(text: str, loose: bool) -> str:
    kept, _, tail = text.rpartition("\n\n")
    if kept.strip() and not in_code(tail, kept):
        ruled = _RULE.fullmatch(kept.rstrip().rpartition("\n")[2])
        alone = "\n\n" not in kept.strip()
        if may_be_chatter(tail) if ruled or (loose and alone) else is_chatter(tail):
            return unruled(kept, last=False)
    kept, _, tail = text.rpartition("\n")
    surely = is_chatter(tail) if loose else is_chatter_line(tail)
    return kept.rstrip() if kept.strip() and surely and not in_code(tail, kept) else text


def in_code(tail: str, kept: str) -> bool:
    """Whether the end of a text is code, or has code in it."""
    return "```" in tail or kept.count("```") % 2 == 1


def rebold(text: str, opened: str) -> str:
    """A text whose opening `**` went with its marker: both go where they embrace all of it, else it comes back."""
    if not opened:
        return text
    inner = text[: -len(opened)]
    return inner.strip() if text.endswith(opened) and opened not in inner else opened + text

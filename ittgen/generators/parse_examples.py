"""The markers that set instances apart: "Example 1", "### Example 2:", or "1." directly before a field.

The word "Example" at a line's start is a marker only where its number continues and fields follow it.
"""

import re
from itertools import zip_longest

from ittgen.generators import parse_fields as fields
from ittgen.generators import parse_marks as marks
from ittgen.generators.parse_marks import Mark
from ittgen.generators.parse_text import Reply

_EXAMPLE = re.compile(
    r"""(?P<indent>[ \t]*) (?:[-*+•][ \t]+)? (?P<heading>\#{1,6}[ \t]*)? (?P<bold>\*{1,3}|__)? (?P<left>\[)?
    (?:example|instance)[ \t]*\#?[ \t]*(?P<number>\d{1,4})? (?P<right>\])?
    (?P<inner>(?(bold)(?P=bold)|)|) [ \t]*(?P<delimiter>[.:：)–—-](?=\s|\*|$))?
    (?P<outer>(?(bold)(?P=bold)|)|) [ \t]*""",
    re.IGNORECASE | re.VERBOSE,
)
_NEXT_TASK = re.compile(r"\s*(?:#{1,6}\s*)?(?:\*\*|__)?task(?:\*\*|__)?\s*[:：]", re.IGNORECASE)


def find(reply: Reply, names: tuple[str, ...]) -> list[Mark]:
    """The marks that begin instances, whose fields have these names; none where nothing but fields sets them apart."""
    named = [mark for i, line in enumerate(reply.lines) if not reply.code[i] and (mark := named_mark(i, line))]
    fielded = _fielded(reply, named, names)
    named = [m for m, after in zip_longest(named, named[1:]) if _leads(reply, m, after, fielded)]
    if named:
        return _in_sequence(named)
    numbered = [mark for mark in marks.find(reply) if mark.strong]
    fielded = _fielded(reply, numbered, names)
    return _in_sequence([mark for mark in numbered if _next_line(reply, mark) in fielded])


def own(reply: Reply, names: tuple[str, ...]) -> Reply:
    """The reply without what a model says as it goes on by itself: the next "Task:" and that task's instances."""
    fielded = _fielded(reply, [], names)
    for i, line in enumerate(reply.lines):
        if i and _NEXT_TASK.match(line) and not reply.code[i]:
            follows = next((j for j in range(i + 1, len(reply.lines)) if reply.lines[j].strip()), i)
            if follows in fielded or named_mark(follows, reply.lines[follows]):
                return reply.until(i)
    return reply


def named_mark(line: int, text: str) -> Mark | None:
    """The mark that a line is or begins with, if its word is "Example"."""
    match = _EXAMPLE.match(text)
    if not match:
        return None
    closed = match["inner"] or match["outer"] or (match["left"] and match["right"])
    if match["delimiter"] or closed or (match.end() == len(text) and match["number"]):
        return Mark(line, len(match["indent"]), int(match["number"] or 0), "word", match.end(), "")
    return None


def _fielded(reply: Reply, found: list[Mark], names: tuple[str, ...]) -> set[int]:
    """Numbers of the lines that begin a field, after their mark or without one."""
    return {label.line for label in fields.find(reply, names, {mark.line: mark.end for mark in found})}


def _leads(reply: Reply, mark: Mark, after: Mark | None, fielded: set[int]) -> bool:
    """Whether fields follow a marker before the next one does. At the end of a reply the marker may stand alone."""
    if any(line in fielded for line in range(mark.line, after.line if after else len(reply.lines))):
        return True
    bare = not reply.lines[mark.line][mark.end :].strip()
    return bare and not after and (reply.cut or not reply.between(mark.text, reply.end).strip())


def _next_line(reply: Reply, mark: Mark) -> int:
    """The line on which the text after a mark begins."""
    if reply.lines[mark.line][mark.end :].strip():
        return mark.line
    return next((i for i in range(mark.line + 1, len(reply.lines)) if reply.lines[i].strip()), mark.line)


def _in_sequence(found: list[Mark]) -> list[Mark]:
    """The marks in sequence. A second "Example 1" begins a list inside the first one, unless all have one number."""
    if len({mark.number for mark in found}) < 2:
        return found
    return [found[i] for i in marks.sequence(found, 0, lambda mark: mark.number == 1)]

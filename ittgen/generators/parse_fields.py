"""Field labels at the start of lines: "Input:", "**Output:**", "4. Instruction:"; and the text between them.

A label in the middle of a line, or inside a code fence, is content. Which of the others are, only a parser that knows
the order of the fields can tell.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ittgen.generators.parse_talk import unopened
from ittgen.generators.parse_text import Place, Reply, rebold, trim, unclosed, unruled

_DEEPER = 4
"""Columns by which a label must be indented more than the first one to be content."""


@dataclass(frozen=True, slots=True)
class Label:
    """A field's label at the start of a line."""

    line: int
    column: int
    """Where the label begins, after indentation and item marks."""
    kind: str
    """The name it was found by: "input"."""
    end: int
    """Column where the field's text begins."""
    item: int | None
    """The number before it: 4 in "4. Input:"."""
    count: int | None
    """The number after it: 2 in "Input 2:"."""
    bold: str
    """What it opened and did not close."""

    @property
    def start(self) -> Place:
        return self.line, self.column


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    fields = "|".join(f"(?P<kind{i}>{name})" for i, name in enumerate(names))
    return re.compile(
        rf"""(?P<indent>[ \t]*) (?:[-*+•][ \t]+)? (?P<heading>\#{{1,6}}[ \t]*)? (?P<bold>\*{{1,3}}|__)?
        (?:(?P<item>\d{{1,4}})[ \t]?\\?[.):\-–](?P<early>(?(bold)(?P=bold)|)|)[ \t]*)? (?P<bold2>\*{{1,3}}|__)?
        (?:{fields}) (?:[ \t]*\#?(?P<count>\d{{1,4}}))? (?:[ \t]*\([^()\n]{{0,40}}\))?
        (?P<inner>(?:\*{{1,3}}|__)?) [ \t]* (?P<colon>[:：]|(?=[ \t]*$)) (?P<outer>(?:\*{{1,3}}|__)?) [ \t]*""",
        re.IGNORECASE | re.VERBOSE,
    )


def find(reply: Reply, names: Sequence[str], columns: dict[int, int] | None = None) -> list[Label]:
    """Every label of these names (regular expressions), in order; `columns` says where a line begins after its mark."""
    pattern, columns = _pattern(tuple(names)), columns or {}
    found = []
    for i, line in enumerate(reply.lines):
        if not reply.code[i] and (match := pattern.match(line, columns.get(i, 0))) and _is_label(match):
            found.append(_label(match, i, names))
    return found


def _is_label(match: re.Match[str]) -> bool:
    """A name without a colon is a label only as a heading, or in bold type."""
    return bool(match["colon"] or match["heading"] or ((match["bold"] or match["bold2"]) and match["inner"]))


def _label(match: re.Match[str], line: int, names: Sequence[str]) -> Label:
    kind = next(name for i, name in enumerate(names) if match[f"kind{i}"])
    item, count = (int(match[group]) if match[group] else None for group in ("item", "count"))
    opened = match["bold2"] or ("" if match["early"] else match["bold"]) or ""
    closed = match["inner"] or match["outer"]
    return Label(line, match.end("indent"), kind, match.end(), item, count, "" if closed else opened)


def level(labels: Sequence[Label]) -> list[Label]:
    """The labels that are not indented much more than the first of them."""
    return [label for label in labels if label.column < labels[0].column + _DEEPER]


def field(reply: Reply, label: Label, stop: Place, *, last: bool = False) -> str:
    """The text of a field, up to `stop`; `last` where the reply ends with it, and with it the talk after the work."""
    text = unruled(trim(rebold(reply.between((label.line, label.end), stop).rstrip(), label.bold)), last=last)
    return unclosed(text, loose=False) if last and not reply.cut else text


def head(reply: Reply, start: Place, stop: Place) -> str:
    """The text above the first label, without the talk before the work."""
    return unruled(trim(unopened(reply.between(start, stop))), last=False)

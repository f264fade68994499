"""Numbered blocks of instruction, input and output, as models really write them.

The prompt leaves the instruction `first` open. A slip of a number loses nothing: fields are matched by the number of
their item where it occurs, else by their order. `###` separates only on a line of its own, right before an item.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ittgen.generators import parse_fields as fields
from ittgen.generators import parse_marks as marks
from ittgen.generators.parse_fields import Label
from ittgen.generators.parse_talk import is_opener, without_no_input
from ittgen.generators.parse_text import Pieces, Place, Reply, read, rebold, unruled, unwrapped

Triple = tuple[str, str, str]
"""(instruction, input, output)."""

INSTRUCTION, INPUT, OUTPUT = "instructions?", "inputs?", "outputs?"
_SEPARATOR = re.compile(r"\s*#{2,}\s*")


@dataclass(frozen=True, slots=True)
class Start:
    """Where an item begins: `place` its first character, `text` the first of its instruction."""

    place: Place
    text: Place
    number: int | None
    bold: str = ""


def alpaca_pieces(text: str, finish_reason: str, first: int) -> Pieces[Triple]:
    """The triples of a reply, in order."""
    pieces = _pieces(read(text, finish_reason), first)
    if not pieces.items and (inner := unwrapped(text)) is not None:
        within = _pieces(read(inner, finish_reason), first)
        return within if within.items else pieces
    return pieces


def _pieces(reply: Reply, first: int) -> Pieces[Triple]:
    labels = fields.find(reply, (INSTRUCTION, INPUT, OUTPUT))
    starts = _starts(reply, labels, first)
    if not starts:
        return Pieces([], cut=reply.between((0, 0), reply.end).strip() if reply.cut else "")
    stops = [*(start.place for start in starts[1:]), reply.end]
    cut = ""
    if reply.cut:
        stops[-1], cut = _broken_off(reply, starts[-1])
    spans = [(start, stop) for start, stop in zip(starts, stops, strict=True) if start.place < stop]
    found = [(_triple(reply, start, labels, stop), reply.between(start.place, stop).strip()) for start, stop in spans]
    return Pieces([item for item, _ in found if item], [text for item, text in found if not item and text], cut)


def _broken_off(reply: Reply, start: Start) -> tuple[Place, str]:
    """Where the last item of a cut reply ends, and the piece it broke off in: at a separator, else nothing is whole."""
    for line in range(reply.end[0], start.place[0], -1):
        if _SEPARATOR.fullmatch(reply.lines[line]) and not reply.code[line]:
            return (line, 0), reply.between((line + 1, 0), reply.end).strip() if line < reply.end[0] else ""
    return start.place, reply.between(start.place, reply.end).strip()


# --- where items begin -----------------------------------------------------------------------------------------------


def _starts(reply: Reply, labels: list[Label], first: int) -> list[Start]:
    """One for the item that the reply goes on inside of, if it does, and one for every label that opens an item."""
    openings = _openings(reply, labels)
    others = [label for label in labels if label.kind != INSTRUCTION]
    inside = others and (not openings or others[0].start < openings[0].start)
    head = _head(reply, others[0], first) if inside else None
    starts = [head] if head else []
    if not openings:
        return starts + (_unlabelled(reply, others, head) if head else [])
    outputs = [label.start for label in others if label.kind == OUTPUT]
    bounds = [*(label.start for label in openings), reply.end]
    for label, (_, after) in zip(openings, pairwise(bounds), strict=True):
        if not starts or _opens(reply, label, starts[-1], outputs, after):
            starts.append(Start(label.start, (label.line, label.end), _number(label), label.bold))
    return starts


def _openings(reply: Reply, labels: list[Label]) -> list[Label]:
    """The labels of instructions; where any has a number, one without it is content unless a separator precedes it."""
    found = [label for label in labels if label.kind == INSTRUCTION]
    plain = all(_number(label) is None for label in found)
    return [x for x in found if plain or _number(x) is not None or _SEPARATOR.fullmatch(reply.before(x.line))]


def _number(label: Label) -> int | None:
    return label.count if label.item is None else label.item


def _head(reply: Reply, label: Label, first: int) -> Start | None:
    """The item that the prompt left open, where its instruction stands at the top without a label."""
    line = next((i for i in range(label.line) if _says_something(reply.lines[i])), None)
    if line is None:
        return None
    mark = next((mark for mark in marks.find(reply) if mark.line == line and mark.number in (first, 1)), None)
    return Start(mark.start, mark.text, mark.number, mark.bold) if mark else Start((line, 0), (line, 0), first)


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not is_opener(line) and not _SEPARATOR.fullmatch(line)


def _opens(reply: Reply, label: Label, item: Start, outputs: Sequence[Place], after: Place) -> bool:
    """Whether an instruction's label begins an item of its own, and is not content of `item`."""
    if _SEPARATOR.fullmatch(reply.before(label.line)) or _number(label) == (item.number or 0) + 1:
        return True
    complete = any(item.place < output < label.start for output in outputs)
    answered = any(label.start < output < after for output in outputs) or (reply.cut and after == reply.end)
    return complete and answered


def _unlabelled(reply: Reply, others: list[Label], head: Start) -> list[Start]:
    """Items that begin with their number alone, "5. Name a river.", in a reply that has no label for instructions."""
    starts = [head]
    numbers = [mark for mark in marks.find(reply) if mark.strong]
    for before, label in pairwise(others):
        wanted = {(starts[-1].number or 0) + 1, *([2] if len(starts) == 1 else [])}
        between = [mark for mark in numbers if before.line < mark.line < label.line and mark.number in wanted]
        if before.kind == OUTPUT and between:
            starts.append(Start(between[-1].start, between[-1].text, between[-1].number, between[-1].bold))
    return starts[1:]


# --- what an item says -----------------------------------------------------------------------------------------------


def _triple(reply: Reply, start: Start, labels: list[Label], stop: Place) -> Triple | None:
    """The item, or None where it lacks an instruction or an output."""
    own = [label for label in labels if start.text <= label.start < stop]
    output = _field_of(own, OUTPUT, start.number)
    if not output:
        return None
    given = _input_of(own, output, start.number)
    bounds = sorted([label.start for label in (given, output) if label])
    ends = dict(zip(bounds, [*bounds[1:], stop], strict=True))
    instruction = unruled(rebold(reply.between(start.text, bounds[0]).strip(), start.bold).strip(), last=False)
    said = _field(reply, given, ends[given.start]) if given else ""
    answer = _field(reply, output, ends[output.start])
    return (instruction, without_no_input(said), answer) if instruction and answer else None


def _field_of(labels: Sequence[Label], kind: str, number: int | None) -> Label | None:
    """The field with the item's own number; else the first without a number; else the first."""
    named = [label for label in labels if label.kind == kind]
    own = [label for label in named if number is not None and number == _number(label)]
    plain = [label for label in named if label.item is None]
    return next(iter(own or plain or named), None)


def _input_of(labels: Sequence[Label], output: Label, number: int | None) -> Label | None:
    """The input above the output; or below it, if its number says that the fields are swapped or nothing else fits."""
    above = _field_of([label for label in labels if label.start < output.start], INPUT, number)
    below = _field_of([label for label in labels if label.start > output.start], INPUT, number)
    if above or not below:
        return above
    swapped = _number(below) == number if _number(output) is not None else labels[-1] == below
    return below if swapped else None


def _field(reply: Reply, label: Label, stop: Place) -> str:
    return fields.field(reply, label, stop, last=stop == reply.end)
